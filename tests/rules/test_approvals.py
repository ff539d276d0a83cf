"""Who may be the second person, what each step leads to, and what time does: every pair."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from rules.approvals import (
    CONFIRM_WITHIN,
    KINDS,
    STATES,
    STEPS,
    TRANSITIONS,
    ApprovalKindUnknown,
    ApprovalSettled,
    CodeUnknown,
    ReasonNeeded,
    SecondPersonNeeded,
    deciding_roles,
    kind_of,
    lapsed,
    may_ask,
    may_decide,
    one_of,
    reason_text,
    second_person,
    step,
)
from rules.privacy import ROLES

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
ALLOWED = {
    ("before", "waiting", "confirm"): "confirmed",
    ("before", "waiting", "refuse"): "refused",
    ("before", "waiting", "withdraw"): "withdrawn",
    ("before", "waiting", "lapse"): "expired",
    ("after", "waiting", "confirm"): "confirmed",
    ("after", "waiting", "refuse"): "refused",
    ("after", "waiting", "lapse"): "escalated",
    ("after", "escalated", "confirm"): "confirmed",
    ("after", "escalated", "refuse"): "refused",
}


@pytest.mark.parametrize(
    ("mode", "state", "taken"), list(product(("before", "after"), STATES, STEPS))
)
def test_every_step_from_every_state_is_allowed_or_refused(
    mode: str, state: str, taken: str
) -> None:
    into = ALLOWED.get((mode, state, taken))
    if into is None:
        with pytest.raises(ApprovalSettled):
            step(mode, state, taken)  # type: ignore[arg-type]
    else:
        assert step(mode, state, taken) == into  # type: ignore[arg-type]


def test_the_table_holds_nothing_else() -> None:
    assert TRANSITIONS == ALLOWED


# Who asks and who decides, by the role matrix of DOMAIN §3 and R15.
ASKING = {
    "export": {"secretary", "privacy"},
    "subject_copy": {"privacy"},
    "erasure": {"privacy"},
    "register_deletion": {"privacy"},
    "legal_hold": {"privacy", "secretary"},
    "camera_retrieval": {"duty_officer", "wall"},
    "live_view": {"duty_officer", "wall"},
    "plan_activation": {
        "duty_officer",
        "grid_worker",
        "secretary",
        "property",
        "resident",
        "source",
    },
    "gate_policy": {"secretary", "admin"},
}
DECIDING = {
    "export": {"secretary", "subdistrict", "privacy"},
    "subject_copy": {"secretary"},
    "erasure": {"secretary"},
    "register_deletion": {"secretary"},
    "legal_hold": {"secretary"},
    "camera_retrieval": {"secretary"},
    "live_view": {"secretary"},
    "plan_activation": {"secretary"},
    "gate_policy": {"secretary"},
}


@pytest.mark.parametrize(("kind", "role"), list(product(KINDS, ROLES)))
def test_each_role_may_ask_and_decide_exactly_what_the_matrix_says(kind: str, role: str) -> None:
    # Walls, residents and keys have no account and are turned away where somebody asks.
    assert may_ask(role, kind) is (role in ASKING[kind])
    assert may_decide(role, kind) is (role in DECIDING[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_can_always_decide(kind: str) -> None:
    assert set(deciding_roles(kind)) == DECIDING[kind]


@pytest.mark.parametrize("kind", ["live_view", "plan_activation"])
def test_what_saves_lives_begins_at_once_and_is_confirmed_within_ten_minutes(kind: str) -> None:
    assert (kind_of(kind).mode, kind_of(kind).due) == ("after", CONFIRM_WITHIN)
    assert timedelta(minutes=10) == CONFIRM_WITHIN


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"live_view", "plan_activation"}))
def test_everything_else_waits(kind: str) -> None:
    assert kind_of(kind).mode == "before"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ApprovalKindUnknown):
        kind_of("teleport")


@pytest.mark.parametrize(
    ("mode", "state", "minutes", "over"),
    [
        ("before", "waiting", -1, False),  # still in time
        ("before", "waiting", 0, True),  # at the very moment
        ("before", "waiting", 1, True),
        ("before", "confirmed", 1, False),  # settled in time
        ("after", "waiting", 1, False),  # late, but it can still be confirmed
        ("after", "escalated", 60, False),
    ],
)
def test_what_waited_too_long_cannot_be_confirmed(
    mode: str, state: str, minutes: int, over: bool
) -> None:
    assert lapsed(mode, state, NOW, NOW + timedelta(minutes=minutes)) is over


@pytest.mark.parametrize(
    ("asker", "decider", "asker_worker", "worker", "fine"),
    [
        ("account:a", "account:b", None, None, True),
        ("account:a", "account:b", "w1", "w2", True),
        ("account:a", "account:b", "w1", None, True),
        ("account:a", "account:a", None, None, False),
        ("account:a", "account:b", "w1", "w1", False),  # one person, two accounts
    ],
)
def test_the_second_person_is_another_person(
    asker: str, decider: str, asker_worker: str | None, worker: str | None, fine: bool
) -> None:
    if fine:
        second_person(asker, decider, asker_worker, worker)
    else:
        with pytest.raises(SecondPersonNeeded):
            second_person(asker, decider, asker_worker, worker)


@pytest.mark.parametrize("given", ["本人申请", "  two   words ", "a" * 200, "<script>x</script>"])
def test_a_reason_is_one_line_of_plain_text(given: str) -> None:
    assert reason_text(given) == " ".join(given.split())


@pytest.mark.parametrize(
    "given", ["", "   ", "abc", "a" * 201, None, 7, ["long enough"], "ab\u202ecd", "ab\x00cdef"]
)
def test_anything_else_is_no_reason(given: object) -> None:
    with pytest.raises(ReasonNeeded):
        reason_text(given)


@pytest.mark.parametrize("given", ["", "c", None, 3, "a "])
def test_a_word_that_is_not_on_the_list_is_refused(given: object) -> None:
    assert one_of("a", ("a", "b"), "letters") == "a"
    with pytest.raises(CodeUnknown):
        one_of(given, ("a", "b"), "letters")
