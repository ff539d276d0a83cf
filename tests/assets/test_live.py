"""The live link in a real browser: it heals by itself and says meanwhile how old the data is."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from components.wording import duration
from tests.assets.feed_server import FeedServer

pytestmark = pytest.mark.browser
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE_MS = 30_000
LOST = "document.documentElement.dataset.live === 'lost'"
LIVE = "document.documentElement.dataset.live === 'live'"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = FeedServer(port)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def page(browser: Any, server: FeedServer) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1920, "height": 1080})
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    opened.close()


def visit(page: Page, server: FeedServer, query: str = "") -> None:
    page.goto(f"http://127.0.0.1:{server.port}/wall{query}")


def case(number: int, **facts: Any) -> dict[str, Any]:
    reported = datetime.now(UTC) - timedelta(hours=2)
    row = {
        "id": f"c{number}",
        "category": "noise",
        "urgency": "ordinary",
        "status": "handling",
        "place_zh": "石榴园 3号楼",
        "place_en": None,
        "reported_at": reported.isoformat(),
        "deadline_at": (datetime.now(UTC) + timedelta(hours=number)).isoformat(),
    }
    return row | facts


def lines(page: Page) -> list[str]:
    shown: list[str] = page.eval_on_selector_all(
        ".line", "nodes => nodes.map(node => node.dataset.case)"
    )
    return shown


def test_a_killed_server_is_reported_lost_and_its_return_heals_without_a_reload(
    page: Page, server: FeedServer
) -> None:
    visit(page, server)
    page.wait_for_function(LIVE)
    page.evaluate("window.sameDocument = true")
    server.stop()
    page.wait_for_function(LOST)
    assert "连接中断" in page.inner_text("#live-state")
    assert "数据截至" in page.inner_text("#live-state")
    server.start()
    page.wait_for_function(LIVE)
    assert page.is_hidden("#live-state")
    assert page.evaluate("window.sameDocument")


def test_a_link_that_falls_silent_is_given_up_and_opened_anew(
    page: Page, server: FeedServer
) -> None:
    visit(page, server)
    page.wait_for_function(LIVE)
    page.wait_for_timeout(500)
    server.silent = True
    page.wait_for_function(f"{LOST} || performance.now() > 60000")
    server.silent = False
    page.wait_for_function(LIVE)
    assert len(server.connections) >= 2
    # It asks only for what is newer than the last number it was told.
    assert server.connections[1]["epoch"] == "e1"
    assert server.connections[1]["seq"] == "7"


def test_an_unknown_community_is_named_instead_of_an_empty_wall(
    page: Page, server: FeedServer
) -> None:
    visit(page, server, "?community=nowhere")
    page.wait_for_function("document.documentElement.dataset.live === 'unknown'")
    page.wait_for_selector("#live-state:not([hidden])")
    assert "nowhere" in page.inner_text("#live-state")


def test_a_new_build_reloads_the_page_once_and_only_once(page: Page, server: FeedServer) -> None:
    server.build = "b2"
    visit(page, server)
    page.wait_for_function("sessionStorage.getItem('yiping-build') === 'b2'")
    page.wait_for_function(LIVE)
    page.wait_for_timeout(1500)
    assert server.pages_served == 2


def test_the_ticker_shows_overdue_first_then_time_left_then_what_has_no_limit(
    page: Page, server: FeedServer
) -> None:
    long_ago = (datetime.now(UTC) - timedelta(days=9)).isoformat()
    server.rows = [
        case(5),
        case(8, deadline_at=None),
        case(9, deadline_at=None, reported_at=long_ago),
        case(-2),
        case(1),
        case(-1),
    ]
    visit(page, server)
    page.wait_for_selector(".line")
    assert lines(page) == ["c-2", "c-1", "c1", "c5", "c9", "c8"]
    assert page.inner_text(".line[data-case='c-2'] .line-left").startswith("超 ")
    assert page.inner_text(".line[data-case='c8'] .line-left") == "无时限"


def test_more_cases_than_fit_are_paged_and_counted_never_dropped(
    page: Page, server: FeedServer
) -> None:
    server.rows = [case(number) for number in range(1, 61)]
    visit(page, server)
    page.wait_for_selector("#ticker-page:not([hidden])")
    top = page.locator("#ticker-top .line").count()
    assert page.inner_text("#ticker-page").startswith(f"另 {60 - top} 件")
    assert lines(page)[:top] == [f"c{number}" for number in range(1, top + 1)]


def test_hostile_text_from_a_source_stays_text(page: Page, server: FeedServer) -> None:
    hostile = "<img src=x onerror='window.broken=1'>"
    server.rows = [case(1, category=hostile, place_zh=hostile)]
    visit(page, server)
    page.wait_for_selector(".line")
    assert page.inner_text(".line-what") == hostile
    assert page.evaluate("window.broken") is None


def test_the_language_switches_while_live_and_is_remembered(page: Page, server: FeedServer) -> None:
    server.rows = [case(1)]
    visit(page, server)
    page.wait_for_selector(".line")
    page.evaluate("yiping.setLanguage('en')")
    assert page.inner_text(".line-what") == "Noise"
    assert page.inner_text("#ribbon").startswith("DEMO")
    assert "lang=en" in page.evaluate("document.cookie")


@pytest.mark.parametrize("seconds", [0, 59, 60, 3900, 86400, 97200, 277200, 34560000])
def test_scripts_and_pages_say_a_duration_alike(
    page: Page, server: FeedServer, seconds: int
) -> None:
    visit(page, server)
    assert page.evaluate(f"yiping.duration({seconds})") == duration(seconds, "zh-CN")
