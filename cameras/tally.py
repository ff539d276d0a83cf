"""Counts how long each camera was looked at and how it was found, by quarter of an hour of UTC.

How many seconds passed is told by the monotonic clock, so a wall clock that steps back adds
nothing and takes nothing; it only says to which quarter they belong.
"""

from __future__ import annotations

import math

from cameras.model import State
from rules.camera_availability import QUARTER_S, Outcome, Seen

# States of which nothing is known yet, and a restart of our own decoder, count for nothing.
OUTCOME_OF: dict[State, Outcome] = {
    "live": "live",
    "late": "live",
    "suspected": "live",
    "stalled": "stalled",
    "frozen": "frozen",
    "black": "hidden",
    "covered": "hidden",
    "moved": "moved",
    "refused": "refused",
}
MOST = 100_000  # 500 cameras for two days that nobody takes away; then no more is counted


class SeenTally:
    """What was seen since it was last taken away; on the event loop."""

    def __init__(self) -> None:
        self._seconds: dict[tuple[str, int], dict[Outcome, float]] = {}

    def add(self, camera_id: str, state: State, seconds: float, until_ms: int) -> None:
        """Count a camera as found in a state.

        Args:
            camera_id: Which.
            state: How; a state that tells nothing of the camera is not counted.
            seconds: For how long, by the monotonic clock.
            until_ms: When that ended, Unix milliseconds.
        """
        outcome = OUTCOME_OF.get(state)
        if outcome is None:
            return
        end_s = until_ms / 1_000
        while seconds > 0:
            quarter = math.ceil(end_s / QUARTER_S) - 1
            part = min(seconds, end_s - quarter * QUARTER_S)
            self._add(camera_id, quarter, outcome, part)
            seconds, end_s = seconds - part, quarter * QUARTER_S

    def take(self) -> Seen:
        """Return what was counted, and begin anew."""
        taken, self._seconds = self._seconds, {}
        return taken

    def give_back(self, taken: Seen) -> None:
        """Count again what was taken and could not be written down."""
        for (camera_id, quarter), seconds in taken.items():
            for outcome, value in seconds.items():
                self._add(camera_id, quarter, outcome, value)

    def _add(self, camera_id: str, quarter: int, outcome: Outcome, seconds: float) -> None:
        sums = self._seconds.get((camera_id, quarter))
        if sums is None:
            if len(self._seconds) >= MOST:
                return
            sums = self._seconds[camera_id, quarter] = {}
        sums[outcome] = sums.get(outcome, 0.0) + seconds
