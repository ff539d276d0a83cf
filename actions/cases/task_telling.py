"""Tells whoever is sent to a case, and whoever is called off, in the unit that sends them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.notify.case_telling import case_facts
from actions.notify.outbox import tell
from data.transaction import Transaction

Row = dict[str, Any]
# What is told of a task by the status it came into; the rest the assignee did itself.
_KINDS = {"sent": "task_sent", "cancelled": "task_cancelled"}


def tell_of_tasks(
    tx: Transaction, case: Row, tasks: Sequence[Row], actor_id: str | None = None
) -> None:
    """Tell the assignees of tasks what became of them; each task and status once.

    Args:
        tx: The unit of work of the deed.
        case: State of the case.
        tasks: Tasks as they are after it.
        actor_id: Worker who did it and needs no telling.
    """
    facts = case_facts(case)
    for task in tasks:
        if task["status"] not in _KINDS or task["assignee_id"] == actor_id:
            continue
        tell(
            tx,
            community_id=task["community_id"],
            kind=_KINDS[task["status"]],
            to=f"{task['assignee_kind']}:{task['assignee_id']}",
            subject_id=task["case_id"],
            facts=facts,
            key=f"{task['task_id']}:{task['status']}",
        )
