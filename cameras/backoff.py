"""Waits between attempts: a ladder that is climbed by failing and left by a while of success."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

JITTER = 0.2  # of the wait, either way: 500 cameras behind one switch do not come back at once


class Ladder:
    """The waits of one source.

    Args:
        steps_s: Waits in seconds, shortest first; the last one stays.
        draw: Returns a number from 0 up to 1.
    """

    def __init__(self, steps_s: Sequence[float], draw: Callable[[], float] = random.random) -> None:
        self._steps_s, self._draw, self._step = tuple(steps_s), draw, 0

    def wait_s(self) -> float:
        """Return how long to wait now, and climb one step."""
        step_s = self._steps_s[min(self._step, len(self._steps_s) - 1)]
        self._step += 1
        return step_s * (1 + JITTER * (2 * self._draw() - 1))

    def climb_to_top(self) -> None:
        """Wait longest from now on: what was refused is seldom allowed a second later."""
        self._step = max(self._step, len(self._steps_s) - 1)

    def leave(self) -> None:
        """Begin at the bottom again, after success."""
        self._step = 0
