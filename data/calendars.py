"""Builds the working calendar of a zone from the installed holiday packages, without network.

Mainland China: `chinesecalendar` knows holidays and make-up workdays of the years the State Council
has announced and raises beyond them; from there `holidays` gives the statutory days only, and every
deadline that reaches so far is provisional (REFERENCE §2). Other zones have statutory days alone.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import lru_cache
from importlib.metadata import version

import chinese_calendar
import holidays

from rules.clocks import DEFAULT_HOURS, WorkCalendar

# Country whose public holidays a zone follows; in a zone not named here only weekends are known.
ZONE_COUNTRIES = {
    "Asia/Shanghai": "CN",
    "Asia/Urumqi": "CN",
    "Asia/Chongqing": "CN",
    "Asia/Harbin": "CN",
    "Asia/Kashgar": "CN",
    "PRC": "CN",
    "Asia/Hong_Kong": "HK",
    "Asia/Macau": "MO",
    "America/New_York": "US",
}
FIRST_YEAR = 2004  # the first year chinesecalendar knows; older cases keep their own deadlines
LAST_YEAR = 2045  # statutory days are worked out this far; beyond it only weekends are known
_HOLIDAYS_VERSION = version("holidays")
Hours = tuple[tuple[time, time], ...]


@lru_cache(maxsize=64)
def work_calendar(zone: str, hours: Hours = DEFAULT_HOURS) -> WorkCalendar:
    """Build the working calendar of a community; built once per zone and hours, then kept.

    Args:
        zone: IANA zone of the community.
        hours: Working spans of a workday, local time.

    Returns:
        A calendar whose `known_until` is the last date with announced make-up workdays (China) or
        the last year worked out (elsewhere), and None for a zone whose holidays we do not know.

    Raises:
        CalendarInvalid: The zone or the hours make no sense; correct the setting.
    """
    country = ZONE_COUNTRIES.get(zone)
    if country is None:
        return WorkCalendar(zone=zone, version="weekends", hours=hours)
    if country == "CN":
        return _mainland_calendar(zone, hours)
    return WorkCalendar(
        zone=zone,
        version=f"holidays {_HOLIDAYS_VERSION} {country}",
        hours=hours,
        holidays=_statutory_days(country, FIRST_YEAR),
        known_from=date(FIRST_YEAR, 1, 1),
        known_until=date(LAST_YEAR, 12, 31),
    )


def _mainland_calendar(zone: str, hours: Hours) -> WorkCalendar:
    off: set[date] = set()
    makeup: set[date] = set()
    day = date(FIRST_YEAR, 1, 1)
    while (works := _announced_workday(day)) is not None:
        weekend = day.weekday() >= 5
        if works and weekend:
            makeup.add(day)
        elif not works and not weekend:
            off.add(day)
        day += timedelta(days=1)
    return WorkCalendar(
        zone=zone,
        version=f"chinesecalendar to {day - timedelta(days=1)}, holidays {_HOLIDAYS_VERSION}",
        hours=hours,
        holidays=frozenset(off) | _statutory_days("CN", day.year),
        makeup_days=frozenset(makeup),
        known_from=date(FIRST_YEAR, 1, 1),
        known_until=day - timedelta(days=1),
    )


def _announced_workday(day: date) -> bool | None:
    """Whether China works that day; None beyond the years announced so far."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def _statutory_days(country: str, first_year: int) -> frozenset[date]:
    years = range(first_year, LAST_YEAR + 1)
    return frozenset(holidays.country_holidays(country, years=years).keys())
