"""Decides who is on duty at a moment: shifts in local time, holidays, absences and stand-ins.

A shift that ends at or before its begin ends on the next day; one that ends at its begin lasts a
whole day. It belongs to the date it begins on, so a night into a holiday is a workday's night.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from rules.clocks import MomentNaive, WorkCalendar
from rules.errors import RuleViolation

DayKind = Literal["everyday", "workday", "restday"]
TeamKind = Literal["grid", "property", "patrol", "volunteer", "partner"]
EVERY_WEEKDAY = frozenset(range(7))
MAX_CYCLE_DAYS = 60  # ours: longer than any rota in use


class ShiftInvalid(RuleViolation):
    """A shift that never takes place, or an absence that ends before it begins; correct it."""

    code = "shift_invalid"


@dataclass(frozen=True, slots=True)
class Team:
    """A team whose members share shifts.

    Attributes:
        team_id: The team.
        kind: A code of TEAM_KINDS.
        organisation_id: Organisation it belongs to, where it is not the community's own.
    """

    team_id: str
    kind: TeamKind
    organisation_id: str | None = None


@dataclass(frozen=True)
class Shift:
    """A duty that comes again.

    Attributes:
        shift_id: The shift.
        team_id: Team that keeps it.
        starts: Local time of day it begins.
        ends: Local time of day it ends; at or before `starts` it is the next day's.
        first_on: First local date it can begin on.
        last_on: Last one; None without an end.
        weekdays: Weekdays it can begin on, Monday = 0.
        days: "workday" and "restday" by the community's calendar, so make-up workdays count;
            "everyday" without regard to it.
        every_days: 1 for each such day; 3 for one day on and two off, counted from `first_on`.
    """

    shift_id: str
    team_id: str
    starts: time
    ends: time
    first_on: date
    last_on: date | None = None
    weekdays: frozenset[int] = EVERY_WEEKDAY
    days: DayKind = "everyday"
    every_days: int = 1

    def __post_init__(self) -> None:
        if self.last_on is not None and self.last_on < self.first_on:
            raise ShiftInvalid(shift=self.shift_id, field="last_on")
        if not self.weekdays or not self.weekdays <= EVERY_WEEKDAY:
            raise ShiftInvalid(shift=self.shift_id, field="weekdays")
        if not 1 <= self.every_days <= MAX_CYCLE_DAYS:
            raise ShiftInvalid(shift=self.shift_id, field="every_days")
        if self.starts.tzinfo is not None or self.ends.tzinfo is not None:
            raise ShiftInvalid(shift=self.shift_id, field="starts")


@dataclass(frozen=True, slots=True)
class Assignment:
    """That a worker keeps a shift, from its begin on `first_on` to that on `last_on`."""

    worker_id: str
    shift_id: str
    first_on: date
    last_on: date | None = None


@dataclass(frozen=True)
class Absence:
    """When a worker is away, and who stands in.

    Attributes:
        worker_id: Who is away.
        start_at: Aware moment it begins.
        end_at: Aware moment it ends.
        stand_in_id: Who takes over; None where nobody does yet.
    """

    worker_id: str
    start_at: datetime
    end_at: datetime
    stand_in_id: str | None = None

    def __post_init__(self) -> None:
        for moment in (self.start_at, self.end_at):
            if moment.tzinfo is None:
                raise MomentNaive(moment=moment.isoformat())
        if self.end_at <= self.start_at:
            raise ShiftInvalid(worker=self.worker_id, field="end_at")


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody on duty.

    Attributes:
        worker_id: Who.
        team_id: For which team.
        shift_id: On which shift.
        start_at: When the shift began, UTC; a handover looks back to here.
        end_at: When it ends, UTC.
        stand_in_for: Whose duty it is, where it is another's.
    """

    worker_id: str
    team_id: str
    shift_id: str
    start_at: datetime
    end_at: datetime
    stand_in_for: str | None = None


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A duty nobody keeps: its worker is away and no stand-in is there."""

    worker_id: str
    team_id: str
    shift_id: str
    start_at: datetime
    end_at: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty at a moment, ordered by team, shift and worker; and what nobody keeps."""

    on: tuple[OnDuty, ...]
    uncovered: tuple[Uncovered, ...]

    def workers(self) -> frozenset[str]:
        """Return everybody on duty."""
        return frozenset(each.worker_id for each in self.on)


@dataclass(frozen=True)
class Roster:
    """Shifts, who keeps them, and who is away."""

    shifts: tuple[Shift, ...]
    assignments: tuple[Assignment, ...]
    absences: tuple[Absence, ...] = ()


