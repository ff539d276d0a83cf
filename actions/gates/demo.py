"""Gives the demo community a simulated gate, seen by one of its cameras; nothing moves."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from data.demo.areas import COMMUNITY_ID
from data.store import Store
from data.transaction import Transaction

GATE_ID = str(uuid5(NAMESPACE_URL, "yiping/demo/gate"))


def load_gate(store: Store, actor: str) -> int:
    """Add the demo's gate, which rings and may be opened; returns 1 where it was not there.

    It has no address and no second person's word: what it opens is made up.
    """
    if store.rows("gate/one", gate_id=GATE_ID):
        return 0
    cameras = store.rows("camera/list", community_id=COMMUNITY_ID)
    seen = next((row for row in cameras if "门" in row["name_zh"]), None)

    def work(tx: Transaction) -> None:
        row: dict[str, Any] = {
            "event_kind": "registered",
            "happened_at": tx.now,
            "actor": actor,
            "gate_id": GATE_ID,
            "community_id": COMMUNITY_ID,
            "name_zh": "小区大门（模拟道闸）",
            "name_en": "Estate gate (simulated)",
            "camera_id": seen["device_id"] if seen else None,
            "kind": "simulated",
            "secret_id": GATE_ID,
            "calls_on": True,
            "opens_on": True,
        }
        tx.append("gate", [row])

    store.write(work).result()
    return 1
