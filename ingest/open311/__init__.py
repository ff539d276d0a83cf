"""The source `open311`: pulls the requests of another Open311 GeoReport v2 server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from threading import Event
from urllib.parse import urlsplit

from actions.intake.quarantine import QuarantinedRow
from ingest.base import Sink, Source, SourceContext
from ingest.errors import SourceError
from ingest.open311.client import Client
from ingest.open311.config import Open311Config
from ingest.open311.parse import ParsedRequest, parse_request
from rules.open311 import MOST_SPAN

IDS_AT_ONCE = 50
# Old open requests asked after in one round; the next round goes on behind them.
MOST_IDS_A_ROUND = 1_000
SHORTEST_WINDOW = timedelta(minutes=1)


class Open311(Source[Open311Config]):
    """Reads what is new and what has changed, round by round, oldest first."""

    name = "open311"
    Config = Open311Config
    opt_in = True

    def __init__(
        self,
        config: Open311Config,
        context: SourceContext,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(config, context)
        self._client = Client(config, context)
        self._now = now
        self._asked_after = ""
        self.origin = urlsplit(config.endpoint).hostname or "server"

    def run(self, sink: Sink, stop: Event) -> None:
        """Read a round, then wait; a failed round is begun anew by the runner."""
        while not stop.is_set():
            self.round(sink, stop)
            sink.alive()
            stop.wait(self.config.poll_s)

    def round(self, sink: Sink, stop: Event) -> None:
        """Read everything once: the windows since the last known report, then old open requests.

        Raises:
            SourceError: The server cannot be read; what came before it is kept.
        """
        now = self._now()
        start = self._resume_at(now)
        # Times go over in whole seconds: one more, so that what came just now is not cut off.
        end = now + timedelta(seconds=1)
        for window in windows(start, end, timedelta(days=self.config.window_days)):
            for rows in self._read(*window, stop):
                self._take(sink, rows)
            if stop.is_set():
                return
        for ids in self._old_open(start):
            if stop.is_set():
                return
            self._take(sink, self._client.requests(service_request_id=",".join(ids)))

    def _resume_at(self, now: datetime) -> datetime:
        """Where to go on: some days before the newest known report, for what changed since."""
        earliest = now - timedelta(days=self.config.backfill_days)
        rows = self.context.store.rows("open311/newest", **self._whose())
        newest: datetime | None = rows[0]["reported_at"] if rows else None
        if newest is None:
            return earliest
        return max(earliest, min(newest, now) - timedelta(days=self.config.lookback_days))

    def _read(
        self, start: datetime, end: datetime, stop: Event
    ) -> Iterator[Sequence[Mapping[str, object]]]:
        """Yield the requests of a window, halved while the server may have cut its answer."""
        if stop.is_set():
            return
        rows = self._client.requests(start_date=written(start), end_date=written(end))
        if len(rows) < self.config.page_rows:
            yield rows
            return
        if end - start <= SHORTEST_WINDOW:
            raise SourceError("open311_too_dense", at=written(start))
        middle = start + (end - start) / 2
        yield from self._read(start, middle, stop)
        yield from self._read(middle, end, stop)

    def _old_open(self, before: datetime) -> Iterator[list[str]]:
        """Yield ids of requests that are open with us and reported before the windows."""
        rows = self.context.store.rows(
            "open311/open_ids",
            **self._whose(),
            before=before,
            after=self._asked_after,
            row_limit=MOST_IDS_A_ROUND,
        )
        ids = [row["source_id"] for row in rows]
        self._asked_after = ids[-1] if len(ids) == MOST_IDS_A_ROUND else ""
        for first in range(0, len(ids), IDS_AT_ONCE):
            yield ids[first : first + IDS_AT_ONCE]

    def _take(self, sink: Sink, rows: Sequence[Mapping[str, object]]) -> None:
        """Record the good rows, set the others aside; of a repeated id the newest counts."""
        parsed = [parse_request(row, self.config) for row in rows]
        good: dict[str, ParsedRequest] = {}
        for each in parsed:
            if each.record is None:
                continue
            held = good.get(each.source_id)
            if held is None or each.version >= held.version:
                good[each.source_id] = each
        bad = [
            QuarantinedRow(None, each.error.code, each.error.field, each.error.message, each.raw)
            for each in parsed
            if each.error is not None
        ]
        records = [each.record for each in good.values() if each.record is not None]
        if records:
            results = sink.take("cases", records, self.config.community, origin=self.origin)
            bad += [
                QuarantinedRow(
                    None, r.error.code, r.error.field, r.error.message, good[r.source_id].raw
                )
                for r in results
                if r.error is not None
            ]
        if bad:
            sink.set_aside("cases", self.config.community, bad, origin=self.origin)

    def _whose(self) -> dict[str, str]:
        return {
            "community_id": self.config.community,
            "source": f"{self.name}:{self.origin}",
        }


def windows(
    start: datetime, end: datetime, length: timedelta
) -> Iterator[tuple[datetime, datetime]]:
    """Yield windows from `start` to `end`, oldest first, each at most as long as allowed."""
    length = min(length, MOST_SPAN)
    while start < end:
        until = min(start + length, end)
        yield start, until
        start = until


def written(moment: datetime) -> str:
    """Return a time as the specification writes it, in whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


SOURCE = Open311
