"""Keeps every source running: one supervised thread each, with back-off, health and counters."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from actions.intake.received import IntakeClosed
from actions.intake.recording import RowResult
from data.errors import StoreError
from data.store import Store
from ingest.base import ReceivingSource, Source, SourceConfig, SourceContext, SourceHealth
from ingest.discovery import SourceClass, discover
from ingest.errors import SourceBroken, SourceError, SourceMisconfigured
from ingest.sink import StoreSink
from ingest.tally import Tally

log = logging.getLogger(__name__)

BACKOFF_LIMIT_S = 60.0
# A source that ran this long without failing starts its back-off from the beginning.
STEADY_S = 60.0
SAVE_EVERY_S = 10.0
STOP_WAIT_S = 10.0


class RunnerSettings(Protocol):
    """What the runner needs of the settings."""

    @property
    def var(self) -> Path:
        """Data folder of this installation."""

    @property
    def sources(self) -> Mapping[str, Mapping[str, Any]]:
        """Sections `[sources.<name>]`, checked here against each source's Config."""

    @property
    def outgoing_networks(self) -> tuple[str, ...]:
        """Private networks that sources may connect to."""

    @property
    def outgoing_ports(self) -> tuple[int, ...]:
        """Ports they may use beside the usual ones."""


@dataclass(slots=True)
class _Job:
    """One source: what to start, and where it stands."""

    source: SourceClass
    config: SourceConfig
    tally: Tally
    # Set to end the present run, by a stop or by a pause.
    halt: threading.Event = field(default_factory=threading.Event)
    abandoned: threading.Event = field(default_factory=threading.Event)
    paused: bool = False
    live: Source[Any] | None = None
    thread: threading.Thread | None = None


