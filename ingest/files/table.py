"""What every reader yields: a table with a chosen header and numbered rows of text cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from ingest.files.failures import ColumnsMissing, FileNotTable

HEADER_SEARCH_ROWS = 20
RAW_CHARS = 2_000


@dataclass(slots=True)
class Row:
    """One row as received.

    Attributes:
        number: Row in the file from 1, the header counting as a row; in GeoJSON the feature.
        cells: Text cells in header order.
        geometry: GeoJSON geometry of a feature, otherwise None.
        pieces: How many features of the file were united into it.
    """

    number: int
    cells: list[str]
    geometry: dict[str, Any] | None = None
    pieces: int = 1

    @property
    def raw(self) -> str:
        """The cells as one line, for the quarantine listing."""
        return "\t".join(cell[:RAW_CHARS] for cell in self.cells)[:RAW_CHARS]


@dataclass(slots=True)
class BadRow:
    """A row whose cells could not even be told apart; it goes straight to quarantine."""

    number: int
    code: str
    message: str
    raw: str


@dataclass(slots=True)
class Table:
    """One table of a file, its rows still to be read.

    Attributes:
        name: File name, or `archive.zip/member.csv`.
        header: Headings in column order, as written.
        rows: The rows behind the header; reading them may raise a SourceError.
        size: Bytes of the table, unpacked.
        notes: What the reader decided (encoding, delimiter, sheet), for the operator.
        pieces: Features in the file before uniting; None for other formats.
    """

    name: str
    header: list[str]
    rows: Iterator[Row | BadRow]
    size: int = 0
    notes: list[str] = field(default_factory=list)
    pieces: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A file, or a file inside an archive, that can be opened more than once.

    Attributes:
        name: For messages and the quarantine listing; never used as a path.
        size: Bytes, unpacked.
        open: Opens it from the start.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The headings a mapping reads, in `heading_key` form.

    Attributes:
        known: Every heading any field reads.
        required: Groups of which the header must have one each, with the field's name.
        quoted: False where a row taken for the header must not be quoted: it may name people.
    """

    known: frozenset[str]
    required: tuple[tuple[str, frozenset[str]], ...]
    quoted: bool = True

    def missing(self, header: Sequence[str]) -> list[str]:
        """Names of the required fields no heading serves."""
        keys = {heading_key(cell) for cell in header}
        return [name for name, group in self.required if not keys & group]

    def matches(self, header: Sequence[str]) -> int:
        """How many different known headings a row holds."""
        return len({heading_key(cell) for cell in header} & self.known)


def heading_key(text: str) -> str:
    """Fold a heading so that width, case, spacing, underscores and a required-mark do not count."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in "_*\ufeff\u200b")


def choose_header(rows: Sequence[Row], wanted: Wanted, name: str) -> int:
    """Find the header among the first rows; titles above it are common in spreadsheets.

    Returns:
        Index into `rows` of the earliest row that holds most of the wanted headings.

    Raises:
        FileNotTable: There are no rows.
        ColumnsMissing: No row has every heading the mapping needs.
    """
    if not rows:
        raise FileNotTable(file=name, reason="it is empty")
    best = max(range(len(rows)), key=lambda index: (wanted.matches(rows[index].cells), -index))
    missing = wanted.missing(rows[best].cells)
    if missing:
        cells = rows[best].cells[:40] if wanted.quoted else []
        found = [cell[:60] for cell in cells if cell]
        raise ColumnsMissing(file=name, missing=missing, found=found)
    return best
