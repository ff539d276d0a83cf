"""A shift is handed over by two people, one step after the other."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.errors import RuleViolation
from rules.handover import SHIFT, STEPS, shift_began, step

NOW = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
A, B = "account:a", "account:b"
# state, step, by whom (A signed where it is signed) → the state it leads to, or the refusal
TABLE = [
    (None, "write", A, "open"),
    (None, "sign", A, "signed"),  # without notes
    (None, "take", A, "handover_not_signed"),
    (None, "take_back", A, "handover_not_signed"),
    ("open", "write", B, "open"),  # whoever is on the shift writes
    ("open", "sign", A, "signed"),
    ("open", "take", B, "handover_not_signed"),
    ("open", "take_back", A, "handover_not_signed"),
    ("signed", "write", A, "handover_not_open"),
    ("signed", "sign", B, "handover_not_open"),
    ("signed", "take", B, "taken"),
    ("signed", "take", A, "handover_same_person"),
    ("signed", "take_back", A, "open"),
    ("signed", "take_back", B, "handover_not_yours"),
]


@pytest.mark.parametrize(("state", "wanted", "actor", "result"), TABLE)
def test_every_step_in_every_state(state, wanted, actor, result) -> None:
    outgoing = A if state == "signed" else None
    try:
        found = step(state, wanted, actor, outgoing)
    except RuleViolation as refusal:
        found = refusal.code
    assert found == result


def test_every_pair_of_state_and_step_is_in_the_table() -> None:
    pairs = {(state, wanted) for state, wanted, _, _ in TABLE}
    assert pairs == {(state, wanted) for state in (None, "open", "signed") for wanted in STEPS}


@pytest.mark.parametrize(
    ("taken", "rostered", "began"),
    [
        (NOW - 8 * HOUR, [], NOW - 8 * HOUR),
        (NOW - 8 * HOUR, [NOW - HOUR], NOW - 8 * HOUR),  # the signature counts, not the plan
        (NOW - 49 * HOUR, [NOW - 2 * HOUR], NOW - 2 * HOUR),  # nobody signed for days
        (None, [NOW - 2 * HOUR, NOW - 9 * HOUR], NOW - 9 * HOUR),
        (None, [NOW + HOUR], NOW - SHIFT),
        (None, [], NOW - SHIFT),
    ],
)
def test_a_shift_begins_with_the_last_signature_else_by_the_roster(taken, rostered, began) -> None:
    assert shift_began(taken, rostered, NOW) == began
