"""Decides approvals: the second person's word, what follows from it, and what time does (ADR 0018).

What follows is written in the unit that decides. Deeds outside the store, such as destroying a
key, come after it, can be done twice, and are done by the clock where a crash came between.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from actions.access import NotAllowed, NotThere
from actions.approvals import BY_TIME, SYSTEM, Approvals, Row, append_approval, approval_line
from actions.cameras import stills
from actions.files import bulk_export
from actions.gates import policy as gate_policy
from actions.rights import answers as rights_answers
from actions.rights import legal_holds, retention
from data.store import Store
from data.transaction import Transaction
from rules.approvals import (
    REFUSALS,
    ApprovalSettled,
    Step,
    kind_of,
    lapsed,
    may_decide,
    one_of,
    second_person,
    step,
)
from rules.errors import RuleViolation
from rules.viewer import Viewer

log = logging.getLogger(__name__)

AUDITED: dict[Step, str] = {
    "confirm": "approval.confirm",
    "refuse": "approval.refuse",
    "withdraw": "approval.withdraw",
    "lapse": "approval.lapse",
}


@dataclass(frozen=True, slots=True)
class Follow:
    """What follows from a decision on one kind.

    Attributes:
        settled: Writes what belongs to the new state, in the unit that decides; gets the state
            after the step.
        carry_out: Does what was confirmed, after the commit; may be called again, and returns
            False while it is still at it.
    """

    settled: Callable[[Transaction, Row], None] | None = None
    carry_out: Callable[[Approvals, Row], bool] | None = None


# Kinds that are not in here are carried out by whoever asked: the state is their permission.
FOLLOWS: Mapping[str, Follow] = {
    "export": Follow(bulk_export.settled),
    "legal_hold": Follow(legal_holds.settled),
    "subject_copy": Follow(rights_answers.settled),
    "erasure": Follow(rights_answers.settled, rights_answers.carry_out_erasure),
    "camera_retrieval": Follow(stills.settled),
    "gate_policy": Follow(gate_policy.settled),
    "register_deletion": Follow(None, retention.carry_out),
}


def decide(
    approvals: Approvals, viewer: Viewer, approval_id: str, confirm: bool, refusal: str = ""
) -> Row:
    """Take the second person's word; returns the approval after it.

    Args:
        approvals: The approvals of the open store.
        viewer: The second person, a signed-in account.
        approval_id: What about.
        confirm: True to allow, False to refuse.
        refusal: Why not, a code of rules/approvals.REFUSALS.

    Raises:
        NotThere, NotAllowed: The approval or the kind is not the viewer's.
        SecondPersonNeeded: The viewer asked for it.
        ApprovalSettled: It is decided or has lapsed.
        CodeUnknown: A refusal without its reason.
    """
    row = approvals.find(viewer, approval_id)
    wanted: Step = "confirm" if confirm else "refuse"
    try:
        _check_decider(approvals.store, viewer, row)
        code = None if confirm else one_of(refusal, REFUSALS, "approval_refusal")
        after = _settle(approvals, viewer, viewer.actor, approval_id, wanted, code)
    except RuleViolation as violation:
        line = approval_line(viewer, AUDITED[wanted], row, result="refused", detail=violation.code)
        approvals.audit.refused(line)
        raise
    carry_out(approvals, after)
    return after


def withdraw(approvals: Approvals, viewer: Viewer, approval_id: str) -> Row:
    """Take back what the viewer asked for.

    Raises:
        NotThere: It is not the viewer's own.
        ApprovalSettled: It is decided, or has begun already.
    """
    row = approvals.find(viewer, approval_id)
    if row["asked_by"] != viewer.actor:
        raise NotThere()
    return _settle(approvals, viewer, viewer.actor, approval_id, "withdraw")


def let_time_pass(approvals: Approvals) -> list[Row]:
    """Escalate or end what nobody decided in time; returns those approvals."""
    settled = []
    for row in approvals.store.rows("approval/lapsing", now=approvals.now()):
        try:
            after = _settle(approvals, SYSTEM, BY_TIME, row["approval_id"], "lapse")
        except ApprovalSettled:  # decided in this very moment
            continue
        log.warning("approval %s (%s) is %s", row["approval_id"], row["kind"], after["state"])
        settled.append(after)
    return settled


def carry_out_confirmed(approvals: Approvals) -> int:
    """Do what was confirmed and is not done yet, as after a crash; returns how many were."""
    kinds = [kind for kind, follow in FOLLOWS.items() if follow.carry_out is not None]
    rows = approvals.store.rows("approval/to_carry_out", kinds=kinds)
    return sum(carry_out(approvals, row) for row in rows)


def carry_out(approvals: Approvals, row: Row) -> bool:
    """Do what one approval allows, where it is the program that does it; True once it is done."""
    follow = FOLLOWS.get(row["kind"], Follow())
    if row["state"] != "confirmed" or follow.carry_out is None:
        return False
    try:
        if not follow.carry_out(approvals, row):
            return False
    except Exception:  # the decision stands; the clock tries again until the deed is done
        log.exception("approval %s (%s) could not be carried out", row["approval_id"], row["kind"])
        return False
    at = approvals.now()

    def unit(tx: Transaction) -> None:
        now = tx.rows("approval/one", approval_id=row["approval_id"])[0]
        if now["carried_out_at"] is None:
            append_approval(tx, now, "carried_out", BY_TIME, at, carried_out_at=at)

    approvals.store.write(unit).result()
    return True


def _check_decider(store: Store, viewer: Viewer, row: Row) -> None:
    if viewer.kind != "account" or not may_decide(viewer.role, row["kind"]):
        raise NotAllowed(role=viewer.role, action=kind_of(row["kind"]).decides)
    second_person(
        row["asked_by"],
        viewer.actor,
        _worker_of(store, row["asked_by"]),
        _worker_of(store, viewer.actor),
    )


def _worker_of(store: Store, actor: str) -> str | None:
    """Return the worker who uses an account: one person may have two accounts."""
    kind, _, account_id = actor.partition(":")
    rows = store.rows("account/one", account_id=account_id) if kind == "account" else []
    return rows[0]["worker_id"] if rows else None


def _settle(
    approvals: Approvals,
    viewer: Viewer,
    actor: str,
    approval_id: str,
    wanted: Step,
    refusal: str | None = None,
) -> Row:
    at = approvals.now()

    def unit(tx: Transaction) -> Row:
        row = tx.rows("approval/one", approval_id=approval_id)[0]
        if wanted != "lapse" and lapsed(row["mode"], row["state"], row["due_at"], at):
            raise ApprovalSettled(state="expired", step=wanted)
        state = step(row["mode"], row["state"], wanted)
        changes: Row = {"state": state, "refusal": refusal}
        if wanted == "lapse":
            changes["escalated_at"] = at if state == "escalated" else None
        else:
            changes |= {"decided_by": actor, "decided_role": viewer.role, "decided_at": at}
        after = append_approval(tx, row, state, actor, at, **changes)
        follow = FOLLOWS.get(row["kind"], Follow())
        if follow.settled is not None:
            follow.settled(tx, {**after, "at": at, "actor": actor})
        detail = f"{row['kind']} {approval_id} {state}"
        line = approval_line(viewer, AUDITED[wanted], after, detail=detail)
        approvals.audit.note(tx, replace(line, actor=actor))
        return after

    return approvals.store.write(unit).result()
