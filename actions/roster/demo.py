"""Gives the demo community a roster, two absences around the present, and people on duty by it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from actions.roster.following import follow_roster
from actions.roster.importing import record_roster
from data.demo.areas import COMMUNITY_ID
from data.demo.registers import SOURCE
from data.demo.rhythm import ZONE
from data.demo.roster import absent_workers, roster_records
from data.store import Store
from data.transaction import Transaction

ACTOR = "demo"


def load_roster(store: Store, seed: int, now: datetime) -> int:
    """Record the demo's roster where the community has none, and set who is on duty.

    Args:
        seed: Decides who of each crew keeps which shift.
        now: Aware moment around which two of them are away.

    Returns:
        How many rows were new.
    """
    if store.rows("roster/shifts", community_id=COMMUNITY_ID):
        return 0
    rows = roster_records(seed)
    results = record_roster(store, COMMUNITY_ID, SOURCE, rows, actor=ACTOR)
    refused = [result for result in results if result.error is not None]
    if refused:
        raise ValueError(f"the demo's roster was refused: {refused[0].error}")
    store.write(lambda tx: _absences(tx, seed, now)).result()
    follow_roster(store, COMMUNITY_ID, now)
    return len(results)


def _absences(tx: Transaction, seed: int, now: datetime) -> None:
    away, stand_in, uncovered = absent_workers(seed)
    names = [away, stand_in, uncovered]
    rows = tx.rows("roster/named_workers", community_id=COMMUNITY_ID, names=names)
    ids = {row["name"]: row["worker_id"] for row in rows}
    stamp: dict[str, Any] = {
        "event_kind": "registered",
        "happened_at": now,
        "actor": ACTOR,
        "community_id": COMMUNITY_ID,
    }
    midnight = datetime.combine(now.astimezone(ZONE).date(), time.min, ZONE)
    days = {away: (-1, 4, ids[stand_in]), uncovered: (0, 2, None)}
    events = [
        {
            **stamp,
            "absence_id": absence_id,
            "worker_id": ids[worker],
            "start_at": midnight + timedelta(days=first),
            "end_at": midnight + timedelta(days=last),
            "stand_in_id": other,
        }
        for absence_id, (worker, (first, last, other)) in zip(
            tx.ids(len(days)), days.items(), strict=True
        )
    ]
    tx.append("absence", events)
