"""Who may make and change accounts, what an account may be, and what it leaves behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere
from actions.intake.recording import record
from actions.users.account_drafts import (
    AccountDraft,
    AreaUnknown,
    LoginInvalid,
    LoginTaken,
    SubjectTaken,
    WorkerUnknown,
)
from actions.users.accounts import LastAdmin
from actions.users.keys import CommunityUnknown, RoleUnknown
from rules.errors import RuleViolation
from rules.privacy import ACCOUNT_ROLES, ROLES
from rules.records import AreaRecord, WorkerRecord
from rules.viewer import Viewer
from tests.actions.door import Door

DUTY = AccountDraft("duty1", "duty_officer", "demo")


def viewer(role: str = "admin", *communities: str) -> Viewer:
    return Viewer("account", f"a-{role}", role, frozenset(communities or ("demo",)))


def signed_in(door: Door, account_id: str) -> int:
    return door.sql(f"select count(*) from session where holder_id = '{account_id}'")[0][0]


def open_session(door: Door, account_id: str) -> None:
    row = {
        "session_id": f"s-{account_id}-{signed_in(door, account_id)}",
        "token_hash": "x",
        "holder_kind": "account",
        "holder_id": account_id,
        "method": "password",
        "created_at": door.now,
        "seen_at": door.now,
    }
    door.store.write(
        lambda tx: tx.run("session/open", {"incoming": tx.table("session", [row])})
    ).result()


def state(door: Door, account_id: str) -> dict[str, Any]:
    return door.store.rows("account/one", account_id=account_id)[0]


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
def test_an_administrator_makes_accounts_of_every_role(door: Door, role: str) -> None:
    made = door.accounts(viewer()).create(AccountDraft("post-1", role, "demo"), "hash")
    assert state(door, made)["role"] == role
    assert door.credential(made)["must_change"] is True
    assert ("account.create", "done", "account:a-admin", made, role) in door.audited()


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
def test_no_other_role_makes_or_changes_any(door: Door, role: str) -> None:
    known = door.account("somebody")
    accounts = door.accounts(viewer(role))
    for attempt in (
        lambda: accounts.create(DUTY, "hash"),
        lambda: accounts.change(known, DUTY),
        lambda: accounts.close(known),
        lambda: accounts.set_password(known, "hash"),
        lambda: accounts.reset_second_factor(known),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert state(door, known)["removed_at"] is None
    refused = [line for line in door.audited() if line[1] == "refused"]
    assert len(refused) == 5 and refused[0][0] == "account.create"


@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        (AccountDraft("d", "duty_officer", "demo"), LoginInvalid),  # too short
        (AccountDraft("d" * 41, "duty_officer", "demo"), LoginInvalid),
        (AccountDraft("Duty", "duty_officer", "demo"), LoginInvalid),  # capitals
        (AccountDraft("-duty", "duty_officer", "demo"), LoginInvalid),
        (AccountDraft("duty officer", "duty_officer", "demo"), LoginInvalid),
        (AccountDraft("duty\n", "duty_officer", "demo"), LoginInvalid),
        (AccountDraft("<script>", "duty_officer", "demo"), LoginInvalid),
        (AccountDraft("值班", "duty_officer", "demo"), LoginInvalid),
        (AccountDraft("\ud800\ud800", "duty_officer", "demo"), LoginInvalid),
        (AccountDraft("duty1", "wall", "demo"), RoleUnknown),  # nobody signs in as a wall
        (AccountDraft("duty1", "cli", "demo"), RoleUnknown),
        (AccountDraft("duty1", "", "demo"), RoleUnknown),
        (AccountDraft("duty1", "duty_officer", "nowhere"), CommunityUnknown),
        (AccountDraft("duty1", "duty_officer", ""), CommunityUnknown),
        (AccountDraft("duty1", "duty_officer", "demo", ("nowhere",)), CommunityUnknown),
        (AccountDraft("duty1", "duty_officer", "demo", (), ("no-area",)), AreaUnknown),
        (AccountDraft("duty1", "duty_officer", "demo", (), (), "no-worker"), WorkerUnknown),
    ],
)
def test_what_cannot_be_an_account_is_refused(
    door: Door, draft: AccountDraft, refusal: type[RuleViolation]
) -> None:
    with pytest.raises(refusal):
        door.accounts().create(draft, "hash")
    assert door.sql("select count(*) from account_event") == [(0,)]
    assert door.sql("select count(*) from credential") == [(0,)]


def test_a_login_is_given_once_even_at_the_same_moment(door: Door) -> None:
    def make(_: int) -> str:
        try:
            return door.accounts().create(DUTY, "hash")
        except LoginTaken:
            return "taken"

    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(make, range(8)))
    assert made.count("taken") == 7


def test_a_closed_accounts_login_stays_its_own(door: Door) -> None:
    door.accounts().close(door.account("duty1"))
    with pytest.raises(LoginTaken):
        door.accounts().create(DUTY, "hash")


class TestScope:
    """What belongs to another community answers as if it did not exist."""

    def test_an_account_of_another_community_is_not_there(self, door: Door) -> None:
        theirs = door.account("duty-other", community_id="other")
        both = door.account("street1", "subdistrict", also_communities=("other",))
        accounts = door.accounts(viewer())
        assert accounts.listed() == []
        for account_id in (theirs, both, "made-up"):
            for attempt in (accounts.close, accounts.reopen, accounts.unlock):
                with pytest.raises(NotThere):
                    attempt(account_id)
            with pytest.raises(NotThere):
                accounts.change(account_id, AccountDraft("x1", "admin", "demo"))
            with pytest.raises(NotThere):
                accounts.set_password(account_id, "hash")

    def test_an_administrator_of_both_reaches_both(self, door: Door) -> None:
        both = door.account("street1", "subdistrict", also_communities=("other",))
        accounts = door.accounts(viewer("admin", "demo", "other"))
        assert [row["account_id"] for row in accounts.listed()] == [both]
        accounts.close(both)
        assert state(door, both)["removed_at"] is not None

    def test_nobody_gives_a_community_that_is_not_its_own(self, door: Door) -> None:
        accounts = door.accounts(viewer())
        with pytest.raises(CommunityUnknown):
            accounts.create(AccountDraft("duty1", "duty_officer", "other"), "hash")
        with pytest.raises(CommunityUnknown):
            accounts.create(AccountDraft("duty1", "duty_officer", "demo", ("other",)), "hash")
        own = door.account("own1")
        with pytest.raises(CommunityUnknown):
            accounts.change(own, AccountDraft("own1", "duty_officer", "demo", ("other",)))

    def test_areas_and_workers_are_those_of_its_communities(self, door: Door) -> None:
        for community_id in ("demo", "other"):
            grid = AreaRecord(source_id="g1", level="grid", name_zh="一网格")
            worker = WorkerRecord(source_id="w1", kind="grid_worker", callsign="网格-01")
            record(door.store, "areas", community_id, "test", [grid]).result()
            record(door.store, "workers", community_id, "test", [worker]).result()
        area = {row["community_id"]: row["area_id"] for row in self.areas(door)}
        workers = door.store.rows("account/workers", community_ids=["demo", "other"])
        worker_id = {row["community_id"]: row["worker_id"] for row in workers}
        draft = AccountDraft("grid1", "grid_worker", "demo", (), (area["demo"],), worker_id["demo"])
        made = door.accounts(viewer()).create(draft, "hash")
        assert state(door, made)["area_ids"] == [area["demo"]]
        with pytest.raises(AreaUnknown):
            door.accounts().create(
                AccountDraft("grid2", "grid_worker", "demo", (), (area["other"],)), "hash"
            )
        with pytest.raises(WorkerUnknown):
            door.accounts().create(
                AccountDraft("grid2", "grid_worker", "demo", (), (), worker_id["other"]), "hash"
            )

    def areas(self, door: Door) -> list[dict[str, Any]]:
        return door.store.rows("account/areas", community_ids=["demo", "other"])


class TestLastAdmin:
    """A community is never left without somebody who can make accounts."""

    def test_the_last_one_is_neither_closed_nor_demoted_nor_sent_away(self, door: Door) -> None:
        last = door.account("admin1", "admin")
        door.accounts().close(door.account("admin2", "admin"))  # closed ones do not count
        door.account("admin3", "admin", "other")  # nor those of another community
        with pytest.raises(LastAdmin):
            door.accounts().close(last)
        with pytest.raises(LastAdmin):
            door.accounts().change(last, AccountDraft("admin1", "duty_officer", "demo"))
        with pytest.raises(LastAdmin):
            door.accounts().change(last, AccountDraft("admin1", "admin", "other"))
        assert state(door, last)["role"] == "admin"

    def test_with_another_one_it_may_go(self, door: Door) -> None:
        first, second = door.account("admin1", "admin"), door.account("admin2", "admin")
        door.accounts().close(first)
        with pytest.raises(LastAdmin):
            door.accounts().close(second)

    def test_an_administrator_of_several_communities_counts_in_each(self, door: Door) -> None:
        both = door.account("admin1", "admin", also_communities=("other",))
        door.account("admin2", "admin")
        with pytest.raises(LastAdmin) as refused:
            door.accounts().close(both)
        assert refused.value.fields == {"community_id": "other"}
        door.accounts().change(both, AccountDraft("admin1", "admin", "other"))

    def test_two_that_are_closed_at_once_leave_one(self, door: Door) -> None:
        admins = [door.account(f"admin{n}", "admin") for n in range(4)]

        def close(account_id: str) -> str:
            try:
                door.accounts().close(account_id)
            except LastAdmin:
                return "kept"
            return "closed"

        with ThreadPoolExecutor(4) as threads:
            outcomes = sorted(threads.map(close, admins))
        assert outcomes == ["closed", "closed", "closed", "kept"]


class TestConsequences:
    """What a change does to sessions, and what stays."""

    @pytest.mark.parametrize(
        "step", ["change", "close", "set_password", "reset_second_factor", "end_sessions"]
    )
    def test_a_change_signs_the_account_out_everywhere(self, door: Door, step: str) -> None:
        account_id, other = door.account(), door.account("duty2")
        for each in (account_id, account_id, other):
            open_session(door, each)
        arguments = {"change": [DUTY], "set_password": ["hash"]}.get(step, [])
        getattr(door.accounts(), step)(account_id, *arguments)
        assert signed_in(door, account_id) == 0
        assert signed_in(door, other) == 1

    def test_a_reopened_account_has_the_password_it_had(self, door: Door) -> None:
        account_id = door.account()
        before = door.credential(account_id)
        door.accounts().close(account_id)
        door.accounts().reopen(account_id)
        assert state(door, account_id)["removed_at"] is None
        assert door.credential(account_id) == before

    def test_a_set_password_must_be_changed_and_ends_the_pause(self, door: Door) -> None:
        account_id = door.account()
        door.accounts().set_password(account_id, "another hash")
        credential = door.credential(account_id)
        assert credential["must_change"] is True
        assert credential["password_hash"] == "another hash"

    def test_changing_keeps_the_login_and_tells_the_audit_both_roles(self, door: Door) -> None:
        account_id = door.account()
        door.accounts().change(account_id, AccountDraft("other-name", "secretary", "demo"))
        assert state(door, account_id)["login"] == "duty1"
        assert ("account.change", "done", "cli", account_id, "duty_officer > secretary") in (
            door.audited()
        )

    def test_a_person_at_the_provider_is_one_account(self, door: Door) -> None:
        door.account("duty1", oidc_subject="https://login.example|42")
        second = door.account("duty2")
        draft = AccountDraft(
            "duty2", "duty_officer", "demo", oidc_subject="https://login.example|42"
        )
        with pytest.raises(SubjectTaken):
            door.accounts().change(second, draft)

    def test_the_log_holds_no_secret(self, door: Door) -> None:
        door.account()
        columns = [name for (name, *_) in door.sql("describe account_event")]
        assert not [name for name in columns if "hash" in name or "password" in name]
