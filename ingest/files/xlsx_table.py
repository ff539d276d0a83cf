"""Reads one sheet of an XLSX workbook (Office Open XML) into a table of text cells.

Formulas count as the value the spreadsheet program stored with them.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ingest.files.archive import guard_archive, opened_archive, spooled
from ingest.files.csv_table import check_cells, printable
from ingest.files.failures import ColumnsMissing, FileNotTable
from ingest.files.limits import Limits
from ingest.files.table import HEADER_SEARCH_ROWS, BadRow, Member, Row, Table, Wanted, choose_header

LAST_ROW = 1_048_576  # rows of a sheet, ECMA-376
BLANK_ROWS_IN_A_ROW = 10_000  # beyond such a gap nothing is expected any more
XML_HEAD_BYTES = 64 * 1024
BROKEN_WORKBOOK = (
    InvalidFileException,
    ParseError,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
)


def read_xlsx(member: Member, wanted: Wanted, limits: Limits, *, sheet: str | None = None) -> Table:
    """Open a sheet: the one the mapping names, otherwise the first visible one with content.

    Raises:
        ArchiveUnsafe: The workbook is encrypted or unpacks to far more than it weighs.
        FileNotTable: It is damaged, has no such sheet or nothing in it.
        ColumnsMissing: The header lacks what the mapping needs.
    """
    with opened_archive(member) as archive:
        guard_archive(archive, member.name, limits)
        _refuse_entities(archive, member.name)
    stream = spooled(member)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions we do not read
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        title, rows = _choose_sheet(book, sheet, member.name, limits)
    except BROKEN_WORKBOOK as error:
        stream.close()
        raise FileNotTable(file=member.name, reason=f"the workbook is damaged: {error}") from None
    first = list(islice(rows, HEADER_SEARCH_ROWS))
    try:
        header = first[choose_header(first, wanted, member.name)]
    except ColumnsMissing:
        stream.close()
        raise
    width = len(header.cells)
    if width > limits.columns:
        stream.close()
        reason = f"its header has {width} columns, the limit is {limits.columns}"
        raise FileNotTable(file=member.name, reason=reason)
    behind = (row for row in first if row.number > header.number)
    checked = _checked(chain(behind, rows), width, limits, stream)
    return Table(member.name, header.cells, checked, member.size, [f"sheet {title!r}"])


def _refuse_entities(archive: zipfile.ZipFile, name: str) -> None:
    """A workbook never declares document types; one that does wants to blow up the parser."""
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            with archive.open(entry) as part:
                head = part.read(XML_HEAD_BYTES).replace(b"\x00", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise FileNotTable(file=name, reason="the workbook declares XML entities")


def _choose_sheet(
    book: Any, wanted_title: str | None, name: str, limits: Limits
) -> tuple[str, Iterator[Row]]:
    if wanted_title is not None:
        if wanted_title not in book.sheetnames:
            reason = f"it has no sheet {wanted_title!r} but {', '.join(book.sheetnames[:20])}"
            raise FileNotTable(file=name, reason=reason)
        return wanted_title, _sheet_rows(book[wanted_title], name, limits)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            rows = _sheet_rows(sheet, name, limits)
            first = next(rows, None)
            if first is not None:
                return sheet.title, chain([first], rows)
    raise FileNotTable(file=name, reason="no visible sheet has content")


def _sheet_rows(sheet: Any, name: str, limits: Limits) -> Iterator[Row]:
    sheet.reset_dimensions()  # the stated size of a sheet is often wrong and may be hostile
    blank = 0
    try:
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [cell_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                blank = 0
                yield Row(number, cells)
            else:
                blank += 1
            if blank > BLANK_ROWS_IN_A_ROW or number >= LAST_ROW:
                return
            if number > limits.rows:
                raise FileNotTable(file=name, reason=f"it has more than {limits.rows} rows")
    except BROKEN_WORKBOOK as error:
        raise FileNotTable(file=name, reason=f"the sheet is damaged: {error}") from None


def cell_text(value: object) -> str:
    """Write a cell the way a CSV of the same table would have it.

    Whole numbers lose the `.0` spreadsheets give them; dates become ISO 8601 local times.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _checked(
    rows: Iterator[Row], width: int, limits: Limits, stream: BinaryIO
) -> Iterator[Row | BadRow]:
    """Trailing empty cells are not stored in a sheet, so short rows are filled, not refused."""
    with stream:
        for row in rows:
            row.cells.extend([""] * (width - len(row.cells)))
            fault = check_cells(row.cells, width, limits)
            if fault is None:
                yield row
            else:
                yield BadRow(row.number, fault[0], fault[1], printable(row.raw))
