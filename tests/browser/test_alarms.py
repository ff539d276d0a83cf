"""An alarm sent by HTTP stands on the wall at once, is heard, and is taken at the desk by a key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

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
