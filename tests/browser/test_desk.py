"""Desk, case page and health page in a real browser, full and empty, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]
HOSTILE = "<script>window.__hacked=1</script><img src=x onerror='window.__hacked=1'>"


def post(app: Any, source_id: str, **facts: str) -> str:
    row = {
        "source_id": source_id,
        "category": "noise",
        "reported_at": datetime.now(UTC).isoformat(),
    }
    answer = httpx.post(
        f"{app.url}/api/v1/cases",
        json=[{**row, **facts}],
        headers={"Authorization": f"Bearer {app.key}"},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()[0]["case_id"])


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", ["/", "/health"])
def test_pages_stand_full_and_empty(
    demo_app: Any, empty_app: Any, watched: Opener, language: str, path: str
) -> None:
    for app in (demo_app, empty_app):
        page = watched(1440, 900, language, app=app).page
        page.goto(f"{app.url}{path}")
        expect(page.locator("nav")).to_be_visible()
        page.wait_for_timeout(1_500)
        shown = page.locator("body").inner_text()
        assert not re.search(r"\b(undefined|NaN)\b|\{\w+\}", shown)


def test_the_list_finds_a_case_by_its_words_and_opens_its_history(
    demo_app: Any, watched: Opener
) -> None:
    case_id = post(demo_app, "desk-1", title="三楼水管爆裂 xyzzy")
    page = watched().page
    page.goto(demo_app.url)
    expect(page.locator(".ag-row").first).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("xyzzy")
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(1)
    page.goto(f"{demo_app.url}/cases/{case_id}")
    expect(page.locator("body")).to_contain_text("三楼水管爆裂 xyzzy")
    expect(page.locator("body")).to_contain_text("desk-1")


def test_the_desk_list_follows_the_feed_without_a_reload(demo_app: Any, watched: Opener) -> None:
    page = watched().page
    page.goto(demo_app.url)
    expect(page.locator(".ag-row").first).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("plugh")
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(0)
    post(demo_app, "desk-2", title="plugh 楼道灯不亮")
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(1, timeout=10_000)


def test_hostile_text_stays_text_on_list_and_case_page(demo_app: Any, watched: Opener) -> None:
    case_id = post(demo_app, "desk-3", title=HOSTILE, description=HOSTILE, address=HOSTILE)
    page = watched().page
    page.goto(f"{demo_app.url}/cases/{case_id}")
    expect(page.locator("body")).to_contain_text("<script>")
    page.goto(demo_app.url)
    expect(page.locator(".ag-row").first).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("__hacked")
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(1)
    page.wait_for_timeout(500)
    assert page.evaluate("window.__hacked") is None


def test_an_unknown_case_is_answered_with_a_page(demo_app: Any, watched: Opener) -> None:
    page = watched().page
    page.goto(f"{demo_app.url}/cases/019d0000-0000-7000-8000-000000000000")
    expect(page.locator("nav")).to_be_visible()
    page.wait_for_timeout(1_000)
    assert "Traceback" not in page.locator("body").inner_text()


@pytest.mark.parametrize("path", ["/", "/health"])
def test_pages_can_be_read_on_a_phone(demo_app: Any, watched: Opener, path: str) -> None:
    page = watched(390, 844).page
    page.goto(f"{demo_app.url}{path}")
    opener = page.locator("#nav-open")
    expect(opener).to_have_attribute("aria-expanded", "false")
    page.wait_for_timeout(1_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    opener.click()
    page.locator(".nav-group summary").last.click()
    expect(page.locator(".nav-menu a").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Escape")
    expect(page.locator(".nav-menu a").last).to_be_hidden()
