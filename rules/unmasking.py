"""Decides when one masked value may be opened: purpose, reason, case, childhood, pace (R2, R5)."""

from __future__ import annotations

from datetime import timedelta

from rules.errors import RuleViolation
from rules.privacy import scope_of
from rules.record_fields import clean_text

UNMASK_PURPOSES = (
    "case_handling",
    "emergency",
    "care_visit",
    "data_correction",
    "rights_request",
    "statutory_request",
)
SHORTEST_REASON, LONGEST_REASON = 4, 200
# DOMAIN R2: an opened value is shown for five minutes.
SHOWN_FOR = timedelta(minutes=5)
# Ours: a person who looks people up for a purpose does not reach it; a person who copies does.
MOST_IN_SPAN, SPAN = 20, timedelta(minutes=10)
# DOMAIN R5: each access to the data of a child under fourteen is approved; the role that approves
# in a community is the secretary.
GUARDED_ROLE = "secretary"


class UnmaskRefused(RuleViolation):
    """The value stays masked; `code` says what is missing."""

    code = "unmask_refused"

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(**fields)
        self.code = code


def check_request(role: str, purpose: str, reason: str, case_id: str | None) -> str:
    """Check what comes with the wish to open a value, before anybody's file is looked at.

    Returns:
        The reason, cleaned.

    Raises:
        UnmaskRefused: purpose_unknown, reason_too_short, reason_too_long or case_needed.
    """
    if purpose not in UNMASK_PURPOSES:
        raise UnmaskRefused("purpose_unknown")
    cleaned = clean_text(reason) or ""
    if len(cleaned) < SHORTEST_REASON:
        raise UnmaskRefused("reason_too_short", least=SHORTEST_REASON)
    if len(cleaned) > LONGEST_REASON:
        raise UnmaskRefused("reason_too_long", most=LONGEST_REASON)
    if scope_of(role, "person.unmask") == "active_case" and not case_id:
        raise UnmaskRefused("case_needed")
    return cleaned


def check_childhood(role: str, guarded: bool) -> None:
    """Let only the role that approves open what belongs to a child under fourteen.

    Raises:
        UnmaskRefused: guarded_child.
    """
    if guarded and role != GUARDED_ROLE:
        raise UnmaskRefused("guarded_child")
