"""Who comes in: every step of a sign-in, and everything that must not get past it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher

from actions.users.account_drafts import AccountDraft
from actions.users.attempts import TooManyAttempts
from actions.users.passwords import HashingBusy, PasswordHashing
from actions.users.signin import SignIn
from actions.users.signin_steps import SignInFailed, Step
from rules.attempts import ORIGIN_FAILURES, ORIGIN_WINDOW
from tests.actions.door import PASSWORD, Door
from tests.actions.entering import enter, fail, run


def test_the_right_password_opens_the_door_and_leaves_a_line(door: Door) -> None:
    account_id = door.account()
    assert enter(door) == Step(account_id, "password")
    assert door.credential(account_id)["signed_in_at"] == door.now
    action, result, actor, subject, detail = door.audited()[-1]
    assert (action, result, actor) == ("sign_in", "done", f"account:{account_id}")
    assert (subject, detail) == (account_id, "password")


@pytest.mark.parametrize("login", ["DUTY1", " duty1 ", "Duty1\t"])
def test_a_login_is_known_however_it_is_written(door: Door, login: str) -> None:
    account_id = door.account()
    assert enter(door, login=login).account_id == account_id


REFUSED = [
    ("duty1", "wrong guess of somebody"),
    ("duty1", PASSWORD + " "),
    ("duty1", PASSWORD.upper()),
    ("duty2", ""),
    ("duty2", "\x00"),
    ("duty2", "\ud800" * 20),
    ("duty2", "x" * 1_000_000),
    ("nobody", PASSWORD),
    ("", PASSWORD),
    ("duty1'; drop table account_now; --", PASSWORD),
    ("d" * 100_000, PASSWORD),
    ("\ud800", PASSWORD),
    ("closed1", PASSWORD),
    ("provider1", PASSWORD),
]


def test_everything_else_is_refused_in_the_same_words(door: Door) -> None:
    for login in ("duty1", "duty2"):
        door.account(login)
    door.accounts().close(door.account("closed1"))
    door.accounts().create(AccountDraft("provider1", "duty_officer", "demo"), None)
    for login, password in REFUSED:
        with pytest.raises(SignInFailed) as refused:
            enter(door, password, login)
        assert refused.value.fields == {}
    lines = [line for line in door.audited() if line[0] == "sign_in"]
    assert [line[1:3] for line in lines] == [("refused", "anonymous")] * len(REFUSED)
    assert [line[4] for line in lines][-2:] == ["closed", "no_password"]
    assert all("drop table" not in str(line) for line in lines)  # what was typed is not kept


def test_after_five_failures_in_a_row_even_the_right_password_waits(door: Door) -> None:
    account_id = door.account()
    fail(door, 4)
    assert enter(door).account_id == account_id  # four slips cost nothing and are forgotten
    fail(door, 5)
    with pytest.raises(SignInFailed):
        enter(door)
    door.later(seconds=29)
    with pytest.raises(SignInFailed):
        enter(door)
    door.later(seconds=2)
    assert enter(door).account_id == account_id
    assert door.credential(account_id)["failures"] == 0


def test_attempts_during_the_pause_do_not_lengthen_it(door: Door) -> None:
    account_id = door.account()
    fail(door, 5)
    until = door.credential(account_id)["locked_until"]
    fail(door, 20)
    assert door.credential(account_id)["locked_until"] == until == door.now + timedelta(seconds=30)


def test_the_pause_survives_a_restart(door: Door) -> None:
    door.account()
    fail(door, 5)
    door.signin = door.open_signin()
    with pytest.raises(SignInFailed):
        enter(door)


def test_an_administrator_ends_the_pause(door: Door) -> None:
    account_id = door.account()
    fail(door, 9)
    door.accounts().unlock(account_id)
    assert enter(door).account_id == account_id


def test_failures_of_one_account_are_not_those_of_another(door: Door) -> None:
    door.account()
    other = door.account("duty2")
    fail(door, 6)
    assert enter(door, login="duty2").account_id == other


def test_many_guesses_at_once_count_one_by_one(door: Door) -> None:
    account_id = door.account()

    async def burst() -> list[Any]:
        guesses = (door.signin.password("duty1", f"guess number {n}") for n in range(12))
        return await asyncio.gather(*guesses, return_exceptions=True)

    outcomes = run(burst())
    assert all(isinstance(outcome, SignInFailed) for outcome in outcomes)
    credential = door.credential(account_id)
    assert credential["failures"] == 5  # the sixth was not looked at any more
    assert credential["locked_until"] is not None


def test_an_address_that_fails_too_often_waits_and_others_do_not(door: Door) -> None:
    account_id = door.account()
    for number in range(ORIGIN_FAILURES):
        with pytest.raises(SignInFailed):
            enter(door, login=f"nobody{number}")
    with pytest.raises(TooManyAttempts) as refused:
        enter(door)
    seconds = refused.value.fields["seconds"]
    assert seconds == ORIGIN_WINDOW.total_seconds()
    assert enter(door, origin="192.0.2.8").account_id == account_id
    door.later(seconds=float(str(seconds)) + 1)
    assert enter(door).account_id == account_id


def test_an_ipv6_network_counts_as_one_address(door: Door) -> None:
    door.account()
    for number in range(ORIGIN_FAILURES):
        with pytest.raises(SignInFailed):
            enter(door, "wrong", origin=f"2001:db8:1:2::{number:x}", login="nobody")
    with pytest.raises(TooManyAttempts):
        enter(door, origin="2001:db8:1:2:ffff::1")
    assert enter(door, origin="2001:db8:1:3::1").account_id


def test_more_at_once_than_can_be_hashed_are_turned_away_at_once(door: Door) -> None:
    account_id = door.account()
    door.hashing.close()
    busy = SignIn(
        door.store, door.vault.audit, door.vault.keyring, PasswordHashing(slots=1, waiting=0)
    )

    async def burst() -> list[Any]:
        both = (busy.password("duty1", PASSWORD) for _ in range(6))
        return await asyncio.gather(*both, return_exceptions=True)

    outcomes = run(burst())
    assert any(isinstance(outcome, HashingBusy) for outcome in outcomes)
    # Who was turned away had not failed.
    assert door.credential(account_id)["failures"] <= 1


def test_a_password_hashed_with_older_parameters_is_hashed_anew(door: Door) -> None:
    account_id = door.account()
    before = door.credential(account_id)["password_hash"]
    stronger = PasswordHashing(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    door.signin = SignIn(
        door.store, door.vault.audit, door.vault.keyring, stronger, now=lambda: door.now
    )
    assert enter(door).account_id == account_id
    after = door.credential(account_id)["password_hash"]
    assert after != before and "m=16,t=2" in after
    assert enter(door).account_id == account_id
    assert door.credential(account_id)["password_hash"] == after
