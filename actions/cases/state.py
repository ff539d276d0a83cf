"""Turns a row of case_now into what the rules decide on, and a decision into the next row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from actions.cases.clock import reckon_case, reckon_step
from rules.case_facts import Actor, Asked, CaseFacts, Decision, Move
from rules.case_transitions import MOVES
from rules.clocks import WorkCalendar
from rules.vocabulary import FINISHED_STATUSES

Row = dict[str, Any]

# What people's work has put on a case; a source's new version of it keeps all of this (ADR 0019).
WORK_COLUMNS = (
    "clock_started_at",
    "clock_pauses",
    "clock_extensions",
    "deadline_provisional",
    "step_started_at",
    "step_deadline_at",
    "suspended_from",
    "report_check",
    "verification",
    "asked_action",
    "asked_actor",
    "asked_worker_id",
    "asked_deadline_at",
    "responded_at",
    "called_back_at",
    "reached",
    "rating",
    "supervision",
    "supervised_at",
    "rework_count",
    "return_count",
    "merged_into",
    "source_status",
)
_RESPONSES = ("accept", "answer")
# What a reopened case must be asked and told anew.
_FORGOTTEN_ON_REOPEN = ("closed_at", "outcome", "called_back_at", "reached", "rating")


def is_peoples(row: Row) -> bool:
    """Tell whether a person has moved the case here, so that its status is no source's any more."""
    return row.get("clock_started_at") is not None


def known_facts(row: Row) -> CaseFacts:
    """Return what a decision must know of a case.

    Args:
        row: Every column of case_now.
    """
    asked = None
    if row["asked_action"] is not None:
        asked = Asked(row["asked_action"], row["asked_actor"], row["asked_worker_id"])
    return CaseFacts(
        case_id=row["case_id"],
        status=row["status"],
        version=row["event_id"],
        deadline_at=row["deadline_at"],
        suspended_from=row["suspended_from"],
        report_check=row["report_check"],
        verification=row["verification"],
        asked=asked,
    )


def state_after(
    row: Row, move: Move, decision: Decision, actor: Actor, at: datetime, calendar: WorkCalendar
) -> Row:
    """Return the whole state of a case after an allowed move, without event id and recording time.

    Args:
        row: Every column of case_now before it.
        move: What was wanted.
        decision: What follows from it.
        actor: Who moved it.
        at: When, aware UTC.
        calendar: Working time of the community.
    """
    after = {
        **row,
        "event_kind": "moved",
        "action": move.action,
        "happened_at": at,
        "actor": actor.actor,
        "status": decision.status,
        "suspended_from": decision.suspended_from,
        "verification": decision.verification,
        "clock_started_at": row["clock_started_at"] or row["reported_at"],
        "step_started_at": row["step_started_at"] or row["reported_at"],
    }
    after.update(_asked(row, move, decision))
    after.update(_given(row, move, at))
    if decision.status in FINISHED_STATUSES and row["status"] not in FINISHED_STATUSES:
        after["closed_at"] = at
    if move.action == "reopen":
        after.update(dict.fromkeys(_FORGOTTEN_ON_REOPEN))
    reckon_case(after, move, decision.clock, at, calendar)
    if decision.step_begins:
        after["step_started_at"] = at
        reckon_step(after, at, calendar)
    return after


def _asked(row: Row, move: Move, decision: Decision) -> Row:
    asked = decision.asked
    if asked is None:
        names = ("asked_action", "asked_actor", "asked_worker_id", "asked_deadline_at")
        return dict.fromkeys(names)
    until = move.deadline_at if MOVES[move.action].asks else row["asked_deadline_at"]
    return {
        "asked_action": asked.action,
        "asked_actor": asked.actor,
        "asked_worker_id": asked.worker_id,
        "asked_deadline_at": until if asked.action == "extend" else None,
    }


def _given(row: Row, move: Move, at: datetime) -> Row:
    """Return what the move itself brings, each by its own column."""
    if move.action == "check_report":
        return {"report_check": move.report_check}
    if move.action == "close":
        return {"outcome": move.outcome}
    if move.action == "merge":
        return {"merged_into": move.merge_into}
    if move.action == "supervise":
        return {"supervision": move.supervision, "supervised_at": at}
    if move.action == "call_back":
        return {"called_back_at": at, "reached": move.call_back}
    if move.action == "rate":
        return {"rating": move.rating}
    if move.action in ("rework", "return"):
        column = f"{move.action}_count"
        return {column: (row[column] or 0) + 1}
    if move.action in _RESPONSES:
        return {"responded_at": row["responded_at"] or at}
    return {}
