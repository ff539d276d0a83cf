"""Opens one masked value: checked, written into the audit, and only then handed out (R2).

The value goes to whoever asked and nowhere else; the line in the audit names whose it is, so that
they can be told. Attempts that are refused leave their line too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.access import NotAllowed, NotThere, reach
from actions.auditing import line_for
from actions.files.consulting import local_day
from actions.files.erase import personal_fields_of
from data.audit import AuditChain, AuditLine
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.fields import field_of
from rules.masking import is_guarded
from rules.privacy import Action, may, scope_of
from rules.unmasking import (
    MOST_IN_SPAN,
    SHOWN_FOR,
    SPAN,
    UNMASK_PURPOSES,
    UnmaskRefused,
    check_childhood,
    check_request,
)
from rules.viewer import Viewer
from rules.vocabulary import OPEN_STATUSES

ACTION: Action = "person.unmask"


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants which value opened, and why; texts as they came."""

    viewer: Viewer
    subject_id: str
    field: str
    purpose: str
    reason: str
    case_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unmasked:
    """One value in clear, and when whoever shows it must take it away, aware UTC."""

    value: str
    until: datetime


def unmask(
    store: Store,
    keyring: Keyring,
    audit: AuditChain,
    viewer: Viewer,
    subject_id: str,
    field: str,
    purpose: str,
    reason: str,
    case_id: str | None,
    now: datetime,
) -> Unmasked:
    """Open one field of one file.

    Args:
        store: The open store.
        keyring: Opens the value.
        audit: Its line is on disk before the value is returned.
        viewer: A signed-in account; keys, walls and commands open nothing.
        subject_id: Id of a person, household or enterprise.
        field: A sealed field of rules/fields.py.
        purpose: A code of UNMASK_PURPOSES.
        reason: 4 to 200 characters in the officer's words.
        case_id: The open case it is for; a role that sees files in active cases must name one.
        now: The moment, aware UTC.

    Raises:
        NotAllowed: The role opens nothing.
        NotThere: No such file within the viewer's reach.
        UnmaskRefused: What is missing, by its code; too_many_unmaskings asks to wait.
    """
    wish = Wish(viewer, subject_id, field, purpose, reason, case_id)
    subject: dict[str, Any] = {}
    try:
        subject.update(_subject(store, wish))
        cleaned = check_request(viewer.role, purpose, reason, case_id)
        value = _open(store, keyring, wish, subject, now)
    except RuleViolation as refusal:
        audit.refused(_line(wish, subject, result="refused", detail=refusal.code))
        raise
    _note(store, audit, wish, subject, cleaned)
    return Unmasked(value, now + SHOWN_FOR)


def _subject(store: Store, wish: Wish) -> dict[str, Any]:
    """Find the file and hold it against role and reach."""
    viewer = wish.viewer
    if viewer.kind != "account" or not may(viewer.role, ACTION):
        raise NotAllowed(role=viewer.role, action=ACTION)
    rows = store.rows("files/subject", subject_id=wish.subject_id)
    if not rows or rows[0]["community_id"] not in viewer.community_ids:
        raise NotThere()
    found = rows[0]
    areas = reach(store, viewer, ACTION, found["community_id"])
    if areas is not None and found["area_id"] not in areas:
        raise NotThere()
    return found


def _open(
    store: Store, keyring: Keyring, wish: Wish, subject: dict[str, Any], now: datetime
) -> str:
    known = field_of(subject["kind"], wish.field)
    if known is None or not known.sealed:
        raise UnmaskRefused("field_not_sealed")
    if wish.case_id:
        _check_case(store, wish, subject["community_id"])
    values = personal_fields_of(store, keyring, wish.subject_id)
    today = local_day(store, subject["community_id"], now)
    check_childhood(wish.viewer.role, is_guarded(values.get("birth_date"), today))
    if wish.field not in values:
        raise UnmaskRefused("value_missing", field=wish.field)
    return values[wish.field]


def _check_case(store: Store, wish: Wish, community_id: str) -> None:
    """A case that is named must be one of this community; where the role needs one, an open one."""
    rows = store.rows("files/case_state", community_id=community_id, case_id=wish.case_id)
    if not rows:
        raise UnmaskRefused("case_unknown")
    needs_open = scope_of(wish.viewer.role, ACTION) == "active_case"
    if needs_open and rows[0]["status"] not in OPEN_STATUSES:
        raise UnmaskRefused("case_closed")


def _note(
    store: Store, audit: AuditChain, wish: Wish, subject: dict[str, Any], reason: str
) -> None:
    """Write the line; the count is taken in the same unit, so that no two requests slip through."""
    done = _line(wish, subject, result="done", reason=reason)
    refused = _line(wish, subject, result="refused", detail="too_many_unmaskings")

    def unit(tx: Transaction) -> bool:
        since = tx.now - SPAN
        n = tx.rows("files/recent_unmaskings", actor=wish.viewer.actor, since=since)[0]["n"]
        audit.note(tx, refused if n >= MOST_IN_SPAN else done)
        return bool(n < MOST_IN_SPAN)

    if not store.write(unit).result():
        raise UnmaskRefused("too_many_unmaskings", most=MOST_IN_SPAN)


def _line(wish: Wish, subject: dict[str, Any], **more: Any) -> AuditLine:
    return line_for(
        wish.viewer,
        ACTION,
        subject.get("community_id", ""),
        subject_kind=subject.get("kind"),
        subject_id=wish.subject_id[:64],
        field=wish.field if field_of(subject.get("kind", ""), wish.field) else None,
        case_id=wish.case_id[:64] if wish.case_id else None,
        purpose=wish.purpose if wish.purpose in UNMASK_PURPOSES else None,
        **more,
    )
