"""When reports come in: by hour, by day of the week, and more on the one day of heavy rain."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
WEEKS = 8
CASES_PER_DAY = 47.0
RAIN_FACTOR = 1.35
# Share of a day's reports per hour 0-23: a morning and an evening peak (ours).
_WORKDAY = (
    4,
    3,
    2,
    2,
    3,
    8,
    22,
    48,
    74,
    72,
    62,
    52,
    40,
    38,
    48,
    54,
    58,
    62,
    66,
    64,
    52,
    36,
    20,
    10,
)
_WEEKEND = (
    6,
    4,
    3,
    2,
    3,
    6,
    14,
    30,
    50,
    64,
    68,
    62,
    50,
    44,
    50,
    56,
    58,
    62,
    70,
    74,
    62,
    42,
    24,
    12,
)
# Monday catches up on the weekend; Sunday is quiet.
_WEEKDAY_FACTOR = (1.14, 1.04, 1.0, 1.0, 1.06, 0.9, 0.82)


def rainy_day(seed: int, today: date) -> date:
    """Return the day of heavy rain within the eight weeks before `today`."""
    chance = Random(f"demo/{seed}/rain")
    return today - timedelta(days=chance.randint(9, WEEKS * 7 - 9))


def expected_reports(day: date, *, rain: bool) -> float:
    """Return how many reports to expect on a day."""
    factor = _WEEKDAY_FACTOR[day.weekday()]
    return CASES_PER_DAY * factor * (RAIN_FACTOR if rain else 1.0)


def reports_per_s(at: datetime) -> float:
    """Return the rate of reports at a moment, for the live simulator (no rain)."""
    local = at.astimezone(ZONE)
    hours = _hours(local.date())
    return expected_reports(local.date(), rain=False) * hours[local.hour] / sum(hours) / 3600


def report_times(chance: Random, day: date, *, rain: bool) -> list[datetime]:
    """Draw a day's moments of reporting, ascending, aware."""
    count = round(chance.gauss(expected_reports(day, rain=rain), 3.5))
    hours = chance.choices(range(24), _hours(day), k=max(30, min(count, 64)))
    midnight = datetime.combine(day, time(), ZONE)
    return sorted(midnight + timedelta(hours=h, seconds=chance.randrange(3600)) for h in hours)


def _hours(day: date) -> tuple[int, ...]:
    return _WEEKEND if day.weekday() >= 5 else _WORKDAY
