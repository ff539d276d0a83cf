"""Decides how long an account waits after failed sign-ins, and how many one address may make.

ADR 0011. The pause is long enough that guessing is hopeless and short enough that nobody can be
kept out for good: at most 15 minutes, and whoever is signed in stays signed in.
"""

from __future__ import annotations

from datetime import datetime, timedelta

FREE_FAILURES = 4
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)

ORIGIN_FAILURES = 30
ORIGIN_WINDOW = timedelta(minutes=10)


def pause_after(failures: int) -> timedelta:
    """Return how long nothing is looked at after so many failures in a row: 30 s, doubling."""
    if failures <= FREE_FAILURES:
        return timedelta(0)
    doublings = min(failures - FREE_FAILURES - 1, 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def failures_still_counted(failures: int, locked_until: datetime | None, now: datetime) -> int:
    """Return the failures in a row, 0 once the last pause ended a day ago."""
    if locked_until is not None and now - locked_until > FORGOTTEN_AFTER:
        return 0
    return failures
