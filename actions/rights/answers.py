"""Answers requests of the people on record: second person, refusal, hand-over, erasure (R17)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions.access import NotThere
from actions.approvals import BY_TIME, Approvals, Row, Wish, append_approval
from actions.files.keys import writing
from actions.files.sealed_notes import keep_note, seal_note
from actions.rights.erasing import erase_subjects
from actions.rights.legal_holds import is_held
from actions.rights.requests import RightsDesk, append_request, request_line
from data.audit import AuditLine
from data.transaction import Transaction
from rules.approvals import one_of, reason_text
from rules.retention import OnLegalHold
from rules.rights import (
    APPROVALS,
    REFUSALS,
    ApprovalNeeded,
    RequestSettled,
    RequestStep,
    step,
)

# What the second person's word, or time, makes of the request that waits for it.
_STEP_OF: dict[str, RequestStep] = {
    "confirmed": "grant",
    "refused": "refuse",
    "withdrawn": "lapse",
    "expired": "lapse",
}
_EVENT_OF = {"grant": "granted", "refuse": "refused", "lapse": "received"}
# The second person's refusal in the words of the answer to the person on record.
_REFUSAL_OF = {
    "identity_unproven": "identity_unproven",
    "wrong_person": "not_the_subject",
    "must_be_kept": "must_be_kept_by_law",
}


def ask_second_person(desk: RightsDesk, request_id: str, reason: str) -> str:
    """Pass a request to the second person; returns the approval's id.

    Raises:
        RequestSettled: It is not open, or needs no second person.
        OnLegalHold: What should be deleted must be kept for now; refuse with legal_hold.
    """
    row = desk.request(request_id)
    kind, person_id = APPROVALS.get(row["kind"]), row["person_id"]
    if kind is None or person_id is None:
        raise RequestSettled(state=row["state"], step="ask")
    step(row["state"], "ask")
    at = desk.approvals.now()
    if kind == "erasure" and is_held(desk.approvals.store, person_id, at):
        raise OnLegalHold(subject=person_id)
    detail = {
        "request": request_id,
        "request_kind": row["kind"],
        "requester": row["requester"],
        "identity_check": row["identity_check"],
    }
    wish = Wish(kind, desk.community_id, "person", person_id, "rights_request", reason, detail)

    def also(tx: Transaction, approval_id: str) -> None:
        now = _one(tx, request_id=request_id)
        state = step(now["state"], "ask")
        append_request(
            tx, now, "asked", desk.viewer.actor, at, state=state, approval_id=approval_id
        )

    return desk.approvals.ask(desk.viewer, wish, also)


def settled(tx: Transaction, approval: Row) -> None:
    """Move the request an approval was asked for, in the unit that decides.

    Raises:
        OnLegalHold: A hold came in between; an erasure cannot be confirmed.
        RequestSettled: The request does not wait any more; it cannot be confirmed.
    """
    rows = tx.rows("rights_request/one", request_id=None, approval_id=approval["approval_id"])
    taken = _STEP_OF.get(approval["state"])
    if not rows or taken is None or rows[0]["state"] != "waiting":
        if taken == "grant":  # nothing may be handed out or destroyed without its request
            raise RequestSettled(state=rows[0]["state"] if rows else "", step="grant")
        return
    at, actor, row = approval["at"], approval["actor"], rows[0]
    if taken == "grant" and approval["kind"] == "erasure" and is_held(tx, row["person_id"], at):
        raise OnLegalHold(subject=row["person_id"])
    changes: Row = {"state": step(row["state"], taken)}
    if taken == "refuse":
        code = _REFUSAL_OF.get(approval["refusal"], "law_forbids")
        changes |= {"refusal": code, "closed_at": at}
    if taken == "lapse":
        changes["approval_id"] = None
    else:
        changes |= {"decided_by": actor, "decided_at": at}
    append_request(tx, row, _EVENT_OF[taken], actor, at, **changes)


def carry_out_erasure(approvals: Approvals, approval: Row) -> bool:
    """Forget the person an erasure was confirmed for, and close the request.

    Returns:
        False while a legal hold placed meanwhile keeps the file.
    """
    person_id, at = approval["subject_id"], approvals.now()
    with writing(approvals.store):
        asked = approvals.store.rows(
            "rights_request/one", request_id=None, approval_id=approval["approval_id"]
        )
        if is_held(approvals.store, person_id, at) or not asked:
            return False

        def also(tx: Transaction) -> None:
            rows = tx.rows(
                "rights_request/one", request_id=None, approval_id=approval["approval_id"]
            )
            for row in rows:
                if row["state"] == "granted":
                    append_request(
                        tx, row, "done", BY_TIME, at, state=step("granted", "do"), closed_at=at
                    )
            now = tx.rows("approval/one", approval_id=approval["approval_id"])[0]
            if now["carried_out_at"] is None:
                append_approval(tx, now, "carried_out", BY_TIME, at, carried_out_at=at)
                approvals.audit.note(tx, _erased(approval))

        erase_subjects(
            approvals.store,
            approvals.keyring,
            "person",
            approval["community_id"],
            [person_id],
            approval["decided_by"] or BY_TIME,
            also,
        )
    return True


def refuse(desk: RightsDesk, request_id: str, code: str, reason: str) -> None:
    """Refuse a request, with the reason the person is told (PIPL art. 50).

    Raises:
        CodeUnknown, ReasonNeeded: A refusal without its reason.
        RequestSettled: It is not open.
    """
    one_of(code, REFUSALS, "request_refusal")
    words = reason_text(reason)
    row = desk.request(request_id)
    note = seal_note(
        desk.approvals.keyring,
        "rights_request",
        request_id,
        "answer",
        desk.community_id,
        row["person_id"],
        words,
    )

    def more(tx: Transaction) -> None:
        keep_note(tx, note, desk.approvals.now())

    close(desk, request_id, "refuse", "refused", more, refusal=code, reason=words)


def take_back(desk: RightsDesk, request_id: str) -> None:
    """Close a request that its requester has taken back.

    Raises:
        RequestSettled: It is not open.
    """
    close(desk, request_id, "withdraw", "withdrawn")


def hand_over(desk: RightsDesk, request_id: str) -> None:
    """Close a request as answered: the copy was handed over, or nothing is kept.

    Raises:
        ApprovalNeeded: The second person has not said yes.
        RequestSettled: It is closed already, or has a deed of its own.
    """
    row = desk.request(request_id)
    if row["person_id"] is not None:
        if row["kind"] in APPROVALS and row["state"] != "granted":
            raise ApprovalNeeded(kind=row["kind"])
        if row["kind"] not in ("view", "copy", "accesses"):
            raise RequestSettled(state=row["state"], step="do")
    close(desk, request_id, "do", "done")


def close(
    desk: RightsDesk,
    request_id: str,
    taken: RequestStep,
    event_kind: str,
    more: Callable[[Transaction], None] | None = None,
    *,
    reason: str | None = None,
    **changes: Any,
) -> None:
    """Close a request in one unit with what belongs to it and its line in the audit.

    Raises:
        RequestSettled: It is not in a state for this.
    """
    at, actor = desk.approvals.now(), desk.viewer.actor

    def unit(tx: Transaction) -> None:
        row = _one(tx, request_id=request_id)
        if taken != "do" and row["state"] != "open":  # while it waits, the second person decides
            raise RequestSettled(state=row["state"], step=taken)
        state = step(row["state"], taken)
        after = append_request(
            tx,
            row,
            event_kind,
            actor,
            at,
            **{"decided_by": actor, "decided_at": at, **changes, "state": state, "closed_at": at},
        )
        if more is not None:
            more(tx)
        line = request_line(desk.viewer, f"rights.{event_kind}", after, reason=reason)
        desk.approvals.audit.note(tx, line)

    desk.approvals.store.write(unit).result()


def _one(tx: Transaction, request_id: str) -> Row:
    rows = tx.rows("rights_request/one", request_id=request_id, approval_id=None)
    if not rows:
        raise NotThere()
    return rows[0]


def _erased(approval: Row) -> AuditLine:
    return AuditLine(
        "person.erase",
        "done",
        approval["decided_by"] or BY_TIME,
        approval["decided_role"] or "",
        approval["community_id"],
        subject_kind="person",
        subject_id=approval["subject_id"],
        purpose="rights_request",
        detail=approval["approval_id"],
    )
