"""The one thread that changes the store: it commits in groups and acknowledges what is on disk.

A group that fails is rolled back and replayed unit by unit, so that only the guilty one is
rejected. Checkpoints wait for quiet moments, because one under load stalls writes for up to half
a second (DESIGN §4).
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

import duckdb

from data.errors import StoreBusy, StoreClosed
from data.timings import Timings
from data.transaction import Transaction

log = logging.getLogger(__name__)

T = TypeVar("T")
QUEUE_LIMIT = 2_000
GROUP_LIMIT = 128
# Also a demo that writes every second must leave a quiet moment, or the log grows without end.
QUIET_S = 0.25
CHECKPOINT_AT_BYTES = 16_000_000
CHECKPOINT_FORCED_AT_BYTES = 512_000_000


@dataclass(frozen=True, slots=True)
class Commit:
    """What a commit changed: its number and the (noun, community_id) pairs it touched."""

    seq: int
    touched: frozenset[tuple[str, str]]


@dataclass(slots=True)
class _Unit(Generic[T]):
    work: Callable[[Transaction], T]
    done: Future[T]


class Writer:
    """Owns the write connection; `submit` hands it work from any thread.

    Args:
        connection: The store's connection, used by this thread alone.
        begin: Makes a Transaction on that connection.
        wal: The write-ahead log beside the file, or None for a store in memory.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        begin: Callable[[], Transaction],
        wal: Path | None,
    ) -> None:
        self._connection = connection
        self._begin = begin
        self._wal = wal
        self._queue: queue.Queue[_Unit[Any] | None] = queue.Queue(QUEUE_LIMIT)
        self._listeners: list[Callable[[Commit], None]] = []
        self._closing = threading.Event()
        self._submitting = threading.Lock()
        self.timings = Timings()
        self.commits = 0
        self.last_commit_at: datetime | None = None
        self.last_checkpoint_at: datetime | None = None
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Transaction], T], wait_s: float) -> Future[T]:
        """Queue a unit of work; its future resolves after the commit that holds it.

        Raises:
            StoreClosed: The writer is stopping.
            StoreBusy: The queue stayed full for `wait_s` seconds.
        """
        unit = _Unit(work, Future())
        with self._submitting:
            if self._closing.is_set():
                raise StoreClosed()
            try:
                self._queue.put(unit, timeout=wait_s)
            except queue.Full:
                raise StoreBusy(queued=self._queue.qsize()) from None
        return unit.done

    def listen(self, listener: Callable[[Commit], None]) -> None:
        """Call `listener` after every commit, on the writer's thread; it must return at once."""
        self._listeners.append(listener)

    def depth(self) -> int:
        """Return how many units wait."""
        return self._queue.qsize()

    def alive(self) -> bool:
        """Tell whether the thread still runs."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Carry out everything queued, checkpoint and stop."""
        with self._submitting:
            if self._closing.is_set():
                return
            self._closing.set()
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                first = self._queue.get(timeout=QUIET_S)
            except queue.Empty:
                self._checkpoint_when_over(CHECKPOINT_AT_BYTES)
                continue
            group, stop = self._gather(first)
            if group:
                self._commit_group(group)
                self._checkpoint_when_over(CHECKPOINT_FORCED_AT_BYTES)
            if stop:
                self._checkpoint_when_over(0)
                return

    def _gather(self, first: _Unit[Any] | None) -> tuple[list[_Unit[Any]], bool]:
        group: list[_Unit[Any]] = []
        unit = first
        while True:
            if unit is None:
                return group, True
            group.append(unit)
            if len(group) >= GROUP_LIMIT:
                return group, False
            try:
                unit = self._queue.get_nowait()
            except queue.Empty:
                return group, False

    def _commit_group(self, group: list[_Unit[Any]]) -> None:
        try:
            results, touched = self._commit(group)
        except Exception as failure:  # noqa: BLE001 - a unit may raise anything; it gets it back
            if len(group) == 1:
                self._reject(group[0], failure)
                return
            for unit in group:
                self._commit_group([unit])
            return
        self._announce(touched)  # first: whoever is acknowledged finds no stale cache
        for unit, result in zip(group, results, strict=True):
            unit.done.set_result(result)

    def _commit(self, group: list[_Unit[Any]]) -> tuple[list[Any], frozenset[tuple[str, str]]]:
        started = time.perf_counter()
        self._connection.begin()
        try:
            transaction = self._begin()
            results = [unit.work(transaction) for unit in group]
            self._connection.commit()
        except BaseException:
            self._roll_back()
            raise
        self.timings.add((time.perf_counter() - started) * 1_000)
        self.commits += 1
        self.last_commit_at = datetime.now(UTC)
        return results, frozenset(transaction.touched)

    def _roll_back(self) -> None:
        try:
            self._connection.rollback()
        except duckdb.Error:
            log.exception("rollback failed")

    def _reject(self, unit: _Unit[Any], failure: Exception) -> None:
        if isinstance(failure, duckdb.Error):
            log.error("a unit of work was rejected: %s", failure)
        unit.done.set_exception(failure)

    def _announce(self, touched: frozenset[tuple[str, str]]) -> None:
        if not touched:
            return
        commit = Commit(self.commits, touched)
        for listener in self._listeners:
            try:
                listener(commit)
            except Exception:  # a listener must not stop the writer
                log.exception("a commit listener failed")

    def _checkpoint_when_over(self, size: int) -> None:
        wal = self._wal
        if wal is None or not wal.exists() or wal.stat().st_size <= size:
            return
        try:
            self._connection.execute("checkpoint")
            self.last_checkpoint_at = datetime.now(UTC)
        except duckdb.Error as failure:
            log.warning("checkpoint postponed: %s", failure)
