"""Makes every current-state table anew from its log, and tells what was different."""

from __future__ import annotations

from dataclasses import dataclass

from data.records import NOUNS
from data.store import Store
from data.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RebuiltTable:
    """One current-state table: its rows, and whether it was the same before."""

    table: str
    rows: int
    same: bool


def rebuild(store: Store) -> list[RebuiltTable]:
    """Fold all logs again in one unit of work; readers see the old state until it is done.

    Worker positions have no log and are left as they are ("not kept").
    """
    return store.write(_rebuild).result()


def _rebuild(transaction: Transaction) -> list[RebuiltTable]:
    before = {row["table_name"]: row for row in transaction.rows("store/fingerprint")}
    for noun in NOUNS.values():
        transaction.run(f"{noun.name}/rebuild")
    after = {row["table_name"]: row for row in transaction.rows("store/fingerprint")}
    return [
        RebuiltTable(table, after[table]["n"], after[table] == before[table])
        for table in (f"{noun.name}_now" for noun in NOUNS.values())
    ]
