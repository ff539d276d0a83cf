"""The source `http`: JSON batches of cases that other software posts to /api/v1/cases."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Event

from actions.intake.quarantine import QuarantinedRow
from actions.intake.received import IntakeClosed
from actions.intake.recording import RowError, RowResult
from ingest.base import ReceivingSource, Sink
from ingest.http.config import HttpConfig
from ingest.http.parse import ParsedRow, parse_cases

ALIVE_EVERY_S = 5.0


class HttpSource(ReceivingSource[HttpConfig]):
    """Waits for bodies; each is parsed on the caller's thread and shares the writer's commits."""

    name = "http"
    Config = HttpConfig
    _sink: Sink | None = None

    def run(self, sink: Sink, stop: Event) -> None:
        """Take bodies until `stop`."""
        self._sink = sink
        sink.alive()
        while not stop.wait(ALIVE_EVERY_S):
            sink.alive()
        self._sink = None

    def receive(self, body: bytes, community_id: str, sender: str) -> Future[list[RowResult]]:
        """Record the good rows of a body, set the bad ones aside, answer for each in order."""
        sink = self._sink
        if sink is None:
            raise IntakeClosed(self.name)
        rows = parse_cases(body, self.config.max_rows)
        good = [row.record for row in rows if row.record is not None]
        bad = [_quarantined(number, row) for number, row in enumerate(rows, 1) if row.error]
        answer: Future[list[RowResult]] = Future()
        if not good:
            if bad:
                sink.set_aside("cases", community_id, bad, origin=sender)
            answer.set_result([_rejected(row) for row in rows])
            return answer
        recorded = sink.offer("cases", good, community_id, origin=sender)
        if bad:
            sink.set_aside("cases", community_id, bad, origin=sender)
        recorded.add_done_callback(lambda done: _merge(answer, rows, done))
        return answer


def _merge(
    answer: Future[list[RowResult]], rows: list[ParsedRow], done: Future[list[RowResult]]
) -> None:
    failure = done.exception()
    if failure is not None:
        answer.set_exception(failure)
        return
    results = iter(done.result())
    answer.set_result([next(results) if row.record else _rejected(row) for row in rows])


def _rejected(row: ParsedRow) -> RowResult:
    return RowResult(row.source_id, None, "rejected", row.error)


def _quarantined(number: int, row: ParsedRow) -> QuarantinedRow:
    error = row.error or RowError("row_invalid", None, "")
    return QuarantinedRow(number, error.code, error.field, error.message, row.raw)


SOURCE = HttpSource
