"""Reads the week of a community: its cases, the figures over them, alarms and cameras."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from actions.access import reach
from actions.alarms.week import AlarmWeek, alarm_week
from actions.cameras.availability import week_of_cameras
from actions.cases.limits import limits_of
from data.store import Store
from rules.camera_availability import CameraWeek
from rules.case_clocks import due, step_clock
from rules.clocks import LimitInvalid, WorkCalendar
from rules.service_rates import CallBack
from rules.viewer import Viewer
from rules.week import SATISFIED_STARS, Week, WeekCase, WeekFigures, figures, week_at, week_named

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WeekReport:
    """Everything a weekly export holds.

    Attributes:
        community: community_id, name_zh, name_en, timezone.
        as_of: The moment open and overdue are told of, UTC.
        rows: Rows of weekly/cases by case, in the order they were reported.
        cases: The same as the figures need them.
        alarms: Of the whole community; None where the viewer covers only a part of it.
        cameras: Those within the viewer's reach; None where there are none.
    """

    community: Row
    week: Week
    as_of: datetime
    rows: dict[str, Row]
    cases: tuple[WeekCase, ...]
    figures: WeekFigures
    alarms: AlarmWeek | None
    cameras: CameraWeek | None

    @property
    def zone(self) -> ZoneInfo:
        """The community's zone."""
        return ZoneInfo(self.community["timezone"])


def week_report(
    store: Store, community_id: str, name: str, now: datetime, asking: Viewer | None = None
) -> WeekReport | None:
    """Read a week; None where there is no such community.

    Args:
        name: The week, e.g. 2026-W47; the present one where it is empty.
        now: Aware present moment.
        asking: Whose reach it is held against; None for the whole community.

    Raises:
        WeekUnknown: There is no week of this name.
    """
    known = [row for row in store.rows("view/community") if row["community_id"] == community_id]
    if not known:
        return None
    zone = ZoneInfo(known[0]["timezone"])
    week = week_named(name, zone) if name else week_at(now, zone)
    areas = reach(store, asking, "case.read", community_id) if asking else None
    span = {"start_at": week.start_at, "end_at": week.end_at}
    rows = store.rows("weekly/cases", community_id=community_id, reach=areas, **span)
    calendar = limits_of(store).calendar(community_id)
    cases = tuple(_case(row, calendar) for row in rows)
    as_of = min(now, week.end_at)
    alarms = alarm_week(store, community_id, week.start_at, as_of) if areas is None else None
    by_id = {row["case_id"]: row for row in rows}
    found = figures(cases, week, as_of)
    monday = week.start_at.astimezone(zone).date()
    cameras = week_of_cameras(store, community_id, monday, monday + timedelta(days=6), areas)
    return WeekReport(known[0], week, as_of, by_id, cases, found, alarms, cameras)


def _case(row: Row, calendar: WorkCalendar) -> WeekCase:
    paused = row["status"] == "suspended" and (
        row["deadline_at"] is not None
        and row["step_started_at"] is not None
        and row["step_started_at"] <= row["deadline_at"]
    )
    return WeekCase(
        case_id=row["case_id"],
        category=row["category"],
        area_id=row["area_id"],
        status=row["status"],
        reported_at=row["reported_at"],
        deadline_at=row["deadline_at"],
        closed_at=row["closed_at"],
        ended_at=row["ended_at"],
        respond_by=_respond_by(row, calendar),
        responded_at=row["responded_at"],
        paused=paused,
        asked=row["asked_action"] is not None,
        called_back=_called_back(row),
    )


def _respond_by(row: Row, calendar: WorkCalendar) -> datetime | None:
    """When the first answer was due; None for a case that its source moves, not we."""
    if row["responded_at"] is None and row["status"] != "reported":
        return None
    clock = step_clock("reported", row["urgency"], row["reported_at"])
    try:
        return due(clock, calendar, row["reported_at"]).at if clock else None
    except LimitInvalid:  # no calendar reaches that far back
        return None


def _called_back(row: Row) -> CallBack | None:
    """A reporter who rated was reached as well; without stars nobody is taken for satisfied."""
    if not row["reached"] and row["rating"] is None:
        return None
    stars = row["rating"]
    satisfied = stars >= SATISFIED_STARS if stars is not None else None
    return CallBack(row["outcome"] == "solved", satisfied)
