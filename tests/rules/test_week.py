"""The figures of a week: what counts where, and honest rates with their n."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rules.rates import OnTimeRate
from rules.service_rates import CallBack, Share
from rules.week import (
    WeekCase,
    WeekUnknown,
    figures,
    is_open,
    is_overdue,
    week_at,
    week_named,
    why_overdue,
)
from rules.week_lines import figure_lines

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK = week_named("2026-W47", SHANGHAI)
MONDAY = WEEK.start_at
NOW = MONDAY + timedelta(days=6)
HOUR = timedelta(hours=1)


def case(number: int, **more: Any) -> WeekCase:
    """Reported on Monday morning, due on Tuesday, open and handled."""
    told: dict[str, Any] = {
        "case_id": str(number),
        "category": "noise",
        "area_id": "g1",
        "status": "handling",
        "reported_at": MONDAY + 9 * HOUR,
        "deadline_at": MONDAY + 33 * HOUR,
        "closed_at": None,
        "ended_at": None,
        "respond_by": None,
        "responded_at": None,
        "paused": False,
        "asked": False,
        "called_back": None,
        **more,
    }
    if told["closed_at"] is not None and "status" not in more:
        told.update(status="closed", ended_at=told["closed_at"])
    return WeekCase(**told)


@pytest.mark.parametrize(
    ("name", "zone", "start", "days"),
    [
        ("2026-W47", "Asia/Shanghai", "2026-11-15T16:00:00+00:00", 7),
        ("2026-W53", "Asia/Shanghai", "2026-12-27T16:00:00+00:00", 7),  # into 2027
        ("2027-W01", "Asia/Shanghai", "2027-01-03T16:00:00+00:00", 7),
        ("2026-W44", "America/New_York", "2026-10-26T04:00:00+00:00", 7 + 1 / 24),  # clocks go back
    ],
)
def test_a_week_begins_on_the_community_s_own_monday(
    name: str, zone: str, start: str, days: float
) -> None:
    week = week_named(name, ZoneInfo(zone))
    assert week.start_at == datetime.fromisoformat(start)
    assert week.end_at - week.start_at == timedelta(days=days)
    assert week_at(week.start_at, ZoneInfo(zone)) == week
    assert week_at(week.end_at - timedelta(seconds=1), ZoneInfo(zone)).name == name


@pytest.mark.parametrize("name", ["", "2026-W54", "2025-W53", "2026-47", "2026-W4", "9999-W53"])
def test_there_is_no_such_week(name: str) -> None:
    with pytest.raises(WeekUnknown):
        week_named(name, SHANGHAI)


def test_on_time_counts_what_is_overdue_now_against_it() -> None:
    told = [
        case(1, closed_at=MONDAY + 20 * HOUR),  # on time
        case(2, closed_at=MONDAY + 33 * HOUR),  # on time to the second
        case(3, closed_at=MONDAY + 40 * HOUR),  # late
        case(4),  # overdue
        case(5, deadline_at=NOW + HOUR),  # not due yet: counts nowhere
        case(6, deadline_at=None, closed_at=MONDAY + 20 * HOUR),  # no limit: counts nowhere
        case(7, reported_at=MONDAY - 48 * HOUR),  # overdue from the week before
        case(8, paused=True),  # its clock stands
        case(9, status="cancelled", closed_at=MONDAY + 20 * HOUR, ended_at=MONDAY + 20 * HOUR),
    ]
    found = figures(told, WEEK, NOW).total
    assert (found.reported, found.closed, found.open, found.overdue) == (8, 4, 4, 2)
    assert found.on_time == OnTimeRate(2 / 5, 5, 2, 1, 2)


def test_a_past_week_is_told_as_of_its_end() -> None:
    afterwards = case(1, closed_at=WEEK.end_at + HOUR)
    found = figures([afterwards], WEEK, WEEK.end_at).total
    assert (found.closed, found.open, found.overdue) == (0, 1, 1)
    assert is_open(afterwards, WEEK.end_at) and is_overdue(afterwards, WEEK.end_at)
    assert not is_open(afterwards, WEEK.end_at + 2 * HOUR)


def test_response_resolution_and_satisfaction_have_their_own_n() -> None:
    ended = MONDAY + 20 * HOUR
    told = [
        case(1, respond_by=MONDAY + 11 * HOUR, responded_at=MONDAY + 10 * HOUR),
        case(2, respond_by=MONDAY + 11 * HOUR, responded_at=MONDAY + 12 * HOUR),
        case(3, respond_by=MONDAY + 11 * HOUR),
        case(4, respond_by=NOW + HOUR),  # not due yet
        case(5, closed_at=ended, called_back=CallBack(True, True)),
        case(6, closed_at=ended, called_back=CallBack(True, None)),
        case(7, closed_at=ended, called_back=CallBack(False, False)),
        case(8, closed_at=ended),
    ]
    service = figures(told, WEEK, NOW).total.service
    assert service.response == Share(1 / 3, 3, 1)
    assert service.resolution == Share(2 / 3, 3, 2)
    assert service.satisfaction == Share(1 / 3, 3, 1)
    assert service.not_called_back == 1


def test_parts_add_up_and_stand_by_what_was_reported() -> None:
    told = [case(1), case(2, category="pets", area_id=None), case(3)]
    found = figures(told, WEEK, NOW)
    assert [(code, part.reported) for code, part in found.by_category] == [
        ("noise", 2),
        ("pets", 1),
    ]
    assert [(area, part.reported) for area, part in found.by_area] == [("g1", 2), (None, 1)]
    assert sum(part.overdue for _, part in found.by_area) == found.total.overdue == 3


def test_a_rate_over_nothing_is_no_rate_and_no_count_has_an_n() -> None:
    lines = {line.code: line for line in figure_lines(figures([], WEEK, NOW).total)}
    assert (lines["on_time"].rate, lines["on_time"].n) == (None, 0)
    assert [code for code, line in lines.items() if line.n is None] == [
        "reported", "closed", "open", "overdue", "not_called_back",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"status": "reported"}, "not_accepted"),
        ({"status": "filed"}, "not_dispatched"),
        ({"status": "dispatched"}, "not_started"),
        ({"status": "dispatched", "asked": True}, "approval"),
        ({"status": "returned"}, "returned"),
        ({"status": "verifying"}, "not_closed"),
    ],
)
def test_what_is_overdue_says_where_it_stands(more: dict[str, Any], why: str) -> None:
    assert why_overdue(case(1, **more)) == why


def test_now_is_utc() -> None:
    assert MONDAY.tzinfo is UTC
