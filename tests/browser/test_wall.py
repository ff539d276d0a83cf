"""The wall in a real browser: full and empty, in both languages, live, and honest when cut off."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]
LINE = "#ticker .line"  # the map marks its shapes with data-case as well
LINES = f"{LINE}[data-case]"


def overdue_case(source_id: str, days: int = 60) -> dict[str, str]:
    """A case that stands on the first line, because nothing is more overdue."""
    now = datetime.now(UTC)
    return {
        "source_id": source_id,
        "category": "lift_entrapment",
        "title": "<img src=x onerror=alert(1)> 王某某 13800000000",
        "address": "3号楼2单元502",
        "reported_at": (now - timedelta(days=days + 1)).isoformat(),
        "deadline_at": (now - timedelta(days=days)).isoformat(),
    }


def post(app: Any, *rows: dict[str, str]) -> list[dict[str, str]]:
    answer = httpx.post(
        f"{app.url}/api/v1/cases", json=list(rows), headers={"Authorization": f"Bearer {app.key}"}
    )
    assert answer.status_code == 201, answer.text
    return list(answer.json())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-CN", ["石榴社区", "一张图", "未办结", "本周按期率", "演示"]),
        ("en", ["Shiliu", "Open", "On time", "DEMO"]),
    ],
)
def test_the_full_wall_stands_in_both_languages(
    demo_app: Any, watched: Opener, language: str, words: list[str]
) -> None:
    page = watched(language=language).page
    page.goto(f"{demo_app.url}/wall")
    expect(page.locator(LINES).first).to_be_visible()
    for word in words:
        expect(page.locator("body")).to_contain_text(re.compile(re.escape(word), re.IGNORECASE))
    # The map draws its objects onto two canvases, the second after the plan has come.
    expect(page.locator(".leaflet-container canvas").nth(1)).to_be_attached()
    expect(page.locator("body")).to_contain_text("7,180")
    leftovers = page.locator("body").inner_text()
    assert not re.search(r"\b(undefined|NaN|null)\b|\{\w+\}", leftovers)
    box = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    assert box == [1920, 1080]  # nothing hangs out of the wall


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_empty_wall_says_what_would_stand_there(
    empty_app: Any, watched: Opener, language: str
) -> None:
    page = watched(language=language).page
    page.goto(f"{empty_app.url}/wall")
    expect(page.locator("body")).to_contain_text("新社区")
    page.wait_for_function("document.documentElement.dataset.live === 'live'")
    page.wait_for_timeout(500)
    shown = page.locator("body").inner_text()
    assert not re.search(r"\b(undefined|NaN|null)\b|\{\w+\}", shown)
    assert page.locator(LINES).count() == 0
    rate = page.locator('[data-figure="on_time"]').inner_text()
    assert "—" in rate  # nothing was due: no rate, and certainly not 0 or 100 %
    assert "%" not in rate


@pytest.mark.parametrize(
    ("width", "height"), [(1280, 720), (1920, 1080), (3840, 2160), (7680, 2160)]
)
def test_the_wall_fills_every_size_without_scrolling(
    demo_app: Any, watched: Opener, width: int, height: int
) -> None:
    page = watched(width, height).page
    page.goto(f"{demo_app.url}/wall")
    expect(page.locator(LINES).first).to_be_visible()
    assert page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    ) == [width, height]


def test_a_case_posted_over_http_appears_without_a_reload(demo_app: Any, watched: Opener) -> None:
    page = watched().page
    page.goto(f"{demo_app.url}/wall")
    expect(page.locator(LINES).first).to_be_visible()
    page.evaluate("window.__same = true")
    case_id = post(demo_app, overdue_case("appears", 70))[0]["case_id"]
    line = page.locator(f'{LINE}[data-case="{case_id}"]')
    expect(line).to_be_visible()
    assert page.evaluate("window.__same")
    # overdue longest: first line
    expect(page.locator(LINES).first).to_have_attribute("data-case", case_id)


def test_the_wall_never_shows_what_a_resident_wrote(demo_app: Any, watched: Opener) -> None:
    page = watched().page
    frames: list[str] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda data: frames.append(str(data))))
    page.goto(f"{demo_app.url}/wall")
    case_id = post(demo_app, overdue_case("private", 80))[0]["case_id"]
    expect(page.locator(f'{LINE}[data-case="{case_id}"]')).to_be_visible()
    everything = page.content() + "".join(frames)
    assert case_id in everything
    for secret in ("13800000000", "王某某", "502", "onerror"):
        assert secret not in page.locator("body").inner_text()
    for secret in ("13800000000", "王某某", "onerror=alert"):
        assert secret not in everything


def test_the_language_switches_on_a_live_wall(demo_app: Any, watched: Opener) -> None:
    page = watched().page
    page.goto(f"{demo_app.url}/wall")
    expect(page.locator("body")).to_contain_text("本周按期率")
    page.get_by_text("English", exact=True).click()
    expect(page.locator("body")).not_to_contain_text("本周按期率")
    expect(page.locator("body")).to_contain_text("Shiliu")
    case_id = post(demo_app, overdue_case("switched", 90))[0]["case_id"]
    expect(page.locator(f'{LINE}[data-case="{case_id}"]')).to_be_visible()


def test_the_card_of_a_building_carries_a_role_and_no_name(demo_app: Any, watched: Opener) -> None:
    page = watched().page
    case_id = post(demo_app, {**overdue_case("on-map", 100), "lon": None, "lat": None})[0][
        "case_id"
    ]
    page.goto(f"{demo_app.url}/wall")
    expect(page.locator(f'{LINE}[data-case="{case_id}"]')).to_be_visible()
    wall = demo_app.cookies["wall"]
    rows = httpx.get(f"{demo_app.url}/api/v1/map/demo", cookies=wall).json()
    columns = {name: index for index, name in enumerate(rows["columns"])}
    building = next(row for row in rows["rows"] if row[columns["layer"]] == "building")
    address = f"{demo_app.url}/api/v1/map/demo/{building[columns['id']]}"
    card = httpx.get(address, cookies=wall).json()
    assert card["name_zh"] == building[columns["name_zh"]]
    assert {"lon", "lat", "role", "last_event"} <= set(card)
    assert not {"title", "description", "address", "phone"} & set(card)


def test_the_wall_says_within_ten_seconds_that_it_is_cut_off_and_heals_by_itself(
    demo_app: Any, watched: Opener
) -> None:
    page = watched().page
    page.goto(f"{demo_app.url}/wall")
    page.wait_for_function("document.documentElement.dataset.live === 'live'")
    expect(page.locator(".leaflet-container canvas").nth(1)).to_be_attached()
    page.evaluate("window.__same = true")
    demo_app.kill()
    cut = time.monotonic()
    said = page.locator("#live-state")
    expect(said).to_be_visible(timeout=10_000)
    assert time.monotonic() - cut < 10
    expect(said).to_contain_text("连接中断")
    expect(said).to_contain_text("数据截至")
    page.wait_for_timeout(1_500)
    before = said.inner_text()
    page.wait_for_timeout(1_500)
    assert said.inner_text() != before  # its age goes on counting
    assert page.locator(LINES).count() > 0  # the last known state stays readable
    demo_app.start()
    expect(said).to_be_hidden(timeout=20_000)
    page.wait_for_function("document.documentElement.dataset.live === 'live'")
    case_id = post(demo_app, overdue_case("after-restart", 110))[0]["case_id"]
    expect(page.locator(f'{LINE}[data-case="{case_id}"]')).to_be_visible()
    assert page.evaluate("window.__same")  # no reload was needed


def test_a_wall_cut_off_while_it_loads_becomes_whole_by_itself(
    demo_app: Any, watched: Opener
) -> None:
    noted = watched()
    page = noted.page
    page.route("**/_dash-update-component*", lambda route: route.abort())
    page.goto(f"{demo_app.url}/wall")
    page.wait_for_function("document.documentElement.dataset.live === 'live'")
    assert page.locator(".leaflet-container").count() == 0
    demo_app.kill()
    expect(page.locator("#live-state")).to_contain_text("连接中断", timeout=15_000)
    page.unroute("**/_dash-update-component*")
    demo_app.start()
    expect(page.locator(".leaflet-container canvas").nth(1)).to_be_attached(timeout=30_000)
    noted.errors.clear()  # what Dash says of the calls that were cut off is the point here
