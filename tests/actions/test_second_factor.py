"""The second factor and the new password: codes once, in time, in order; recovery codes once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.users.signin_steps import CodeWrong, PasswordSame, SignInFailed, SignInOver, Step
from actions.users.totp import STEP_S, keep_recovery_codes, new_recovery_codes
from rules.passwords import PasswordRefused
from tests.actions.door import OTHER_PASSWORD, PASSWORD, Door
from tests.actions.entering import enter, run, second_factor

NO_CODES = ["", "12345", "1234567", "abcdef", "１２３４５６", "\ud800", "9" * 9**6]


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
