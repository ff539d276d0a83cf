"""The files of a bulk export: watermark, words, and no cell that a spreadsheet would carry out."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from components.wording import Language, current_language, text
from exports.register_table import render
from rules.spreadsheets import SheetTable, Watermark

MARK = Watermark("=cmd|' /C calc'!A0", "2026-03-12 16:00 CST", "data_check", 2, "f" * 64)
HOSTILE = '=HYPERLINK("http://203.0.113.1","x")'
TABLE = SheetTable(
    ("person_id", "name", "residence", "phone"),
    [
        ("p1", HOSTILE, "own", "+8619900000001"),
        ("p2", "王演示\r\n=1+1", "rent", '@a,"b"'),
    ],
)


@pytest.fixture(params=["zh-CN", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    token = current_language.set(request.param)
    yield request.param
    current_language.reset(token)


def test_a_csv_begins_with_its_watermark_and_holds_no_formula(language: Language) -> None:
    content = render(TABLE, MARK, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content[3:].decode(), newline="")))
    for part in (MARK.at, text("purpose.data_check"), "2", MARK.content_hash):
        assert part in rows[0][0]
    assert rows[1] == [
        text("export.column.person_id"),
        text("field.name"),
        text("field.residence"),
        text("field.phone"),
    ]
    assert rows[2] == ["p1", f"'{HOSTILE}", text("residence.own"), "'+8619900000001"]
    assert rows[3][1] == "王演示\r\n=1+1"
    assert rows[3][3] == '\'@a,"b"'
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")]


def test_an_xlsx_holds_texts_only(language: Language) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(TABLE, MARK, "xlsx")))
    sheet = book.active
    assert sheet is not None
    assert MARK.content_hash in str(sheet["A1"].value)
    assert sheet["B3"].value == HOSTILE
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert all(
        cell.number_format == "@" and cell.quotePrefix
        for row in sheet.iter_rows(min_row=3)
        for cell in row
    )
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert sheet.freeze_panes == "A3"


def test_an_empty_register_is_an_empty_table(language: Language) -> None:
    rows = render(SheetTable(("person_id",), []), MARK, "csv").decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert render(SheetTable(("person_id",), []), MARK, "xlsx")[:2] == b"PK"


def test_letters_no_file_can_hold_do_not_stop_it(language: Language) -> None:
    table = SheetTable(("name",), [("a\x00b\x1f\ud800c",)])
    assert b"a" in render(table, MARK, "csv")
    assert render(table, MARK, "xlsx")[:2] == b"PK"
