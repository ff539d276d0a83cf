"""Tells people of alarms that nobody has taken, by the schedule of rules/alarm_load.py.

Acknowledging, closing or silencing an alarm ends what is still to come. Every notice has a key of
its own, so that looking again, or starting again, tells nobody twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.alarms.state import known_alarm, known_shelf
from actions.notify.outbox import tell
from data.store import Store
from data.transaction import Transaction
from rules.alarm_load import Notice, notices
from rules.alarms import sounds

# After an outage, what should have been told longer ago than this is not told any more.
LATEST = timedelta(hours=1)


class AlarmEscalation:
    """Remembers what was told already, to spare the look; the outbox knows it anyway."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told: set[str] = set()

    def tell_due(self, now: datetime) -> int:
        """Tell everything that is due; returns how many notices went to the outbox."""
        n = 0
        for community in self._store.rows("view/community"):
            n += self._of_community(community["community_id"], now)
        return n

    def _of_community(self, community_id: str, now: datetime) -> int:
        rows = self._store.rows("alarm/open", community_id=community_id)
        if not rows:
            return 0
        shelved = self._store.rows("alarm_shelf/standing", community_id=community_id, now=now)
        shelves = [known_shelf(row) for row in shelved]
        due: list[tuple[str, dict[str, object], Notice]] = []
        for row in rows:
            alarm = known_alarm(row)
            if not sounds(alarm, shelves, now):
                continue
            for notice in notices(alarm):
                key = f"alarm:{row['alarm_id']}:{notice.at.isoformat()}"
                if now - LATEST < notice.at <= now and key not in self._told:
                    due.append((key, row, notice))
        if due:
            self._store.write(lambda tx: _tell(tx, community_id, due)).result()
            self._told.update(key for key, _, _ in due)
        return len(due)


def _tell(
    tx: Transaction, community_id: str, due: list[tuple[str, dict[str, object], Notice]]
) -> None:
    for key, row, notice in due:
        names = tx.rows("alarm/place_name", place_id=row["place_id"])
        facts = {
            "alarm_kind": str(row["kind"]),
            "urgency": str(row["urgency"]),
            "first_at": row["first_at"].isoformat(),  # type: ignore[attr-defined]
            "place": str(names[0]["name_zh"]) if names else "—",
        }
        for role in notice.roles:
            tell(
                tx,
                community_id=community_id,
                kind="alarm",
                to=f"role:{role}",
                subject_id=str(row["alarm_id"]),
                facts=facts,
                key=key,
            )
