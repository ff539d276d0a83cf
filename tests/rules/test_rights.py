"""Requests of the people on record: who may ask what, how identified, and the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from rules.rights import (
    ALL_CHECKS,
    APPROVALS,
    IDENTITY_CHECKS,
    REQUEST_KINDS,
    REQUESTERS,
    STATES,
    STEPS,
    TRANSITIONS,
    IdentityUnproven,
    NotForKin,
    RequestSettled,
    check_requester,
    due_at,
    reply_light,
    step,
)

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
WEAK = {(kind, "call_back") for kind in ("view", "copy", "accesses", "delete")}


@pytest.mark.parametrize(("state", "taken"), list(product(STATES, STEPS)))
def test_every_step_from_every_state_is_allowed_or_refused(state: str, taken: str) -> None:
    into = TRANSITIONS.get((state, taken))  # type: ignore[call-overload]
    if into is None:
        with pytest.raises(RequestSettled):
            step(state, taken)  # type: ignore[arg-type]
    else:
        assert step(state, taken) == into  # type: ignore[arg-type]


def test_an_answered_request_stays_answered() -> None:
    assert not [pair for pair in TRANSITIONS if pair[0] in ("done", "refused", "withdrawn")]


@pytest.mark.parametrize(
    ("kind", "requester", "check"), list(product(REQUEST_KINDS, REQUESTERS, ALL_CHECKS))
)
def test_each_requester_shows_what_fits(kind: str, requester: str, check: str) -> None:
    if requester == "next_of_kin" and kind == "withdraw_consent":
        with pytest.raises(NotForKin):
            check_requester(kind, requester, check)
    elif check in IDENTITY_CHECKS[requester] and (kind, check) not in WEAK:
        check_requester(kind, requester, check)
    else:
        with pytest.raises(IdentityUnproven):
            check_requester(kind, requester, check)


def test_an_unknown_requester_proves_nothing() -> None:
    with pytest.raises(IdentityUnproven):
        check_requester("copy", "neighbour", "id_card")


def test_whatever_hands_out_or_destroys_everything_needs_a_second_person() -> None:
    assert APPROVALS == {"view": "subject_copy", "copy": "subject_copy", "delete": "erasure"}


@pytest.mark.parametrize(
    ("days", "light"),
    [(0, "ok"), (11, "ok"), (12, "soon"), (14, "soon"), (15, "over"), (40, "over")],
)
def test_the_clock_reminds_three_days_before_and_runs_out_after_fifteen(
    days: int, light: str
) -> None:
    assert reply_light("open", due_at(NOW), NOW + timedelta(days=days)) == light
    assert reply_light("waiting", due_at(NOW), NOW + timedelta(days=days)) == light
    assert reply_light("done", due_at(NOW), NOW + timedelta(days=days)) == "closed"
