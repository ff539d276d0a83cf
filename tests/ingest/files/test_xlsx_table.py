"""Workbooks as offices send them, and as attackers would."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from ingest.files.failures import ArchiveUnsafe, ColumnsMissing, FileNotTable
from ingest.files.limits import Limits
from ingest.files.xlsx_table import cell_text

# Spreadsheets know no zones: their times are local.
MORNING = datetime(2024, 5, 1, 8, 30)  # noqa: DTZ001
HEADER = ["编号", "类别", "上报时间", "标题"]


def _workbook(sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    when = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, (datetime, date)):
                    sheet.write_datetime(r, c, value, when)
                elif isinstance(value, tuple):
                    sheet.write_formula(r, c, value[0], None, value[1])
                elif value is not None:
                    sheet.write(r, c, value)
        if title in hidden:
            sheet.hide()
        else:
            sheet.activate()
            sheet.set_first_sheet()
    book.close()
    return buffer.getvalue()


def _rewritten(data: bytes, part: str, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content) if entry.filename == part else content)
    return out.getvalue()


GOOD = _workbook({"案件": [HEADER, [1, "噪声", MORNING, "楼上装修"]]})


def test_dates_and_whole_numbers_read_as_a_csv_would_have_them(read_all):
    table, rows, bad = read_all(GOOD, "a.xlsx")
    assert table.header == HEADER
    assert rows[0].cells == ["1", "噪声", "2024-05-01 08:30:00", "楼上装修"]
    assert (rows[0].number, bad) == (2, [])


def test_a_formula_counts_as_its_stored_value(read_all):
    data = _workbook({"a": [HEADER, [("=1+6", 7), "噪声", MORNING, ("=A1", "x")]]})
    _, rows, _ = read_all(data, "a.xlsx")
    assert (rows[0].cells[0], rows[0].cells[3]) == ("7", "x")


def test_hidden_and_empty_sheets_are_passed_over(read_all):
    sheets = {
        "字典": [HEADER, ["9", "隐藏", "2024-05-01", "x"]],
        "说明": [],
        "案件": [["案件登记表"], [], HEADER, ["1", "噪声", "2024-05-01", "x"]],
    }
    _, rows, _ = read_all(_workbook(sheets, hidden=("字典",)), "a.xlsx")
    assert [(row.number, row.cells[0]) for row in rows] == [(4, "1")]


def test_the_mapping_may_name_the_sheet_even_a_hidden_one(read_all):
    sheets = {"字典": [HEADER, ["9", "隐藏", "2024-05-01", "x"]], "案件": [HEADER]}
    _, rows, _ = read_all(_workbook(sheets, hidden=("字典",)), "a.xlsx", sheet="字典")
    assert rows[0].cells[0] == "9"


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(read_all):
    with pytest.raises(FileNotTable, match="案件"):
        read_all(GOOD, "a.xlsx", sheet="案卷")


def test_short_rows_are_filled_because_sheets_store_no_trailing_blanks(read_all):
    data = _workbook({"a": [HEADER, ["1", "噪声", "2024-05-01"], [None, None], ["2", "停水"]]})
    _, rows, bad = read_all(data, "a.xlsx")
    assert [row.cells for row in rows] == [
        ["1", "噪声", "2024-05-01", ""],
        ["2", "停水", "", ""],
    ]
    assert bad == []


def test_cells_beyond_the_header_set_the_row_aside(read_all):
    data = _workbook({"a": [HEADER, ["1", "噪声", "2024-05-01", "x", "多了"]]})
    _, rows, bad = read_all(data, "a.xlsx")
    assert (rows, bad[0].code) == ([], "row_ragged")


def test_missing_columns_are_named(read_all):
    with pytest.raises(ColumnsMissing):
        read_all(_workbook({"a": [["编号", "标题"], ["1", "x"]]}), "a.xlsx")


def test_a_false_statement_of_size_does_not_matter(read_all):
    lying = _rewritten(
        GOOD,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'ref="A1:D2"', b'ref="A1:XFD1048576"'),
    )
    assert lying != GOOD
    _, rows, _ = read_all(lying, "a.xlsx")
    assert [row.cells[0] for row in rows] == ["1"]


def test_a_row_a_thousand_million_rows_below_ends_the_table(read_all):
    hostile = _rewritten(
        GOOD,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>", b'<row r="999999999"><c r="A999999999"><v>5</v></c></row></sheetData>'
        ),
    )
    _, rows, _ = read_all(hostile, "a.xlsx")
    assert [row.cells[0] for row in rows] == ["1"]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_workbook_with_entities_is_refused(read_all, part):
    bomb = _rewritten(
        GOOD, part, lambda xml: b'<!DOCTYPE a [<!ENTITY b "bbbb">]>' + xml[xml.index(b"?>") + 2 :]
    )
    with pytest.raises(FileNotTable, match="entities"):
        read_all(bomb, "a.xlsx")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_damaged_workbook_is_refused_in_one_clear_error(read_all, part):
    with pytest.raises(FileNotTable):
        read_all(_rewritten(GOOD, part, lambda xml: xml[: len(xml) // 2]), "a.xlsx")


def test_a_workbook_cut_short_is_refused(read_all):
    with pytest.raises(FileNotTable):
        read_all(GOOD[: len(GOOD) // 2], "a.xlsx")


def test_a_workbook_that_unpacks_to_far_more_than_it_weighs_is_refused(read_all):
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/bomb.xml", b"0" * (30 * 1024 * 1024))
    with pytest.raises(ArchiveUnsafe, match="times its size"):
        read_all(out.getvalue(), "a.xlsx")


def test_more_rows_than_the_limit_are_refused(read_all):
    data = _workbook({"a": [HEADER] + [[str(n), "噪声", "2024-05-01", "x"] for n in range(60)]})
    with pytest.raises(FileNotTable, match="rows"):
        read_all(data, "a.xlsx", limits=Limits(rows=30))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (12.0, "12"),
        (101000295613.0, "101000295613"),
        (0.5, "0.5"),
        (True, "true"),
        (MORNING, "2024-05-01 08:30:00"),
        (date(2024, 5, 1), "2024-05-01"),
        ("  x ", "  x "),
    ],
)
def test_cells_are_written_as_text(value, text):
    assert cell_text(value) == text
