"""Lets whoever was sent to a case accept, start, give back and finish the own task.

`accept_task(store, asking, task_id, *, at=None) -> TaskMoved`,
`start_task(store, asking, task_id, *, at=None) -> TaskMoved`,
`return_task(store, asking, task_id, text, *, at=None) -> TaskMoved`,
`finish_task(store, asking, task_id, text, *, at=None) -> TaskMoved`;
`tasks_of(store, asking, statuses=OPEN) -> rows` lists them. The same wish twice changes nothing, so
a phone that was offline may send it again. A task of an organisation is its members' to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from actions.access import NotThere, allow
from actions.cases.access import actor_of
from actions.cases.limits import limits_of
from actions.cases.moves import Unit, append_case, carry_out, load_case
from actions.cases.tasks import OPEN, ended, stepped
from data.store import Store
from data.transaction import Transaction
from rules.case_facts import Actor, Move
from rules.case_transitions import next_status
from rules.cases import TransitionNotAllowed, case_text
from rules.errors import RuleViolation
from rules.viewer import Viewer

Row = dict[str, Any]


class TaskEnded(RuleViolation):
    """The task was called off or ended otherwise meanwhile; show its present `status`."""

    code = "task_ended"


@dataclass(frozen=True, slots=True)
class TaskMoved:
    """What became of a task.

    Attributes:
        task: Every column of task_now but event_id and recorded_at, after it.
        case: Every column of case_now after it; `event_id` is its version.
        repeated: True where it stood so already and nothing was written.
    """

    task: Row
    case: Row
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class _Wish:
    """One task with everything needed to move it, read inside the unit of work."""

    tx: Transaction
    task: Row
    case: Row
    actor: Actor
    unit: Unit
    at: datetime

    def others(self) -> list[Row]:
        """Tasks of the case that are open and not this one."""
        rows = self.tx.rows("task/of_case", case_id=self.case["case_id"])
        own = self.task["task_id"]
        return [row for row in rows if row["status"] in OPEN and row["task_id"] != own]


def tasks_of(store: Store, asking: Viewer, statuses: tuple[str, ...] = OPEN) -> list[Row]:
    """Return the tasks of the viewer's worker and organisation, next due first.

    Returns:
        Rows of data/sql/task/of_hands.sql: task, case, place and clocks, no text as reported;
        none for an account without a worker.
    """
    actor = actor_of(store, asking)
    if actor.worker_id is None:
        return []
    return store.rows(
        "task/of_hands",
        community_ids=sorted(asking.community_ids),
        worker_id=actor.worker_id,
        organisation_id=actor.organisation_id,
        statuses=list(statuses),
    )


def accept_task(
    store: Store, asking: Viewer, task_id: str, *, at: datetime | None = None
) -> TaskMoved:
    """Say that the own task was seen and will be done; the case's history tells so.

    Args:
        at: When, aware UTC; held between the sending and the writing. Now where left out.

    Raises:
        NotThere: There is no such task of the viewer's or the viewer's organisation.
        NotAllowed: The role may not write cases.
        TaskEnded: It was called off or ended meanwhile.
    """
    return _change(store, asking, task_id, at, _accept, ("accepted", "started"))


def start_task(
    store: Store, asking: Viewer, task_id: str, *, at: datetime | None = None
) -> TaskMoved:
    """Begin the own task; the case is being handled from then on.

    Raises:
        NotThere, NotAllowed, TaskEnded: As `accept_task`.
        TransitionNotAllowed: The case stands still, e.g. it is suspended.
    """
    return _change(store, asking, task_id, at, _start, ("started",))


def return_task(
    store: Store, asking: Viewer, task_id: str, text: str, *, at: datetime | None = None
) -> TaskMoved:
    """Give the own task back; where nobody else is at work the whole case goes back to the desk.

    Args:
        text: Why; mandatory, 2 to 2,000 characters.

    Raises:
        NotThere, NotAllowed, TaskEnded, TransitionNotAllowed: As `start_task`.
        CaseTextNeeded: The text is missing, too short or too long.
    """
    return _change(store, asking, task_id, at, lambda wish: _give_back(wish, text), ("returned",))


def finish_task(
    store: Store, asking: Viewer, task_id: str, text: str, *, at: datetime | None = None
) -> TaskMoved:
    """Report the own task done; the first such report brings the case to feedback.

    Args:
        text: What was done; mandatory, 2 to 2,000 characters.

    Raises:
        NotThere, NotAllowed, TaskEnded, TransitionNotAllowed, CaseTextNeeded: As `return_task`.
    """
    return _change(store, asking, task_id, at, lambda wish: _finish(wish, text), ("finished",))


def _change(
    store: Store,
    asking: Viewer,
    task_id: str,
    at: datetime | None,
    work: Callable[[_Wish], None],
    reached: tuple[str, ...],
) -> TaskMoved:
    """Do `work` on a task in one unit; nothing where its status is one of `reached` already."""
    actor = actor_of(store, asking)
    found = store.rows("task/one", task_id=task_id)
    if not found or not actor.does(found[0]["assignee_kind"], found[0]["assignee_id"]):
        raise NotThere(task=task_id)
    community_id = found[0]["community_id"]
    allow("case.write", community_id)
    calendar = limits_of(store).calendar(community_id)

    def unit(tx: Transaction) -> TaskMoved:
        task = tx.rows("task/one", task_id=task_id)[0]
        case = load_case(tx, community_id, task["case_id"])
        if task["status"] in reached:
            return TaskMoved(task, case, repeated=True)
        if task["status"] not in OPEN:
            raise TaskEnded(status=task["status"])
        moment = max(task["sent_at"], min(at or tx.now, tx.now))
        move = Unit(community_id, case["case_id"], Move("start"), actor, calendar, moment)
        work(_Wish(tx, task, case, actor, move, moment))
        after = load_case(tx, community_id, case["case_id"])
        return TaskMoved(tx.rows("task/one", task_id=task_id)[0], after)

    return store.write(unit).result()


def _accept(wish: _Wish) -> None:
    wish.tx.append("task", [stepped(wish.task, "accepted", wish.actor, wish.at)])
    _tell_case(wish, "task_accepted", None)


def _start(wish: _Wish) -> None:
    if wish.case["status"] in ("handling", "rework"):
        wish.tx.append("task", [stepped(wish.task, "started", wish.actor, wish.at)])
        _tell_case(wish, "task_started", None)
    else:
        carry_out(wish.tx, wish.unit)


def _give_back(wish: _Wish, text: str) -> None:
    if not wish.others():
        carry_out(wish.tx, replace(wish.unit, move=Move("return", text=text)))
        return
    kept = case_text(text, required=True)
    wish.tx.append("task", [ended(wish.task, "returned", wish.actor, wish.at)])
    _tell_case(wish, "task_returned", kept)


def _finish(wish: _Wish, text: str) -> None:
    status = wish.case["status"]
    if status in ("feedback", "verifying"):  # somebody else's report brought it here already
        kept = case_text(text, required=True)
        wish.tx.append("task", [ended(wish.task, "finished", wish.actor, wish.at)])
        _tell_case(wish, "task_finished", kept)
        return
    done = replace(wish.unit, move=Move("feed_back", text=text))
    if next_status(status, "feed_back") is None:
        if next_status(status, "start") is None:
            raise TransitionNotAllowed(status=status, action="feed_back")
        carry_out(wish.tx, wish.unit)
    carry_out(wish.tx, done)


def _tell_case(wish: _Wish, event_kind: str, text: str | None) -> None:
    """Write into the case's history what leaves its state as it is."""
    event = {
        **wish.case,
        "event_kind": event_kind,
        "action": None,
        "happened_at": wish.at,
        "actor": wish.actor.actor,
    }
    append_case(wish.tx, [event], text)
