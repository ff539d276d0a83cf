"""Keeps the register of people at work as the roster has it: on duty while a shift runs.

Everything that asks who is on duty reads the register: map, figures, what a phone may send.
Of people the roster does not speak of, the register's own word holds (ADR 0020).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from actions.roster.reading import duty_in, next_change
from data.rosters import roster_of
from data.store import Store
from data.transaction import Transaction
from data.writer import Commit

log = logging.getLogger(__name__)

ACTOR = "roster"
LONGEST_WAIT_S = 60.0
NOUNS = frozenset({"shift", "assignment", "absence", "team", "worker"})


def follow_roster(store: Store, community_id: str, at: datetime) -> int:
    """Set who is on duty as the roster has it at a moment.

    Args:
        at: Aware moment.

    Returns:
        How many people came on or went off duty.
    """
    found = roster_of(store, community_id, at)
    rostered = sorted(found.rostered())
    if not rostered:
        return 0
    on_duty = sorted(duty_in(store, community_id, found, at).workers())
    here: dict[str, Any] = {"community_id": community_id}
    wanted = {**here, "rostered": rostered, "on_duty": on_duty}
    if not store.rows("roster/differing", **wanted):
        return 0

    def work(tx: Transaction) -> int:
        rows = tx.rows("roster/differing", **wanted)
        stamp = {"event_kind": "changed", "happened_at": at, "actor": ACTOR}
        tx.append("worker", [{**row, **stamp, "on_duty": not row["on_duty"]} for row in rows])
        return len(rows)

    return store.write(work).result()


class RosterClock:
    """A thread that follows the rosters of all communities, when a shift changes or a roster does.

    Args:
        store: The open store.
        now: The present moment, aware; replaceable in tests.
    """

    def __init__(
        self, store: Store, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._store = store
        self._now = now
        self._stopping = False
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="roster", daemon=True)
        store.on_commit(self._on_commit)

    def start(self) -> None:
        """Begin; the first look is taken at once."""
        self._thread.start()

    def stop(self) -> None:
        """End and wait."""
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> float:
        """Follow every roster once; returns how long to wait until the next look, seconds."""
        at = self._now()
        wait_s = LONGEST_WAIT_S
        for row in self._store.rows("roster/communities"):
            community_id = row["community_id"]
            follow_roster(self._store, community_id, at)
            found = roster_of(self._store, community_id, at)
            change = next_change(self._store, community_id, found, at)
            if change is not None:
                wait_s = min(wait_s, (change - at + timedelta(seconds=0.1)).total_seconds())
        return max(wait_s, 0.1)

    def _on_commit(self, commit: Commit) -> None:
        if any(noun in NOUNS for noun, _ in commit.touched):
            self._wake.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            wait_s = LONGEST_WAIT_S
            try:
                wait_s = self.look()
            except (
                Exception
            ):  # the thread's top level: the register stays as it is, the log says so
                log.exception("the roster could not be followed")
            self._wake.wait(wait_s)
