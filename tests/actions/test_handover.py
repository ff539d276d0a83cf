"""Handing a shift over: the snapshot holds, two people sign, nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere, current_viewer
from actions.handover.reading import earlier, handed_over, present_shift
from actions.handover.signing import HandoverChanged, Wish, carry_out
from actions.vault import Vault
from data.rebuild import rebuild
from data.store import Store
from rules.errors import RuleViolation
from tests.case_desk import MORNING, CaseDesk

EVENING = MORNING + timedelta(hours=8)
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(store: Store) -> CaseDesk:
    return CaseDesk(store).set_up()


@pytest.fixture
def vault(store: Store, tmp_path: Path) -> Iterator[Vault]:
    made = Vault.open(tmp_path / "keys", store)
    yield made
    made.close()


def take_step(desk: CaseDesk, vault: Vault, login: str, wanted: Any, **more: Any) -> str:
    """Take a step as somebody, on what stands now unless told otherwise."""
    at = more.pop("at", EVENING)
    seen = more.pop("seen", None)
    token = current_viewer.set(desk.viewers[login])
    try:
        if seen is None:
            seen = present_shift(desk.store, vault.keyring, "demo", at).version
        wish = Wish(wanted, seen, more.get("words", ""))
        return carry_out(desk.store, vault.keyring, "demo", wish, at)
    finally:
        current_viewer.reset(token)


def test_a_shift_is_written_signed_and_taken_over(desk: CaseDesk, vault: Vault) -> None:
    done_on_it = desk.report("r9")
    desk.to("closed", done_on_it)
    take_step(desk, vault, "officer", "write", words="3号楼水泵异响，请留意")
    shift = present_shift(desk.store, vault.keyring, "demo", EVENING)
    assert (shift.status, shift.note) == ("open", "3号楼水泵异响，请留意")
    take_step(desk, vault, "second", "write", words="3号楼水泵已修")
    take_step(desk, vault, "officer", "sign", words="3号楼水泵已修，明早复查")
    take_step(desk, vault, "second", "take", words="已核对", at=EVENING + HOUR)
    (row,) = earlier(desk.store, "demo")
    assert (row["outgoing"], row["incoming"]) == ("account:a-officer", "account:a-second")
    paper = handed_over(desk.store, vault.keyring, "demo", row["handover_id"])
    assert (paper.note, paper.remark) == ("3号楼水泵已修，明早复查", "已核对")
    assert done_on_it in [case["case_id"] for case in paper.done]
    assert dict(paper.moves)["close"] == 1
    following = present_shift(desk.store, vault.keyring, "demo", EVENING + 2 * HOUR)
    assert (following.status, following.started_at) == ("open", EVENING + HOUR)
    assert following.note == ""


def test_the_paper_says_later_what_it_said_at_the_signing(desk: CaseDesk, vault: Vault) -> None:
    open_then = desk.cases["calm"]
    handover_id = take_step(desk, vault, "officer", "sign")
    before = present_shift(desk.store, vault.keyring, "demo", EVENING)
    desk.to("closed", open_then)
    take_step(desk, vault, "second", "take")
    paper = handed_over(desk.store, vault.keyring, "demo", handover_id)
    assert [case["case_id"] for case in paper.undone] == [c["case_id"] for c in before.undone]
    assert open_then in [case["case_id"] for case in paper.undone]
    overdue = before.handover["overdue"] if before.handover else 0
    assert overdue == 2  # "over" and "soon"
    assert [case["case_id"] for case in paper.undone][:2] == [
        desk.cases["over"],
        desk.cases["soon"],
    ]


def test_two_who_write_at_once_never_overwrite_each_other(desk: CaseDesk, vault: Vault) -> None:
    take_step(desk, vault, "officer", "write", words="一")
    seen = present_shift(desk.store, vault.keyring, "demo", EVENING).version

    def write(login: str) -> str:
        try:
            take_step(desk, vault, login, "write", seen=seen, words=login)
        except HandoverChanged:
            return "changed"
        return login

    logins = ("officer", "second", "secretary")
    with ThreadPoolExecutor(3) as pool:
        jobs = [pool.submit(copy_context().run, write, login) for login in logins]
        found = [job.result() for job in jobs]
    (winner,) = [each for each in found if each != "changed"]
    assert found.count("changed") == 2
    assert present_shift(desk.store, vault.keyring, "demo", EVENING).note == winner


@pytest.mark.parametrize(
    ("login", "wanted", "code"),
    [
        ("officer", "take", "handover_same_person"),
        ("second", "take_back", "handover_not_yours"),
        ("second", "write", "handover_not_open"),
    ],
)
def test_what_is_signed_waits_for_a_second_person(
    desk: CaseDesk, vault: Vault, login: str, wanted: Any, code: str
) -> None:
    take_step(desk, vault, "officer", "sign", words="一切正常")
    with pytest.raises(RuleViolation) as refused:
        take_step(desk, vault, login, wanted, words="x")
    assert refused.value.code == code
    take_step(desk, vault, "officer", "take_back")
    shift = present_shift(desk.store, vault.keyring, "demo", EVENING)
    assert (shift.status, shift.note) == ("open", "一切正常")
    assert shift.handover and shift.handover["outgoing"] is None


def test_only_the_desk_hands_over_and_only_its_own_community(desk: CaseDesk, vault: Vault) -> None:
    for login in ("grid1", "crew", "subdistrict", "privacy"):
        with pytest.raises(NotAllowed):
            take_step(desk, vault, login, "write", words="x")
    token = current_viewer.set(desk.viewers["officer"])
    try:
        with pytest.raises(NotThere):
            carry_out(desk.store, vault.keyring, "other", Wish("write", "", "x"))
    finally:
        current_viewer.reset(token)
    with pytest.raises(NotThere):
        handed_over(desk.store, vault.keyring, "demo", "nothing")
    with pytest.raises(RuleViolation) as refused:
        take_step(desk, vault, "officer", "write", words="长" * 2_001)
    assert refused.value.code == "handover_note_too_long"


def test_notes_are_in_no_log_and_rebuilt_is_live(
    desk: CaseDesk, vault: Vault, store: Store
) -> None:
    take_step(desk, vault, "officer", "sign", words="请联系王小明 13800138000")
    take_step(desk, vault, "second", "take")
    for table in ("handover_event", "handover_now", "sealed_note"):
        rows = store.cursor().execute(f"from {table}").fetchall()
        assert rows and "13800138000" not in str(rows)
    live = store.rows("handover/newest", community_id="demo", row_limit=9)
    rebuild(store)
    assert store.rows("handover/newest", community_id="demo", row_limit=9) == live
