"""Appends case events that are already full states: recorded histories, and steps of live cases."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
import pyarrow as pa

from actions.cases.state import is_peoples
from actions.intake.facts import TEXT_FIELDS
from data.store import Store
from data.transaction import Transaction
from rules.vocabulary import FINISHED_STATUSES


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step of a case's life.

    Attributes:
        case_id: The case.
        status: The status it reaches.
        happened_at: When, aware UTC.
        outcome: solved, explained or helped, where it closes.
    """

    case_id: str
    status: str
    happened_at: datetime
    outcome: str | None = None


def append_history(
    store: Store, community_id: str, source: str, events: pd.DataFrame, actor: str
) -> Future[int]:
    """Append whole histories of cases; one whose source id is known already is left as it is.

    Args:
        store: The open store.
        community_id: The community they belong to.
        source: Name of the source.
        events: Columns of case_event without event_id, recorded_at, case_id, community_id, source
            and actor, plus optional title, description, address (kept with the first event);
            several rows per source_id. place_id and area_id may be the source's own ids.
        actor: Who caused them.

    Returns:
        A future with the number of events appended.
    """
    ordered = events.sort_values(["happened_at", "source_id"], kind="stable")
    present = ordered.astype(object).where(ordered.notna(), None)
    rows = [{str(key): value for key, value in row.items()} for row in present.to_dict("records")]
    shared = {"community_id": community_id, "source": source, "actor": actor}
    return store.write(lambda transaction: _append(transaction, rows, shared))


def move_cases(
    store: Store, community_id: str, steps: Sequence[CaseStep], actor: str
) -> Future[int]:
    """Move live cases to their next status; unknown ones and those people work on are passed over.

    Returns:
        A future with the number of steps appended.
    """

    def work(transaction: Transaction) -> int:
        wanted = sorted({step.case_id for step in steps})
        now = {
            row["case_id"]: row
            for row in transaction.rows("case/current", case_ids=wanted, community_id=community_id)
        }
        events = []
        for step in steps:
            # A case that people work on is moved by people alone (ADR 0019).
            if step.case_id not in now or is_peoples(now[step.case_id]):
                continue
            finished = step.status in FINISHED_STATUSES
            now[step.case_id] = {
                **now[step.case_id],
                "event_kind": "status",
                "action": None,
                "happened_at": step.happened_at,
                "actor": actor,
                "status": step.status,
                "closed_at": step.happened_at if finished else None,
                "outcome": step.outcome if finished else None,
            }
            events.append(now[step.case_id])
        transaction.append("case", events)
        return len(events)

    return store.write(work)


def _append(
    transaction: Transaction, rows: Sequence[dict[str, Any]], shared: dict[str, str]
) -> int:
    scope = {"community_id": shared["community_id"], "source": shared["source"]}
    source_ids = list(dict.fromkeys(str(row["source_id"]) for row in rows))
    known = {
        row["source_id"]
        for row in transaction.rows("case/known", {}, source_ids=source_ids, **scope)
    }
    fresh = [source_id for source_id in source_ids if source_id not in known]
    case_ids = dict(zip(fresh, transaction.ids(len(fresh)), strict=True))
    resolved = {noun: _resolve(transaction, noun, rows, scope) for noun in ("place", "area")}
    chosen = [row for row in rows if row["source_id"] in case_ids]
    event_ids = transaction.ids(len(chosen))
    events, texts, told = [], [], set()
    for row, event_id in zip(chosen, event_ids, strict=True):
        case_id = case_ids[row["source_id"]]
        facts = {key: value for key, value in row.items() if key not in TEXT_FIELDS}
        for noun, found in resolved.items():
            facts[f"{noun}_id"] = found.get(row.get(f"{noun}_id"))
        stamp = {"event_id": event_id, "recorded_at": transaction.now, "case_id": case_id}
        events.append({**facts, **shared, **stamp})
        text = {field: row.get(field) for field in TEXT_FIELDS}
        if case_id not in told and any(text.values()):
            told.add(case_id)
            keys = {"event_id": event_id, "case_id": case_id}
            texts.append({**text, **keys, "community_id": shared["community_id"]})
    if events:
        transaction.append_table("case", transaction.table("case_event", events))
    if texts:
        transaction.insert("case_text", texts)
    return len(events)


def _resolve(
    transaction: Transaction, noun: str, rows: Sequence[dict[str, Any]], scope: dict[str, str]
) -> dict[Any, str]:
    references = sorted({str(row[f"{noun}_id"]) for row in rows if row.get(f"{noun}_id")})
    wanted = pa.table({"reference": pa.array(references, pa.string())})
    found = transaction.rows(f"{noun}/resolve", {"incoming": wanted}, **scope)
    return {row["reference"]: row["id"] for row in found}
