"""Sends responders to a case with one confirmation: moves, tasks and messages in one unit of work.

The same key is sent once: whoever asks again, e.g. after the network failed, gets the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from actions.access import allow
from actions.cases.access import actor_of, reached_case
from actions.cases.limits import limits_of
from actions.cases.moves import Unit, carry_out, load_case
from actions.dispatching.recommending import Advice, advice_for
from data.store import Store
from data.transaction import Transaction
from rules.case_facts import Move
from rules.case_transitions import MOVES
from rules.cases import CaseChanged, TransitionNotAllowed
from rules.errors import RuleViolation
from rules.viewer import Viewer

Row = dict[str, Any]

LONGEST_KEY = 100
# From a report to people on their way is one confirmation; each step is an event of its own.
STEPS = {
    "reported": ("accept", "file", "dispatch"),
    "accepted": ("file", "dispatch"),
    "filed": ("dispatch",),
    "returned": ("dispatch",),
    "reopened": ("dispatch",),
    "rework": ("reinforce",),
    "dispatched": ("reinforce",),
    "handling": ("reinforce",),
}


class DispatchKeyTaken(RuleViolation):
    """The key was used for something else already; make a new one for every confirmation."""

    code = "dispatch_key_taken"


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody confirmed.

    Attributes:
        case_id: The case.
        assignee_ids: Whom to send; empty sends whom the program recommends.
        seen_version: Event of the case that was on screen.
        key: The sender's own name for this confirmation, at most LONGEST_KEY signs.
    """

    case_id: str
    assignee_ids: tuple[str, ...]
    seen_version: str | None
    key: str


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What a confirmation led to.

    Attributes:
        case: Every column of case_now after it; `event_id` is the new version.
        tasks: The tasks of everybody it sent.
        repeated: True where the key had been sent before and nothing was written now.
    """

    case: Row
    tasks: tuple[Row, ...]
    repeated: bool = False


def dispatch(store: Store, asking: Viewer, order: Order, now: datetime) -> Dispatched:
    """Send responders to a case; on disk, messages queued, when this returns.

    Args:
        asking: Who confirms; the current viewer.
        now: Aware present moment, for which the reasons hold.

    Raises:
        NotThere, NotAllowed: The case is not the viewer's, or the role may not.
        CaseChanged: Somebody else was first; show the present state.
        DispatchKeyTaken: The key was used for another case or by somebody else.
        AssigneeUnknown, MoveIncomplete: Somebody named is not in use here, or nobody is named.
        TransitionNotAllowed: Nobody is sent to a case in this state.
    """
    here = reached_case(store, asking, order.case_id)
    community_id = here["community_id"]
    allow(MOVES["dispatch"].grant, community_id)
    advice = advice_for(store, order.case_id, now)
    chosen = order.assignee_ids or tuple(advice.sent_by_default())
    first = Unit(
        community_id,
        order.case_id,
        Move("dispatch", assignees=tuple(dict.fromkeys(chosen))),
        actor_of(store, asking),
        limits_of(store).calendar(community_id),
        reasons=advice.reasons(),
    )
    return store.write(lambda tx: _send(tx, first, order, advice)).result()


def may_send(status: str) -> bool:
    """Tell whether people can be sent to a case in a state."""
    return status in STEPS


def _send(tx: Transaction, first: Unit, order: Order, advice: Advice) -> Dispatched:
    used = tx.rows("dispatch/by_key", community_id=first.community_id, request_key=order.key)
    if used:
        return _repeated(tx, used[0], first)
    case = load_case(tx, first.community_id, order.case_id)
    if order.seen_version not in (None, case["event_id"]):
        raise CaseChanged(status=case["status"])
    if case["status"] not in STEPS:
        raise TransitionNotAllowed(status=case["status"], action="dispatch")
    for action in STEPS[case["status"]]:
        given = first.move.assignees if action in ("dispatch", "reinforce") else ()
        moved = carry_out(tx, replace(first, move=Move(action, assignees=given)))
    _note(tx, first, order, advice, moved.case)
    return Dispatched(moved.case, moved.tasks)


def _repeated(tx: Transaction, used: Row, first: Unit) -> Dispatched:
    if used["case_id"] != first.case_id or used["actor"] != first.actor.actor:
        raise DispatchKeyTaken()
    case = load_case(tx, first.community_id, first.case_id)
    tasks: Sequence[Row] = tx.rows("task/of_case", case_id=first.case_id)
    sent = [task for task in tasks if task["assignee_id"] in used["assignee_ids"]]
    return Dispatched(case, tuple(sent), repeated=True)


def _note(tx: Transaction, first: Unit, order: Order, advice: Advice, case: Row) -> None:
    gaps = advice.recommendation.gaps
    row = {
        "event_kind": "sent",
        "happened_at": tx.now,
        "actor": first.actor.actor,
        "dispatch_id": tx.ids(1)[0],
        "community_id": first.community_id,
        "case_id": first.case_id,
        "case_event_id": case["event_id"],
        "request_key": order.key,
        "assignee_ids": list(first.move.assignees),
        "recommended_ids": advice.sent_by_default(),
        "gaps": [f"{gap.kind or 'case'}:{gap.code}" for gap in gaps],
    }
    tx.append("dispatch", [row])