def duty_at(roster: Roster, calendar: WorkCalendar, moment: datetime) -> Duty:
    """Say who is on duty.

    A stand-in who is away as well is replaced by his or her own stand-in. Somebody on duty twice,
    on a shift of their own and for another, is listed for both.

    Args:
        roster: Shifts, assignments and absences of one community.
        calendar: Its zone, workdays and holidays.
        moment: Aware moment; the first instant of a shift is on duty, its end is not.

    Raises:
        MomentNaive: The moment has no zone.
    """
    if moment.tzinfo is None:
        raise MomentNaive(moment=moment.isoformat())
    on: list[OnDuty] = []
    uncovered: list[Uncovered] = []
    for shift, day, (start, end) in _running(roster.shifts, calendar, moment):
        for one in roster.assignments:
            if one.shift_id != shift.shift_id or not _within(day, one.first_on, one.last_on):
                continue
            keeper = _keeper(one.worker_id, roster.absences, moment)
            if keeper is None:
                uncovered.append(
                    Uncovered(one.worker_id, shift.team_id, shift.shift_id, start, end)
                )
            else:
                other = one.worker_id if keeper != one.worker_id else None
                on.append(OnDuty(keeper, shift.team_id, shift.shift_id, start, end, other))
    return Duty(
        tuple(sorted(set(on), key=lambda d: (d.team_id, d.shift_id, d.worker_id, d.start_at))),
        tuple(sorted(set(uncovered), key=lambda d: (d.team_id, d.shift_id, d.worker_id))),
    )


def on_duty_by_kind(duty: Duty, teams: Iterable[Team]) -> Mapping[TeamKind, int]:
    """Count the people on duty per kind of team; a kind that has teams and nobody is 0, shown."""
    kinds = {team.team_id: team.kind for team in teams}
    people: dict[TeamKind, set[str]] = {kind: set() for kind in kinds.values()}
    for each in duty.on:
        if each.team_id in kinds:
            people[kinds[each.team_id]].add(each.worker_id)
    return {kind: len(workers) for kind, workers in people.items()}


def next_change_at(
    roster: Roster, calendar: WorkCalendar, moment: datetime, within_days: int = 8
) -> datetime | None:
    """Find the next moment, UTC, at which somebody may come on or go off duty.

    Args:
        roster: As in `duty_at`.
        calendar: As in `duty_at`.
        moment: Aware moment after which to look.
        within_days: How many days to look ahead.

    Returns:
        None where nothing changes in that time; ask again then.
    """
    zone = ZoneInfo(calendar.zone)
    today = moment.astimezone(zone).date()
    marks = [
        mark
        for shift in roster.shifts
        for n in range(-1, within_days + 1)
        if _takes_place(shift, day := today + timedelta(days=n), calendar)
        for mark in _span(shift, day, zone)
    ]
    for absence in roster.absences:
        marks += [absence.start_at.astimezone(UTC), absence.end_at.astimezone(UTC)]
    return min((mark for mark in marks if mark > moment), default=None)


def _running(
    shifts: Iterable[Shift], calendar: WorkCalendar, moment: datetime
) -> list[tuple[Shift, date, tuple[datetime, datetime]]]:
    """The shifts that run at a moment, with the local date they began on and their span in UTC."""
    zone = ZoneInfo(calendar.zone)
    today = moment.astimezone(zone).date()
    return [
        (shift, day, span)
        for shift in shifts
        for day in (today - timedelta(days=1), today)  # none lasts longer than a day
        if _takes_place(shift, day, calendar)
        and (span := _span(shift, day, zone))[0] <= moment < span[1]
    ]


def _takes_place(shift: Shift, day: date, calendar: WorkCalendar) -> bool:
    if not _within(day, shift.first_on, shift.last_on) or day.weekday() not in shift.weekdays:
        return False
    if (day - shift.first_on).days % shift.every_days:
        return False
    return shift.days == "everyday" or calendar.is_workday(day) == (shift.days == "workday")


def _span(shift: Shift, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    last = day if shift.ends > shift.starts else day + timedelta(days=1)
    start, end = datetime.combine(day, shift.starts, zone), datetime.combine(last, shift.ends, zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def _within(day: date, first: date, last: date | None) -> bool:
    return first <= day and (last is None or day <= last)


def _keeper(worker_id: str, absences: Iterable[Absence], moment: datetime) -> str | None:
    """Who keeps a worker's duty at a moment; None where everybody in the chain is away."""
    now_away = (a for a in absences if a.start_at <= moment < a.end_at)
    # Of two absences that overlap the one with a stand-in holds.
    ordered = sorted(now_away, key=lambda a: (a.stand_in_id is not None, a.stand_in_id or ""))
    away = {a.worker_id: a.stand_in_id for a in ordered}
    keeper: str | None = worker_id
    seen: set[str] = set()
    while keeper is not None and keeper in away:
        if keeper in seen:
            return None  # two who stand in for each other, both away
        seen.add(keeper)
        keeper = away[keeper]
    return keeper
