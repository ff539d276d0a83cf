"""Decides which cases a viewer reaches, and as whom the viewer acts on one.

A grid worker reaches the own grid and what was handed over; a property worker only what was handed
over, to the worker or to the worker's organisation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.access import NotThere, reach
from actions.cases.state import known_facts
from data.store import Store
from rules.case_facts import Actor
from rules.case_transitions import MOVES
from rules.cases import possible_moves
from rules.privacy import may, scope_of
from rules.viewer import Viewer

Row = dict[str, Any]

_AT_WORK = ("sent", "accepted", "started")
_AT_WORK_OR_DONE = (*_AT_WORK, "finished")


def reached_case(store: Store, asking: Viewer, case_id: str) -> Row:
    """Return where a case belongs, for a viewer who may see it.

    Returns:
        case_id, community_id, area_id, event_id (its version) and status.

    Raises:
        NotThere: There is none, or it lies in another community, grid or hand.
    """
    rows = store.rows("case/place_in_reach", case_id=case_id)
    if not rows or not is_reached(store, asking, rows[0]):
        raise NotThere()
    return rows[0]


def is_reached(store: Store, asking: Viewer, case: Row) -> bool:
    """Tell whether a viewer may see a case.

    Args:
        case: Has case_id, community_id and area_id.
    """
    if case["community_id"] not in asking.community_ids or not may(asking.role, "case.read"):
        return False
    if scope_of(asking.role, "case.read") == "own_source":
        return False  # sources tell of their cases and read them back; they work on none
    areas = reach(store, asking, "case.read", case["community_id"])
    if areas is None or case["area_id"] in areas:
        return True
    actor = actor_of(store, asking)
    if actor.worker_id is None:
        return False
    hands = {"worker_id": actor.worker_id, "organisation_id": actor.organisation_id}
    return bool(store.rows("task/of_worker", case_id=case["case_id"], **hands))


def actor_of(store: Store, asking: Viewer) -> Actor:
    """Return who acts: the account, the worker who uses it and that worker's organisation."""
    rows = store.rows("account/hands", account_id=asking.id) if asking.kind == "account" else []
    hands = rows[0] if rows else {"worker_id": None, "organisation_id": None}
    return Actor(asking.actor, asking.role, **hands)


def acting(actor: Actor, tasks: Sequence[Row], action: str) -> Actor:
    """Return the actor with whether the case is handed to the worker or organisation behind it.

    Who has finished it is no longer at work on it, but must not verify the own work either.

    Args:
        tasks: Everybody sent to the case.
        action: The move that is wanted.
    """
    counted = _AT_WORK_OR_DONE if action == "verify_fix" else _AT_WORK
    assigned = any(
        task["status"] in counted and actor.does(task["assignee_kind"], task["assignee_id"])
        for task in tasks
    )
    return replace(actor, assigned=assigned)


def moves_open_to(store: Store, asking: Viewer, case: Row, tasks: Sequence[Row]) -> tuple[str, ...]:
    """Return the moves a viewer can make on a case now, in the order of the table.

    Args:
        case: Every column of case_now.
        tasks: Everybody sent to it (assignee_kind, assignee_id, status).
    """
    actor = actor_of(store, asking)
    facts = known_facts(case)
    at_work = possible_moves(facts, acting(actor, tasks, "start"))
    looking = possible_moves(facts, acting(actor, tasks, "verify_fix"))
    found = {*(action for action in at_work if action != "verify_fix")}
    return tuple(a for a in MOVES if a in found or (a == "verify_fix" and a in looking))
