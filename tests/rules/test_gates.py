"""A visitor's call: which step leads where, who may ring and open; both directions."""

from __future__ import annotations

from typing import get_args

import pytest

from rules.errors import RuleViolation
from rules.gates import (
    CALL_STATES,
    MOST_CALLS,
    OVER,
    TRANSITIONS,
    CallStep,
    GateBusy,
    GateCallOver,
    GateNotOpenable,
    GateOff,
    call_step,
    may_open,
    may_ring,
    new_token,
)

STEPS: tuple[CallStep, ...] = get_args(CallStep)
LEADS = [
    ("ringing", "answer", "answered"),  # an officer takes it
    ("ringing", "refuse", "refused"),  # an officer says no without talking
    ("ringing", "give_up", "missed"),  # nobody, or the visitor left
    ("answered", "refuse", "refused"),
    ("answered", "open", "opened"),
    ("answered", "fail", "failed"),  # the gate did not do it
    ("answered", "give_up", "missed"),  # it lasted too long, or a side was lost
]


@pytest.mark.parametrize(("state", "wanted", "after"), LEADS)
def test_a_step_leads_on(state: str, wanted: CallStep, after: str) -> None:
    assert call_step(state, wanted) == after


def test_every_other_step_is_refused_and_nothing_follows_an_end() -> None:
    allowed = {(state, wanted) for state, wanted, _ in LEADS}
    assert allowed == set(TRANSITIONS)
    for state in CALL_STATES:
        for wanted in STEPS:
            if (state, wanted) not in allowed:
                with pytest.raises(GateCallOver):
                    call_step(state, wanted)
    assert not {state for state, _ in allowed} & set(OVER)
    assert ("ringing", "open") not in allowed  # nobody opens to whom nobody has spoken


RINGS = [
    (True, False, 0, None),
    (True, False, MOST_CALLS - 1, None),
    (False, False, 0, GateOff),  # off by default
    (True, True, 0, GateBusy),  # it is calling already
    (True, False, MOST_CALLS, GateBusy),  # somebody plays with the button
]


@pytest.mark.parametrize(("on", "running", "recent", "refusal"), RINGS)
def test_who_may_ring(
    on: bool, running: bool, recent: int, refusal: type[RuleViolation] | None
) -> None:
    if refusal is None:
        may_ring(on, running, recent)
    else:
        with pytest.raises(refusal):
            may_ring(on, running, recent)


@pytest.mark.parametrize(
    ("kind", "on", "allowed"),
    [
        ("http", True, True),
        ("simulated", True, True),
        ("http", False, False),  # no second person has agreed
        ("none", True, False),  # nothing there to open it
    ],
)
def test_which_gate_may_be_opened(kind: str, on: bool, allowed: bool) -> None:
    if allowed:
        may_open(kind, on)
    else:
        with pytest.raises(GateNotOpenable):
            may_open(kind, on)


def test_a_token_is_never_the_same_twice() -> None:
    assert len({new_token() for _ in range(100)}) == 100
