"""Calendars come from the installed packages, say how far they know, and never crash beyond."""

import os
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import chinese_calendar
import pytest

from data.calendars import LAST_YEAR, ZONE_COUNTRIES, work_calendar
from rules.clocks import CalendarInvalid

SHANGHAI = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 1), False),  # New Year's Day
        (date(2026, 1, 4), True),  # a Sunday made up for it
        (date(2026, 2, 14), True),  # the Saturday before Spring Festival
        (date(2026, 2, 17), False),  # Spring Festival, a Tuesday
        (date(2026, 2, 28), True),  # the Saturday after it
        (date(2026, 9, 20), True),  # a Sunday made up for National Day
        (date(2026, 10, 7), False),  # the last day of National Day
        (date(2026, 10, 8), True),  # the day after
        (date(2026, 11, 21), False),  # a plain Saturday
        (date(2026, 12, 31), True),  # the last announced day
        (date(2027, 1, 1), False),  # statutory, from the fallback
        (date(2027, 1, 2), False),  # a Saturday
        (date(2027, 2, 6), False),  # Spring Festival 2027
        (date(2027, 10, 1), False),  # National Day 2027
        (date(2027, 10, 11), True),  # a plain Monday
        (date(LAST_YEAR + 1, 10, 1), True),  # beyond everything: weekends only
    ],
)
def test_a_mainland_day_is_worked_or_off(day: date, works: bool) -> None:
    assert work_calendar(SHANGHAI).is_workday(day) is works


def test_every_announced_day_agrees_with_the_announcement() -> None:
    calendar = work_calendar(SHANGHAI)
    for day in chinese_calendar.get_dates(date(2024, 1, 1), date(2026, 12, 31)):
        assert calendar.is_workday(day) is chinese_calendar.is_workday(day)


def test_the_calendar_vouches_for_the_announced_years_only() -> None:
    calendar = work_calendar(SHANGHAI)
    assert calendar.known_from is not None and calendar.known_until is not None
    assert calendar.knows(date(2026, 12, 1), date(2026, 12, 31))
    assert calendar.known_until.month == 12 and calendar.known_until.day == 31
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(
            calendar.known_until.replace(year=calendar.known_until.year + 1)
        )
    assert not calendar.knows(calendar.known_until, date(calendar.known_until.year + 1, 1, 1))
    assert str(calendar.known_until) in calendar.version


@pytest.mark.parametrize("zone", ZONE_COUNTRIES)
def test_every_named_zone_builds(zone: str) -> None:
    calendar = work_calendar(zone)
    assert calendar.zone == zone
    assert not calendar.is_workday(date(2026, 1, 1))
    assert calendar.knows(date(2026, 1, 1), date(2026, 12, 31))


def test_new_york_rests_on_its_own_holidays() -> None:
    calendar = work_calendar("America/New_York")
    assert not calendar.is_workday(date(2026, 11, 26))  # Thanksgiving
    assert calendar.is_workday(date(2026, 10, 2))  # China's National Day is none


def test_a_zone_whose_holidays_are_unknown_vouches_for_nothing() -> None:
    calendar = work_calendar("Europe/Paris")
    assert calendar.is_workday(date(2026, 7, 14))
    assert not calendar.is_workday(date(2026, 7, 18))
    assert not calendar.knows(date(2026, 7, 14), date(2026, 7, 14))


def test_an_unknown_zone_is_refused_by_name() -> None:
    with pytest.raises(CalendarInvalid) as raised:
        work_calendar("Asia/Atlantis")
    assert raised.value.fields == {"zone": "Asia/Atlantis"}


def test_other_hours_make_another_calendar_and_the_same_ones_are_built_once() -> None:
    late = ((time(9), time(17)),)
    assert work_calendar(SHANGHAI, late).hours == late
    assert work_calendar(SHANGHAI, late) is work_calendar(SHANGHAI, late)
    assert work_calendar(SHANGHAI) is not work_calendar(SHANGHAI, late)


def test_neither_import_nor_building_opens_a_network_connection() -> None:
    script = (
        "import socket, sys\n"
        "def refuse(*args, **kwargs): raise SystemExit('network')\n"
        "socket.socket.connect = refuse\n"
        "socket.getaddrinfo = refuse\n"
        "import data.calendars\n"
        "assert data.calendars.work_calendar.cache_info().currsize == 0\n"
        "data.calendars.work_calendar('Asia/Shanghai')\n"
        "print('quiet')\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.strip() == "quiet", done.stderr
