"""Decides how requests of the people on record are taken, answered and timed (DOMAIN R17).

Designed for PIPL arts. 44–50: view and copy (45), correct (46), delete (47), withdraw a consent
(15), relatives of the dead (49), a refusal only with its reason (50).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from rules.errors import RuleViolation

RequestState = Literal["open", "waiting", "granted", "done", "refused", "withdrawn"]
RequestStep = Literal["ask", "grant", "do", "refuse", "lapse", "withdraw"]
ReplyLight = Literal["ok", "soon", "over", "closed"]

REQUEST_KINDS = ("view", "copy", "accesses", "correct", "withdraw_consent", "delete")
REQUESTERS = ("self", "guardian", "agent", "next_of_kin")
CHANNELS = ("counter", "phone", "letter", "online", "visit")
STATES: tuple[RequestState, ...] = ("open", "waiting", "granted", "done", "refused", "withdrawn")
STEPS: tuple[RequestStep, ...] = ("ask", "grant", "do", "refuse", "lapse", "withdraw")
CLOSED: tuple[RequestState, ...] = ("done", "refused", "withdrawn")

# PIPL art. 50 asks for a timely answer and names no number. Fifteen days is ours, from issue 3: it
# stays within the fifteen working days that the 2019 rules on apps (国信办秘字〔2019〕191号) name.
REPLY_WITHIN = timedelta(days=15)
REMIND_BEFORE = timedelta(days=3)

# How each kind of requester shows who he or she is; codes, so that no number is written down.
IDENTITY_CHECKS: dict[str, tuple[str, ...]] = {
    "self": ("id_card", "known_in_person", "call_back"),
    "guardian": ("guardian_document",),
    "agent": ("authority_letter",),
    "next_of_kin": ("kin_document",),
}
ALL_CHECKS = tuple(dict.fromkeys(check for checks in IDENTITY_CHECKS.values() for check in checks))
# A voice on the telephone is not enough to hand out everything, or to destroy it.
TOO_WEAK: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("view", "copy", "accesses", "delete"), ("call_back",)
)
# The second person's approval each kind needs before anything is handed out or destroyed.
APPROVALS: dict[str, str] = {"view": "subject_copy", "copy": "subject_copy", "delete": "erasure"}
NOT_FOR_KIN = ("withdraw_consent",)
# What a correction can rest on.
PROOFS = (
    "id_document",
    "household_book",
    "lease",
    "statement_signed",
    "seen_on_site",
    "other_paper",
)
REFUSALS = (
    "identity_unproven",
    "not_the_subject",
    "must_be_kept_by_law",
    "legal_hold",
    "law_forbids",
    "harms_others",
    "nothing_wrong",
    "not_our_record",
)

TRANSITIONS: dict[tuple[RequestState, RequestStep], RequestState] = {
    ("open", "ask"): "waiting",
    ("open", "do"): "done",
    ("open", "refuse"): "refused",
    ("open", "withdraw"): "withdrawn",
    ("waiting", "grant"): "granted",
    ("waiting", "refuse"): "refused",
    ("waiting", "lapse"): "open",
    ("granted", "do"): "done",
}


class RequestSettled(RuleViolation):
    """The request is not in a state for this step; look at it again."""

    code = "request_settled"


class IdentityUnproven(RuleViolation):
    """This check does not prove that this person may ask this."""

    code = "identity_unproven"


class NotForKin(RuleViolation):
    """A relative cannot ask this in place of the dead (PIPL art. 49)."""

    code = "not_for_kin"


class ApprovalNeeded(RuleViolation):
    """A second person must approve it before it is carried out."""

    code = "approval_needed"


def due_at(received_at: datetime) -> datetime:
    """Return until when a request must be answered."""
    return received_at + REPLY_WITHIN


def step(state: str, wanted: RequestStep) -> RequestState:
    """Return the state of a request after a step.

    Raises:
        RequestSettled: The step is not possible from there.
    """
    for (before, taken), after in TRANSITIONS.items():
        if (before, taken) == (state, wanted):
            return after
    raise RequestSettled(state=state, step=wanted)


def check_requester(kind: str, requester: str, identity_check: str) -> None:
    """Hold that this requester, identified like this, may ask this.

    Raises:
        NotForKin: Relatives may not ask it.
        IdentityUnproven: The check does not fit the requester, or is too weak for the kind.
    """
    if requester == "next_of_kin" and kind in NOT_FOR_KIN:
        raise NotForKin(kind=kind)
    fits = identity_check in IDENTITY_CHECKS.get(requester, ())
    if not fits or identity_check in TOO_WEAK.get(kind, ()):
        raise IdentityUnproven(requester=requester, check=identity_check)


def reply_light(state: str, due: datetime, now: datetime) -> ReplyLight:
    """Tell how a reply stands to its clock."""
    if state in CLOSED:
        return "closed"
    if now >= due:
        return "over"
    return "soon" if now >= due - REMIND_BEFORE else "ok"
