"""When the light of a case turns, on continuous and on working clocks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.clocks import (
    WorkCalendar,
    deadline,
    light,
    yellow_at,
)

SHANGHAI = "Asia/Shanghai"
NEW_YORK = "America/New_York"
# A week in which nothing but weekends is off.
PLAIN = WorkCalendar(
    zone=SHANGHAI, version="test", known_from=date(2026, 1, 1), known_until=date(2026, 12, 31)
)


def local(text: str, zone: str = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-04 10:00", "green"),  # at the start
        ("2026-03-04 17:59", "green"),  # just under 80 %
        ("2026-03-04 18:00", "yellow"),  # at 80 %
        ("2026-03-04 20:00", "yellow"),  # at the deadline itself: closed now it is on time
        ("2026-03-04 20:01", "red"),  # past it
        ("2026-03-04 09:00", "green"),  # before the start (a source's clock runs ahead)
    ],
)
def test_a_continuous_light_turns_at_80_and_100_percent(now: str, expected: str) -> None:
    start, due = local("2026-03-04 10:00"), local("2026-03-04 20:00")
    assert light(start, due, local(now), "natural_day", PLAIN) == expected
    assert light(start, due, local(now), "source") == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        # ten work hours from Friday 14:00: due Monday 16:00 after 4 + 4 + 2 hours
        ("2026-03-06 18:00", "green"),  # 40 % used when the week ends
        ("2026-03-08 23:00", "green"),  # the weekend uses nothing, though most of the time is gone
        ("2026-03-09 11:59", "green"),  # just under 8 hours
        ("2026-03-09 12:00", "yellow"),  # 8 of 10
        ("2026-03-09 13:00", "yellow"),  # lunch changes nothing
        ("2026-03-09 16:00", "yellow"),  # at the deadline
        ("2026-03-09 16:01", "red"),
    ],
)
def test_a_working_light_counts_working_time(now: str, expected: str) -> None:
    start = local("2026-03-06 14:00")
    due = deadline(start, 10, "work_hour", PLAIN).at
    assert due == local("2026-03-09 16:00")
    assert light(start, due, local(now), "work_hour", PLAIN) == expected


def test_a_working_light_without_a_calendar_is_read_as_continuous() -> None:
    start, due = local("2026-03-06 14:00"), local("2026-03-09 16:00")
    assert light(start, due, local("2026-03-08 23:00"), "work_hour") == "green"
    assert light(start, due, local("2026-03-09 02:00"), "work_hour") == "yellow"


@pytest.mark.parametrize("kind", ["natural_day", "work_day"])
def test_a_deadline_at_or_before_its_start_is_yellow_and_then_red(kind: str) -> None:
    start = local("2026-03-04 10:00")
    for due in (start, start - timedelta(days=2)):
        assert yellow_at(start, due, kind, PLAIN) == start
    assert light(start, start, start, kind, PLAIN) == "yellow"
    assert light(start, start, start + timedelta(seconds=1), kind, PLAIN) == "red"


def test_a_deadline_in_another_millennium_is_answered_at_once() -> None:
    start = local("2026-03-04 10:00")
    assert light(start, local("9999-01-01 00:00"), start, "work_day", PLAIN) == "green"
