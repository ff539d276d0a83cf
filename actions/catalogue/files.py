"""Reads and writes a catalogue as CSV or XLSX; the same columns both ways."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException

from actions.catalogue.editing import FileRow
from rules.catalogue import Entry
from rules.catalogue_rows import COLUMNS, write_entry
from rules.errors import RuleViolation
from rules.spreadsheets import safe_cell

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
MOST_ROWS = 2_000
_ENCODINGS = ("utf-8-sig", "gb18030")  # what Excel writes, and what Chinese Excel writes as CSV


class CatalogueFileInvalid(RuleViolation):
    """Not a CSV or XLSX file with the columns of a catalogue; export one to see them."""

    code = "catalogue_file_invalid"


def read_rows(name: str, content: bytes) -> list[FileRow]:
    """Return the rows of a file by their numbers; empty rows are left out.

    Args:
        name: Its name; .xlsx is a spreadsheet, everything else CSV.
        content: Its bytes.

    Raises:
        CatalogueFileInvalid: Too large, not readable, or without the column `code`.
    """
    if len(content) > MOST_BYTES:
        raise CatalogueFileInvalid()
    table = _xlsx(content) if name.lower().endswith(".xlsx") else _csv(content)
    lines = iter(table)
    heads = [head.strip().lower() for head in next(lines, [])]
    if "code" not in heads or len(set(heads) - {""}) != len([h for h in heads if h]):
        raise CatalogueFileInvalid()
    rows: list[FileRow] = []
    for number, cells in enumerate(lines, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) >= MOST_ROWS:
            raise CatalogueFileInvalid()
        found = dict(zip(heads, cells, strict=False))
        rows.append(FileRow(number, {key: _plain(found.get(key, "")) for key in COLUMNS}))
    return rows


def write_csv(entries: Iterable[Entry]) -> bytes:
    """Return a catalogue as CSV in UTF-8 with a mark that Excel needs to see it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _texts(entries):
        writer.writerow(row)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def write_xlsx(entries: Iterable[Entry]) -> bytes:
    """Return a catalogue as a spreadsheet of text cells."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False,
                                      "strings_to_urls": False})  # fmt: skip
    sheet = book.add_worksheet("catalogue")
    head = book.add_format({"bold": True})
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name, head)
    for number, row in enumerate(_texts(entries), 1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, len(COLUMNS) - 1, 18)
    book.close()
    return file.getvalue()


def _texts(entries: Iterable[Entry]) -> Iterator[Sequence[str]]:
    for entry in entries:
        row = write_entry(entry)
        yield [safe_cell(row[name]) for name in COLUMNS]


def _plain(cell: str) -> str:
    """Take away the mark before a cell that would have been a formula."""
    marked = cell.startswith("'") and safe_cell(cell[1:]) == cell
    return cell[1:] if marked else cell


def _csv(content: bytes) -> list[list[str]]:
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error:
            raise CatalogueFileInvalid() from None
    raise CatalogueFileInvalid()


def _xlsx(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise CatalogueFileInvalid()
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=60, values_only=True)
        table = [[_cell(value) for value in row] for row in rows]
        book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, IndexError):
        raise CatalogueFileInvalid() from None
    return table


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a spreadsheet knows no whole numbers
    return "" if value is None else str(value)
