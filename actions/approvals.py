"""Asks for the second person, takes an asking back, and does what time does to it (ADR 0018).

Deciding is in actions/deciding.py, which knows what follows from each kind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from actions.access import NotAllowed, NotThere
from actions.auditing import line_for
from actions.files.sealed_notes import keep_note, notes_of, seal_note
from data.audit import AuditChain, AuditLine
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.approvals import (
    PURPOSES,
    UNDECIDED,
    decidable_kinds,
    kind_of,
    may_ask,
    one_of,
    reason_text,
)
from rules.errors import RuleViolation
from rules.viewer import Viewer

Row = dict[str, Any]
SYSTEM = Viewer("cli", "system", "system", frozenset())
BY_TIME = "system"
MOST_LISTED = 200


class ApprovalUnderWay(RuleViolation):
    """The same was asked for already and waits for the second person."""

    code = "approval_under_way"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks a second person for.

    Attributes:
        kind: A key of rules/approvals.KINDS.
        subject_kind: Kind of the thing it is about, e.g. person.
        subject_id: Its opaque id.
        purpose: A code of rules/approvals.PURPOSES.
        reason: Reason in the officer's words.
        detail: Facts for the second person: codes and counts, never a value about a person.
    """

    kind: str
    community_id: str
    subject_kind: str
    subject_id: str
    purpose: str
    reason: str
    detail: Mapping[str, object] = field(default_factory=dict)


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class Approvals:
    """The second approvals of one store.

    Args:
        now: Clock, replaceable in tests.
    """

    def __init__(
        self,
        store: Store,
        keyring: Keyring,
        audit: AuditChain,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.store = store
        self.keyring = keyring
        self.audit = audit
        self.now = now

    def ask(
        self,
        viewer: Viewer,
        wish: Wish,
        also: Callable[[Transaction, str], None] | None = None,
    ) -> str:
        """Write down that somebody asks; returns the approval's id.

        Args:
            viewer: Who asks; a signed-in account, or the machine's own command line.
            wish: For what.
            also: Writes what belongs to the asking in the same unit; gets the approval's id.

        Raises:
            NotThere, NotAllowed: The community or the kind is not the viewer's.
            ApprovalUnderWay: The same waits already.
            RuleViolation: Purpose or reason are not as they must be.
        """
        try:
            return self._ask(viewer, wish, also)
        except RuleViolation as refusal:
            self.audit.refused(_asking(viewer, wish, result="refused", detail=refusal.code))
            raise

    def find(self, viewer: Viewer, approval_id: str) -> Row:
        """Return an approval of a community of the viewer.

        Raises:
            NotThere: There is none.
        """
        rows = self.store.rows("approval/one", approval_id=approval_id)
        if not rows or rows[0]["community_id"] not in viewer.community_ids:
            raise NotThere()
        return rows[0]

    def listing(
        self, viewer: Viewer, community_id: str, undecided: bool | None = None
    ) -> list[Row]:
        """Return what the viewer may decide or has asked for, with the reasons; urgent first.

        Args:
            undecided: True for what waits, False for what is settled, None for both.
        """
        if community_id not in viewer.community_ids:
            return []
        rows = self.store.rows(
            "approval/listing",
            community_id=community_id,
            kinds=list(decidable_kinds(viewer.role)),
            actor=viewer.actor,
            undecided=undecided,
            most=MOST_LISTED,
        )
        reasons = notes_of(
            self.store, self.keyring, "approval", [row["approval_id"] for row in rows]
        )
        return [
            {
                **row,
                "detail": json.loads(row["detail"] or "{}"),
                "reason": reasons.get((row["approval_id"], "reason")),
            }
            for row in rows
        ]

    def _ask(
        self,
        viewer: Viewer,
        wish: Wish,
        also: Callable[[Transaction, str], None] | None,
    ) -> str:
        _check_asker(viewer, wish)
        one_of(wish.purpose, PURPOSES, "approval_purpose")
        reason = reason_text(wish.reason)
        approval_id: str = self.store.write(lambda tx: tx.ids(1)[0]).result()
        about = wish.subject_id if wish.subject_kind == "person" else None
        note = seal_note(
            self.keyring, "approval", approval_id, "reason", wish.community_id, about, reason
        )
        at = self.now()
        row = _row_of(viewer, wish, approval_id, at)

        def unit(tx: Transaction) -> None:
            asked = tx.rows("approval/undecided_of", kind=wish.kind, subject_id=wish.subject_id)
            if any(each["mode"] == "after" or each["due_at"] > at for each in asked):
                raise ApprovalUnderWay(kind=wish.kind)
            append_approval(tx, row, "asked", viewer.actor, at)
            keep_note(tx, note, at)
            if also is not None:
                also(tx, approval_id)
            line = _asking(viewer, wish, reason=reason, detail=f"{wish.kind} {approval_id}")
            self.audit.note(tx, line)

        self.store.write(unit).result()
        return approval_id


def append_approval(
    tx: Transaction, row: Row, event_kind: str, actor: str, at: datetime, **changes: object
) -> Row:
    """Append an approval's next event; returns its state after it."""
    after = {**row, **changes}
    tx.append("approval", [{**after, "event_kind": event_kind, "actor": actor, "happened_at": at}])
    return after


def approval_line(viewer: Viewer, action: str, row: Row, **more: Any) -> AuditLine:
    """Return the audit's line about a step of an approval."""
    return line_for(
        viewer,
        action,
        row["community_id"],
        subject_kind=row["subject_kind"],
        subject_id=row["subject_id"],
        purpose=row["purpose"],
        detail=more.pop("detail", f"{row['kind']} {row['approval_id']}"),
        **more,
    )


def waiting_for(store: Store, viewer: Viewer) -> tuple[int, int]:
    """Return how many approvals wait for a viewer in all communities, and how many are late."""
    kinds = decidable_kinds(viewer.role)
    if not kinds:
        return 0, 0
    found = store.rows(
        "approval/waiting_count",
        communities=sorted(viewer.community_ids),
        kinds=list(kinds),
        actor=viewer.actor,
    )[0]
    return found["n"], found["escalated"]


def is_undecided(row: Row) -> bool:
    """Tell whether somebody can still decide it."""
    return row["state"] in UNDECIDED


def _check_asker(viewer: Viewer, wish: Wish) -> None:
    kind_of(wish.kind)
    if viewer.kind == "cli":
        return
    if wish.community_id not in viewer.community_ids:
        raise NotThere(community=wish.community_id)
    if viewer.kind != "account" or not may_ask(viewer.role, wish.kind):
        raise NotAllowed(role=viewer.role, action=wish.kind)


def _row_of(viewer: Viewer, wish: Wish, approval_id: str, at: datetime) -> Row:
    rules = kind_of(wish.kind)
    return {
        "approval_id": approval_id,
        "community_id": wish.community_id,
        "kind": wish.kind,
        "mode": rules.mode,
        "state": "waiting",
        "subject_kind": wish.subject_kind,
        "subject_id": wish.subject_id,
        "purpose": wish.purpose,
        "detail": json.dumps(dict(wish.detail), sort_keys=True, ensure_ascii=False),
        "asked_by": viewer.actor,
        "asked_role": viewer.role,
        "asked_at": at,
        "due_at": at + rules.due,
    }


def _asking(viewer: Viewer, wish: Wish, **more: Any) -> AuditLine:
    return line_for(
        viewer,
        "approval.ask",
        wish.community_id,
        subject_kind=wish.subject_kind[:40],
        subject_id=wish.subject_id[:64],
        purpose=wish.purpose if wish.purpose in PURPOSES else None,
        **more,
    )
