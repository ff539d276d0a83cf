"""Reckons the figures of a community's week: honest rates with n, by category and by grid.

REFERENCE §2. A week is an ISO week of the community's own zone. What is open or overdue is so at
`as_of`: the end of the week, or the present moment while the week still runs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from rules.errors import RuleViolation
from rules.rates import OnTimeRate, Verdict, on_time_rate, on_time_verdict
from rules.service_rates import CallBack, Service, ServiceRates, service_rates

SATISFIED_STARS = 4
Why = Literal[
    "approval", "paused", "not_accepted", "not_filed", "not_dispatched", "not_started",
    "under_way", "returned", "rework", "not_verified", "not_closed", "transferred",
]  # fmt: skip
_WHY_OF: dict[str, Why] = {
    "reported": "not_accepted",
    "accepted": "not_filed",
    "filed": "not_dispatched",
    "dispatched": "not_started",
    "handling": "under_way",
    "feedback": "not_verified",
    "verifying": "not_closed",
    "returned": "returned",
    "rework": "rework",
    "transferred": "transferred",
    "reopened": "not_dispatched",
    "suspended": "paused",
}
K = TypeVar("K", str, str | None)
_NAMED = re.compile(r"(\d{4})-W(\d{2})")


class WeekUnknown(RuleViolation):
    """No such week; write it like 2026-W47."""

    code = "week_unknown"


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week.

    Attributes:
        start_at: Monday 00:00 local, UTC.
        end_at: The Monday after, not in it.
    """

    year: int
    number: int
    start_at: datetime
    end_at: datetime

    @property
    def name(self) -> str:
        """Its name, e.g. 2026-W47."""
        return f"{self.year}-W{self.number:02d}"


@dataclass(frozen=True, slots=True)
class WeekCase:
    """What the figures need of a case; times are aware UTC.

    Attributes:
        ended_at: When it was finished in any way; None while open.
        respond_by: When its first answer was due; None where nobody here was to give one.
        paused: True while its whole-case clock stands.
        asked: True while an approver's word is waited for.
        called_back: What a reached reporter's case amounts to; None where nobody was reached.
    """

    case_id: str
    category: str
    area_id: str | None
    status: str
    reported_at: datetime
    deadline_at: datetime | None
    closed_at: datetime | None
    ended_at: datetime | None
    respond_by: datetime | None
    responded_at: datetime | None
    paused: bool
    asked: bool
    called_back: CallBack | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and rates of some cases of a week.

    Attributes:
        reported: Reported in the week.
        closed: Closed in the week.
        open: Still open at `as_of`, whenever reported.
        overdue: Of these, past their deadline with the clock running.
        on_time: Over those closed in the week and those now overdue.
        service: Response over those reported in the week, the rest over those closed in it.
    """

    reported: int
    closed: int
    open: int
    overdue: int
    on_time: OnTimeRate
    service: ServiceRates


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """The week as a whole and in parts; parts are ordered by cases reported, most first."""

    total: Figures
    by_category: tuple[tuple[str, Figures], ...]
    by_area: tuple[tuple[str | None, Figures], ...]


def week_named(name: str, zone: ZoneInfo) -> Week:
    """Return a week by its name.

    Raises:
        WeekUnknown: There is none of this name.
    """
    match = _NAMED.fullmatch(name)
    if match is None:
        raise WeekUnknown(week=name[:20])
    year, number = int(match[1]), int(match[2])
    try:
        monday = date.fromisocalendar(year, number, 1)
        after = monday + timedelta(days=7)
    except (ValueError, OverflowError):
        raise WeekUnknown(week=name[:20]) from None
    return Week(year, number, _midnight(monday, zone), _midnight(after, zone))


def week_at(moment: datetime, zone: ZoneInfo) -> Week:
    """Return the week a moment lies in."""
    year, number, _ = moment.astimezone(zone).isocalendar()
    return week_named(f"{year:04d}-W{number:02d}", zone)


def is_open(case: WeekCase, as_of: datetime) -> bool:
    """Say whether a case was reported and not finished at a moment."""
    return case.reported_at <= as_of and (case.ended_at is None or case.ended_at > as_of)


def is_overdue(case: WeekCase, as_of: datetime) -> bool:
    """Say whether an open case was past its deadline; one whose clock stands is not."""
    if not is_open(case, as_of) or case.paused:
        return False
    return on_time_verdict(case.deadline_at, None, as_of) == "open_overdue"


def why_overdue(case: WeekCase) -> Why:
    """Say where an overdue case stands: what has not happened yet."""
    return "approval" if case.asked else _WHY_OF.get(case.status, "under_way")


def figures(cases: Iterable[WeekCase], week: Week, as_of: datetime) -> WeekFigures:
    """Reckon the figures.

    Args:
        cases: Reported or closed in the week, or open at `as_of`; others count nowhere.
        as_of: End of the week or now, whichever is earlier; aware.
    """
    told = list(cases)
    return WeekFigures(
        _figures(told, week, as_of),
        tuple(_parts(told, week, as_of, lambda case: case.category)),
        tuple(_parts(told, week, as_of, lambda case: case.area_id)),
    )


def _parts(
    cases: list[WeekCase], week: Week, as_of: datetime, key: Callable[[WeekCase], K]
) -> list[tuple[K, Figures]]:
    found: defaultdict[K, list[WeekCase]] = defaultdict(list)
    for case in cases:
        found[key(case)].append(case)
    parts = [(part, _figures(each, week, as_of)) for part, each in found.items()]
    return sorted(parts, key=lambda part: (-part[1].reported, -part[1].open, str(part[0])))


def _figures(cases: list[WeekCase], week: Week, as_of: datetime) -> Figures:
    reported = [c for c in cases if week.start_at <= c.reported_at < week.end_at]
    closed = [c for c in cases if c.closed_at and week.start_at <= c.closed_at < week.end_at]
    closed = [c for c in closed if c.status == "closed" and c.closed_at and c.closed_at <= as_of]
    still_open = [c for c in cases if is_open(c, as_of)]
    overdue = [c for c in still_open if is_overdue(c, as_of)]
    verdicts: list[Verdict] = [on_time_verdict(c.deadline_at, c.closed_at, as_of) for c in closed]
    verdicts += ["open_overdue"] * len(overdue)
    answered = [Service(c.respond_by, c.responded_at) for c in reported]
    ended = [Service(closed=True, call_back=c.called_back) for c in closed]
    return Figures(
        reported=len(reported),
        closed=len(closed),
        open=len(still_open),
        overdue=len(overdue),
        on_time=on_time_rate(verdicts),
        service=service_rates([*answered, *ended], as_of),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