def backoff_s(failures: int, share: float) -> float:
    """Return how long to wait after the given number of failures in a row.

    Args:
        failures: At least 1; the wait doubles with each, from 1 s to 60 s.
        share: Random number from 0 to 1: half of the wait is jitter, so that sources which
            failed together do not come back together.
    """
    longest = min(BACKOFF_LIMIT_S, 2.0 ** min(failures - 1, 10))
    return longest * (0.5 + 0.5 * share)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Runner:
    """Starts, supervises and stops the sources of one process.

    Args:
        store: Where rows and counters go.
        settings: Data folder and source sections.
        sources: Found by `discover` when left out.
        now: Clock, replaceable in tests.
        wait_s: Length of a back-off, replaceable in tests.
    """

    def __init__(
        self,
        store: Store,
        settings: RunnerSettings,
        sources: Mapping[str, SourceClass | SourceBroken] | None = None,
        now: Callable[[], datetime] = _utc_now,
        wait_s: Callable[[int], float] = lambda failures: backoff_s(failures, random.random()),
    ) -> None:
        self._store = store
        self._context = SourceContext(
            store, settings.var, settings.outgoing_networks, settings.outgoing_ports
        )
        self._now = now
        self._wait_s = wait_s
        self._stopping = threading.Event()
        self._saver: threading.Thread | None = None
        self._tallies: list[Tally] = []
        self._jobs: dict[str, _Job] = {}
        saved = store.rows("view/source")
        for name, source in (discover() if sources is None else sources).items():
            opt_in = not isinstance(source, SourceBroken) and source.opt_in
            if not opt_in or name in settings.sources:
                self._add(name, source, settings.sources.get(name, {}), saved)

    def start(self) -> None:
        """Start every enabled source and the saving of counters."""
        for name, job in self._jobs.items():
            if job.config.enabled:
                job.thread = threading.Thread(
                    target=self._supervise, args=(job,), name=f"source-{name}", daemon=True
                )
                job.thread.start()
        self._saver = threading.Thread(target=self._save_often, name="source-counts", daemon=True)
        self._saver.start()

    def stop(self, timeout_s: float = STOP_WAIT_S) -> None:
        """Ask every source to stop, wait for them together, save the counters.

        A source that does not end in time can hand over nothing more.
        """
        self._stopping.set()
        for job in self._jobs.values():
            job.halt.set()
        deadline = time.monotonic() + timeout_s
        for name, job in self._jobs.items():
            if job.thread is not None:
                job.thread.join(max(0.0, deadline - time.monotonic()))
                if job.thread.is_alive():
                    log.warning("source %s did not stop in %.0f s", name, timeout_s)
            job.abandoned.set()
            if job.tally.state != "failed":
                job.tally.turn("stopped", job.tally.error)
        if self._saver is not None:
            self._saver.join()
        self._save("stopped")

    def pause(self, name: str) -> None:
        """Stop one source until `resume`; KeyError where there is none of that name."""
        job = self._jobs[name]
        job.paused = True
        job.halt.set()

    def resume(self, name: str) -> None:
        """Let a paused source go on; KeyError where there is none of that name."""
        self._jobs[name].paused = False

    def health(self) -> list[SourceHealth]:
        """Return how each source does for each community, by source name."""
        now = self._now()
        lines = [line for tally in self._tallies for line in tally.health(now)]
        return sorted(lines, key=lambda line: (line.source, line.community_id or ""))

    def receive(
        self, body: bytes, community_id: str, sender: str, name: str = "http"
    ) -> Future[list[RowResult]]:
        """Hand a body that came in over the web to the source that reads such bodies.

        Fits `actions.intake.received.Intake`.

        Raises:
            IntakeClosed: The source does not run now; the sender should try again later.
            BodyRefused: The body as a whole cannot be read; nothing was recorded.
        """
        job = self._jobs.get(name)
        live = job.live if job else None
        if not isinstance(live, ReceivingSource):
            raise IntakeClosed(source=name)
        return live.receive(body, community_id, sender)

    def _add(
        self,
        name: str,
        source: SourceClass | SourceBroken,
        section: Mapping[str, Any],
        saved: Sequence[Mapping[str, Any]],
    ) -> None:
        tally = Tally(name, [row for row in saved if row["source"] == name])
        self._tallies.append(tally)
        if isinstance(source, SourceBroken):
            tally.turn("failed", source.code)
            return
        try:
            config = source.Config.model_validate(dict(section))
        except ValidationError as invalid:
            log.error("settings of source %s: %s", name, invalid)
            tally.turn("failed", SourceMisconfigured.code)
            return
        tally.stale_after_s = config.stale_after_s
        self._jobs[name] = _Job(source, config, tally)

    def _supervise(self, job: _Job) -> None:
        failures = 0
        while not self._stopping.is_set():
            if job.paused:
                job.tally.turn("paused")
                self._stopping.wait(0.1)
                continue
            job.halt.clear()
            if self._stopping.is_set():
                return
            began = time.monotonic()
            error = self._run_once(job)
            if error is None:
                self._rest(job)
            elif error in (SourceMisconfigured.code, SourceBroken.code):
                job.tally.turn("failed", error)
                return
            else:
                failures = 1 if time.monotonic() - began > STEADY_S else failures + 1
                job.tally.turn("backoff", error)
                job.halt.wait(self._wait_s(failures))

    def _run_once(self, job: _Job) -> str | None:
        """Run a source until it ends; returns the code of its failure, or None."""
        job.tally.turn("running", job.tally.error)
        sink = StoreSink(self._store, job.tally, self._now, job.abandoned)
        try:
            job.live = job.source(job.config, self._context)
            job.live.run(sink, job.halt)
        except (SourceError, StoreError) as failure:
            log.warning("source %s: %s", job.tally.source, failure)
            return failure.code
        except Exception:  # the thread's top level: back off, whatever it was
            log.exception("source %s failed", job.tally.source)
            return "source_crashed"
        finally:
            job.live = None
        return None

    def _rest(self, job: _Job) -> None:
        """A source that has read all there is waits until it is stopped or paused."""
        if not job.halt.is_set():
            job.tally.rest()
            job.halt.wait()

    def _save_often(self) -> None:
        while not self._stopping.wait(SAVE_EVERY_S):
            self._save("batch")

    def _save(self, event_kind: str) -> None:
        events = [
            event
            for tally in self._tallies
            for event in tally.take_unsaved(event_kind, self._now())
        ]
        if not events:
            return
        try:
            self._store.write(lambda tx: tx.append("source", events)).result(STOP_WAIT_S)
        except (StoreError, TimeoutError) as failure:
            log.warning("counters of the sources were not saved: %s", failure)
            for tally in self._tallies:
                tally.keep_unsaved()
