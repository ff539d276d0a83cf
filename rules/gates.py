"""Decides what becomes of a visitor's call from a gate, and when a gate may be opened from afar.

DOMAIN §1 row 82 (opt-in, audited) and R15: opening from afar is off until a second person agrees to
it for that gate. A call opens its gate once at most: what was sent is never sent again. ADR 0031.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Literal

from rules.errors import RuleViolation

CallState = Literal["ringing", "answered", "opened", "refused", "missed", "failed"]
CallStep = Literal["answer", "refuse", "open", "fail", "give_up"]

CALL_STATES: tuple[CallState, ...] = (
    "ringing",
    "answered",
    "opened",
    "refused",
    "missed",
    "failed",
)
OVER: tuple[CallState, ...] = ("opened", "refused", "missed", "failed")
# Why a call ended so. unreachable to key_missing are what posting to the gate can come to
# (actions/notify/posting.ERRORS).
CALL_REASONS = (
    "officer",
    "nobody",
    "too_long",
    "visitor_left",
    "officer_left",
    "stopped",
    "unreachable",
    "timeout",
    "server_error",
    "busy",
    "refused",
    "address_refused",
    "key_missing",
)
# simulated: only in a community that is made up; nothing moves. none: can be talked to, not opened.
Actuator = Literal["http", "simulated", "none"]
ACTUATORS: tuple[Actuator, ...] = ("http", "simulated", "none")

RING_S = 60.0  # issue 5: a call nobody answers ends by itself after a minute
TALK_S = 180.0  # ours: an answered call that leads to nothing holds neither gate nor officer
CONFIRM_S = 10.0  # ours: the second press comes within this, or the first is forgotten
OPEN_S = 8.0  # ours: a visitor waits no longer for a barrier that says nothing
TOKEN_VALID = timedelta(seconds=30)
MOST_CALLS = 10  # of one gate in CALLS_WITHIN: a button somebody plays with
CALLS_WITHIN = timedelta(minutes=10)

# What is not in here cannot happen; tests/rules/test_gates.py walks every pair.
TRANSITIONS: dict[tuple[CallState, CallStep], CallState] = {
    ("ringing", "answer"): "answered",
    ("ringing", "refuse"): "refused",
    ("ringing", "give_up"): "missed",
    ("answered", "refuse"): "refused",
    ("answered", "open"): "opened",
    ("answered", "fail"): "failed",
    ("answered", "give_up"): "missed",
}


class GateCallOver(RuleViolation):
    """The call is over, or somebody else has taken it; the visitor can call again."""

    code = "gate_call_over"


class GateOff(RuleViolation):
    """This gate does not ring; an administrator switches it on."""

    code = "gate_off"


class GateBusy(RuleViolation):
    """The gate is calling already, or has called too often within some minutes."""

    code = "gate_busy"


class GateNotOpenable(RuleViolation):
    """This gate is not opened from afar: it has no opener, or nobody has agreed to it."""

    code = "gate_not_openable"


class GateConfirmationGone(RuleViolation):
    """The second press came too late or did not fit; press both again."""

    code = "gate_confirmation_gone"


class SimulatedOnly(RuleViolation):
    """Only a community that is made up has gates whose opening is simulated."""

    code = "gate_simulated_only"


def call_step(state: str, wanted: CallStep) -> CallState:
    """Return the state of a call after a step.

    Raises:
        GateCallOver: The step is not possible from there.
    """
    for (before, taken), after in TRANSITIONS.items():
        if (before, taken) == (state, wanted):
            return after
    raise GateCallOver(state=state)


def may_ring(calls_on: bool, running: bool, recent: int) -> None:
    """Hold that a gate may begin a call.

    Args:
        calls_on: Whether it was switched on.
        running: Whether it is calling already.
        recent: How often it called within CALLS_WITHIN.

    Raises:
        GateOff, GateBusy: It may not.
    """
    if not calls_on:
        raise GateOff()
    if running or recent >= MOST_CALLS:
        raise GateBusy()


def may_open(kind: str, opens_on: bool) -> None:
    """Hold that a gate may be opened from afar.

    Raises:
        GateNotOpenable: It has no opener, or no second person has agreed.
    """
    if not opens_on or kind not in ("http", "simulated"):
        raise GateNotOpenable()


def new_token() -> str:
    """Return what one opening is proved with; good for one message and then for none."""
    return secrets.token_urlsafe(24)


def token_until(now: datetime) -> datetime:
    """Return until when a gate takes a token made now."""
    return now + TOKEN_VALID
