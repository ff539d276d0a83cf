"""Where the demo's workers on duty walk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from data.demo.motion import WALK_M_PER_S, position, worker_walks
from rules.records import PositionRecord

_LONGEST_STRIDE_S = 10.0  # after a pause people go on from where they were


class Shifts:
    """The workers of one community.

    Args:
        seed: Decides the walks.
        on_duty: Source id → whether the store has the worker on duty.
    """

    def __init__(self, seed: int, on_duty: Mapping[str, bool]) -> None:
        self._walks = worker_walks(seed)
        self._on_duty: dict[str, bool] = {}
        self.follow(on_duty)

    def follow(self, on_duty: Mapping[str, bool]) -> None:
        """Take over who is on duty now; the roster decides (actions/roster/following.py)."""
        self._on_duty = {key: on_duty[key] for key in self._walks if key in on_duty}

    def positions(self, now: datetime, elapsed_s: float) -> list[PositionRecord]:
        """Let everybody on duty walk on and return where they are."""
        by_m = WALK_M_PER_S * min(elapsed_s, _LONGEST_STRIDE_S)
        return [
            position(key, self._walks[key].advance(by_m), now)
            for key, working in self._on_duty.items()
            if working
        ]
