"""`user …` and `kiosk …`: what the command line does to accounts and walls, and says."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.intake.recording import record, record_community
from actions.users.kiosks import find_kiosk
from actions.users.passwords import generated_password, password_hashing
from actions.vault import Vault
from commands.context import Context
from commands.demo_logins import LOGINS, demo_logins
from commands.kiosks import address_of, run_kiosk_create, run_kiosk_list, run_kiosk_revoke
from commands.users import (
    run_user_create,
    run_user_list,
    run_user_role,
    run_user_set_password,
    run_user_step,
)
from data.store import Store
from rules.records import AreaRecord, CommunityRecord
from settings import Settings
from tests.commands.shell import Words

PASSWORD = "correct horse battery staple"


class Office:
    """Runs the commands on one store."""

    def __init__(self, store: Store, vault: Vault, var: Path) -> None:
        self.store, self.vault, self.var = store, vault, var

    def run(self, command: Any, *arguments: Any, **options: Any) -> tuple[int, Words]:
        """Run a command; returns its status and what it printed."""
        words = Words()
        context = Context(self.store, Settings(var=self.var), words, self.vault)
        return command(context, *arguments, **options), words

    def account(self, login: str) -> dict[str, Any]:
        """What `user list` prints of an account."""
        _, words = self.run(run_user_list)
        return next(row for row in map(json.loads, words.lines) if row["login"] == login)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Two communities with two grids each."""
    store = Store.open()
    for community_id in ("demo", "other"):
        record_community(store, CommunityRecord(community_id=community_id, name_zh="社区")).result()
        grids = [
            AreaRecord(source_id=f"g{n}", level="grid", name_zh=f"网格{n}", code=f"10{n}")
            for n in (1, 2)
        ]
        record(store, "areas", community_id, "test", grids).result()
    vault = Vault.open(tmp_path / "keys", store)
    yield Office(store, vault, tmp_path)
    vault.close()
    store.close()


def test_a_generated_password_stands_alone_on_standard_output(office: Office) -> None:
    status, words = office.run(run_user_create, "duty1", "duty_officer", "demo")
    assert status == 0
    assert len(words.lines) == 1 and len(words.lines[0]) == len(generated_password())
    kept = office.store.rows("account/by_login", login="duty1")[0]["account_id"]
    row = office.store.rows("credential/of_account", account_id=kept)[0]
    assert password_hashing().check(row["password_hash"], words.lines[0]).result().right
    assert row["must_change"] is True
    assert office.account("duty1")["role"] == "duty_officer"


def test_a_given_password_is_held_to_the_rules_and_never_printed(office: Office) -> None:
    status, words = office.run(run_user_create, "duty1", "duty_officer", "demo", password="short")
    assert status == 2 and "15 characters" in words.errors[0] and words.lines == []
    status, words = office.run(
        run_user_create, "duty1", "duty_officer", "demo", password=PASSWORD, keep_password=True
    )
    assert status == 0 and words.lines == [] and PASSWORD not in str(words.errors)
    assert office.account("duty1")["must_change"] is False


@pytest.mark.parametrize("area", ["网格2", "102", "g2"])
def test_areas_are_named_as_people_know_them(office: Office, area: str) -> None:
    status, _ = office.run(run_user_create, "grid2", "grid_worker", "demo", areas=[area])
    assert status == 0
    rows = {r["area_id"]: r for r in office.store.rows("account/areas", community_ids=["demo"])}
    assert [rows[each]["name_zh"] for each in office.account("grid2")["area_ids"]] == ["网格2"]


def test_an_area_that_is_not_there_or_not_one_is_refused(office: Office) -> None:
    for areas, also in ((["网格9"], []), (["网格1"], ["other"])):
        status, words = office.run(
            run_user_create, "grid1", "grid_worker", "demo", also=also, areas=areas
        )
        assert status == 2 and "no such area" in words.errors[0]


