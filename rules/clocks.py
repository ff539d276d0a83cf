"""Decides deadlines and lights on the four clocks: urgent hour, natural day, work hour, work day.

REFERENCE §2 and DOMAIN §2.4. Urgent hours and natural days run on without a break; work hours and
work days run only in working time: 08-12 and 14-18 local by default, no weekends, no holidays,
make-up workdays included. The calendar is an argument, so the same input always gives the same
deadline; `data/calendars.py` builds calendars.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rules.errors import RuleViolation
from rules.vocabulary import LIMIT_KINDS, LimitKind

Light = Literal["green", "yellow", "red"]
Span = tuple[datetime, datetime]

DEFAULT_HOURS = ((time(8), time(12)), (time(14), time(18)))  # DOMAIN §2.4
YELLOW_SHARE = 0.8  # REFERENCE §2: green below 80 % of the limit, yellow to 100 %, red above
MAX_LIMIT_DAYS = 3_660  # ten years: a longer limit is a typing error, and would make the walk long
# No real calendar rests longer; without a bound one without workdays would be walked for ever.
MAX_REST_DAYS = 400


class LimitInvalid(RuleViolation):
    """A limit no deadline can be reckoned from; ask for a positive number of a known kind."""

    code = "limit_invalid"


class CalendarInvalid(RuleViolation):
    """A calendar without working time or with an unknown zone; correct it before using it."""

    code = "calendar_invalid"


class MomentNaive(RuleViolation):
    """A moment without a zone; the edge that read it must say which zone it meant."""

    code = "moment_naive"


@dataclass(frozen=True)
class WorkCalendar:
    """Working time of one community.

    Attributes:
        zone: IANA name of the zone its hours are read in.
        version: Where the days come from, so that a deadline can say which calendar it used.
        hours: Working spans of a workday in local time, in order and not overlapping.
        weekend: Weekdays off, Monday = 0.
        holidays: Dates off although they are weekdays.
        makeup_days: Dates worked although they are weekend days (调休).
        known_from: First date the calendar vouches for; None where it vouches for none.
        known_until: Last date the calendar vouches for; deadlines beyond it are provisional.
    """

    zone: str
    version: str
    hours: tuple[tuple[time, time], ...] = DEFAULT_HOURS
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()
    known_from: date | None = None
    known_until: date | None = None

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise CalendarInvalid(zone=self.zone) from None
        marks = [mark for span in self.hours for mark in span]
        if not marks or any(a >= b for a, b in pairwise(marks)):
            raise CalendarInvalid(hours=str(self.hours))
        if len(self.weekend) >= 7:
            raise CalendarInvalid(weekend=str(sorted(self.weekend)))

    def is_workday(self, day: date) -> bool:
        """Say whether the community works on a local date."""
        if day in self.makeup_days:
            return True
        return day.weekday() not in self.weekend and day not in self.holidays

    def knows(self, first: date, last: date) -> bool:
        """Say whether every date from `first` to `last` lies in the vouched-for range."""
        if self.known_from is None or self.known_until is None:
            return False
        return self.known_from <= first and last <= self.known_until


@dataclass(frozen=True)
class Deadline:
    """When a case is due, UTC; provisional while the calendar may still change it."""

    at: datetime
    provisional: bool


def deadline(
    start: datetime, limit_value: float, limit_kind: LimitKind, calendar: WorkCalendar
) -> Deadline:
    """Reckon the deadline of a limit that begins at `start`.

    `urgent_hour`: that many hours later. `natural_day`: that many times 24 hours later, also across
    a clock change. `work_hour`: the moment that much working time has passed; a limit used up at
    the end of a morning ends at 12:00, not at 14:00. `work_day`: the same local time of day that
    many workdays later. A start outside working time counts from the next working instant (at
    18:00, when work has just ended, that is the next workday 08:00), so one work day from Friday
    20:00 is Tuesday 08:00. The fraction of a work day is that share of a day's working time.

    Args:
        start: Aware moment the clock begins.
        limit_value: Limit in units of its kind, above 0 and at most ten years.
        limit_kind: One of `LIMIT_KINDS`.
        calendar: Working time; unused by the two continuous kinds.

    Returns:
        The deadline in UTC. Provisional when a date the working clocks passed over lies outside
        the range the calendar knows; reckon it again when the calendar is updated.

    Raises:
        LimitInvalid: The limit is no positive number, too long, or of an unknown kind.
        CalendarInvalid: The calendar has no workday for more than a year.
        MomentNaive: `start` has no zone.
    """
    unit_days = 1 if limit_kind in ("natural_day", "work_day") else 1 / 24
    if limit_kind not in LIMIT_KINDS or not 0 < limit_value * unit_days <= MAX_LIMIT_DAYS:
        raise LimitInvalid(limit_value=limit_value, limit_kind=limit_kind)
    try:
        begun = _utc(start)
        if limit_kind in ("urgent_hour", "natural_day"):
            return Deadline(begun + timedelta(days=limit_value * unit_days), provisional=False)
        if limit_kind == "work_hour":
            due = add_working_time(begun, timedelta(hours=limit_value), calendar)
        else:
            due = _add_workdays(begun, limit_value, calendar)
    except OverflowError:  # before the year 1 or past the year 9999
        raise LimitInvalid(limit_value=limit_value, limit_kind=limit_kind) from None
    zone = ZoneInfo(calendar.zone)
    known = calendar.knows(begun.astimezone(zone).date(), due.astimezone(zone).date())
    return Deadline(due, provisional=not known)


def light(
    start: datetime,
    deadline_at: datetime,
    now: datetime,
    limit_kind: str = "natural_day",
    calendar: WorkCalendar | None = None,
) -> Light:
    """Choose the light of a running clock: green under 80 % of the limit, yellow to 100 %, red.

    Exactly at the deadline is still yellow: a case closed then is on time.

    Args:
        start: Aware moment the clock began.
        deadline_at: Aware deadline.
        now: Aware present moment.
        limit_kind: For the working kinds the share is one of working time, so a clock does not
            turn yellow overnight; any other kind, such as a date set by the source, is continuous.
        calendar: Needed for the working kinds; without it they are read as continuous.
    """
    if now > deadline_at:
        return "red"
    return "green" if now < yellow_at(start, deadline_at, limit_kind, calendar) else "yellow"


def yellow_at(
    start: datetime,
    deadline_at: datetime,
    limit_kind: str = "natural_day",
    calendar: WorkCalendar | None = None,
) -> datetime:
    """Find the moment, UTC, at which 80 % of the limit is used and the light turns yellow.

    It depends on nothing that passes, so a view can hand it to the screens once. Arguments are
    those of `light`. A deadline at or before its start is yellow from the start.
    """
    begun, due = _utc(start), _utc(deadline_at)
    long = due - begun > timedelta(days=MAX_LIMIT_DAYS)
    if limit_kind in ("work_hour", "work_day") and calendar is not None and not long:
        worked = working_time(begun, due, calendar)
        return add_working_time(begun, worked * YELLOW_SHARE, calendar) if worked else begun
    return begun + max(due - begun, timedelta()) * YELLOW_SHARE


def working_time(start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """Add up the working time between two aware moments; zero when `end` is not later."""
    total = timedelta()
    if end <= start:
        return total
    for opens, closes in _spans(start, calendar):
        if opens >= end:
            break
        total += min(closes, end) - max(opens, start)
    return total


def add_working_time(start: datetime, amount: timedelta, calendar: WorkCalendar) -> datetime:
    """Find the first moment, UTC, at which `amount` of working time has passed since `start`.

    Raises:
        CalendarInvalid: The calendar has no workday for more than a year.
    """
    left = amount
    for opens, closes in _spans(start, calendar):
        begins = max(opens, start)
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    raise CalendarInvalid(zone=calendar.zone)  # not reached: the spans never run out quietly


def _add_workdays(start: datetime, days: float, calendar: WorkCalendar) -> datetime:
    opens, _ = next(_spans(start, calendar))
    begins = max(opens, start).astimezone(ZoneInfo(calendar.zone))
    day = begins.date()
    for _ in range(int(days)):
        day = next(_workdays(day + timedelta(days=1), calendar))
    due = datetime.combine(day, begins.time(), begins.tzinfo).astimezone(UTC)
    share = days - int(days)
    if share == 0:
        return due
    a_day = sum((_length(span) for span in calendar.hours), timedelta())
    return add_working_time(due, a_day * share, calendar)


def _spans(start: datetime, calendar: WorkCalendar) -> Iterator[Span]:
    """Working spans in UTC that end after `start`, without end."""
    zone = ZoneInfo(calendar.zone)
    for day in _workdays(start.astimezone(zone).date(), calendar):
        for opens, closes in _spans_of(day, calendar.hours, calendar.zone):
            if closes > start:
                yield opens, closes


@lru_cache(maxsize=4_096)  # a batch of cases asks for the same few days again and again
def _spans_of(day: date, hours: tuple[tuple[time, time], ...], zone: str) -> tuple[Span, ...]:
    local = ZoneInfo(zone)
    return tuple(
        (
            datetime.combine(day, opens, local).astimezone(UTC),
            datetime.combine(day, closes, local).astimezone(UTC),
        )
        for opens, closes in hours
    )


def _workdays(first: date, calendar: WorkCalendar) -> Iterator[date]:
    day, rested = first, 0
    while rested <= MAX_REST_DAYS:
        if calendar.is_workday(day):
            rested = 0
            yield day
        else:
            rested += 1
        day += timedelta(days=1)
    raise CalendarInvalid(zone=calendar.zone, after=first.isoformat())


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:  # astimezone would silently take the server's own zone
        raise MomentNaive(moment=moment.isoformat())
    return moment.astimezone(UTC)


def _length(span: tuple[time, time]) -> timedelta:
    opens, closes = (datetime.combine(date.min, mark) for mark in span)
    return closes - opens
