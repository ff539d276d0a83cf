"""Takes the rows of one source into the store and counts them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from threading import Event

from actions.intake.quarantine import QuarantinedRow, set_aside
from actions.intake.recording import RowResult, record
from data.store import Store
from ingest.errors import SourceStopped
from ingest.tally import Tally
from rules.records import Record

# A commit takes milliseconds; a writer this late is not coming back for this source.
COMMIT_WAIT_S = 60.0


class StoreSink:
    """The Sink of one source; see `ingest.base.Sink` for what each method promises.

    Args:
        now: Clock, for the time of the last good row.
        stop: Set when the runner gave up waiting for the source: nothing more is taken.
    """

    def __init__(
        self, store: Store, tally: Tally, now: Callable[[], datetime], stop: Event
    ) -> None:
        self._store = store
        self._tally = tally
        self._now = now
        self._stop = stop

    def take(
        self, kind: str, records: Sequence[Record], community_id: str, *, origin: str | None = None
    ) -> list[RowResult]:
        """Record rows and wait for the durable commit."""
        return self.offer(kind, records, community_id, origin=origin).result(COMMIT_WAIT_S)

    def offer(
        self, kind: str, records: Sequence[Record], community_id: str, *, origin: str | None = None
    ) -> Future[list[RowResult]]:
        """Record rows without waiting; they count once they are on disk."""
        self._refuse_when_stopped()
        future = record(self._store, kind, community_id, self._name(origin), records)
        future.add_done_callback(lambda done: self._count(done, community_id))
        return future

    def set_aside(
        self,
        kind: str,
        community_id: str,
        rows: Sequence[QuarantinedRow],
        file: str | None = None,
        *,
        origin: str | None = None,
    ) -> int:
        """Put bad rows into quarantine and wait for the durable commit."""
        self._refuse_when_stopped()
        future = set_aside(self._store, community_id, self._name(origin), kind, file, rows)
        added = future.result(COMMIT_WAIT_S)
        self._tally.add(community_id, quarantined=len(rows), now=self._now())
        return added

    def alive(self) -> None:
        """Turn the source's state to waiting."""
        self._tally.rest()

    def _name(self, origin: str | None) -> str:
        return f"{self._tally.source}:{origin}" if origin else self._tally.source

    def _refuse_when_stopped(self) -> None:
        if self._stop.is_set():
            raise SourceStopped(source=self._tally.source)

    def _count(self, done: Future[list[RowResult]], community_id: str) -> None:
        if done.cancelled() or done.exception():
            return
        results = done.result()
        rejected = sum(result.result == "rejected" for result in results)
        self._tally.add(
            community_id,
            accepted=len(results) - rejected,
            quarantined=rejected,
            now=self._now(),
        )
