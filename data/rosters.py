"""Reads the roster of a community from the store: its teams, and shifts as the rules know them."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from weakref import WeakKeyDictionary, ref

from data.calendars import work_calendar
from data.store import Store
from data.writer import Commit
from rules.roster import Absence, Assignment, Duty, Roster, Shift, Team, duty_at, on_duty_by_kind

Row = dict[str, Any]
# A shift of yesterday can still run; what ended before that matters to nobody on duty.
ABSENT_SINCE = timedelta(days=2)
KEPT_FOR = timedelta(days=1)
NOUNS = frozenset(
    {"team", "team_member", "shift", "assignment", "absence", "worker", "organisation"}
)


@dataclass(frozen=True, slots=True)
class CommunityRoster:
    """The roster of one community.

    Attributes:
        teams: Rows of data/sql/roster/teams.sql.
        roster: Shifts, assignments and absences that are not long over.
    """

    teams: tuple[Row, ...]
    roster: Roster

    def rostered(self) -> frozenset[str]:
        """Return everybody the roster speaks of: who keeps a shift, and who stands in."""
        keepers = {one.worker_id for one in self.roster.assignments}
        others = {one.stand_in_id for one in self.roster.absences if one.stand_in_id}
        return frozenset(keepers | others)

    def kinds(self) -> tuple[Team, ...]:
        """Return the teams as the rules know them."""
        return tuple(
            Team(row["team_id"], row["kind"], row["organisation_id"]) for row in self.teams
        )


def roster_of(store: Store, community_id: str, at: datetime) -> CommunityRoster:
    """Return the roster of a community as it is around `at`, aware; empty where there is none.

    It is read anew when somebody has changed it, or `at` lies a day from the last reading.
    """
    with _lock:
        if store not in _kept:
            _kept[store] = _Kept(store)
        kept = _kept[store]
    return kept.roster(community_id, at)


class _Kept:
    """The rosters of one store, each with the version it was read at."""

    def __init__(self, store: Store) -> None:
        self._version = 0
        self._rosters: dict[str, tuple[int, datetime, CommunityRoster]] = {}
        # Weakly: the store calls us, and is not kept alive by what we remember of it.
        self._store = ref(store)
        store.on_commit(self._on_commit)

    def roster(self, community_id: str, at: datetime) -> CommunityRoster:
        version, held = self._version, self._rosters.get(community_id)
        if held is not None and held[0] == version and abs(at - held[1]) < KEPT_FOR:
            return held[2]
        store = self._store()
        if store is None:
            raise ReferenceError("the store is closed")
        found = _read(store, community_id, at)
        self._rosters[community_id] = (version, at, found)
        return found

    def _on_commit(self, commit: Commit) -> None:
        if any(noun in NOUNS for noun, _ in commit.touched):
            self._version += 1


_lock = threading.Lock()
_kept: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()


def _read(store: Store, community_id: str, at: datetime) -> CommunityRoster:
    here = {"community_id": community_id}
    absences = store.rows("roster/absences", since=at - ABSENT_SINCE, **here)
    return CommunityRoster(
        tuple(store.rows("roster/teams", **here)),
        Roster(
            tuple(shift_of(row) for row in store.rows("roster/shifts", **here)),
            tuple(
                Assignment(row["worker_id"], row["shift_id"], row["first_on"], row["last_on"])
                for row in store.rows("roster/assignments", **here)
            ),
            tuple(
                Absence(row["worker_id"], row["start_at"], row["end_at"], row["stand_in_id"])
                for row in absences
            ),
        ),
    )


def shift_of(row: Row) -> Shift:
    """Return a row of a shift as the rules know it.

    Raises:
        ShiftInvalid: It never takes place.
        ValueError: A time of day is none.
    """
    return Shift(
        shift_id=row["shift_id"],
        team_id=row["team_id"],
        starts=time.fromisoformat(row["starts"]),
        ends=time.fromisoformat(row["ends"]),
        first_on=row["first_on"],
        last_on=row["last_on"],
        weekdays=frozenset(int(day) - 1 for day in row["weekdays"]),
        days=row["days"],
        every_days=row["every_days"],
    )


def duty_of(found: CommunityRoster, timezone: str, at: datetime) -> Duty:
    """Say who is on duty at a moment, by the calendar of the community's zone."""
    return duty_at(found.roster, work_calendar(timezone), at)


def duty_counts(store: Store, community_id: str, timezone: str, at: datetime) -> dict[str, int]:
    """Count the people on duty by kind of team; empty where the community has no roster."""
    found = roster_of(store, community_id, at)
    if not found.roster.assignments:
        return {}
    return {
        str(k): n for k, n in on_duty_by_kind(duty_of(found, timezone, at), found.kinds()).items()
    }
