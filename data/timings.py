"""Durations of the last many commits, to report median, p99.9 and maximum honestly."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimingSummary:
    """Order statistics in milliseconds; None while nothing was measured."""

    count: int
    p50_ms: float | None
    p999_ms: float | None
    max_ms: float | None


class Timings:
    """Keeps the last `window` durations; the maximum is of all of them since the start."""

    def __init__(self, window: int = 20_000) -> None:
        self._recent: deque[float] = deque(maxlen=window)
        self._count = 0
        self._max_ms: float | None = None
        self._lock = threading.Lock()

    def add(self, duration_ms: float) -> None:
        """Take one duration in milliseconds."""
        with self._lock:
            self._recent.append(duration_ms)
            self._count += 1
            self._max_ms = max(self._max_ms or 0.0, duration_ms)

    def summary(self) -> TimingSummary:
        """Return the statistics at this moment."""
        with self._lock:
            ordered = sorted(self._recent)
            count, highest = self._count, self._max_ms
        if not ordered:
            return TimingSummary(0, None, None, None)
        last = len(ordered) - 1
        return TimingSummary(
            count, ordered[last // 2], ordered[min(last, int(last * 0.999) + 1)], highest
        )
