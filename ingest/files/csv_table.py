"""Reads delimited text (RFC 4180 and its many relatives) into a table.

Cells stay text: a cell that starts with `=` or `@` is data here and never evaluated.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TextIO

from ingest.files.encoding import detect_encoding
from ingest.files.failures import EncodingUnknown, FileNotTable
from ingest.files.limits import Limits
from ingest.files.lines import Lines, LineTooLong, RowTooLong
from ingest.files.table import (
    HEADER_SEARCH_ROWS,
    RAW_CHARS,
    BadRow,
    Member,
    Row,
    Table,
    Wanted,
    choose_header,
)

DELIMITERS = (",", "\t", ";", "|")
SNIFF_CHARS = 64 * 1024
# A text table has line breaks, tabs and perhaps a stray control character; an image has dozens.
CONTROL_SHARE = 0.02


def read_csv(
    member: Member,
    wanted: Wanted,
    limits: Limits,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Table:
    """Open a text table: detect encoding, delimiter and header, and prepare its rows.

    Args:
        member: The file; it is opened twice when its encoding has to be detected.
        wanted: Headings the mapping reads; they also decide between delimiters.
        limits: Bounds of lines, rows and columns.
        encoding: Codec named by the mapping, or None to detect it.
        delimiter: Delimiter named by the mapping, or None to detect it.

    Raises:
        FileNotTable: The content is binary or empty, or its header is too wide.
        ColumnsMissing: The header lacks what the mapping needs.
    """
    if encoding is None:
        with member.open() as stream:
            encoding = detect_encoding(stream)
    with _open_text(member, encoding) as text:
        sample = text.read(SNIFF_CHARS).removeprefix("\ufeff")
    _refuse_binary(sample, member.name)
    declared = _declared_delimiter(sample)
    delimiter = delimiter or declared or choose_delimiter(sample, wanted)
    rows = _rows(member, encoding, delimiter, limits, skip_line=declared is not None)
    first = list(islice(rows, HEADER_SEARCH_ROWS))
    readable = [row for row in first if isinstance(row, Row)]
    header = readable[choose_header(readable, wanted, member.name)]
    if len(header.cells) > limits.columns:
        reason = f"its header has {len(header.cells)} columns, the limit is {limits.columns}"
        raise FileNotTable(file=member.name, reason=reason)
    behind = (row for row in first if row.number > header.number)
    checked = _checked(chain(behind, rows), len(header.cells), limits)
    notes = [f"encoding {encoding}", f"delimiter {delimiter!r}"]
    return Table(member.name, header.cells, checked, member.size, notes)


def choose_delimiter(sample: str, wanted: Wanted) -> str:
    """Pick the delimiter that yields most wanted headings, then the evenest and widest rows."""

    def score(delimiter: str) -> tuple[int, float, int]:
        rows = list(islice(csv.reader(sample.splitlines(), delimiter=delimiter), 40))
        rows = [row for row in rows if any(row)]
        if not rows:
            return (0, 0.0, 0)
        widths = [len(row) for row in rows]
        common = max(set(widths), key=widths.count)
        best = max(wanted.matches(row) for row in rows[:HEADER_SEARCH_ROWS])
        return (best, widths.count(common) / len(widths) if common > 1 else 0.0, common)

    return max(DELIMITERS, key=score)


def _open_text(member: Member, encoding: str) -> TextIO:
    # Undecodable bytes become marks that _checked finds, so that only their row is set aside.
    errors = "replace" if encoding.lower().startswith("utf-16") else "surrogateescape"
    try:
        return io.TextIOWrapper(member.open(), encoding=encoding, errors=errors, newline="")
    except LookupError:
        raise EncodingUnknown(file=member.name, encoding=encoding) from None


def _refuse_binary(sample: str, name: str) -> None:
    if not sample.strip("\ufeff \r\n\t\x00"):
        raise FileNotTable(file=name, reason="it is empty")
    odd = sum(1 for c in sample if (c < " " and c not in "\t\r\n\f\v") or "\udc80" <= c <= "\udcff")
    if odd > 8 and odd > CONTROL_SHARE * len(sample):
        raise FileNotTable(file=name, reason="its content is binary")


def _declared_delimiter(sample: str) -> str | None:
    """Spreadsheet programs write a line `sep=;` above the header."""
    first = sample.split("\n", 1)[0].strip().strip('"')
    return first[4] if first.lower().startswith("sep=") and len(first) == 5 else None


def _rows(
    member: Member, encoding: str, delimiter: str, limits: Limits, *, skip_line: bool
) -> Iterator[Row | BadRow]:
    """Split the file into rows; a row that breaks costs its first line only."""
    with _open_text(member, encoding) as text:
        lines = Lines(text, limits.line_chars, limits.record_lines)
        if skip_line:
            next(lines)
        reader = csv.reader(lines, delimiter=delimiter)
        broken = 0
        for number in range(1, limits.rows + 2):
            row = _next_row(lines, reader, number)
            if row is None:
                return
            if isinstance(row, BadRow):
                broken += row.code == "quote_unclosed"
                if broken > limits.broken_quotes:
                    reason = "its quotes do not close"
                    raise FileNotTable(file=member.name, reason=reason, row=number)
                yield row
                reader = csv.reader(lines, delimiter=delimiter)  # the old one is inside a row
            elif any(row.cells) and "".join(row.cells).strip():
                yield row
        raise FileNotTable(file=member.name, reason=f"it has more than {limits.rows} rows")


def _next_row(lines: Lines, reader: Iterator[list[str]], number: int) -> Row | BadRow | None:
    """Read one row, or tell why the text at this place is none; None at the end."""
    lines.begin_row()
    try:
        cells = next(reader)
    except StopIteration:
        return None
    except LineTooLong as long:
        return BadRow(number, "line_too_long", "is longer than a line may be", long.start)
    except csv.Error as error:
        if len(lines.taken) == 1:
            return BadRow(number, "cell_too_long", str(error), lines.give_back()[:RAW_CHARS])
    except RowTooLong:
        pass
    else:
        if not lines.ended:
            return Row(number, cells)
    return BadRow(number, "quote_unclosed", "opens a quote it never closes", lines.give_back())


def _checked(rows: Iterator[Row | BadRow], width: int, limits: Limits) -> Iterator[Row | BadRow]:
    for row in rows:
        fault = check_cells(row.cells, width, limits) if isinstance(row, Row) else None
        if fault is None or isinstance(row, BadRow):
            yield row
        else:
            yield BadRow(row.number, fault[0], fault[1], printable(row.raw))


def check_cells(cells: Sequence[str], width: int, limits: Limits) -> tuple[str, str] | None:
    """Say what makes a row unusable whatever the mapping: (code, message), or None if sound."""
    if len(cells) < width:
        return "row_ragged", f"has {len(cells)} cells, the header has {width}"
    if len(cells) > width and (any(cells[width:]) or len(cells) > limits.columns):
        return "row_ragged", f"has {len(cells)} cells, the header has {width}"
    joined = "".join(cells)
    if len(joined) > limits.cell_chars:
        longest = max(map(len, cells))
        if longest > limits.cell_chars:
            return "cell_too_long", f"has a cell of {longest} characters, limit {limits.cell_chars}"
    if joined.isascii():
        return ("nul_byte", "holds a NUL byte") if "\x00" in joined else None
    if "\x00" in joined:
        return "nul_byte", "holds a NUL byte"
    try:
        joined.encode()
    except UnicodeEncodeError:
        return "encoding_broken", "holds bytes that are not text in this encoding"
    return ("encoding_broken", "holds lost characters") if "\ufffd" in joined else None


def printable(text: str) -> str:
    """Make undecodable bytes visible, so that the row can be stored and shown."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00")
