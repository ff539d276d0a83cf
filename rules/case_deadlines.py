"""Explains why a case is due when it is, and reckons open deadlines anew with a record of each.

REFERENCE §2: a deadline can always say why; changing a calendar or a limit rewrites no history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from rules.case_clocks import WORKING_KINDS, Clock, Due, Extension, Limit, due, pause_lengths
from rules.clocks import WorkCalendar, deadline
from rules.vocabulary import LimitKind


@dataclass(frozen=True, slots=True)
class CountedPause:
    """A pause and how much it moved the deadline.

    Attributes:
        start_at: When the clock stopped, UTC.
        end_at: When it went on, UTC; the present moment while it still stands.
        counted: Running time saved: working time for the working kinds, zero for a night.
    """

    start_at: datetime
    end_at: datetime
    counted: timedelta


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a deadline is what it is, in values a page can word in any language.

    Attributes:
        category: Category code the limit was taken from.
        limit_value: Limit in units of its kind.
        limit_kind: One of LIMIT_KINDS.
        start_at: When the clock began, UTC.
        base_at: Deadline without pauses and extensions, UTC.
        due: Deadline that holds, whether it is provisional, and whether the clock stands.
        pauses: What was paused, in order.
        extensions: What was granted, by the time it was granted.
        zone: Zone the working hours are read in; None for the continuous kinds.
        calendar_version: Where holidays come from; None for the continuous kinds.
        holidays: Weekdays off that the clock passed over; empty for the continuous kinds.
        makeup_days: Weekend days worked that it counted.
    """

    category: str
    limit_value: float
    limit_kind: LimitKind
    start_at: datetime
    base_at: datetime
    due: Due
    pauses: tuple[CountedPause, ...]
    extensions: tuple[Extension, ...]
    zone: str | None
    calendar_version: str | None
    holidays: tuple[date, ...]
    makeup_days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """A deadline as it stands in the store.

    Attributes:
        case_id: The case.
        category: Its category code.
        clock: Its whole-case clock.
        due: What was reckoned last.
    """

    case_id: str
    category: str
    clock: Clock
    due: Due


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """The record of one deadline reckoned anew.

    Attributes:
        case_id: The case.
        why: "limit" where the catalogue's limit changed, otherwise "calendar".
        before: Deadline so far.
        after: Deadline from now on.
        clock: The clock from now on.
        calendar_version: Calendar it was reckoned by; None for the continuous kinds.
    """

    case_id: str
    why: Literal["calendar", "limit"]
    before: Due
    after: Due
    clock: Clock
    calendar_version: str | None


def explain(category: str, clock: Clock, calendar: WorkCalendar, now: datetime) -> Explanation:
    """Explain a deadline; nothing is worded here.

    Args:
        category: Category code of the case.
        clock: The clock.
        calendar: The calendar the deadline is reckoned by.
        now: Aware present moment.

    Raises:
        LimitInvalid, CalendarInvalid, MomentNaive, PauseInvalid: The clock makes no sense.
    """
    base = deadline(clock.start_at, clock.limit_value, clock.limit_kind, calendar)
    found = due(clock, calendar, now)
    working = clock.limit_kind in WORKING_KINDS
    days = _days(clock.start_at, found.at, calendar) if working else ()
    off = (day for day in days if day in calendar.holidays and not calendar.is_workday(day))
    return Explanation(
        category=category,
        limit_value=clock.limit_value,
        limit_kind=clock.limit_kind,
        start_at=clock.start_at.astimezone(base.at.tzinfo),
        base_at=base.at,
        due=found,
        pauses=tuple(CountedPause(*pause) for pause in pause_lengths(clock, calendar, now)),
        extensions=tuple(sorted(clock.extensions, key=lambda e: e.granted_at)),
        zone=calendar.zone if working else None,
        calendar_version=calendar.version if working else None,
        holidays=tuple(day for day in off if day.weekday() not in calendar.weekend),
        makeup_days=tuple(day for day in days if day in calendar.makeup_days),
    )


def recompute(
    deadlines: Iterable[OpenDeadline],
    calendar: WorkCalendar,
    now: datetime,
    limits: Mapping[str, Limit] | None = None,
) -> tuple[DeadlineChange, ...]:
    """Reckon open deadlines anew, after a calendar update or, with `limits`, a changed catalogue.

    Args:
        deadlines: Open cases only; what is finished keeps the deadline it was judged by.
        calendar: The calendar from now on.
        now: Aware present moment.
        limits: New limit by category; a category not named keeps the clock's own limit.

    Returns:
        One record for each deadline that moved or stopped (or began) being provisional, in the
        order given. Apply and log each; the others stay untouched.
    """
    changes = []
    for one in deadlines:
        limit = (limits or {}).get(one.category, (one.clock.limit_value, one.clock.limit_kind))
        clock = replace(one.clock, limit_value=limit[0], limit_kind=limit[1])
        after = due(clock, calendar, now)
        same = (after.at, after.provisional) == (one.due.at, one.due.provisional)
        # While a clock stands its deadline moves with the time and is reckoned when it goes on.
        if clock == one.clock and (same or after.paused_since is not None):
            continue
        working = clock.limit_kind in WORKING_KINDS
        why: Literal["calendar", "limit"] = "calendar" if clock == one.clock else "limit"
        version = calendar.version if working else None
        changes.append(DeadlineChange(one.case_id, why, one.due, after, clock, version))
    return tuple(changes)


def _days(start: datetime, end: datetime, calendar: WorkCalendar) -> tuple[date, ...]:
    zone = ZoneInfo(calendar.zone)
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
