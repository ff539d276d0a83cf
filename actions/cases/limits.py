"""Gives a case its default time limit when its source names none (demo defaults, DOMAIN §2.4)."""

from __future__ import annotations

import threading
from typing import Any
from weakref import WeakKeyDictionary

from data.calendars import work_calendar
from data.store import Store
from data.writer import Commit
from rules.clocks import LimitInvalid, WorkCalendar, deadline
from rules.vocabulary import CATEGORIES


class Limits:
    """The clocks of every community of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._calendars: dict[str, WorkCalendar] = {}
        store.on_commit(self._forget_changed)

    def apply(self, community_id: str, facts: dict[str, Any]) -> None:
        """Set deadline_at, limit_value and limit_kind of a case in one of our categories."""
        category = CATEGORIES.get(facts["category"])
        if category is None:
            return
        try:
            due = deadline(
                facts["reported_at"],
                category.limit_value,
                category.limit_kind,
                self.calendar(community_id),
            )
        except LimitInvalid:  # no calendar reaches that far: such a case has no limit
            return
        facts["deadline_at"] = due.at
        facts["limit_value"], facts["limit_kind"] = category.limit_value, category.limit_kind

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


_lock = threading.Lock()
_limits: WeakKeyDictionary[Store, Limits] = WeakKeyDictionary()


def limits_of(store: Store) -> Limits:
    """Return the one Limits of a store."""
    with _lock:
        if store not in _limits:
            _limits[store] = Limits(store)
        return _limits[store]
