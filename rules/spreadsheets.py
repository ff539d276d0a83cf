"""Keeps a table for spreadsheets harmless: no cell of it can begin a formula (OWASP CSV Injection).

The hash covers head and rows, so that a file that was changed no longer fits its own first line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Spreadsheets take the full-width forms for the plain ones.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SKIPPED = " \u3000\ufeff\u200b"


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table of texts.

    Attributes:
        columns: Codes of the columns; their words are given where the file is written.
        rows: A text per column.
    """

    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]

    def content_hash(self) -> str:
        """Return a SHA-256 over all columns and rows."""
        digest = hashlib.sha256()
        for row in self._all():
            for cell in row:
                content = cell.encode("utf-8", "surrogatepass")
                digest.update(len(content).to_bytes(8, "big") + content)
            digest.update(b"\n")
        return digest.hexdigest()

    def _all(self) -> Iterator[Sequence[str]]:
        yield self.columns
        yield from self.rows


@dataclass(frozen=True, slots=True)
class Watermark:
    """What the first line of every copy says."""

    who: str
    at: str
    purpose: str
    rows: int
    content_hash: str


def safe_cell(value: object) -> str:
    """Return a value as text that stays text in every spreadsheet."""
    words = "" if value is None else str(value)
    return f"'{words}" if words.lstrip(_SKIPPED).startswith(_FORMULA_STARTS) else words
