"""Decides the deadline and light of a case's clock that can stand still, be extended and explained.

REFERENCE §2: two clocks per case, the whole case and the present step. A pause stops a clock in the
clock's own unit: a working clock that stood still overnight has lost no working time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from rules.clocks import (
    YELLOW_SHARE,
    Light,
    MomentNaive,
    WorkCalendar,
    add_working_time,
    deadline,
    working_time,
)
from rules.errors import RuleViolation
from rules.vocabulary import LimitKind, Urgency

WORKING_KINDS = ("work_hour", "work_day")
Limit = tuple[float, LimitKind]

# Ours, labelled so wherever they are shown; a deployer may replace the table. Handling has no step
# limit of its own: there the whole-case clock governs. Beijing's hotline standard of 2023 asks for
# dispatch within 1 h in emergencies and 24 h in general (DOMAIN §2.5); these stay below both.
STEP_LIMITS: Mapping[Urgency, Mapping[str, Limit]] = {
    "urgent": {
        "reported": (0.1, "urgent_hour"),
        "accepted": (0.1, "urgent_hour"),
        "filed": (0.25, "urgent_hour"),
        "returned": (0.25, "urgent_hour"),
        "reopened": (0.25, "urgent_hour"),
        "dispatched": (0.25, "urgent_hour"),
        "transferred": (0.5, "urgent_hour"),
        "feedback": (1, "urgent_hour"),
        "verifying": (2, "urgent_hour"),
    },
    "hazard": {
        "reported": (0.5, "urgent_hour"),
        "accepted": (0.5, "urgent_hour"),
        "filed": (1, "urgent_hour"),
        "returned": (1, "urgent_hour"),
        "reopened": (1, "urgent_hour"),
        "dispatched": (2, "urgent_hour"),
        "transferred": (4, "urgent_hour"),
        "feedback": (8, "urgent_hour"),
        "verifying": (24, "urgent_hour"),
    },
    "ordinary": {
        "reported": (2, "work_hour"),
        "accepted": (2, "work_hour"),
        "filed": (4, "work_hour"),
        "returned": (4, "work_hour"),
        "reopened": (4, "work_hour"),
        "dispatched": (8, "work_hour"),
        "transferred": (8, "work_hour"),
        "feedback": (8, "work_hour"),
        "verifying": (16, "work_hour"),
    },
}


class PauseInvalid(RuleViolation):
    """A pause that ends before it begins; correct the record it was read from."""

    code = "pause_invalid"


@dataclass(frozen=True, slots=True)
class Pause:
    """Aware moments between which a clock stood still; `end_at` None while it still does."""

    start_at: datetime
    end_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A later deadline, and the moment it was granted."""

    granted_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of a case; it keeps its own limit, so a changed catalogue rewrites no history.

    Attributes:
        start_at: Aware moment it began: the report, the step's begin, or the reopening.
        limit_value: Limit in units of its kind.
        limit_kind: One of LIMIT_KINDS.
        pauses: When it stood still, in any order; they may touch or overlap.
        extensions: Later deadlines granted, in any order.
    """

    start_at: datetime
    limit_value: float
    limit_kind: LimitKind
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock runs out.

    Attributes:
        at: Deadline, UTC; while paused, what it would be if the clock went on now.
        provisional: True while a calendar update may still move it.
        paused_since: When it stopped, None while it runs.
    """

    at: datetime
    provisional: bool
    paused_since: datetime | None = None


def step_clock(
    status: str,
    urgency: Urgency,
    entered_at: datetime,
    limits: Mapping[Urgency, Mapping[str, Limit]] = STEP_LIMITS,
) -> Clock | None:
    """Return the clock of the present step, None where the step has no limit of its own.

    Args:
        status: State the case is in.
        urgency: Its urgency.
        entered_at: Aware moment the step began.
        limits: Limits by urgency and state.
    """
    limit = limits.get(urgency, {}).get(status)
    return Clock(entered_at, *limit) if limit else None


def due(clock: Clock, calendar: WorkCalendar, now: datetime) -> Due:
    """Reckon when a clock runs out, with its pauses and extensions.

    A pause that begins after the clock has run out changes nothing: what is overdue stays overdue.

    Args:
        clock: The clock.
        calendar: Working time; unused by the two continuous kinds.
        now: Aware present moment; a pause that has not ended is counted up to it.

    Raises:
        LimitInvalid, CalendarInvalid, MomentNaive, PauseInvalid: The clock makes no sense.
    """
    base = deadline(clock.start_at, clock.limit_value, clock.limit_kind, calendar)
    at = _shifted(clock, base.at, calendar, now)
    if clock.limit_kind not in WORKING_KINDS:
        return Due(at, False, _paused_since(clock, now))
    zone = ZoneInfo(calendar.zone)
    known = calendar.knows(clock.start_at.astimezone(zone).date(), at.astimezone(zone).date())
    return Due(at, not known, _paused_since(clock, now))


