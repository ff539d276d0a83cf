"""Sends responders to a case and closes what they were sent for, inside the unit that moves it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.cases.task_telling import tell_of_tasks
from data.transaction import Transaction
from rules.case_facts import Actor, Move
from rules.case_transitions import ClockEffect
from rules.errors import RuleViolation

Row = dict[str, Any]

OPEN = ("sent", "accepted", "started")
Reasons = Mapping[str, Sequence[str]]


class AssigneeUnknown(RuleViolation):
    """Somebody to be sent is no worker and no organisation in use here; choose again."""

    code = "assignee_unknown"


@dataclass(frozen=True, slots=True)
class Sending:
    """What tasks are made of.

    Attributes:
        case: State of the case after the move.
        move: The move.
        actor: Who made it.
        clock: What it did to the clock; "stop" ends every task.
        reasons: Codes of why each assignee was chosen, by id.
        at: When, aware UTC.
    """

    case: Row
    move: Move
    actor: Actor
    clock: ClockEffect
    reasons: Reasons
    at: datetime


def keep_tasks(tx: Transaction, tasks: Sequence[Row], sending: Sending) -> list[Row]:
    """Append what a move does to the tasks of a case.

    Args:
        tasks: Everybody sent so far (task/of_case).

    Returns:
        The tasks the move made.

    Raises:
        AssigneeUnknown: Somebody named is not in use in this community.
    """
    changed = _changed(tasks, sending)
    wanted = _wanted(tasks, sending)
    made = _made(tx, wanted, sending) if wanted else []
    tx.append("task", [*changed, *made])
    tell_of_tasks(tx, sending.case, [*changed, *made], sending.actor.worker_id)
    return made


def _changed(tasks: Sequence[Row], sending: Sending) -> list[Row]:
    action, here = sending.move.action, [task for task in tasks if task["status"] in OPEN]
    does, by = sending.actor.does, (sending.actor, sending.at)
    own = [task for task in here if does(task["assignee_kind"], task["assignee_id"])]
    if sending.clock == "stop" or action in ("dispatch", "transfer"):
        return [ended(task, "cancelled", *by) for task in here]
    if action == "start":
        begun = [task for task in own or here if task["status"] != "started"]
        return [stepped(task, "started", *by) for task in begun]
    if action == "return":
        # The case leaves all hands: who gave it back returned it, the others are called off.
        back = own or here
        return [ended(t, "returned" if t in back else "cancelled", *by) for t in here]
    if action == "feed_back":
        return [ended(task, "finished", *by) for task in own or here]
    return []


def _wanted(tasks: Sequence[Row], sending: Sending) -> list[str]:
    """Return the ids of who is sent."""
    move = sending.move
    if move.action == "dispatch":
        return list(dict.fromkeys(move.assignees))
    if move.action == "reinforce":
        here = {task["assignee_id"] for task in tasks if task["status"] in OPEN}
        return [one for one in dict.fromkeys(move.assignees) if one not in here]
    if move.action == "transfer" and move.transfer_to is not None:
        return [move.transfer_to]
    if move.action == "rework":
        # Whoever said it was done does it again.
        done = (task["assignee_id"] for task in tasks if task["status"] == "finished")
        return list(dict.fromkeys(done))
    return []


def _made(tx: Transaction, wanted: Sequence[str], sending: Sending) -> list[Row]:
    case, at = sending.case, sending.at
    rows = tx.rows("task/assignees", assignee_ids=list(wanted), community_id=case["community_id"])
    kinds = {row["assignee_id"]: row["assignee_kind"] for row in rows}
    if sending.move.action == "rework":
        wanted = [one for one in wanted if one in kinds]  # who has left meanwhile is not sent
    for one in wanted:
        if one not in kinds:
            raise AssigneeUnknown(assignee=one)
    return [
        {
            "task_id": task_id,
            "case_id": case["case_id"],
            "community_id": case["community_id"],
            "assignee_kind": kinds[one],
            "assignee_id": one,
            "event_kind": "sent",
            "status": "sent",
            "happened_at": at,
            "actor": sending.actor.actor,
            "sent_at": at,
            "due_at": case["deadline_at"],
            "reasons": json.dumps(list(sending.reasons[one])) if one in sending.reasons else None,
            "requested_by": sending.actor.actor,
        }
        for task_id, one in zip(tx.ids(len(wanted)), wanted, strict=True)
    ]


def stepped(task: Row, status: str, actor: Actor, at: datetime) -> Row:
    """Return the event that brings a task into a status in which it goes on."""
    return {
        **task,
        "event_kind": status,
        "status": status,
        "happened_at": at,
        "actor": actor.actor,
        "responded_at": task["responded_at"] or at,
    }


def ended(task: Row, status: str, actor: Actor, at: datetime) -> Row:
    """Return the event that ends a task as finished, returned or cancelled."""
    answered = status != "cancelled"
    return {
        **stepped(task, status, actor, at),
        "responded_at": task["responded_at"] or (at if answered else None),
        "finished_at": at,
    }
