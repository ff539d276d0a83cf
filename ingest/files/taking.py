"""Hands a file over batch by batch and counts what became of its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from actions.intake.quarantine import QuarantinedRow
from actions.intake.recording import RowError, RowResult
from ingest.errors import SourceError, SourceStopped
from ingest.files.batches import Batch, Reading, set_aside_row
from rules.records import Record

# A commit takes milliseconds; a writer this late is not coming back.
COMMIT_WAIT_S = 120.0


class Taker(Protocol):
    """Where rows of one file go."""

    def offer(self, records: Sequence[Record]) -> Future[list[RowResult]]:
        """Start recording; the future resolves when they are on disk."""

    def set_aside(self, rows: Sequence[QuarantinedRow], file: str) -> None:
        """Put bad rows into quarantine, on disk when this returns."""


@dataclass(slots=True)
class Counts:
    """What became of the rows of a file; `read` is the sum of the other four."""

    new: int = 0
    unchanged: int = 0
    changed: int = 0
    quarantined: int = 0

    @property
    def read(self) -> int:
        """Rows handed over: taken or set aside."""
        return self.new + self.unchanged + self.changed + self.quarantined


def take_file(
    reading: Reading,
    taker: Taker,
    counts: Counts,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stop: Event | None = None,
) -> None:
    """Read a file to its end; the next batch is parsed while the one before is committed.

    Args:
        reading: The file with its mapping.
        taker: Where its rows go.
        counts: Filled as batches are on disk, also when the file fails half-way.
        progress: Told (rows done, rows in all as estimated from the size) after each batch.
        stop: Set to give up between two batches; what was taken stands.

    Raises:
        SourceError: The file as a whole cannot be read on; what was taken before stands.
        SourceStopped: `stop` was set.
        StoreError: Nothing of the batch was recorded.
    """
    waiting: tuple[Batch, Future[list[RowResult]]] | None = None
    rows = chars = 0
    try:
        for batch in reading.batches():
            if stop is not None and stop.is_set():
                raise SourceStopped(file=reading.path.name)
            if batch.bad:
                taker.set_aside(batch.bad, batch.file)
                counts.quarantined += len(batch.bad)
            offered = (batch, taker.offer(batch.records)) if batch.records else None
            settling, waiting = waiting, offered
            _settle(settling, taker, counts)
            rows, chars = rows + len(batch), chars + batch.chars
            progress(rows, max(rows, rows * reading.size // max(chars, 1)))
    except SourceError:
        _settle(waiting, taker, counts)
        raise
    _settle(waiting, taker, counts)
    progress(rows, rows)


def _settle(
    waiting: tuple[Batch, Future[list[RowResult]]] | None, taker: Taker, counts: Counts
) -> None:
    """Wait until a batch is on disk, count its rows and set aside what the store refused."""
    if waiting is None:
        return
    batch, future = waiting
    refused = []
    for row, result in zip(batch.rows, future.result(COMMIT_WAIT_S), strict=True):
        if result.result == "rejected":
            error = result.error or RowError("row_refused", None, "was refused")
            refused.append(set_aside_row(row, error.code, error.field, error.message))
        else:
            setattr(counts, result.result, getattr(counts, result.result) + 1)
    if refused:
        taker.set_aside(refused, batch.file)
        counts.quarantined += len(refused)
