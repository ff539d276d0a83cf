"""Lets people belong to the organisation of the team they join."""

from __future__ import annotations

from collections.abc import Sequence

from data.transaction import Transaction


def belong(
    tx: Transaction, worker_ids: Sequence[str], organisation_id: str | None, actor: str
) -> None:
    """Note that workers belong to an organisation, where they belong to none yet.

    What is handed to an organisation is its members' to do (actions/cases/task_moves.py).

    Args:
        organisation_id: The organisation; None changes nothing.
        actor: Who caused it, as logs name it.
    """
    if organisation_id is None or not worker_ids:
        return
    rows = tx.rows("roster/worker_states", worker_ids=sorted(set(worker_ids)))
    stamp = {"event_kind": "changed", "happened_at": tx.now, "actor": actor}
    joining = [row for row in rows if row["organisation_id"] is None]
    tx.append("worker", [{**row, **stamp, "organisation_id": organisation_id} for row in joining])
