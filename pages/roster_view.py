"""Reads everything the roster page shows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.roster.reading import duty_in, next_change
from components.roster_page import RosterView
from data.calendars import work_calendar
from data.rosters import CommunityRoster, roster_of
from data.store import Store
from rules.roster import duty_at

DAYS = 7


def roster_view(store: Store, community_id: str, now: datetime) -> RosterView:
    """Return what the page shows of a community at a moment, aware."""
    here = {"community_id": community_id}
    zones = store.rows("community/timezone", **here)
    zone = ZoneInfo(zones[0]["timezone"] if zones else "Asia/Shanghai")
    found = roster_of(store, community_id, now)
    people = store.rows("roster/workers", **here)
    callsigns = {row["worker_id"]: row["callsign"] for row in people}
    keepers: dict[str, list[str]] = {}
    for one in found.roster.assignments:
        keepers.setdefault(one.shift_id, []).append(callsigns.get(one.worker_id, ""))
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=n) for n in range(DAYS)]
    return RosterView(
        community_id=community_id,
        teams=found.teams,
        shifts=store.rows("roster/shifts", **here),
        absences=store.rows("roster/absences", since=now, **here),
        keepers={key: sorted(names) for key, names in keepers.items()},
        callsigns=callsigns,
        duty=duty_in(store, community_id, found, now),
        next_change_at=next_change(store, community_id, found, now),
        days=days,
        week=_week(found, zone, days),
        zone=zone,
        now=now,
    )


def _week(found: CommunityRoster, zone: ZoneInfo, days: list[date]) -> dict[tuple[str, date], int]:
    """How many different people keep duty on a shift that begins or runs on each day, by team."""
    calendar = work_calendar(str(zone))
    people: dict[tuple[str, date], set[str]] = {}
    for day in days:
        for look in _looks(found):
            at = datetime.combine(day, look, zone).astimezone(UTC)
            for each in duty_at(found.roster, calendar, at).on:
                people.setdefault((each.team_id, day), set()).add(each.worker_id)
    return {key: len(workers) for key, workers in people.items()}


def _looks(found: CommunityRoster) -> list[time]:
    """The times of day at which shifts begin: whoever keeps one that day is seen at its begin."""
    begins = {shift.starts for shift in found.roster.shifts}
    return sorted(begins)
