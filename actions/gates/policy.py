"""Carries the second person's word over to the gate it was asked for, in the unit that decides."""

from __future__ import annotations

import json
from typing import Any

from data.transaction import Transaction


def settled(tx: Transaction, row: dict[str, Any]) -> None:
    """Let a gate be opened from afar where the second person agreed to the opener it still has.

    Args:
        tx: The unit that decides.
        row: The approval after its step, with `at` and `actor` of the decision.
    """
    if row["state"] != "confirmed" or row["subject_kind"] != "gate":
        return
    found = tx.rows("gate/one", gate_id=row["subject_id"])
    if not found or found[0]["removed_at"] is not None:
        return
    gate = found[0]
    # Another opener was entered meanwhile: nobody has agreed to that one.
    if gate["secret_id"] != json.loads(row["detail"] or "{}").get("opener"):
        return
    kept = {n: v for n, v in gate.items() if n not in ("event_id", "recorded_at")}
    said = {"event_kind": "policy", "happened_at": row["at"], "actor": row["actor"]}
    opened = {"opens_on": True, "approval_id": row["approval_id"]}
    tx.append("gate", [{**kept, **said, **opened}])
