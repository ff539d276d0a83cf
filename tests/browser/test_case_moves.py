"""An officer works a case off with the keyboard alone; a second one sees it happen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def report(app: Any, source_id: str) -> str:
    row = {
        "source_id": source_id,
        "category": "pipe_leak",
        "title": "三楼水管漏水",
        "reported_at": datetime.now(UTC).isoformat(),
    }
    answer = httpx.post(
        f"{app.url}/api/v1/cases", json=[row], headers={"Authorization": f"Bearer {app.key}"}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()[0]["case_id"])


def status(page: Page, word: str) -> None:
    expect(page.locator(".case-state .tag")).to_have_text(word)


def open_case(opened: Any, app: Any, case_id: str) -> Page:
    page: Page = opened.page
    page.goto(f"{app.url}/cases/{case_id}")
    expect(page.locator(".case-work")).to_be_visible()
    return page


def write(page: Page, words: str) -> None:
    expect(page.locator(".case-move[open] textarea")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")


def test_a_case_goes_from_report_to_close_by_keys_alone(demo_app: Any, watched: Opener) -> None:
    case_id = report(demo_app, "keys-1")
    page = open_case(watched(1440, 1000), demo_app, case_id)
    status(page, "已上报")
    page.keyboard.press("a")
    status(page, "已受理")
    page.keyboard.press("f")
    status(page, "已立案")
    page.keyboard.press("d")
    expect(page.locator(".case-move[open] [data-action=dispatch]")).to_be_focused()
    page.keyboard.press("Enter")  # the likeliest responder is chosen already
    status(page, "已派遣")
    page.keyboard.press("s")
    status(page, "处置中")
    page.keyboard.press("k")
    write(page, "已更换水管")
    status(page, "已反馈")
    page.keyboard.press("v")
    status(page, "核查中")
    page.keyboard.press("z")
    write(page, "已修好并告知上报人")
    status(page, "已结案")
    expect(page.locator(".history")).to_contain_text("已更换水管")
    expect(page.locator(".case-people").first).to_contain_text("已完成")
    assert page.locator(".history-since").count() == 7


def test_a_slip_is_taken_back_by_a_key(demo_app: Any, watched: Opener) -> None:
    page = open_case(watched(), demo_app, report(demo_app, "keys-2"))
    page.keyboard.press("a")
    status(page, "已受理")
    expect(page.locator(".case-undo")).to_be_visible()
    page.keyboard.press("u")
    status(page, "已上报")
    expect(page.locator(".case-undo")).to_have_count(0)


def test_two_officers_see_each_other_and_never_overwrite(demo_app: Any, watched: Opener) -> None:
    case_id = report(demo_app, "keys-3")
    one = open_case(watched(), demo_app, case_id)
    two = open_case(watched(language="en", role="secretary"), demo_app, case_id)
    expect(one.locator(".case-also")).to_contain_text("书记")
    expect(two.locator(".case-also")).to_contain_text("duty officer")
    two.keyboard.press("x")
    expect(two.locator(".case-move[open] textarea")).to_be_focused()
    two.keyboard.type("Outside our community")
    one.keyboard.press("a")
    status(one, "已受理")
    status(two, "Accepted")  # pushed, not polled
    # What was typed outlived the refresh, and is sent for the case as it is now.
    expect(two.locator(".case-move[open] textarea")).to_have_value("Outside our community")
    two.locator(".case-move[open] textarea").press("Control+Enter")
    status(two, "Rejected")
    status(one, "不予受理")
    two.goto(f"{demo_app.url}/health")
    expect(one.locator(".case-also")).to_be_hidden()


def test_marked_cases_of_the_list_are_accepted_at_once(demo_app: Any, watched: Opener) -> None:
    for number in range(3):
        report(demo_app, f"batch-{number}")
    page: Page = watched(1600, 1000).page
    page.goto(f"{demo_app.url}/?q=batch-&status=reported")
    rows = page.locator(".ag-center-cols-container .ag-row")
    expect(rows).to_have_count(3)
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press(" ")
    expect(page.locator("#desk-batch-count")).to_have_text("已选 2 件")
    page.keyboard.press("Shift+A")
    expect(page.locator("#desk-batch-said")).to_contain_text("2 件已受理")
    expect(rows).to_have_count(1)
    expect(page.locator("#desk-batch-bar")).to_be_hidden()
