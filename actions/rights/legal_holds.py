"""Places and releases legal holds: what they name is not deleted, whatever its period says (R18).

A hold keeps from the moment it is asked for: nothing is gone before the second person looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.access import NotAllowed, NotThere
from actions.approvals import Approvals, Row, Wish
from actions.auditing import line_for
from actions.files.keys import writing
from data.store import Store
from data.transaction import Transaction
from rules.approvals import one_of, reason_text
from rules.privacy import may
from rules.retention import HOLD_BASES, HOLD_SUBJECTS, HOLDING, check_hold
from rules.rights import RequestSettled
from rules.viewer import Viewer

# What the state of an approval makes of the hold it was asked with.
STATE_OF = {
    "confirmed": "held",
    "refused": "refused",
    "withdrawn": "refused",
    "expired": "refused",
}


@dataclass(frozen=True, slots=True)
class HoldWish:
    """What is to be kept, and why.

    Attributes:
        subject_kind: A word of rules/retention.HOLD_SUBJECTS.
        subject_id: Its id.
        basis: A code of rules/retention.HOLD_BASES.
        reason: Reason in the officer's words.
        expires_at: Until when, at most a year ahead, aware UTC.
    """

    subject_kind: str
    subject_id: str
    basis: str
    reason: str
    expires_at: datetime


def ask_hold(approvals: Approvals, viewer: Viewer, community_id: str, hold: HoldWish) -> str:
    """Ask to keep something from deletion; it is kept from now on. Returns the approval's id.

    Raises:
        NotThere: There is no such thing in this community.
        HoldInvalid, CodeUnknown, ReasonNeeded, NotAllowed: As it says.
    """
    one_of(hold.subject_kind, HOLD_SUBJECTS, "hold_subject")
    one_of(hold.basis, HOLD_BASES, "hold_basis")
    at = approvals.now()
    check_hold(hold.expires_at, at)
    about = {"subject_kind": hold.subject_kind, "subject_id": hold.subject_id}
    found = approvals.store.rows("legal_hold/subject", **about)
    if not found or found[0]["community_id"] != community_id:
        raise NotThere()
    detail: dict[str, object] = {"basis": hold.basis, "until": hold.expires_at.date().isoformat()}
    wish = Wish(
        "legal_hold", community_id, **about, purpose="legal_duty", reason=hold.reason, detail=detail
    )

    def also(tx: Transaction, approval_id: str) -> None:
        row = {
            **about,
            "hold_id": tx.ids(1)[0],
            "community_id": community_id,
            "basis": hold.basis,
            "state": "asked",
            "asked_by": viewer.actor,
            "approval_id": approval_id,
            "expires_at": hold.expires_at,
        }
        _append(tx, row, "asked", viewer.actor, at)

    with writing(approvals.store):  # whoever erases holds it from choosing to committing
        return approvals.ask(viewer, wish, also)


def settled(tx: Transaction, approval: Row) -> None:
    """Place or end the hold an approval was asked for, in the unit that decides."""
    rows = tx.rows("legal_hold/one", hold_id=None, approval_id=approval["approval_id"])
    state = STATE_OF.get(approval["state"])
    if not rows or state is None or rows[0]["state"] != "asked":
        return
    changes: Row = {"state": state}
    if state == "held":
        changes["approved_by"] = approval["decided_by"]
    else:
        changes["ended_at"] = approval["at"]
    kind = "placed" if state == "held" else "refused"
    _append(tx, {**rows[0], **changes}, kind, approval["actor"], approval["at"])


def release(approvals: Approvals, viewer: Viewer, hold_id: str, reason: str) -> None:
    """End a hold before its day.

    Raises:
        NotThere, NotAllowed: The hold or the deed is not the viewer's.
        RequestSettled: It does not hold any more, or waits for its approval.
        ReasonNeeded: The reason is missing.
    """
    rows = approvals.store.rows("legal_hold/one", hold_id=hold_id, approval_id=None)
    if not rows or rows[0]["community_id"] not in viewer.community_ids:
        raise NotThere()
    if not (may(viewer.role, "rights.handle") or may(viewer.role, "rights.approve")):
        raise NotAllowed(role=viewer.role, action="rights.handle")
    words = reason_text(reason)
    at = approvals.now()

    def unit(tx: Transaction) -> None:
        row = tx.rows("legal_hold/one", hold_id=hold_id, approval_id=None)[0]
        if row["state"] != "held":
            raise RequestSettled(state=row["state"], step="release")
        _append(tx, {**row, "state": "released", "ended_at": at}, "released", viewer.actor, at)
        line = line_for(
            viewer,
            "legal_hold.release",
            row["community_id"],
            subject_kind=row["subject_kind"],
            subject_id=row["subject_id"],
            reason=words,
            detail=hold_id,
        )
        approvals.audit.note(tx, line)

    approvals.store.write(unit).result()


def is_held(store: Store | Transaction, subject_id: str, now: datetime) -> bool:
    """Tell whether a hold keeps one thing."""
    return bool(store.rows("legal_hold/holding", subject_ids=[subject_id], now=now))


def holds_of(store: Store, community_id: str, now: datetime) -> list[dict[str, Any]]:
    """Return the holds of a community, those that hold first."""
    rows = store.rows("legal_hold/listing", community_id=community_id, now=now)
    return [{**row, "holds": row["state"] in HOLDING and row["expires_at"] > now} for row in rows]


def _append(tx: Transaction, row: Row, event_kind: str, actor: str, at: datetime) -> None:
    tx.append("legal_hold", [{**row, "event_kind": event_kind, "actor": actor, "happened_at": at}])
