"""Streams a file as batches of records and of rows to set aside, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from actions.intake.quarantine import QuarantinedRow
from ingest.files.limits import Limits
from ingest.files.mapping import PEOPLE_KINDS, Mapping
from ingest.files.opening import open_tables
from ingest.files.parse import RowParser, content_key
from ingest.files.repeated_hour import Waiting, passes_by_id
from ingest.files.snapshot import snapshot
from ingest.files.table import BadRow, Row, Table
from ingest.files.times import Pass
from ingest.files.uniting import Uniting
from ingest.files.values import SkipRow
from rules.errors import RowRejected
from rules.fields import forbidden_word
from rules.records import AreaRecord, Record
from rules.vocabulary import AREA_LEVELS

BATCH_ROWS = 5_000


@dataclass(slots=True)
class Batch:
    """Rows of one table, ready to be recorded.

    Attributes:
        file: Name of the file, or `archive.zip/member.csv`.
        records: Good rows in file order.
        rows: The row each record came from, in the same order.
        bad: Rows that are no records.
        chars: About how many characters of the file these rows are, for a progress bar.
    """

    file: str
    records: list[Record] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    bad: list[QuarantinedRow] = field(default_factory=list)
    chars: int = 0

    def __len__(self) -> int:
        return len(self.records) + len(self.bad)


@dataclass(slots=True)
class Reading:
    """A file being read, and what became of rows that are neither taken nor set aside.

    Attributes:
        size: Bytes of the tables opened so far, unpacked.
        notes: What the readers decided, per table.
        left_out: Rows the mapping does not want.
        pieces: Features before uniting, 0 for other formats.
        forbidden: Headings of columns that no register of people holds (R7); never read.
    """

    path: Path
    mapping: Mapping
    limits: Limits = field(default_factory=Limits)
    only_under: str | None = None
    follow_links: bool = True
    size: int = 0
    notes: list[str] = field(default_factory=list)
    left_out: int = 0
    pieces: int = 0
    forbidden: list[str] = field(default_factory=list)
    _seen: dict[str, int] = field(default_factory=dict)

    def batches(self) -> Iterator[Batch]:
        """Read the file once; areas come level by level, so that parents are there first.

        Raises:
            SourceError: The file as a whole cannot be read on; what was yielded before stands.
        """
        member = snapshot(self.path, self.limits, follow_links=self.follow_links)
        for table in open_tables(member, self.mapping, self.limits):
            self.notes.append(f"{table.name}: {', '.join(table.notes)}")
            self.pieces += table.pieces or 0
            self.size += table.size
            if self.mapping.kind in PEOPLE_KINDS:
                self.forbidden += [name for name in table.header if forbidden_word(name)]
            batches = self._table_batches(table)
            yield from _by_level(batches) if self.mapping.kind == "areas" else batches

    def _table_batches(self, table: Table) -> Iterator[Batch]:
        parser = RowParser(self.mapping, table, self.only_under)
        uniting = Uniting(parser)
        rows: Iterable[Row | BadRow] = table.rows
        if self.mapping.geometry.unite and table.pieces is not None:
            rows = uniting.unite(rows)
        batch = Batch(table.name)
        held: list[Row] = []
        for row in rows:
            if isinstance(row, Row) and parser.repeated_times(row):
                held.append(row)
                continue
            self._add(batch, parser, row, {})
            if len(batch) >= BATCH_ROWS:
                yield batch
                batch = Batch(table.name)
        for row, passes in _settled(held, parser):
            self._add(batch, parser, row, passes)
        self.left_out += uniting.left_out
        if len(batch):
            yield batch

    def _add(
        self, batch: Batch, parser: RowParser, row: Row | BadRow, passes: dict[str, Pass]
    ) -> None:
        if isinstance(row, BadRow):
            bad = QuarantinedRow(row.number, row.code, None, row.message, row.raw)
            batch.bad.append(bad)
            return
        batch.chars += sum(map(len, row.cells)) + len(row.cells)
        try:
            record = parser.parse(row, passes)
            self._refuse_twin(record, row)
        except SkipRow:
            self.left_out += 1
        except RowRejected as fault:
            batch.bad.append(set_aside_row(row, fault.code, fault.field, fault.message))
        else:
            batch.records.append(record)
            batch.rows.append(row)

    def _refuse_twin(self, record: Record, row: Row) -> None:
        """Two rows that say different things under one id: which is right, only people know."""
        if self.mapping.duplicates == "in_order":
            return
        source_id, content = str(getattr(record, "source_id", "")), content_key(row)
        if self._seen.setdefault(source_id, content) != content:
            message = f"an earlier row has the same id {source_id!r} and other content"
            raise RowRejected("id_repeated", "source_id", message)


def set_aside_row(row: Row, code: str, field: str | None, message: str) -> QuarantinedRow:
    """Describe a row for the quarantine listing."""
    return QuarantinedRow(row.number, code, field, message, row.raw)


def _settled(held: list[Row], parser: RowParser) -> Iterator[tuple[Row, dict[str, Pass]]]:
    """Rows that waited for the file's end to learn their pass of the repeated hour."""
    waiting = [
        (index, Waiting(parser.id_text(row), name, moment))
        for index, row in enumerate(held)
        for name, moment in parser.repeated_times(row).items()
    ]
    passes: list[dict[str, Pass]] = [{} for _ in held]
    told = passes_by_id([entry for _, entry in waiting])
    for (index, entry), which in zip(waiting, told, strict=True):
        passes[index][entry.field] = which
    yield from zip(held, passes, strict=True)


def _by_level(batches: Iterable[Batch]) -> Iterator[Batch]:
    levels: dict[str, list[tuple[Record, Row]]] = {level: [] for level in AREA_LEVELS}
    for batch in batches:
        for record, row in zip(batch.records, batch.rows, strict=True):
            if isinstance(record, AreaRecord):
                levels[record.level].append((record, row))
        yield Batch(batch.file, bad=batch.bad, chars=batch.chars)
    for pairs in levels.values():
        for start in range(0, len(pairs), BATCH_ROWS):
            part = pairs[start : start + BATCH_ROWS]
            yield Batch(batch.file, [record for record, _ in part], [row for _, row in part])
