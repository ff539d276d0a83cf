"""An alarm sent by HTTP stands on the wall at once, is heard, and is taken at the desk by a key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import expect

from components.alarm_evidence import evidence_list
from components.first_paint import html_of

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC)
pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def send(app: Any, device: str, kind: str) -> str:
    row = {"device": device, "kind": kind, "at": datetime.now(UTC).isoformat()}
    answer = httpx.post(
        f"{app.url}/api/v1/alarms", json=[row], headers={"Authorization": f"Bearer {app.key}"}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()[0]["alarm_id"])


def test_an_alarm_goes_from_the_device_to_the_wall_to_the_officer_s_key(
    demo_app: Any, watched: Opener
) -> None:
    wall = watched(role="wall").page
    wall.goto(f"{demo_app.url}/wall")
    expect(wall.locator("#alarms-note")).to_have_text("当前没有报警")
    # Nobody has pressed anything in this page: it says whether it could be heard.
    expect(wall.locator("#alarm-sound")).to_have_text(["声音被浏览器阻止 · 点此开启"])
    desk = watched(1440, 900).page
    desk.goto(f"{demo_app.url}/alarms")
    expect(desk.locator(".page-title")).to_be_visible()
    expect(desk.locator("#alarm-bell")).to_have_text("无报警")
    alarm_id = send(demo_app, "post-7", "help_post")
    line = wall.locator(f'#react-entry-point [data-alarm="{alarm_id}"]')
    expect(line).to_contain_text("一键求助")  # pushed: nothing was loaded again
    expect(line).to_have_attribute("data-state", "active_unack")
    expect(desk.locator("#alarm-bell")).to_have_text("报警 1")
    row = desk.locator(f'.alarm-row[data-alarm="{alarm_id}"]')
    expect(row).to_contain_text("报警中，未确认")
    wall.locator("#alarm-sound").click()
    wall.wait_for_function("() => window.yiping.alarmsSounded >= 1")
    expect(wall.locator("#alarm-sound")).to_have_text("声音已开")
    wall.locator("#alarm-sound").click()
    expect(wall.locator("#alarm-sound")).to_contain_text("已静音 · 剩")
    desk.keyboard.press("a")
    expect(row).to_contain_text("报警中，已确认")
    expect(line).to_have_attribute("data-state", "active_ack")
    expect(desk.locator("#alarm-bell")).to_have_text("无报警")
    desk.keyboard.press("2")  # closed as a false alarm
    expect(row).to_have_count(0)
    expect(line).to_have_count(0)
    expect(wall.locator("#alarms-note")).to_have_text("当前没有报警")
    desk.keyboard.press("j")  # with no line left, keys do nothing


def test_a_flood_is_grouped_and_says_so_in_english(demo_app: Any, watched: Opener) -> None:
    wall = watched(language="en", role="wall").page
    wall.goto(f"{demo_app.url}/wall")
    expect(wall.locator("#alarms-note")).to_be_visible()
    for number in range(40):
        send(demo_app, f"fl-{number}", "water_level")
    expect(wall.locator("#alarms-flood")).to_contain_text("Alarm flood: ")
    expect(wall.locator("#alarms-lines")).to_contain_text("Water level ×40")
    height = wall.evaluate("document.documentElement.scrollHeight")
    assert height == 1080


def test_the_picture_of_a_detection_is_fetched_when_it_is_opened_and_once(browser: Any) -> None:
    """Each look is audited, so that a list nobody opened has looked at nothing."""
    row = {"alarm_id": "a", "detection_id": "d", "pictured_id": "d", "scene_name": "车道", "n": 1,
           "finding": "obstruction", "found_at": NOW, "method": "two-averages/1", "width": 8,
           "parameters": {}, "confidence": 0.8, "thing": None, "height": 6}  # fmt: skip
    shown = html_of(evidence_list([row], NOW, ZoneInfo("Asia/Shanghai"), watches=True))
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.route("**/*", lambda route: route.fulfill(body=shown, content_type="text/html"))
    page.goto("http://127.0.0.1:1/page")
    page.evaluate("window.yiping = {}")
    page.add_script_tag(path=ROOT / "assets" / "alarm_desk.js")
    how, picture = page.locator("summary").all()
    how.click()
    assert asked == ["/page"]
    with page.expect_request("**/*.jpg"):
        picture.click()
    picture.click()  # closed, and opened again
    picture.click()
    expect(page.locator("img")).to_be_visible()
    page.close()
    assert asked == ["/page", "/alarms/a/detections/d.jpg"]
