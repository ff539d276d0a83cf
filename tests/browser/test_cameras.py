"""Pictures in a real browser: live, hidden and shown, alone with a reason, in front, cut off."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.picture_stage import HIDE, TILE, Wire, wait_for_live

pytestmark = pytest.mark.browser
WITH_CAMERAS = True
Opener = Callable[..., Any]


def move_alarm(app: Any, alarm_id: str, move: dict[str, str]) -> None:
    """Do something to an alarm as the duty officer."""
    cookies = app.cookies["duty_officer"]
    with httpx.Client(base_url=app.url, cookies=cookies) as officer:
        rows = officer.get("/api/v1/alarms", params={"community": "demo"}).json()
        (row,) = [each for each in rows["alarms"] if each["alarm_id"] == alarm_id]
        sent = {**move, "seen_version": row["version"]}
        csrf = {"X-CSRFToken": cookies["_csrf_token"]}
        answer = officer.post(f"/api/v1/alarms/{alarm_id}/moves", json=sent, headers=csrf)
        assert answer.status_code == 201, answer.text


def test_the_desk_shows_live_tiles_asks_for_nothing_while_hidden_and_one_alone_with_a_reason(
    demo_app: Any, watched: Opener
) -> None:
    page = watched(1440, 900).page
    wire = Wire(page)
    page.goto(f"{demo_app.url}/cameras")
    page.locator(".mosaic-size").select_option("16")
    expect(page.locator(TILE)).to_have_count(16)
    wait_for_live(page, 16)
    for age in page.locator(f"{TILE} .mosaic-age").all_inner_texts():
        assert re.fullmatch(r"<1 秒|[12] 秒", age)
    widths = {tile["w"] for tile in wire.wants[-1] if not tile.get("k")}
    assert max(widths) < 400  # asked for in the size they are drawn

    page.evaluate(HIDE, True)
    page.wait_for_timeout(400)
    assert wire.wants[-1] == []
    before = wire.pictures
    page.wait_for_timeout(1_500)
    assert wire.pictures - before <= 2  # what was on its way
    page.evaluate(HIDE, False)
    wait_for_live(page, 16)

    first = page.locator(TILE).first
    name = first.locator(".mosaic-name").inner_text()
    first.focus()
    page.keyboard.press("p")
    expect(first).to_have_attribute("data-pinned", "true")
    page.keyboard.press("ArrowRight")  # the pinned one stays, the others turn
    expect(page.locator("#cameras-note")).to_contain_text("2/")
    expect(page.locator(f"{TILE} .mosaic-name").first).to_have_text(name)
    page.locator(TILE).first.focus()
    page.keyboard.press("f")
    form = page.locator(".camera-alone .picture-why")
    expect(form).to_be_visible()
    assert not any(tile.get("alone") for tile in wire.wants[-1])  # no picture before the reason
    form.locator("input").fill("东门有人摔倒")
    form.locator("button").click()
    expect(page.locator(".camera-alone-stage")).to_have_attribute("data-state", "live")
    assert [tile["alone"] for tile in wire.wants[-1]] == [["incident", "东门有人摔倒"]]
    page.keyboard.press("Escape")
    expect(page.locator(".camera-alone")).to_have_count(0)
    wait_for_live(page, 16)
    page.locator(".mosaic-size").select_option("1")
    expect(page.locator(TILE)).to_have_count(1)


def test_an_alarm_brings_its_cameras_to_the_front_of_the_wall_and_lets_them_go(
    demo_app: Any, watched: Opener
) -> None:
    page = watched(role="wall").page
    page.goto(f"{demo_app.url}/wall")
    expect(page.locator(".leaflet-container canvas").nth(1)).to_be_attached()
    wait_for_live(page, 8)
    assert page.locator(f"{TILE}[data-front=attention] >> text=邻近警情").count() == 0
    row = {"device": "camera-300", "kind": "help_post", "at": datetime.now(UTC).isoformat()}
    headers = {"Authorization": f"Bearer {demo_app.key}"}
    answer = httpx.post(f"{demo_app.url}/api/v1/alarms", json=[row], headers=headers)
    assert answer.status_code == 201, answer.text
    front = page.locator(f"{TILE}:has(.mosaic-why:has-text('邻近警情'))")
    expect(front.first).to_be_visible()
    camera = page.evaluate("""() => {
      const alarm = yiping.live.get("alarms").rows[0];
      const first = document.querySelector("#react-entry-point .mosaic-tile");
      return [alarm.device_id, first.dataset.camera];
    }""")
    assert camera[0] == camera[1]  # the camera itself stands first, then what is near it
    expect(front).to_have_count(2)
    alarm_id = answer.json()[0]["alarm_id"]
    for move in ({"action": "acknowledge"}, {"action": "close", "verdict": "false"}):
        move_alarm(demo_app, alarm_id, move)
    expect(front).to_have_count(0)

    # The card of a camera on the map shows its picture.
    page.evaluate("""() => {
      const camera = [...yiping.mapData.objects().values()].find((row) => row.layer === "camera");
      yiping.oneMap.show(camera.id, camera.lon, camera.lat);
    }""")
    expect(page.locator(".card-picture .mosaic-tile")).to_have_attribute("data-state", "live")


def test_a_wall_cut_off_says_so_across_its_pictures_within_three_seconds_and_heals(
    demo_app: Any, watched: Opener
) -> None:
    page = watched(role="wall").page
    page.goto(f"{demo_app.url}/wall")
    wait_for_live(page, 8)
    demo_app.kill()
    killed = time.monotonic()
    page.wait_for_function(
        """() => [...document.querySelectorAll("#react-entry-point .mosaic-tile")]
             .every((tile) => tile.dataset.veil === "heavy")""",
        timeout=10_000,
        polling=50,
    )
    assert time.monotonic() - killed < 4.0  # 3 s, and the half second of our own watch
    expect(page.locator(f"{TILE} .mosaic-said").first).to_have_text("与服务器的连接中断")
    demo_app.start()
    wait_for_live(page, 8, 60)
