"""Decides what needs a second person, who may be that person, and what time does about it.

DOMAIN R15, ADR 0018: what saves lives begins on one officer's word and is confirmed afterwards;
what copies or destroys records waits. Nobody is ever his or her own second person.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from rules.errors import RuleViolation
from rules.privacy import ACCOUNT_ROLES, Action, may

# "before": nothing happens until the second person has confirmed. "after": it begins at once and
# is confirmed within `due`, or escalated.
Mode = Literal["before", "after"]
State = Literal["waiting", "confirmed", "refused", "withdrawn", "expired", "escalated"]
Step = Literal["confirm", "refuse", "withdraw", "lapse"]

STATES: tuple[State, ...] = (
    "waiting",
    "confirmed",
    "refused",
    "withdrawn",
    "expired",
    "escalated",
)
STEPS: tuple[Step, ...] = ("confirm", "refuse", "withdraw", "lapse")
UNDECIDED: tuple[State, ...] = ("waiting", "escalated")

# What is not in here cannot happen; tests/rules/test_approvals.py walks every pair.
TRANSITIONS: dict[tuple[Mode, State, Step], State] = {
    ("before", "waiting", "confirm"): "confirmed",
    ("before", "waiting", "refuse"): "refused",
    ("before", "waiting", "withdraw"): "withdrawn",
    ("before", "waiting", "lapse"): "expired",
    # What has begun cannot be taken back, only confirmed or refused, however late.
    ("after", "waiting", "confirm"): "confirmed",
    ("after", "waiting", "refuse"): "refused",
    ("after", "waiting", "lapse"): "escalated",
    ("after", "escalated", "confirm"): "confirmed",
    ("after", "escalated", "refuse"): "refused",
}

CONFIRM_WITHIN = timedelta(minutes=10)  # issue 3, DOMAIN R15: confirmed within ten minutes
WAIT_A_DAY = timedelta(days=1)
WAIT_SOME_DAYS = timedelta(days=3)  # ours: leaves twelve of the fifteen days of a reply


@dataclass(frozen=True, slots=True)
class ApprovalKind:
    """One kind of thing that needs a second person.

    Attributes:
        asks: Whoever may one of these may ask.
        decides: Whoever may this, and did not ask, may decide.
        mode: Whether it waits.
        due: How long after the asking it lapses or is escalated.
    """

    asks: tuple[Action, ...]
    decides: Action
    mode: Mode = "before"
    due: timedelta = WAIT_SOME_DAYS


KINDS: dict[str, ApprovalKind] = {
    "export": ApprovalKind(("export.request", "audit.read"), "export.approve"),
    "subject_copy": ApprovalKind(("rights.handle",), "rights.approve"),
    "erasure": ApprovalKind(("rights.handle",), "rights.approve"),
    "register_deletion": ApprovalKind(("retention.run",), "rights.approve"),
    "legal_hold": ApprovalKind(("rights.handle", "rights.approve"), "rights.approve"),
    "camera_retrieval": ApprovalKind(("video.view",), "video.approve", due=WAIT_A_DAY),
    "live_view": ApprovalKind(("video.view",), "video.approve", "after", CONFIRM_WITHIN),
    "plan_activation": ApprovalKind(("case.write",), "case.approve", "after", CONFIRM_WITHIN),
    "gate_policy": ApprovalKind(("config.write",), "case.approve", due=WAIT_A_DAY),
}
PURPOSES = (
    "superior_request",
    "legal_duty",
    "emergency",
    "incident",
    "service_planning",
    "data_check",
    "rights_request",
    "retention",
    "maintenance",
    "gate_call",
)
# Why a second person says no; a code, so that no log holds what an officer wrote about somebody.
REFUSALS = (
    "not_needed",
    "too_wide",
    "purpose_unclear",
    "law_forbids",
    "must_be_kept",
    "identity_unproven",
    "wrong_person",
    "other",
)
REASON_CHARS = (4, 200)


class ApprovalKindUnknown(RuleViolation):
    """There is no such kind of approval."""

    code = "approval_kind_unknown"


class ApprovalSettled(RuleViolation):
    """It is decided, withdrawn or lapsed already; ask anew where it is still needed."""

    code = "approval_settled"


class SecondPersonNeeded(RuleViolation):
    """Who asked may not decide; somebody else must."""

    code = "second_person_needed"


class ReasonNeeded(RuleViolation):
    """The reason is missing, too short, too long or not plain text."""

    code = "reason_needed"


class CodeUnknown(RuleViolation):
    """A word that is not on the list; `list` says which list."""

    code = "code_unknown"


def kind_of(kind: str) -> ApprovalKind:
    """Return the rules of a kind.

    Raises:
        ApprovalKindUnknown: There is no such kind.
    """
    found = KINDS.get(kind)
    if found is None:
        raise ApprovalKindUnknown(kind=kind)
    return found


def step(mode: str, state: str, wanted: Step) -> State:
    """Return the state after a step.

    Raises:
        ApprovalSettled: The step is not possible from there.
    """
    for (from_mode, from_state, taken), into in TRANSITIONS.items():
        if (from_mode, from_state, taken) == (mode, state, wanted):
            return into
    raise ApprovalSettled(state=state, step=wanted)


def lapsed(mode: str, state: str, due_at: datetime, now: datetime) -> bool:
    """Tell whether time has done its step: nobody can confirm what waited too long."""
    return mode == "before" and state == "waiting" and now >= due_at


def may_ask(role: str, kind: str) -> bool:
    """Tell whether a role may ask for a kind of thing."""
    return any(may(role, action) for action in kind_of(kind).asks)


def may_decide(role: str, kind: str) -> bool:
    """Tell whether a role may be the second person of a kind."""
    return may(role, kind_of(kind).decides)


def deciding_roles(kind: str) -> tuple[str, ...]:
    """Return the roles whose accounts may be the second person of a kind."""
    return tuple(role for role in ACCOUNT_ROLES if may_decide(role, kind))


def decidable_kinds(role: str) -> tuple[str, ...]:
    """Return the kinds a role may be the second person of."""
    return tuple(kind for kind in KINDS if may_decide(role, kind))


def second_person(asker: str, decider: str, asker_worker: str | None, worker: str | None) -> None:
    """Hold that two different people act.

    Args:
        asker: Actor who asked.
        decider: Actor who decides.
        asker_worker: The worker who uses the asker's account, where known.
        worker: The worker who uses the decider's account, where known.

    Raises:
        SecondPersonNeeded: It is the same account, or two accounts of one worker.
    """
    if asker == decider or (worker is not None and asker_worker == worker):
        raise SecondPersonNeeded(actor=decider)


def reason_text(given: object) -> str:
    """Return a reason as it is kept: one line of plain text.

    Raises:
        ReasonNeeded: Less than four or more than two hundred characters, or control characters.
    """
    text = " ".join(given.split()) if isinstance(given, str) else ""
    least, most = REASON_CHARS
    hidden = any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") for sign in text)
    if hidden or not least <= len(text) <= most:
        raise ReasonNeeded(least=least, most=most)
    return text


def one_of(given: object, codes: tuple[str, ...], name: str) -> str:
    """Return a code of a list.

    Raises:
        CodeUnknown: It is not on the list.
    """
    if not isinstance(given, str) or given not in codes:
        raise CodeUnknown(list=name)
    return given
