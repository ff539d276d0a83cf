"""What everybody may do to the own account, and that nobody reaches another's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
import pytest

from actions.access import NotAllowed, NotThere
from actions.users.own_account import OwnAccount, PasswordWrong
from actions.users.signin_steps import CodeWrong, PasswordSame
from actions.users.totp import STEP_S
from rules.passwords import PasswordRefused
from rules.viewer import Viewer
from tests.actions.door import OTHER_PASSWORD, PASSWORD, Door
from tests.actions.test_accounts import open_session, signed_in


def own(door: Door, account_id: str, session_id: str | None = None) -> OwnAccount:
    asking = Viewer("account", account_id, "duty_officer", frozenset({"demo"}), label="duty1")
    vault = door.vault
    return OwnAccount(
        door.store,
        vault.audit,
        vault.keyring,
        door.hashing,
        asking,
        session_id,
        now=lambda: door.now,
    )


def second_factor(door: Door, account_id: str) -> tuple[pyotp.TOTP, list[str]]:
    mine = own(door, account_id)
    app = pyotp.TOTP(mine.begin_second_factor(PASSWORD).secret)
    return app, mine.confirm_second_factor(app.at(door.now))


class TestPassword:
    """The present one is asked for, and only the present browser stays signed in."""

    def test_another_password_takes_its_place(self, door: Door) -> None:
        account_id, other = door.account(), door.account("duty2")
        for each in (account_id, account_id, other):
            open_session(door, each)
        kept = f"s-{account_id}-0"
        own(door, account_id, kept).change_password(PASSWORD, OTHER_PASSWORD)
        assert [row["session_id"] for row in own(door, account_id).sessions()] == [kept]
        assert signed_in(door, other) == 1
        own(door, account_id).change_password(OTHER_PASSWORD, PASSWORD)
        assert ("account.own_password", "done") in [line[:2] for line in door.audited()]

    def test_without_the_present_one_nothing_changes(self, door: Door) -> None:
        account_id = door.account()
        before = door.credential(account_id)["password_hash"]
        for attempt in (
            lambda mine: mine.change_password("wrong", OTHER_PASSWORD),
            lambda mine: mine.begin_second_factor("wrong"),
            lambda mine: mine.remove_second_factor(""),
            lambda mine: mine.renew_recovery_codes("\ud800"),
        ):
            with pytest.raises(PasswordWrong):
                attempt(own(door, account_id))
        assert door.credential(account_id)["password_hash"] == before
        assert door.credential(account_id)["failures"] == 4
        assert door.audited()[-1][:2] == ("account.own_proof", "refused")

    def test_guessing_the_present_one_makes_the_account_pause(self, door: Door) -> None:
        account_id = door.account()
        for _ in range(5):
            with pytest.raises(PasswordWrong):
                own(door, account_id).change_password("wrong", OTHER_PASSWORD)
        with pytest.raises(PasswordWrong):
            own(door, account_id).change_password(PASSWORD, OTHER_PASSWORD)
        door.later(seconds=31)
        own(door, account_id).change_password(PASSWORD, OTHER_PASSWORD)

    def test_a_poor_or_the_same_one_is_refused(self, door: Door) -> None:
        mine = own(door, door.account())
        with pytest.raises(PasswordRefused):
            mine.change_password(PASSWORD, "duty1duty1duty1duty1")
        with pytest.raises(PasswordSame):
            mine.change_password(PASSWORD, PASSWORD)


class TestSecondFactor:
    """Begun with the password, on with the first code, off with the password."""

    def test_it_is_on_only_after_a_first_code(self, door: Door) -> None:
        account_id = door.account()
        mine = own(door, account_id)
        setup = mine.begin_second_factor(PASSWORD)
        assert setup.address.startswith("otpauth://totp/Yiping:duty1?secret=" + setup.secret)
        assert door.credential(account_id)["totp_confirmed"] is False
        with pytest.raises(CodeWrong):
            mine.confirm_second_factor("000000")
        codes = mine.confirm_second_factor(pyotp.TOTP(setup.secret).at(door.now))
        assert door.credential(account_id)["totp_confirmed"] is True
        assert len(set(codes)) == 10 and mine.facts()["recovery_codes"] == 10

    def test_the_secret_lies_sealed_and_the_codes_hashed(self, door: Door) -> None:
        account_id = door.account()
        app, codes = second_factor(door, account_id)
        kept = str(door.sql("select totp_sealed from credential"))
        kept += str(door.sql("select code_hash from recovery_code"))
        assert app.secret not in kept
        assert not any(code.replace("-", "") in kept or code in kept for code in codes)
        assert all(app.secret not in str(line) for line in door.audited())

    def test_the_code_that_turned_it_on_signs_nobody_in(self, door: Door) -> None:
        account_id = door.account()
        second_factor(door, account_id)
        assert door.credential(account_id)["totp_last_step"] == int(door.now.timestamp()) // STEP_S

    def test_one_that_is_on_is_not_replaced_without_turning_it_off(self, door: Door) -> None:
        account_id = door.account()
        second_factor(door, account_id)
        with pytest.raises(NotAllowed):
            own(door, account_id).begin_second_factor(PASSWORD)
        own(door, account_id).remove_second_factor(PASSWORD)
        assert own(door, account_id).facts()["recovery_codes"] == 0
        second_factor(door, account_id)

    def test_new_recovery_codes_replace_the_old_ones(self, door: Door) -> None:
        account_id = door.account()
        _, old = second_factor(door, account_id)
        new = own(door, account_id).renew_recovery_codes(PASSWORD)
        assert not set(old) & set(new)
        assert own(door, account_id).facts()["recovery_codes"] == 10

    def test_without_one_there_are_no_recovery_codes(self, door: Door) -> None:
        with pytest.raises(NotAllowed):
            own(door, door.account()).renew_recovery_codes(PASSWORD)

    def test_an_administrator_takes_it_away_with_its_codes(self, door: Door) -> None:
        account_id = door.account()
        second_factor(door, account_id)
        door.accounts().reset_second_factor(account_id)
        assert door.credential(account_id)["totp_sealed"] is None
        assert own(door, account_id).facts()["recovery_codes"] == 0


class TestSessions:
    """One's own browsers, and nobody else's."""

    def test_each_is_listed_and_can_be_ended(self, door: Door) -> None:
        account_id = door.account()
        open_session(door, account_id)
        door.now += timedelta(minutes=5)
        open_session(door, account_id)
        mine = own(door, account_id, f"s-{account_id}-1")
        assert [row["present"] for row in mine.sessions()] == [True, False]
        mine.end_session(f"s-{account_id}-0")
        assert len(mine.sessions()) == 1

    @pytest.mark.parametrize("session_id", ["made up", "", "\ud800"])
    def test_another_accounts_session_is_not_there(self, door: Door, session_id: str) -> None:
        account_id, other = door.account(), door.account("duty2")
        open_session(door, other)
        for each in (session_id, f"s-{other}-0"):
            with pytest.raises(NotThere):
                own(door, account_id).end_session(each)
        assert signed_in(door, other) == 1

    @pytest.mark.parametrize("kind", ["kiosk", "key", "cli"])
    def test_whoever_has_no_account_has_nothing_here(self, door: Door, kind: Any) -> None:
        account_id = door.account()
        asking = Viewer(kind, account_id, "wall", frozenset({"demo"}))
        vault = door.vault
        none = OwnAccount(door.store, vault.audit, vault.keyring, door.hashing, asking)
        for attempt in (none.facts, none.sessions, none.end_other_sessions):
            with pytest.raises(NotAllowed):
                attempt()
