"""Lists every move of a case: from which states, into which state, by whom, with what beside it.

REFERENCE §1. What is not in `MOVES` cannot happen; tests/rules/test_case_transitions.py holds the
expected pairs of states written out on their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from rules.privacy import Action
from rules.vocabulary import OPEN_STATUSES

# What a move does to the whole-case clock.
ClockEffect = Literal["keep", "pause", "resume", "stop", "restart"]
# What a move needs beside its text; the names are fields of `rules.cases.Move`.
Need = Literal[
    "report_check",
    "assignees",
    "transfer_to",
    "merge_into",
    "outcome",
    "verification",
    "deadline_at",
    "supervision",
    "call_back",
    "rating",
]
RESUMED = "resumed"  # stands for the state in which the case was suspended

_DESK = ("duty_officer", "secretary")
_FIELD = ("grid_worker", "property")
_REPORTER = ("resident",)  # by the private link of the report


@dataclass(frozen=True, slots=True)
class MoveRule:
    """One move of a case.

    Attributes:
        steps: State before → state after; the same state where the move is a note on the case.
        roles: Roles that may make it; those of the field only on a case handed to them.
        grant: What the role must be granted in rules/privacy.py as well.
        text: True where a text is mandatory.
        needs: What else is mandatory.
        asks: The move this one asks an approver for, where it only asks.
        approved: True where another person must have asked for it.
        clock: What it does to the whole-case clock.
    """

    steps: Mapping[str, str]
    roles: tuple[str, ...]
    grant: Action = "case.write"
    text: bool = False
    needs: tuple[Need, ...] = ()
    asks: str | None = None
    approved: bool = False
    clock: ClockEffect = "keep"


def _into(after: str, *before: str) -> Mapping[str, str]:
    return MappingProxyType(dict.fromkeys(before, after))


def _at(*statuses: str) -> Mapping[str, str]:
    return MappingProxyType({status: status for status in statuses})


_SUSPENDABLE = ("filed", "dispatched", "handling", "rework")
_CANCELLABLE = (
    *("reported", "accepted", "filed", "dispatched", "handling"),
    *("returned", "suspended", "transferred"),
)
_UNDER_WAY = ("filed", "dispatched", "handling", "returned", "rework", "transferred", "reopened")
_MERGEABLE = ("reported", "accepted", "filed", "dispatched", "returned", "reopened")
_REOPENABLE = ("closed", "rejected")  # a rejected report can be appealed against in the same way

_INTAKE = {
    "check_report": MoveRule(
        _at("reported", "accepted"), (*_DESK, "grid_worker"), needs=("report_check",)
    ),
    "accept": MoveRule(_into("accepted", "reported"), _DESK),
    "file": MoveRule(_into("filed", "accepted"), _DESK),
    "reject": MoveRule(_into("rejected", "reported", "accepted"), _DESK, text=True, clock="stop"),
    # Answered at the desk itself (线上先回复): nobody is sent, the answer is verified like any fix.
    "answer": MoveRule(_into("feedback", "accepted", "filed"), _DESK, text=True),
    "merge": MoveRule(_into("cancelled", *_MERGEABLE), _DESK, needs=("merge_into",), clock="stop"),
}
_HANDLING = {
    "dispatch": MoveRule(
        _into("dispatched", "filed", "dispatched", "returned", "rework", "reopened"),
        _DESK,
        needs=("assignees",),
    ),
    "reinforce": MoveRule(_at("dispatched", "handling", "rework"), _DESK, needs=("assignees",)),
    "start": MoveRule(
        _into("handling", "dispatched", "transferred", "reopened"), (*_DESK, *_FIELD)
    ),
    "return": MoveRule(
        _into("returned", "dispatched", "handling", "transferred"), (*_DESK, *_FIELD), text=True
    ),
    "feed_back": MoveRule(
        _into("feedback", "handling", "rework", "transferred"), (*_DESK, *_FIELD), text=True
    ),
    "transfer": MoveRule(
        _into("transferred", "filed", "dispatched", "handling", "returned", "rework", "reopened"),
        _DESK,
        text=True,
        needs=("transfer_to",),
    ),
}
_VERIFYING = {
    "verify": MoveRule(_into("verifying", "feedback"), _DESK),
    "verify_fix": MoveRule(_at("verifying"), (*_DESK, "grid_worker"), needs=("verification",)),
    "rework": MoveRule(_into("rework", "feedback", "verifying"), _DESK, text=True),
    "close": MoveRule(
        _into("closed", "verifying"),
        _DESK,
        text=True,
        needs=("outcome", "verification"),
        clock="stop",
    ),
}
_APPROVED = {
    "ask_suspend": MoveRule(_at(*_SUSPENDABLE), (*_DESK, *_FIELD), text=True, asks="suspend"),
    "suspend": MoveRule(
        _into("suspended", *_SUSPENDABLE),
        ("secretary",),
        "case.approve",
        text=True,
        approved=True,
        clock="pause",
    ),
    "resume": MoveRule(_into(RESUMED, "suspended"), _DESK, clock="resume"),
    "ask_extend": MoveRule(
        _at(*_UNDER_WAY), (*_DESK, *_FIELD), text=True, needs=("deadline_at",), asks="extend"
    ),
    "extend": MoveRule(
        _at(*_UNDER_WAY),
        ("secretary",),
        "case.approve",
        text=True,
        needs=("deadline_at",),
        approved=True,
    ),
    "ask_cancel": MoveRule(_at(*_CANCELLABLE), _DESK, text=True, asks="cancel"),
    "cancel": MoveRule(
        _into("cancelled", *_CANCELLABLE),
        ("secretary",),
        "case.approve",
        text=True,
        approved=True,
        clock="stop",
    ),
    "ask_reopen": MoveRule(_at(*_REOPENABLE), _REPORTER, text=True, asks="reopen"),
    "reopen": MoveRule(
        _into("reopened", *_REOPENABLE), _DESK, text=True, approved=True, clock="restart"
    ),
}
_BESIDE = {
    "remind": MoveRule(_at("dispatched", "handling", "rework", "transferred", "feedback"), _DESK),
    "supervise": MoveRule(
        _at(*OPEN_STATUSES),
        ("secretary", "subdistrict"),
        "case.supervise",
        text=True,
        needs=("supervision",),
    ),
    "call_back": MoveRule(_at("feedback", "verifying", "closed"), _DESK, needs=("call_back",)),
    "rate": MoveRule(_at("closed"), _REPORTER, needs=("rating",)),
    # Whoever may decide what was asked may decline it; `rules.cases` looks up which that is.
    "decline": MoveRule(
        _at(*dict.fromkeys((*_UNDER_WAY, *_CANCELLABLE, *_REOPENABLE))), _DESK, text=True
    ),
}
MOVES: Mapping[str, MoveRule] = MappingProxyType(
    {**_INTAKE, **_HANDLING, **_VERIFYING, **_APPROVED, **_BESIDE}
)


def next_status(status: str, action: str, suspended_from: str | None = None) -> str | None:
    """Return the state after a move, None where the move is not possible from that state.

    Args:
        status: State of the case.
        action: A key of `MOVES`; an unknown one is never possible.
        suspended_from: State in which the case was suspended; only `resume` looks at it.
    """
    rule = MOVES.get(action)
    after = rule.steps.get(status) if rule else None
    if after == RESUMED:
        return suspended_from if suspended_from in _SUSPENDABLE else None
    return after
