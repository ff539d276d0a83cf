"""Keeps the last position of each worker and forgets the one before (DOMAIN R20)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

import pyarrow as pa

from actions.intake.facts import Facts, convert_positions
from actions.intake.recorder import RowError, RowResult
from data.store import Store
from data.transaction import Transaction
from rules.records import PositionRecord


def record_positions(
    store: Store, community_id: str, source: str, records: Sequence[PositionRecord]
) -> Future[list[RowResult]]:
    """Replace workers' last positions; one that is not newer than the kept one changes nothing."""
    facts: list[Facts] = [
        {
            **row.model_dump(exclude={"crs"}),
            "source_crs": row.crs,
            "raw_x": row.lon,
            "raw_y": row.lat,
        }
        for row in records
    ]
    convert_positions(facts)
    return store.write(lambda tx: _place(tx, community_id, source, facts))


def _place(
    transaction: Transaction, community_id: str, source: str, facts: Sequence[Facts]
) -> list[RowResult]:
    names = pa.array(sorted({fact["worker_id"] for fact in facts}), pa.string())
    scope = {"community_id": community_id}
    found = transaction.rows(
        "worker/resolve", {"incoming": pa.table({"reference": names})}, source=source, **scope
    )
    ids = {row["reference"]: row["id"] for row in found}
    kept = transaction.rows(
        "worker/positions_known",
        {"incoming": pa.table({"worker_id": pa.array(sorted(ids.values()), pa.string())})},
        **scope,
    )
    latest = {row["worker_id"]: row["located_at"] for row in kept}
    moved: dict[str, Facts] = {}
    results: list[RowResult] = []
    for fact in facts:
        results.append(_judge(fact, ids.get(fact["worker_id"]), latest, moved))
    if moved:
        rows = [
            {**fact, **scope, "worker_id": worker_id, "received_at": transaction.now}
            for worker_id, fact in moved.items()
        ]
        table = transaction.table("worker_position", rows)
        transaction.run("worker/place_position", {"incoming": table})
        transaction.touch("worker_position", community_id)
    return results


def _judge(
    fact: Facts, worker_id: str | None, latest: dict[str, object], moved: dict[str, Facts]
) -> RowResult:
    if worker_id is None:
        error = RowError("reference_unknown", "worker_id", "is not registered in this community")
        return RowResult(fact["worker_id"], None, "rejected", error)
    held = latest.get(worker_id)
    if held is not None and fact["located_at"] <= held:
        return RowResult(fact["worker_id"], worker_id, "unchanged")
    latest[worker_id] = fact["located_at"]
    moved[worker_id] = fact
    return RowResult(fact["worker_id"], worker_id, "changed" if held else "new")
