"""The weekly spreadsheet, opened again: every sheet, both languages, nothing that runs or names."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest

from actions.catalogue.reading import catalogue_of
from actions.weekly.reading import week_report
from components.wording import text
from data.store import Store
from exports.week import week_xlsx
from rules.viewer import Viewer
from tests.case_desk import MORNING, CaseDesk
from tests.desk_store import HOSTILE

WEEK = "2026-W11"
NOW = MORNING + timedelta(days=1)


@pytest.fixture
def desk(store: Store) -> CaseDesk:
    return CaseDesk(store).set_up()


def opened(desk: CaseDesk, lang: str = "zh-CN", asking: Viewer | None = None) -> Any:
    report = week_report(desk.store, "demo", WEEK, NOW, asking)
    assert report is not None
    names = {
        code: {"name_zh": entry.name_zh, "name_en": entry.name_en}
        for code, entry in catalogue_of(desk.store, "demo").items()
    }
    return openpyxl.load_workbook(io.BytesIO(week_xlsx(report, names, "officer", NOW, lang)))


def lines(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_every_sheet_is_there_in_both_languages(desk: CaseDesk, lang: str) -> None:
    book = opened(desk, lang)
    codes = ("figures", "category", "area", "overdue", "open", "cases", "alarms")
    assert book.sheetnames == [text(f"week.sheet_{code}", lang) for code in codes]
    head = lines(book.worksheets[0])
    assert WEEK in head[0][0]
    named = {row[0]: row for row in head}
    on_time = named[text("week.figure_on_time", lang)]
    # Three are closed or overdue: one in time, one late; "over" and "soon" are past their limit.
    assert on_time[1:4] == [0.25, 1, 4]
    assert on_time[4] == text("week.define_on_time", lang)
    assert named[text("week.figure_satisfaction", lang)][1] == text("week.no_rate", lang)
    assert named[text("week.figure_reported", lang)][1:4] == [7, None, None]


def test_every_case_is_listed_and_what_is_overdue_says_why(desk: CaseDesk) -> None:
    desk.to("dispatched", desk.cases["soon"])
    book = opened(desk)
    cases = lines(book[text("week.sheet_cases")])
    assert {row[0] for row in cases[1:]} == set(desk.cases.values())
    overdue = lines(book[text("week.sheet_overdue")])
    head = overdue[0]
    why = {row[0]: row[head.index(text("week.column_why"))] for row in overdue[1:]}
    assert why == {
        desk.cases["over"]: text("week.why_not_accepted"),
        desk.cases["soon"]: text("week.why_not_started"),
    }
    assert [row[0] for row in overdue[1:]] == [desk.cases["over"], desk.cases["soon"]]
    reported = overdue[1][head.index(text("week.column_reported"))]
    assert (reported.hour, reported.tzinfo) == (10, None)  # local: NOW of desk_store is noon


def test_no_text_of_a_resident_and_no_formula_is_in_it(desk: CaseDesk) -> None:
    desk.report(
        "evil", category="=cmd|' /C calc'!A0", locality="@SUM(1)", title="王小明 13800138000"
    )
    book = opened(desk)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
    words = "\n".join(str(cell.value) for cell in cells)
    for secret in (HOSTILE, "Large DOG", "王小明", "13800138000"):
        assert secret not in words
    assert "'=cmd|" in words and "'@SUM(1)" in words


def test_a_grid_worker_s_week_holds_the_own_grid_only(desk: CaseDesk) -> None:
    book = opened(desk, asking=desk.viewers["grid1"])
    cases = lines(book[text("week.sheet_cases")])
    assert {row[0] for row in cases[1:]} == {desk.cases["over"]}
    assert text("week.sheet_alarms") not in book.sheetnames
    assert week_report(desk.store, "nowhere", WEEK, NOW) is None