def test_what_is_refused_says_why_and_changes_nothing(office: Office) -> None:
    office.run(run_user_create, "admin1", "admin", "demo")
    for command, arguments, why in (
        (run_user_create, ("admin1", "admin", "demo"), "has this login"),
        (run_user_create, ("A", "admin", "demo"), "2 to 40"),
        (run_user_create, ("duty1", "wall", "demo"), "role_unknown"),
        (run_user_create, ("duty1", "admin", "nowhere"), "community_unknown"),
        (run_user_step, ("close", "admin1"), "make another one first"),
        (run_user_step, ("close", "nobody"), "user_unknown"),
        (run_user_role, ("admin1", "duty_officer"), "make another one first"),
        (run_user_set_password, ("nobody",), "user_unknown"),
    ):
        status, words = office.run(command, *arguments)
        assert status == 2 and why in words.errors[0] and words.lines == []


def test_roles_and_communities_change_and_the_rest_stays(office: Office) -> None:
    office.run(run_user_create, "grid1", "grid_worker", "demo", areas=["网格1"])
    areas = office.account("grid1")["area_ids"]
    assert office.run(run_user_role, "grid1", "duty_officer")[0] == 0
    changed = office.account("grid1")
    assert (changed["role"], changed["area_ids"]) == ("duty_officer", areas)
    office.run(run_user_role, "grid1", community_id="other", areas=[], subject="https://x|1")
    changed = office.account("grid1")
    assert (changed["community_id"], changed["area_ids"]) == ("other", [])
    assert changed["oidc_subject"] == "https://x|1"


@pytest.mark.parametrize(
    "step", ["close", "reopen", "unlock", "end_sessions", "reset_second_factor"]
)
def test_each_step_says_what_it_did(office: Office, step: str) -> None:
    office.run(run_user_create, "duty1", "duty_officer", "demo")
    status, words = office.run(run_user_step, step, "duty1")
    assert status == 0 and words.lines[0].startswith("duty1 ")


def test_a_wall_link_stands_alone_on_standard_output(office: Office) -> None:
    status, words = office.run(run_kiosk_create, "demo", "room 1")
    assert status == 0 and len(words.lines) == 1
    address, _, secret = words.lines[0].rpartition("/kiosk/")
    assert address == "http://127.0.0.1:8050"
    found = find_kiosk(office.store, secret)
    assert found is not None and found["community_id"] == "demo"
    _, listed = office.run(run_kiosk_list)
    assert secret not in listed.lines[0]
    assert office.run(run_kiosk_revoke, found["kiosk_id"])[0] == 0
    assert find_kiosk(office.store, secret) is None
    assert office.run(run_kiosk_create, "nowhere")[0] == 2
    assert office.run(run_kiosk_revoke, "made-up")[0] == 2


@pytest.mark.parametrize(
    ("values", "address"),
    [
        ({}, "http://127.0.0.1:8050"),
        ({"host": "::1"}, "http://[::1]:8050"),
        ({"host": "192.0.2.1", "insecure_http": True, "port": 80}, "http://192.0.2.1:80"),
        ({"host": "2001:db8::1", "insecure_http": True}, "http://[2001:db8::1]:8050"),
        ({"public_url": "http://wall.example/"}, "http://wall.example"),
        ({"host": "0.0.0.0", "insecure_http": True}, "http://127.0.0.1:8050"),
    ],
)
def test_links_name_the_address_people_use(values: dict[str, Any], address: str) -> None:
    assert address_of(Settings(**values)) == address


def test_the_demo_has_one_account_per_role_and_shows_the_same_ones_again(office: Office) -> None:
    _, words = office.run(lambda context: len([context.out(x) for x in demo_logins(context)]))
    file = office.var / "demo-logins.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {office.account(login)["role"] for login in LOGINS} == set(LOGINS.values())
    assert office.account("grid")["area_ids"] != []
    secret = words.lines[-1].rpartition("/kiosk/")[2]
    assert find_kiosk(office.store, secret) is not None
    password = words.lines[1].split()[-1]
    kept = office.store.rows("account/by_login", login="duty")[0]["account_id"]
    row = office.store.rows("credential/of_account", account_id=kept)[0]
    assert password_hashing().check(row["password_hash"], password).result().right
    _, again = office.run(lambda context: len([context.out(x) for x in demo_logins(context)]))
    assert again.lines == words.lines
    file.unlink()
    _, lost = office.run(lambda context: len([context.out(x) for x in demo_logins(context)]))
    assert "set-password" in lost.lines[1] and password not in str(lost.lines)
