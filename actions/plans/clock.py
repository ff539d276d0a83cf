"""What time does to running plans: nobody confirmed in ten minutes, so others are told."""

from __future__ import annotations

from datetime import datetime

from actions.notify.outbox import tell
from actions.plans.people import sweep
from actions.plans.starting import facts_to_tell
from actions.plans.state import append_run, known_run
from data.store import Store
from data.transaction import Transaction
from rules.plan_runs import escalated

ESCALATED_TO = ("secretary", "subdistrict")


def let_plans_wait(store: Store, now: datetime) -> int:
    """Escalate what nobody confirmed in time, and remove what a crash left; returns how many."""
    late = store.rows("plan_run/unconfirmed", now=now)
    for row in late:
        run_id = str(row["run_id"])
        store.write(lambda tx, run_id=run_id: _escalate(tx, run_id, now)).result()  # type: ignore[misc]
    sweep(store)
    return len(late)


def _escalate(tx: Transaction, run_id: str, now: datetime) -> None:
    row = tx.rows("plan_run/one", run_id=run_id)[0]
    after = escalated(known_run(tx, row)[1], now)
    if row["ended_at"] is not None or after.confirmation == row["confirmation"]:
        return
    state = {**row, "confirmation": after.confirmation, "note_id": None}
    append_run(tx, state, "escalated", "system", now)
    for role in ESCALATED_TO:
        tell(
            tx,
            community_id=row["community_id"],
            kind="plan_unconfirmed",
            to=f"role:{role}",
            subject_id=run_id,
            facts=facts_to_tell(row),
            key=f"plan_unconfirmed:{run_id}",
        )
