"""Who comes in: every step of a sign-in, and everything that must not get past it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

import pyotp
import pytest
from argon2 import PasswordHasher

from actions.access import current_origin
from actions.account_drafts import AccountDraft
from actions.attempts import TooManyAttempts
from actions.passwords import HashingBusy, PasswordHashing
from actions.signin import SignIn
from actions.signin_steps import CodeWrong, PasswordSame, SignInFailed, SignInOver, Step
from actions.totp import FIELD, STEP_S, keep_recovery_codes, new_recovery_codes, subject_of
from rules.attempts import ORIGIN_FAILURES, ORIGIN_WINDOW
from rules.passwords import PasswordRefused
from tests.actions.door import OTHER_PASSWORD, PASSWORD, Door

T = TypeVar("T")


def run(step: Coroutine[Any, Any, T], origin: str = "192.0.2.7") -> T:
    token = current_origin.set(origin)
    try:
        return asyncio.run(step)
    finally:
        current_origin.reset(token)


def enter(door: Door, password: str = PASSWORD, login: str = "duty1", **more: str) -> Step:
    return run(door.signin.password(login, password), **more)


def fail(door: Door, times: int, login: str = "duty1") -> None:
    for number in range(times):
        with pytest.raises(SignInFailed):
            enter(door, "wrong guess of somebody", login, origin=f"198.51.100.{number % 200}")


def second_factor(door: Door, account_id: str) -> pyotp.TOTP:
    """Turn the second factor of an account on; returns the authenticator."""
    secret = pyotp.random_base32()
    door.vault.keyring.create([subject_of(account_id)])
    sealed = door.vault.keyring.seal(subject_of(account_id), FIELD, secret)
    row = {**door.credential(account_id), "totp_sealed": sealed, "totp_confirmed": True}
    table = {"incoming": None}

    def work(tx: Any) -> None:
        table["incoming"] = tx.table("credential", [row])
        tx.run("credential/put", table)

    door.store.write(work).result()
    return pyotp.TOTP(secret)


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
NO_CODES = ["", "12345", "1234567", "abcdef", "１２３４５６", "\ud800", "9" * 9**6]


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


class TestSecondFactor:
    """Six digits after the password."""

    def test_both_factors_open_the_door(self, door: Door) -> None:
        account_id = door.account()
        app = second_factor(door, account_id)
        half = enter(door)
        assert (half.account_id, half.stage) == ("", "code")
        done = run(door.signin.code(half.ticket, app.at(door.now)))
        assert done == Step(account_id, "password+totp")

    @pytest.mark.parametrize("beside", [-1, 0, 1])
    def test_a_code_counts_one_step_to_either_side(self, door: Door, beside: int) -> None:
        app = second_factor(door, door.account())
        code = app.at(door.now + timedelta(seconds=STEP_S * beside))
        assert run(door.signin.code(enter(door).ticket, code)).account_id

    @pytest.mark.parametrize("beside", [-2, 2, 100])
    def test_a_code_of_another_time_does_not(self, door: Door, beside: int) -> None:
        app = second_factor(door, door.account())
        code = app.at(door.now + timedelta(seconds=STEP_S * beside))
        with pytest.raises(CodeWrong):
            run(door.signin.code(enter(door).ticket, code))

    def test_a_code_is_good_for_one_sign_in_only(self, door: Door) -> None:
        app = second_factor(door, door.account())
        code = app.at(door.now)
        assert run(door.signin.code(enter(door).ticket, code)).account_id
        with pytest.raises(CodeWrong):
            run(door.signin.code(enter(door).ticket, code))
        door.later(seconds=STEP_S)
        assert run(door.signin.code(enter(door).ticket, app.at(door.now))).account_id

    def test_an_older_code_does_not_count_after_a_newer_one(self, door: Door) -> None:
        app = second_factor(door, door.account())
        earlier = app.at(door.now)
        door.later(seconds=STEP_S)
        assert run(door.signin.code(enter(door).ticket, app.at(door.now))).account_id
        with pytest.raises(CodeWrong):
            run(door.signin.code(enter(door).ticket, earlier))

    def test_what_is_no_code_is_refused(self, door: Door) -> None:
        second_factor(door, door.account())
        for typed in NO_CODES:
            door.later(minutes=20)
            with pytest.raises(CodeWrong):
                run(door.signin.code(enter(door).ticket, typed))

    def test_five_wrong_codes_end_the_ticket_and_make_the_account_pause(self, door: Door) -> None:
        account_id = door.account()
        app = second_factor(door, account_id)
        ticket = enter(door).ticket
        for _ in range(4):
            with pytest.raises(CodeWrong) as wrong:
                run(door.signin.code(ticket, "000000"))
            ticket = str(wrong.value.fields["ticket"])
        with pytest.raises(SignInOver):
            run(door.signin.code(ticket, "000000"))
        with pytest.raises(SignInFailed):
            enter(door)
        door.later(seconds=31)
        assert run(door.signin.code(enter(door).ticket, app.at(door.now))).account_id

    def test_right_passwords_between_do_not_wipe_out_wrong_codes(self, door: Door) -> None:
        # Who knows the password must not get endless guesses at the code.
        account_id = door.account()
        second_factor(door, account_id)
        for _ in range(5):
            with pytest.raises(CodeWrong):
                run(door.signin.code(enter(door).ticket, "000000"))
        assert door.credential(account_id)["failures"] == 5
        with pytest.raises(SignInFailed):
            enter(door)

    @pytest.mark.parametrize("ticket", ["", "made up", "\ud800", "x" * 100_000])
    def test_a_ticket_nobody_issued_opens_nothing(self, door: Door, ticket: str) -> None:
        with pytest.raises(SignInOver):
            run(door.signin.code(ticket, "123456"))
        with pytest.raises(SignInOver):
            run(door.signin.new_password(ticket, OTHER_PASSWORD))

    def test_a_ticket_is_over_after_five_minutes(self, door: Door) -> None:
        app = second_factor(door, door.account())
        ticket = enter(door).ticket
        door.later(minutes=5, seconds=1)
        with pytest.raises(SignInOver):
            run(door.signin.code(ticket, app.at(door.now)))

    def test_a_recovery_code_stands_in_once(self, door: Door) -> None:
        account_id = door.account()
        second_factor(door, account_id)
        codes = new_recovery_codes()
        door.store.write(lambda tx: keep_recovery_codes(tx, account_id, codes)).result()
        typed = codes[0].upper().replace("-", " ")
        assert run(door.signin.code(enter(door).ticket, typed)).account_id == account_id
        with pytest.raises(CodeWrong):
            run(door.signin.code(enter(door).ticket, typed))
        assert run(door.signin.code(enter(door).ticket, codes[9])).account_id == account_id

    def test_another_accounts_recovery_code_opens_nothing(self, door: Door) -> None:
        account_id, other = door.account(), door.account("duty2")
        second_factor(door, account_id)
        codes = new_recovery_codes()
        door.store.write(lambda tx: keep_recovery_codes(tx, other, codes)).result()
        with pytest.raises(CodeWrong):
            run(door.signin.code(enter(door).ticket, codes[0]))

    def test_a_closed_account_does_not_finish_its_sign_in(self, door: Door) -> None:
        account_id = door.account()
        app = second_factor(door, account_id)
        ticket = enter(door).ticket
        door.accounts().close(account_id)
        with pytest.raises(CodeWrong):
            run(door.signin.code(ticket, app.at(door.now)))


class TestNewPassword:
    """A password that somebody else knows is replaced before anything opens."""

    def test_the_owner_sets_another_one_and_comes_in(self, door: Door) -> None:
        account_id = door.account(must_change=True)
        half = enter(door)
        assert (half.account_id, half.stage) == ("", "change")
        done = run(door.signin.new_password(half.ticket, OTHER_PASSWORD))
        assert done.account_id == account_id
        assert enter(door, OTHER_PASSWORD).account_id == account_id
        with pytest.raises(SignInFailed):
            enter(door, PASSWORD)

    def test_the_second_factor_comes_first(self, door: Door) -> None:
        account_id = door.account(must_change=True)
        app = second_factor(door, account_id)
        half = enter(door)
        assert half.stage == "code"
        with pytest.raises(SignInOver):
            run(door.signin.new_password(half.ticket, OTHER_PASSWORD))
        next_step = run(door.signin.code(half.ticket, app.at(door.now)))
        assert next_step.stage == "change"
        done = run(door.signin.new_password(next_step.ticket, OTHER_PASSWORD))
        assert done == Step(account_id, "password+totp")

    def test_the_same_password_is_no_new_one(self, door: Door) -> None:
        door.account(must_change=True)
        with pytest.raises(PasswordSame):
            run(door.signin.new_password(enter(door).ticket, PASSWORD))

    @pytest.mark.parametrize("typed", ["short", "duty1duty1duty1duty1", "x" * 300])
    def test_a_poor_one_is_refused_and_may_be_tried_again(self, door: Door, typed: str) -> None:
        door.account(must_change=True)
        ticket = enter(door).ticket
        with pytest.raises(PasswordRefused):
            run(door.signin.new_password(ticket, typed))
        assert run(door.signin.new_password(ticket, OTHER_PASSWORD)).account_id

    def test_a_ticket_sets_a_password_once(self, door: Door) -> None:
        door.account(must_change=True)
        ticket = enter(door).ticket
        assert run(door.signin.new_password(ticket, OTHER_PASSWORD)).account_id
        with pytest.raises(SignInOver):
            run(door.signin.new_password(ticket, "a third password of some length"))
