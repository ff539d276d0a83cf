"""Who of the demo's workers is on duty, by the hour, and where they walk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from data.demo.motion import WALK_M_PER_S, position, worker_walks
from data.demo.people import CREWS, worker_records
from data.demo.rhythm import ZONE
from rules.records import PositionRecord, WorkerRecord

_DAY_FROM, _DAY_UNTIL = 7, 20
_AT_NIGHT = {"grid_worker": 2, "property": 4, "patrol": 10, "volunteer": 0, "duty_officer": 2}
_LONGEST_STRIDE_S = 10.0  # after a pause people go on from where they were


class Shifts:
    """The workers of one community.

    Args:
        seed: Decides the walks.
        on_duty: Source id → whether the store has the worker on duty.
    """

    def __init__(self, seed: int, on_duty: Mapping[str, bool]) -> None:
        self._walks = worker_walks(seed)
        self._workers = {w.source_id: w for w in worker_records() if w.source_id in on_duty}
        self._on_duty = {key: on_duty[key] for key in self._workers}

    def changes(self, now: datetime) -> list[WorkerRecord]:
        """Return the workers who come on or go off duty at `now`."""
        wanted = _wanted(now)
        version = round(now.timestamp() * 1_000)
        changed = [
            worker.model_copy(update={"on_duty": wanted[key], "version": version})
            for key, worker in self._workers.items()
            if wanted[key] != self._on_duty[key]
        ]
        self._on_duty.update({worker.source_id: worker.on_duty for worker in changed})
        return changed

    def positions(self, now: datetime, elapsed_s: float) -> list[PositionRecord]:
        """Let everybody on duty walk on and return where they are."""
        by_m = WALK_M_PER_S * min(elapsed_s, _LONGEST_STRIDE_S)
        return [
            position(key, self._walks[key].advance(by_m), now)
            for key, working in self._on_duty.items()
            if working
        ]


def _wanted(now: datetime) -> dict[str, bool]:
    by_day = _DAY_FROM <= now.astimezone(ZONE).hour < _DAY_UNTIL
    return {
        f"{kind}-{k + 1:02d}": k < (day_count if by_day else _AT_NIGHT[kind])
        for kind, _, count, day_count in CREWS
        for k in range(count)
    }
