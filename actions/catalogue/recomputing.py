"""Reckons the open deadlines of a community anew by its catalogue and calendar as they are now.

Nobody's deadline moves by itself: somebody asks for it, each moved case gets an event of its own,
and the audit says who asked and how many moved (ADR 0021).
"""

from __future__ import annotations

from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

from actions.auditing import line_for
from actions.cases.clock import clock_of
from actions.cases.limits import limits_of
from actions.catalogue.editing import CatalogueDesk, allow_config
from actions.catalogue.reading import catalogue_of
from data.transaction import Transaction
from rules.case_clocks import Due, Limit
from rules.case_deadlines import DeadlineChange, OpenDeadline, recompute
from rules.clocks import WorkCalendar
from rules.errors import RuleViolation
from rules.vocabulary import FINISHED_STATUSES, LIMIT_KINDS

Row = dict[str, Any]

CHUNK = 500  # cases of one unit of work, so that moves of people come in between


@dataclass(frozen=True, slots=True)
class Recomputed:
    """How many open deadlines were looked at and how many moved."""

    open: int
    moved: int


def recompute_deadlines(desk: CatalogueDesk) -> Recomputed:
    """Reckon every open deadline that is ours anew; a source's own dates stay as they are.

    Returns:
        What was done, when it is on disk.

    Raises:
        NotAllowed: The role may not.
    """
    store, here = desk.store, desk.community_id
    try:
        allow_config(desk.asking, here)
    except RuleViolation as refusal:
        line = line_for(desk.asking, "catalogue.recompute", here, result="refused",
                        detail=refusal.code)  # fmt: skip
        desk.audit.refused(line)
        raise
    entries = catalogue_of(store, here).values()
    limits: dict[str, Limit] = {e.code: (e.limit_value, e.limit_kind) for e in entries}
    calendar = limits_of(store).calendar(here)
    parameters = {"finished": list(FINISHED_STATUSES), "limit_kinds": list(LIMIT_KINDS)}
    rows = store.rows("case/open_reckoned", community_id=here, **parameters)
    case_ids, moved = [row["case_id"] for row in rows], 0
    for chunk in _chunks(case_ids):
        work = _unit(desk, chunk, calendar, limits)
        moved += store.write(work).result()
    done = Recomputed(len(case_ids), moved)
    asked_in = copy_context()
    store.write(lambda tx: asked_in.run(_note, tx, desk, done)).result()
    return done


def _chunks(case_ids: list[str]) -> list[list[str]]:
    return [case_ids[start : start + CHUNK] for start in range(0, len(case_ids), CHUNK)]


def _unit(
    desk: CatalogueDesk, case_ids: list[str], calendar: WorkCalendar, limits: dict[str, Limit]
) -> Any:
    def work(tx: Transaction) -> int:
        found = tx.rows("case/current", case_ids=case_ids, community_id=desk.community_id)
        rows = {row["case_id"]: row for row in found if row["status"] not in FINISHED_STATUSES}
        deadlines = [one for one in map(_open_deadline, rows.values()) if one is not None]
        changes = recompute(deadlines, calendar, tx.now, limits)
        tx.append("case", [_event(tx, desk, rows[c.case_id], c) for c in changes])
        return len(changes)

    return work


def _open_deadline(row: Row) -> OpenDeadline | None:
    clock = clock_of(row)
    if clock is None or row["deadline_at"] is None:
        return None
    due = Due(row["deadline_at"], bool(row["deadline_provisional"]), None)
    return OpenDeadline(row["case_id"], row["category"], clock, due)


def _event(tx: Transaction, desk: CatalogueDesk, row: Row, change: DeadlineChange) -> Row:
    """Return the case with its new deadline; nothing else about it changes."""
    kept = {key: value for key, value in row.items() if key not in ("event_id", "recorded_at")}
    return {
        **kept,
        "event_kind": "deadline_recomputed",
        "action": None,
        "happened_at": tx.now,
        "actor": desk.asking.actor,
        "deadline_at": change.after.at,
        "deadline_provisional": change.after.provisional,
        "limit_value": change.clock.limit_value,
        "limit_kind": change.clock.limit_kind,
    }


def _note(tx: Transaction, desk: CatalogueDesk, done: Recomputed) -> None:
    detail = f"{done.moved} of {done.open} open deadlines moved"
    line = line_for(desk.asking, "catalogue.recompute", desk.community_id, detail=detail)
    desk.audit.note(tx, line)
