"""A shift is handed over between two browsers, and the week is read and taken along."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def open_page(opened: Any, app: Any, path: str) -> Page:
    page: Page = opened.page
    page.goto(f"{app.url}{path}")
    expect(page.locator(".page-title").first).to_be_visible()
    return page


def press_twice(page: Page, action: str) -> None:
    button = page.locator(f"[data-action={action}]")
    button.click()
    button.click()


def test_a_shift_is_signed_by_one_and_taken_over_by_another(demo_app: Any, watched: Opener) -> None:
    one = open_page(watched(1440, 1000), demo_app, "/handover")
    two = open_page(watched(1440, 1000, language="en", role="secretary"), demo_app, "/handover")
    note = one.locator("textarea[name=note]")
    note.fill("3号楼水泵异响，请留意 <b>今晚</b>")
    press_twice(one, "sign")
    expect(one.locator(".handover-note")).to_have_text("3号楼水泵异响，请留意 <b>今晚</b>")
    expect(one.locator("[data-action=take_back]")).to_be_visible()
    expect(one.locator("[data-action=take]")).to_have_count(0)
    # The second has looked at an older version: refused, and nothing typed is lost.
    two.locator("textarea[name=note]").fill("Lift 2 is out of order")
    two.locator("[data-action=write]").click()
    expect(two.locator(".door-notice.refused")).to_contain_text("Somebody was first")
    expect(two.locator("textarea[name=note]")).to_have_value("Lift 2 is out of order")
    two.reload()
    two.locator("textarea[name=remark]").fill("Read")
    press_twice(two, "take")
    expect(two.locator(".door-notice")).to_contain_text("the new shift has begun")
    paper = two.locator("table a[href*='handover=']").first
    paper.click()
    expect(two.locator(".handover-note").first).to_contain_text("3号楼水泵异响")
    two.emulate_media(media="print")
    expect(two.locator("header.head")).to_be_hidden()
    expect(two.locator(".print-button")).to_be_hidden()
    expect(two.locator(".handover-note").first).to_be_visible()


def test_the_week_is_read_and_downloaded(demo_app: Any, watched: Opener, tmp_path: Path) -> None:
    page = open_page(watched(1440, 1000), demo_app, "/week")
    expect(page.locator(".week-table").first).to_contain_text("按时率")
    expect(page.locator(".week-table").first).to_contain_text("n=")
    with page.expect_download() as waiting:
        page.locator(".week-download").click()
    file = tmp_path / "week.xlsx"
    waiting.value.save_as(file)
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    assert book.sheetnames[0] == "概况"
    page.locator(".week-links a").first.click()
    expect(page.locator(".page-title")).to_contain_text("-W")