def used_time(clock: Clock, calendar: WorkCalendar, now: datetime) -> timedelta:
    """Add up how long a clock has run, without its pauses; working time for the working kinds."""
    return _running(clock, _aware(now), calendar, now)


def pause_lengths(
    clock: Clock, calendar: WorkCalendar, now: datetime
) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """List the pauses as start, end (UTC) and the running time in them, overlapping ones as one."""
    return tuple((a, b, _ran(clock, a, b, calendar)) for a, b in _standstill(clock, now))


def clock_light(clock: Clock, calendar: WorkCalendar, now: datetime) -> Light:
    """Choose the light: green under 80 % of the running time allowed, yellow to 100 %, red.

    Pauses count neither as used nor as allowed. Exactly at the deadline is still yellow, and a
    paused clock keeps the light it had when it stopped.
    """
    found = due(clock, calendar, now)
    if (found.paused_since or now) > found.at:
        return "red"
    used, whole = used_time(clock, calendar, now), _running(clock, found.at, calendar, now)
    return "green" if used < whole * YELLOW_SHARE else "yellow"


def clock_yellow_at(clock: Clock, calendar: WorkCalendar, now: datetime) -> datetime:
    """Find the moment, UTC, at which 80 % of the running time allowed is used.

    While the clock is paused it is the moment at which that would be if it went on now.
    """
    whole = _running(clock, due(clock, calendar, now).at, calendar, now)
    without = replace(clock, pauses=(), extensions=())
    start = _aware(clock.start_at)
    bare = _advanced(without, start, whole * YELLOW_SHARE, calendar) if whole else start
    return _shifted(replace(clock, extensions=()), bare, calendar, now)


def _shifted(clock: Clock, at: datetime, calendar: WorkCalendar, now: datetime) -> datetime:
    """Move a moment of a clock that never stood still to where its pauses and extensions put it."""
    changes: list[tuple[datetime, datetime, bool]] = [
        *((begun, ended, True) for begun, ended in _standstill(clock, now)),
        *((_aware(e.granted_at), _aware(e.until), False) for e in clock.extensions),
    ]
    for begun, until, is_pause in sorted(changes):
        if not is_pause:
            at = max(at, until)
        # Work days may run out at 8:00 where work hours would at 18:00 the evening before; a pause
        # that cost nothing must not turn the one into the other.
        elif begun < at and _ran(clock, begun, until, calendar):
            at = _advanced(clock, until, _ran(clock, begun, at, calendar), calendar)
    return at


def _standstill(clock: Clock, now: datetime) -> Sequence[tuple[datetime, datetime]]:
    """The pauses since the start of a clock, in order, overlapping ones made one, UTC."""
    spans: list[tuple[datetime, datetime]] = []
    start, present = _aware(clock.start_at), _aware(now)
    for pause in sorted(clock.pauses, key=lambda p: _aware(p.start_at)):
        begun = _aware(pause.start_at)
        ended = max(present, begun) if pause.end_at is None else _aware(pause.end_at)
        if ended < begun:
            raise PauseInvalid(start_at=begun.isoformat(), end_at=ended.isoformat())
        begun, ended = max(begun, start), max(ended, start)
        if spans and begun <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], ended))
        elif ended > begun:
            spans.append((begun, ended))
    return spans


def _paused_since(clock: Clock, now: datetime) -> datetime | None:
    standing = (
        p.start_at
        for p in clock.pauses
        if p.start_at <= now and (p.end_at is None or p.end_at > now)
    )
    first = min(standing, default=None)
    return None if first is None else _aware(first)


def _running(clock: Clock, until: datetime, calendar: WorkCalendar, now: datetime) -> timedelta:
    """How long a clock runs from its start until a moment, its pauses as known at `now`."""
    stood = sum(
        (
            _ran(clock, begun, min(ended, until), calendar)
            for begun, ended in _standstill(clock, now)
        ),
        timedelta(),
    )
    return _ran(clock, _aware(clock.start_at), until, calendar) - stood


def _ran(clock: Clock, start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    if clock.limit_kind in WORKING_KINDS:
        return working_time(start, end, calendar)
    return max(end - start, timedelta())


def _advanced(clock: Clock, start: datetime, amount: timedelta, calendar: WorkCalendar) -> datetime:
    if clock.limit_kind in WORKING_KINDS:
        return add_working_time(start, amount, calendar)
    return start + amount


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise MomentNaive(moment=moment.isoformat())
    return moment.astimezone(UTC)
