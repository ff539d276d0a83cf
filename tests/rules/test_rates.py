"""The on-time rate counts overdue cases against itself and never shows a rate without cases."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pytest

from rules.rates import OnTimeRate, on_time_rate, on_time_verdict, verdicts

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
CASES = [
    (NOW - HOUR, NOW - 2 * HOUR, "on_time"),  # closed an hour before the deadline
    (NOW - HOUR, NOW - HOUR, "on_time"),  # closed exactly at the deadline
    (NOW - HOUR, NOW - HOUR + TICK, "late"),  # closed a moment after it
    (NOW + HOUR, NOW + 2 * HOUR, "late"),  # judged by its closing, whatever the time is now
    (NOW - TICK, None, "open_overdue"),  # still open a moment after the deadline
    (NOW, None, "open"),  # due this very moment: not overdue yet
    (NOW + HOUR, None, "open"),  # not due yet
    (None, None, "no_limit"),  # open without a limit
    (None, NOW - HOUR, "no_limit"),  # closed without a limit is not "on time"
]


@pytest.mark.parametrize(("deadline", "closed", "expected"), CASES)
def test_one_case_gets_its_verdict(
    deadline: datetime | None, closed: datetime | None, expected: str
) -> None:
    assert on_time_verdict(deadline, closed, NOW) == expected


@pytest.mark.parametrize("unit", ["us", "ns"])
def test_pandas_columns_get_the_same_verdicts(unit: str) -> None:
    frame = pd.DataFrame(CASES, columns=["deadline", "closed", "expected"])
    deadline = pd.to_datetime(frame["deadline"], utc=True).dt.as_unit(unit)
    closed = pd.to_datetime(frame["closed"], utc=True).dt.as_unit(unit)
    assert verdicts(deadline, closed, NOW).tolist() == frame["expected"].tolist()
    shanghai = deadline.dt.tz_convert("Asia/Shanghai")
    assert verdicts(shanghai, closed, NOW).tolist() == frame["expected"].tolist()


def test_numpy_columns_get_the_same_verdicts_for_now_in_any_zone() -> None:
    deadline, closed = (
        np.array(
            [np.datetime64("NaT") if at is None else at.replace(tzinfo=None) for at in column]
        ).astype("datetime64[us]")
        for column in zip(*[(a, b) for a, b, _ in CASES], strict=True)
    )
    now = NOW.astimezone(timezone(timedelta(hours=8)))
    assert verdicts(deadline, closed, now).tolist() == [expected for _, _, expected in CASES]


def test_no_cases_give_no_verdicts() -> None:
    none = np.array([], dtype="datetime64[us]")
    assert verdicts(none, none, NOW).tolist() == []


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        # nothing to judge: no rate, and certainly not 100 %
        ([], OnTimeRate(None, 0, 0, 0, 0)),
        # open and limitless cases are in neither part
        (["open", "no_limit", "no_limit"], OnTimeRate(None, 0, 0, 0, 0)),
        # overdue cases count against the rate while they are open
        (["on_time", "open_overdue"], OnTimeRate(0.5, 2, 1, 0, 1)),
        # never 100 % beside an overdue case
        (["on_time"] * 3 + ["open_overdue"], OnTimeRate(0.75, 4, 3, 0, 1)),
        (["on_time"] * 6 + ["late"] * 3 + ["open_overdue", "open"], OnTimeRate(0.6, 10, 6, 3, 1)),
        (["late"], OnTimeRate(0.0, 1, 0, 1, 0)),
    ],
)
def test_the_rate_is_on_time_over_on_time_late_and_overdue(
    judged: list[str], expected: OnTimeRate
) -> None:
    assert on_time_rate(judged) == expected
    assert on_time_rate(np.array(judged, dtype="U12")) == expected
