"""The source `simulator`: keeps the demo communities moving, and never touches another one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from actions.alarms.raising import raise_signals
from actions.cases.history import move_cases
from data.demo.devices import device_records
from data.demo.registers import SOURCE as SOURCE_NAME
from data.store import Store
from ingest.base import Sink, Source, SourceContext
from ingest.simulator.alarms import AlarmLoad
from ingest.simulator.cases import CaseLoad, OpenCase
from ingest.simulator.config import SimulatorConfig
from ingest.simulator.notices import NoticeBoard
from ingest.simulator.outages import Outages
from ingest.simulator.shifts import Shifts

_LOOK_EVERY_S = 5.0  # for demo communities, and while there is none
_CASES_EVERY_S = 2.0
_PAUSE_LOOK_S = 0.2
_COMMIT_WAIT_S = 10.0


class Town:
    """One demo community while it is simulated.

    Args:
        store: To read what is there; steps of open cases are appended to its log.
        community_id: A community that is a demo.
        config: Seed, speed and the wanted number of open cases.
        now: Present moment, aware.
    """

    def __init__(
        self, store: Store, community_id: str, config: SimulatorConfig, now: datetime
    ) -> None:
        self._store = store
        self._community_id = community_id
        seed, speed = config.seed, config.speed
        states = {row["source_id"]: row["state"] for row in self._rows("devices")}
        known = [d for d in device_records(seed, now) if d.source_id in states]
        self._shifts = Shifts(seed, self._duty())
        self._outages = Outages(seed, speed, known, states, now) if known else None
        self._load = CaseLoad(seed, config.open_cases, speed)
        self._board = NoticeBoard(seed, speed, now)
        self._alarms = AlarmLoad(seed, speed, known, now)
        self._walked_at = self._worked_at = now

    def walk(self, sink: Sink, now: datetime) -> None:
        """Hand over where everybody on duty is now."""
        elapsed_s = (now - self._walked_at).total_seconds()
        self._walked_at = now
        self._hand_over(sink, "positions", self._shifts.positions(now, elapsed_s))

    def work(self, sink: Sink, now: datetime) -> None:
        """Let new cases come in, open ones move on, and the rest change as time passes."""
        elapsed_s = (now - self._worked_at).total_seconds()
        self._worked_at = now
        cases = [OpenCase(**row) for row in self._rows("open_cases")]
        steps = self._load.steps(now, elapsed_s, cases)
        if steps:
            actor = f"source:{SOURCE_NAME}"
            move_cases(self._store, self._community_id, steps, actor).result(_COMMIT_WAIT_S)
        self._hand_over(sink, "cases", self._load.arrivals(now, elapsed_s, len(cases)))
        self._shifts.follow(self._duty())
        if self._outages:
            self._hand_over(sink, "devices", self._outages.changes(now))
        self._signal(now)
        on_show = len(self._rows("notices", now=now))
        self._hand_over(sink, "notices", self._board.due(now, on_show))

    def _signal(self, now: datetime) -> None:
        signals = self._alarms.due(now, self._rows("open_alarms")[0]["n"])
        if signals:
            actor = f"source:{SOURCE_NAME}"
            taken = raise_signals(self._store, self._community_id, SOURCE_NAME, signals, actor)
            taken.result(_COMMIT_WAIT_S)

    def rest(self, now: datetime) -> None:
        """Let time pass without anything happening, as while paused."""
        self._walked_at = self._worked_at = now

    def _duty(self) -> dict[str, bool]:
        return {row["source_id"]: row["on_duty"] for row in self._rows("workers")}

    def _hand_over(self, sink: Sink, kind: str, records: list[Any]) -> None:
        if records:
            sink.take(kind, records, self._community_id)

    def _rows(self, query: str, **more: object) -> list[dict[str, Any]]:
        return self._store.rows(
            f"simulator/{query}", community_id=self._community_id, source=SOURCE_NAME, **more
        )


class Simulator(Source[SimulatorConfig]):
    """Drives a Town for every demo community; can be paused and resumed from any thread."""

    name = SOURCE_NAME
    Config = SimulatorConfig

    def __init__(
        self,
        config: SimulatorConfig,
        context: SourceContext,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(config, context)
        self._now = now
        self._paused = threading.Event()
        if config.paused:
            self._paused.set()

    def pause(self) -> None:
        """Stop all movement until `resume`."""
        self._paused.set()

    def resume(self) -> None:
        """Go on from where things stood."""
        self._paused.clear()

    def run(self, sink: Sink, stop: threading.Event) -> None:
        """Keep the demo communities moving until `stop`; it returns well within a second."""
        towns: dict[str, Town] = {}
        looked_s = worked_s = float("-inf")
        while not stop.is_set():
            began_s = monotonic()
            now = self._now()
            if self._paused.is_set():
                for town in towns.values():
                    town.rest(now)
                sink.alive()
                stop.wait(_PAUSE_LOOK_S)
                continue
            if began_s - looked_s >= _LOOK_EVERY_S:
                looked_s = began_s
                self._look_for_towns(towns, now)
            working = began_s - worked_s >= _CASES_EVERY_S
            worked_s = began_s if working else worked_s
            for town in towns.values():
                town.walk(sink, now)
                if working and not stop.is_set():
                    town.work(sink, now)
            if not towns:
                sink.alive()
            stop.wait(max(0.0, self.config.positions_every_s - (monotonic() - began_s)))

    def _look_for_towns(self, towns: dict[str, Town], now: datetime) -> None:
        """Begin with demo communities that appeared and drop those that are none any more."""
        rows = self.context.store.rows("simulator/communities", source=SOURCE_NAME)
        found = {row["community_id"] for row in rows}
        for community_id in sorted(towns.keys() - found):
            del towns[community_id]
        for community_id in sorted(found - towns.keys()):
            towns[community_id] = Town(self.context.store, community_id, self.config, now)


SOURCE = Simulator
