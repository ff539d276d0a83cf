"""Gives a case urgency and time limit of its category where its source names none.

They are those of the community's catalogue at the moment the case is first heard of: a catalogue
changed later rewrites nothing (ADR 0021).
"""

from __future__ import annotations

import threading
from typing import Any
from weakref import WeakKeyDictionary

from actions.catalogue.reading import catalogue_of
from data.calendars import work_calendar
from data.store import Store
from data.writer import Commit
from rules.catalogue import Entry
from rules.clocks import LimitInvalid, WorkCalendar, deadline
from rules.vocabulary import LIMIT_KINDS


class Limits:
    """The clocks of every community of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._calendars: dict[str, WorkCalendar] = {}
        store.on_commit(self._forget_changed)

    def complete(
        self, community_id: str, facts: dict[str, Any], before: dict[str, Any] | None
    ) -> None:
        """Set urgency, deadline_at, limit_value and limit_kind of a case where they are missing.

        Args:
            community_id: Whose catalogue and calendar hold.
            facts: Facts of the case; changed in place.
            before: What is known of it so far (case/known); None for a new case.
        """
        same = before is not None and before["category"] == facts["category"]
        entry = catalogue_of(self._store, community_id).get(facts["category"])
        if facts["urgency"] is None:
            if before is not None and same:
                facts["urgency"] = before["urgency"]
            else:
                facts["urgency"] = entry.urgency if entry else "ordinary"
        if facts["deadline_at"] is not None or facts["limit_kind"] is not None:
            return
        if before is not None and same and _holds(facts, before):
            for column in ("deadline_at", "limit_value", "limit_kind", "deadline_provisional"):
                facts[column] = before[column]
        elif entry is not None:
            self._apply(community_id, facts, entry)

    def _apply(self, community_id: str, facts: dict[str, Any], entry: Entry) -> None:
        calendar = self.calendar(community_id)
        try:
            due = deadline(facts["reported_at"], entry.limit_value, entry.limit_kind, calendar)
        except LimitInvalid:  # no calendar reaches that far: such a case has no limit
            return
        facts["deadline_at"], facts["deadline_provisional"] = due.at, due.provisional
        facts["limit_value"], facts["limit_kind"] = entry.limit_value, entry.limit_kind

    def warm(self) -> None:
        """Build the calendars now: the first case after a start must not wait a second for them."""
        for community in self._store.rows("community/list"):
            self.calendar(community["community_id"])

    def calendar(self, community_id: str) -> WorkCalendar:
        """Return the working calendar of a community; built once, then kept."""
        calendar = self._calendars.get(community_id)
        if calendar is None:
            rows = self._store.rows("community/timezone", community_id=community_id)
            zone = rows[0]["timezone"] if rows else "Asia/Shanghai"
            calendar = self._calendars[community_id] = work_calendar(zone)
        return calendar

    def _forget_changed(self, commit: Commit) -> None:
        for noun, community_id in commit.touched:
            if noun == "community":
                self._calendars.pop(community_id, None)


def _holds(facts: dict[str, Any], before: dict[str, Any]) -> bool:
    """Tell whether the limit a case was given still stands: nothing it rests on has changed."""
    return before["limit_kind"] in LIMIT_KINDS and before["reported_at"] == facts["reported_at"]


_lock = threading.Lock()
_limits: WeakKeyDictionary[Store, Limits] = WeakKeyDictionary()


def limits_of(store: Store) -> Limits:
    """Return the one Limits of a store."""
    with _lock:
        if store not in _limits:
            _limits[store] = Limits(store)
        return _limits[store]
