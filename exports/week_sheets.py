"""Writes tables into a workbook whose texts stay texts, with times in one zone."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from rules.spreadsheets import safe_cell

Cell = str | int | float | datetime | None
TIME = "yyyy-mm-dd hh:mm"
WIDTH = 16


class Sheets:
    """One workbook in the making.

    Args:
        zone: Zone in which times are written: spreadsheets know none.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._file = io.BytesIO()
        # Nothing is guessed from a text: it becomes no formula, no link and no number.
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(self._file, options)
        self._plain = self._book.add_format({"num_format": "@", "quote_prefix": True})
        self._strong = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._rate = self._book.add_format({"num_format": "0.0%"})
        self._time = self._book.add_format({"num_format": TIME})

    def table(
        self,
        title: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        above: Sequence[str] = (),
        rates: Iterable[int] = (),
        rate_rows: Iterable[int] = (),
    ) -> Worksheet:
        """Add a sheet with one table.

        Args:
            title: Name of the sheet, at most 31 characters.
            heads: Heads of the columns.
            rows: A cell per column, fewer where the rest is empty.
            above: Lines before the table.
            rates: Columns whose numbers are shares.
            rate_rows: Rows whose second cell is a share.
        """
        sheet = self._book.add_worksheet(title)
        sheet.set_column(0, max(len(heads) - 1, 0), WIDTH)
        for number, words in enumerate(above):
            sheet.write_string(number, 0, safe_cell(words))
        top = len(above) + bool(above)
        for column, head in enumerate(heads):
            sheet.write_string(top, column, head, self._strong)
        sheet.freeze_panes(top + 1, 1)
        rate_columns, rate_lines = set(rates), set(rate_rows)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                is_rate = column in rate_columns or (number in rate_lines and column == 1)
                self._write(sheet, top + 1 + number, column, cell, is_rate)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&R&P/&N")
        return sheet

    def closed(self, title: str, comments: str) -> bytes:
        """Finish the workbook and return it."""
        self._book.set_properties({"title": title, "comments": comments})
        self._book.close()
        return self._file.getvalue()

    def _write(self, sheet: Worksheet, row: int, column: int, cell: Cell, is_rate: bool) -> None:
        if isinstance(cell, datetime):
            local = cell.astimezone(self._zone).replace(tzinfo=None)
            sheet.write_datetime(row, column, local, self._time)
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell, self._rate if is_rate else None)
        elif cell is not None:
            # Halves of letters, which old rows may hold and no file can.
            words = safe_cell(cell).encode("utf-8", "replace").decode()
            sheet.write_string(row, column, words, self._plain)
