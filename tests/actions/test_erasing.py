"""Whoever is erased is unreadable everywhere, whatever crashes when; all other numbers hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from actions.approvals import ApprovalUnderWay
from actions.deciding import carry_out_confirmed, decide
from actions.files.keys import writing
from actions.files.name_columns import Block
from actions.files.name_index import name_index_of
from actions.rights import answers as rights_answers
from actions.rights import erasing
from actions.rights.answers import ask_second_person
from actions.rights.erasing import heal
from actions.rights.legal_holds import HoldWish, ask_hold
from actions.vault import Vault
from data.backup import FILES, back_up, restore
from data.keyring import Keyring
from data.keyring_journal import FILE_NAME as JOURNAL
from data.rebuild import rebuild
from data.restoring import bring_up
from data.views.care import care_cells
from rules.retention import OnLegalHold
from tests.rights_stage import ID_NUMBER, NAME, PHONE, Stage, officer

REASON = f"{NAME}本人到场要求删除"
SECRETARY = officer("secretary")


def ask_erasure(register: Stage, person_id: str) -> str:
    request_id = register.request("delete", person_id)
    return ask_second_person(register.desk(), request_id, REASON)


def erase(register: Stage, person_id: str) -> None:
    decide(register.approvals, SECRETARY, ask_erasure(register, person_id), True)


def values_of(register: Stage, person_id: str) -> list[Any]:
    return register.store.rows("personal_field/of", subject_ids=[person_id])


def assert_gone(register: Stage, person_id: str) -> None:
    assert register.keyring.state_of(person_id) == "erased"
    assert register.state(person_id) == "erased"
    assert values_of(register, person_id) == []
    assert register.sql(f"select 1 from sealed_note where subject_id = '{person_id}'") == []
    assert register.store.rows("consent/live", person_id=person_id, purpose=None) == []
    assert register.store.rows("care_recipient/of_people", person_ids=[person_id]) == []


def test_nothing_happens_before_the_second_person_has_confirmed(register: Stage) -> None:
    person_id = register.person()
    approval_id = ask_erasure(register, person_id)
    assert register.state(person_id) == "registered"
    assert register.keyring.state_of(person_id) == "known"
    decide(register.approvals, SECRETARY, approval_id, False, "identity_unproven")
    assert register.state(person_id) == "registered"
    row = register.desk().requests()[0]
    assert (row["state"], row["refusal"]) == ("refused", "identity_unproven")


def test_an_erased_person_leaves_only_a_tombstone_and_the_proof(register: Stage) -> None:
    person_id = register.cared()
    index = name_index_of(register.store)
    index.ready("demo")
    index.settle()
    today = register.now.date()
    everyone = Block(None, None, 0, 50)

    def found() -> list[str]:
        answer = index.search("demo", NAME[:2], everyone, today)
        assert answer is not None
        return answer.ids

    assert found() == [person_id]
    erase(register, person_id)
    assert_gone(register, person_id)
    index.settle()
    assert found() == []
    request = register.desk().requests()[0]
    assert (request["state"], request["closed_at"] is not None) == ("done", True)
    consents = register.sql(
        "select purpose, withdrawn_on is not null from consent_now order by purpose"
    )
    assert consents == [("care_service", True)]  # kept as proof of what was allowed
    assert all(table.same for table in rebuild(register.store))
    assert register.audited("person.erase") == [
        ("done", SECRETARY.actor, person_id, request["approval_id"])
    ]
    # The reason named the person; what is left of it cannot be opened any more.
    rows = register.sql("select subject_id, reason from audit_event where reason is not null")
    kept = [{"subject_id": subject, "reason": reason} for subject, reason in rows]
    assert [register.audit.reason_of(row) for row in kept] == [None] * len(kept)


def test_all_other_numbers_stay_right(register: Stage) -> None:
    people = [register.cared(number) for number in range(1, 8)]
    register.person(8, place_id="b2")

    def counted() -> tuple[Any, ...]:
        homes = register.sql(
            "select place.name_zh, count(*) from person_now as p join place_now as place "
            "on place.place_id = p.place_id where p.removed_at is null group by 1 order by 1"
        )
        profile = register.store.rows("view/profile", community_id="demo")[0]
        cells = care_cells(register.store.rows("view/care_cell", community_id="demo"))
        return homes, profile["residents"], profile["buildings"], [c["state"] for c in cells]

    assert counted() == ([("1号楼", 7), ("2号楼", 1)], None, 2, [7])
    erase(register, people[0])
    assert counted() == ([("1号楼", 6), ("2号楼", 1)], None, 2, [6])
    erase(register, people[1])
    assert counted() == ([("1号楼", 5), ("2号楼", 1)], None, 2, [5])
    erase(register, people[2])  # four are left: too few to be shown
    assert counted() == ([("1号楼", 4), ("2号楼", 1)], None, 2, [])
    assert register.state(people[3]) == "registered"
    assert register.keyring.open_sealed(
        people[3],
        "name",
        next(r["sealed"] for r in values_of(register, people[3]) if r["field"] == "name"),
    )


def crash(*_args: Any, **_more: Any) -> Any:
    raise SystemError("power cut")


def cut_before_keys(register: Stage, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Keyring, "_destroy", crash)


def cut_before_unit(register: Stage, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(erasing, "write_end", crash)


def cut_inside_unit(register: Stage, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rights_answers, "_erased", crash)


@pytest.mark.parametrize("cut", [cut_before_keys, cut_before_unit, cut_inside_unit])
def test_a_crash_between_any_two_steps_heals_at_the_next_start(
    register: Stage, cut: Callable[[Stage, pytest.MonkeyPatch], None]
) -> None:
    person_id, other = register.cared(), register.person(2)
    approval_id = ask_erasure(register, person_id)
    with pytest.MonkeyPatch.context() as patch:
        cut(register, patch)
        decide(register.approvals, SECRETARY, approval_id, True)  # the decision stands
        assert register.state(person_id) == "registered"
    register.restart()
    assert register.keyring.state_of(person_id) == "erased"
    assert heal(register.store, register.keyring, register.audit) == 1
    assert_gone(register, person_id)
    assert heal(register.store, register.keyring, register.audit) == 0
    assert carry_out_confirmed(register.approvals) == 1  # closes the request
    assert carry_out_confirmed(register.approvals) == 0
    assert register.desk().requests()[0]["state"] == "done"
    assert register.state(other) == "registered"
    assert len(register.audited("erasing.healed")) == 1


def test_a_crash_before_anything_happened_is_made_up_by_the_clock(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_id = register.person()
    approval_id = ask_erasure(register, person_id)
    with monkeypatch.context() as patch:
        patch.setattr(rights_answers, "erase_subjects", crash)
        decide(register.approvals, SECRETARY, approval_id, True)
    register.restart()
    assert heal(register.store, register.keyring, register.audit) == 0
    assert carry_out_confirmed(register.approvals) == 1
    assert_gone(register, person_id)


def test_an_older_backup_does_not_bring_anybody_back(register: Stage) -> None:
    person_id, other = register.cared(), register.person(2)
    folder = register.folder / "backup"
    back_up(register.store, register.folder, None, folder, register.folder / "keys" / JOURNAL)
    erase(register, person_id)
    register.close()
    keyring = Keyring.open(register.folder / "keys")
    restore(
        folder,
        register.database,
        register.folder,
        lambda staged: bring_up(staged, register.database, keyring, folder / FILES / JOURNAL),
    )
    keyring.close()
    register.open()
    # The keys are gone and the values are out before anybody could open the store.
    assert values_of(register, person_id) == []
    assert heal(register.store, register.keyring, register.audit) == 1
    assert_gone(register, person_id)
    assert register.state(other) == "registered"
    assert len(values_of(register, other)) > 0


def test_neither_values_nor_keys_are_in_any_file(register: Stage) -> None:
    person_id = register.cared()
    wrapped = register.keyring.secrets()[1][person_id]
    sealed = [row["sealed"].encode() for row in values_of(register, person_id)]
    folder = register.folder / "backup"
    back_up(register.store, register.folder, None, folder, register.folder / "keys" / JOURNAL)
    erase(register, person_id)
    files = every_file(register.folder)  # with the log that is not checkpointed yet
    register.close()
    files |= every_file(register.folder)
    for path, content in files.items():
        for clear in (NAME, PHONE, ID_NUMBER, REASON, "living_alone"):
            assert clear.encode() not in content, (path.name, clear)
        assert wrapped not in content, path.name
    register.open()
    # What old pages and backups still hold of the sealed values cannot be opened any more.
    assert any(sealed[0] in content for content in files.values())
    for text in sealed:
        assert register.keyring.open_sealed(person_id, "name", text.decode()) is None


def every_file(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_legal_hold_stops_an_erasure_at_every_step(register: Stage) -> None:
    person_id = register.person()
    wish = HoldWish(
        "person", person_id, "dispute", REASON, register.now.replace(year=register.now.year + 1)
    )
    request_id = register.request("delete", person_id)
    approval_id = ask_second_person(register.desk(), request_id, REASON)
    hold = ask_hold(register.approvals, officer("privacy", 2), "demo", wish)
    with pytest.raises(OnLegalHold):
        decide(register.approvals, SECRETARY, approval_id, True)
    second = register.request("delete", person_id)
    with pytest.raises(OnLegalHold):
        ask_second_person(register.desk(), second, REASON)
    decide(register.approvals, SECRETARY, hold, False, "not_needed")
    decide(register.approvals, SECRETARY, approval_id, True)
    assert_gone(register, person_id)


def test_a_hold_placed_after_the_decision_delays_the_deed(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_id = register.person()
    approval_id = ask_erasure(register, person_id)
    with monkeypatch.context() as patch:
        patch.setattr(rights_answers, "erase_subjects", crash)
        decide(register.approvals, SECRETARY, approval_id, True)
    until = register.now.replace(year=register.now.year + 1)
    ask_hold(
        register.approvals, officer("privacy", 2), "demo",
        HoldWish("person", person_id, "court_order", "虚构的法院要求", until),
    )  # fmt: skip
    assert carry_out_confirmed(register.approvals) == 0
    assert register.state(person_id) == "registered"
    register.later(days=366)
    assert carry_out_confirmed(register.approvals) == 1
    assert_gone(register, person_id)


def test_the_same_person_is_not_asked_for_twice_at_a_time(register: Stage) -> None:
    person_id = register.person()
    ask_erasure(register, person_id)
    second = register.request("delete", person_id)
    with pytest.raises(ApprovalUnderWay):
        ask_second_person(register.desk(), second, REASON)


def test_erasing_waits_for_whoever_writes_files(register: Stage) -> None:
    person_id = register.person()
    approval_id = ask_erasure(register, person_id)
    with writing(register.store):
        decide(register.approvals, SECRETARY, approval_id, True)
    assert_gone(register, person_id)


def test_a_vault_of_another_start_knows_who_was_erased(register: Stage) -> None:
    person_id = register.person()
    erase(register, person_id)
    register.close()
    from data.store import Store

    register.store = Store.open(f"duckdb:{register.database}")
    register.vault = Vault.open(register.folder / "keys", register.store)
    assert person_id in register.vault.keyring.erased()
