"""How long an account pauses after failures in a row."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.attempts import LONGEST_PAUSE, failures_still_counted, pause_after

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [
        (0, 0),
        (1, 0),
        (4, 0),  # a slip of the finger costs nothing
        (5, 30),
        (6, 60),
        (7, 120),
        (9, 480),
        (10, 900),
        (11, 900),  # never longer: nobody can be kept out for good
        (100_000, 900),
    ],
)
def test_the_pause_doubles_from_half_a_minute_to_a_quarter_of_an_hour(
    failures: int, seconds: int
) -> None:
    assert pause_after(failures) == timedelta(seconds=seconds) <= LONGEST_PAUSE


def test_failures_are_forgotten_a_day_after_the_last_pause() -> None:
    assert failures_still_counted(9, NOW - timedelta(hours=23), NOW) == 9
    assert failures_still_counted(9, NOW - timedelta(hours=25), NOW) == 0
    assert failures_still_counted(3, None, NOW) == 3
