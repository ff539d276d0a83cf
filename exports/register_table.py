"""Writes a bulk export as CSV or XLSX: a watermark first, no cell a formula (DOMAIN R16)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from components.wording import knows, named, text
from rules.spreadsheets import SheetTable, Watermark, safe_cell

# Columns whose cells are codes, and the list of words each is of.
_WORDS_OF = {
    "residence": "residence",
    "relation": "relation",
    "sex": "sex",
    "category": "category",
    "urgency": "urgency",
    "status": "status",
    "channel": "channel",
    "action": "audit.action",
    "result": "audit.result",
    "role": "role",
    "subject_kind": "audit.subject",
    "field": "field",
    "purpose": "purpose",
}
WIDTH = 18


def render(table: SheetTable, mark: Watermark, kind: str) -> bytes:
    """Return the table as a file, in the language of the request.

    Args:
        table: Texts and codes; codes become words.
        mark: Who took the copy, when, for what, how many rows, and the hash of what was taken.
        kind: csv or xlsx.
    """
    heads = [_head(column) for column in table.columns]
    rows = (_worded(table.columns, row) for row in table.rows)
    return _csv(mark, heads, rows) if kind == "csv" else _xlsx(mark, heads, rows)


def watermark_line(mark: Watermark) -> str:
    """Return the sentence every copy begins with."""
    return text(
        "export.watermark",
        who=mark.who,
        at=mark.at,
        purpose=named("purpose", mark.purpose),
        rows=mark.rows,
        hash=mark.content_hash,
    )


def _csv(mark: Watermark, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([safe_cell(watermark_line(mark))])
    writer.writerow([safe_cell(head) for head in heads])
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    # The mark lets spreadsheets read Chinese.
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8", "replace")


def _xlsx(mark: Watermark, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    file = io.BytesIO()
    # Every cell is written as text and marked as such, so that none becomes a formula or a link,
    # not even when somebody edits it or saves the sheet as CSV.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": text("export.title"), "comments": watermark_line(mark)})
        plain = book.add_format({"num_format": "@", "quote_prefix": True})
        strong = book.add_format({"num_format": "@", "quote_prefix": True, "bold": True})
        sheet = book.add_worksheet(text("export.sheet"))
        sheet.set_column(0, len(heads) - 1, WIDTH)
        sheet.write_string(0, 0, watermark_line(mark), plain)
        sheet.freeze_panes(2, 0)
        for column, head in enumerate(heads):
            sheet.write_string(1, column, head, strong)
        for number, row in enumerate(rows, 2):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, plain)
        sheet.set_footer(f"&L{mark.who.replace('&', '&&')} {mark.at}&R&P/&N")
    return file.getvalue()


def _head(column: str) -> str:
    for code in (f"export.column.{column}", f"field.{column}"):
        if knows(code):
            return text(code)
    return column


def _worded(columns: Sequence[str], row: Sequence[str]) -> list[str]:
    return [
        named(_WORDS_OF[column], cell) if cell and column in _WORDS_OF else _whole(cell)
        for column, cell in zip(columns, row, strict=True)
    ]


def _whole(cell: str) -> str:
    """Replace halves of letters, which old rows may hold and no file can."""
    return cell.encode("utf-8", "replace").decode("utf-8")
