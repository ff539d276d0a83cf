"""Who may run retention, when a second person is needed, and what a cut-off run leaves behind."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from actions.access import CLI, NotAllowed
from actions.deciding import carry_out_confirmed, decide
from actions.rights import retention, retention_deeds
from actions.rights.retention import NothingDue, RunUnderWay, progress_of, request_run
from rules.approvals import CodeUnknown, ReasonNeeded
from rules.privacy import ACCOUNT_ROLES
from rules.retention import CLASSES
from tests.rights_stage import Stage, officer

REASON = "虚构的理由：年度清理"
PRIVACY, SECRETARY = officer("privacy"), officer("secretary")
BY_WORD = [code for code, each in CLASSES.items() if not each.by_itself]


def run(register: Stage, *codes: str) -> str:
    return request_run(register.approvals, PRIVACY, "demo", codes or BY_WORD, REASON, wait=True)


def proofs(register: Stage) -> list[dict[str, Any]]:
    return register.store.rows("retention/proofs", community_id="demo", most=100)


@pytest.mark.parametrize("role", [role for role in ACCOUNT_ROLES if role != "privacy"])
def test_only_the_privacy_role_runs_it(register: Stage, role: str) -> None:
    with pytest.raises(NotAllowed):
        request_run(register.approvals, officer(role), "demo", BY_WORD, REASON)


@pytest.mark.parametrize(
    ("codes", "reason", "refusal"),
    [
        (["everything"], REASON, CodeUnknown),
        (BY_WORD, "", ReasonNeeded),
        ([], REASON, NothingDue),
        (BY_WORD, REASON, NothingDue),
    ],
)
def test_what_is_asked_wrongly_deletes_nothing(
    register: Stage, codes: list[str], reason: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        request_run(register.approvals, PRIVACY, "demo", codes, reason)
    assert proofs(register) == []


def test_many_people_wait_for_a_second_person(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rules.retention.SECOND_PERSON_ABOVE", 2)
    people = [register.person(number) for number in range(1, 4)]
    register.move_out(*people)
    assert run(register) == "asked"
    listed = register.approvals.listing(SECRETARY, "demo")[0]
    assert (listed["kind"], listed["detail"]["people"]) == ("register_deletion", 3)
    decide(register.approvals, SECRETARY, listed["approval_id"], True)
    wait_for_run(register)
    assert [register.state(p) for p in people] == ["erased"] * 3
    row = proofs(register)[0]
    assert (row["run_id"], row["actor"]) == (listed["subject_id"], SECRETARY.actor)
    assert register.approvals.listing(SECRETARY, "demo")[0]["carried_out_at"] is not None


def wait_for_run(register: Stage) -> None:
    for _ in range(200):
        if carry_out_confirmed(register.approvals):
            return
        threading.Event().wait(0.05)
    pytest.fail("the run did not end")


def test_a_run_that_was_cut_off_goes_on_where_it_was(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rules.retention.SECOND_PERSON_ABOVE", 2)
    monkeypatch.setattr(retention_deeds, "BATCH", 2)
    people = [register.person(number) for number in range(1, 6)]
    register.move_out(*people)
    run(register)
    approval_id = register.approvals.listing(SECRETARY, "demo")[0]["approval_id"]
    real, done = retention.delete_batch, []

    def one_batch(*arguments: Any) -> int:
        if done:
            raise OSError("power cut")
        done.append(1)
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(retention, "delete_batch", one_batch)
        decide(register.approvals, SECRETARY, approval_id, True)
        while not (progress_of(register.store) or pytest.fail()).finished:
            threading.Event().wait(0.02)
    assert (progress_of(register.store) or pytest.fail()).error == "retention_failed"
    assert [register.state(p) for p in people].count("erased") == 2
    register.restart()
    wait_for_run(register)
    assert {register.state(p) for p in people} == {"erased"}
    row = proofs(register)[0]
    assert (row["batches"], row["subjects"]) == (3, 5)
    assert register.sql("select batch from retention_run order by batch") == [(1,), (2,), (3,)]


def test_only_one_run_at_a_time(register: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    register.move_out(register.person())
    released = threading.Event()
    real = retention.delete_batch

    def slow(*arguments: Any) -> int:
        released.wait(10)
        return real(*arguments)

    monkeypatch.setattr(retention, "delete_batch", slow)
    request_run(register.approvals, PRIVACY, "demo", BY_WORD, REASON)
    with pytest.raises(RunUnderWay):
        request_run(register.approvals, PRIVACY, "demo", BY_WORD, REASON)
    released.set()
    while not (progress_of(register.store) or pytest.fail()).finished:
        threading.Event().wait(0.02)
    assert (progress_of(register.store) or pytest.fail()).done == 1


def test_the_machines_own_command_line_may(register: Stage) -> None:
    person_id = register.person()
    register.move_out(person_id)
    assert request_run(register.approvals, CLI, "demo", BY_WORD, REASON, wait=True) == "started"
    assert register.state(person_id) == "erased"
