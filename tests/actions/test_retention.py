"""What is past its purpose goes in small batches with its proof; what is not, or is held, stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from actions.access import NotThere
from actions.cameras.availability import keep_seen
from actions.deciding import decide
from actions.intake.quarantine import QuarantinedRow, set_aside
from actions.intake.recording import record
from actions.rights import retention_deeds
from actions.rights.legal_holds import HoldWish, ask_hold
from actions.rights.retention import NothingDue, request_run, run_by_itself
from actions.rights.retention_plan import plan
from data.rebuild import rebuild
from rules.camera_availability import QUARTER_S, Outcome
from rules.records import CaseRecord, DeviceRecord, WorkerRecord
from rules.retention import CLASSES, ids_hash, rule_version
from tests.rights_stage import Stage, officer

REASON = "虚构的理由：年度清理"
PRIVACY, SECRETARY = officer("privacy"), officer("secretary")
BY_WORD = [code for code, each in CLASSES.items() if not each.by_itself]


def due(register: Stage) -> dict[str, int]:
    return {
        each.code: each.subjects
        for each in plan(register.store, "demo", register.now)
        if each.subjects
    }


def run(register: Stage, *codes: str) -> str:
    return request_run(register.approvals, PRIVACY, "demo", codes or BY_WORD, REASON, wait=True)


def proofs(register: Stage) -> list[dict[str, Any]]:
    return register.store.rows("retention/proofs", community_id="demo", most=100)


def old_case(register: Stage, source_id: str, status: str = "closed", years: float = 2.1) -> str:
    at = register.now - timedelta(days=365 * years)
    case = CaseRecord(
        source_id=source_id,
        category="noise",
        reported_at=at,
        title=f"虚构的原文 {source_id}",
        status=status,
        closed_at=at if status == "closed" else None,
    )
    record(register.store, "cases", "demo", "t", [case]).result()
    rows = register.sql(f"select case_id from case_now where source_id = '{source_id}'")
    return str(rows[0][0])


def test_a_look_changes_nothing(register: Stage) -> None:
    people = [register.person(number) for number in range(1, 4)]
    register.move_out(*people[:2])
    assert due(register) == {"person_moved_out": 2}
    assert due(register) == {"person_moved_out": 2}
    assert [register.state(p) for p in people] == ["moved_out", "moved_out", "registered"]


@pytest.mark.parametrize(("days", "goes"), [(179, False), (181, True)])
def test_a_file_goes_half_a_year_after_moving_out(register: Stage, days: int, goes: bool) -> None:
    person_id = register.person()
    register.move_out(person_id, days_ago=days)
    if goes:
        assert run(register) == "started"
    else:
        with pytest.raises(NothingDue):
            run(register)
    assert (register.state(person_id) == "erased") is goes
    assert (register.keyring.state_of(person_id) == "erased") is goes


def test_each_batch_leaves_its_proof_in_its_own_unit(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention_deeds, "BATCH", 2)
    people = [register.person(number) for number in range(1, 6)]
    register.move_out(*people)
    run(register, "person_moved_out")
    row = proofs(register)[0]
    assert (row["class"], row["batches"], row["subjects"]) == ("person_moved_out", 3, 5)
    assert (row["actor"], row["rule_version"]) == (PRIVACY.actor, rule_version())
    assert len(row["ids_hashes"]) == 3
    single = register.sql("select ids_hash, subjects from retention_run order by batch")
    assert single[2] == (ids_hash([sorted(people)[4]]), 1)
    assert all(table.same for table in rebuild(register.store))
    details = [line[3] for line in register.audited("retention.run")]
    assert details == [f"person_moved_out #{n}: {k}" for n, k in ((1, 2), (2, 2), (3, 1))]


def test_what_is_held_stays_and_is_counted_apart(register: Stage) -> None:
    people = [register.person(number) for number in (1, 2)]
    register.move_out(*people)
    wish = HoldWish("person", people[0], "court_order", REASON, register.now + timedelta(days=90))
    approval_id = ask_hold(register.approvals, PRIVACY, "demo", wish)
    found = next(each for each in plan(register.store, "demo", register.now) if each.held)
    assert (found.code, found.subjects, found.held) == ("person_moved_out", 1, 1)
    decide(register.approvals, SECRETARY, approval_id, True)
    run(register)
    assert [register.state(p) for p in people] == ["moved_out", "erased"]
    register.later(days=91)  # the hold is over
    run(register)
    assert register.state(people[0]) == "erased"


def test_texts_of_closed_cases_go_after_two_years_and_the_cases_stay(register: Stage) -> None:
    old = old_case(register, "old")
    old_case(register, "open", status="handling")
    old_case(register, "young", years=1.9)
    held = old_case(register, "held")
    wish = HoldWish("case", held, "dispute", REASON, register.now + timedelta(days=30))
    ask_hold(register.approvals, PRIVACY, "demo", wish)
    assert due(register) == {"case_text": 1}
    run(register, "case_text")
    titles = register.sql("select title from case_text order by title")
    assert titles == [("虚构的原文 held",), ("虚构的原文 open",), ("虚构的原文 young",)]
    assert register.sql(f"select status from case_now where case_id = '{old}'") == [("closed",)]


def test_care_that_has_ended_takes_its_category_along(register: Stage) -> None:
    person_id = register.cared()
    register.cared(2)
    row = register.store.rows("care_recipient/of_people", person_ids=[person_id])[0]
    at = register.now - timedelta(days=1)
    ended = {**row, "event_kind": "removed", "removed_at": at, "happened_at": at, "actor": "cli"}
    register.store.write(lambda tx: tx.append("care_recipient", [ended])).result()
    assert due(register) == {"care_ended": 1}
    run(register, "care_ended")
    fields = register.sql(
        f"select field from personal_field where subject_id = '{person_id}' order by field"
    )
    assert ("care_category",) not in fields and ("name",) in fields
    assert register.state(person_id) == "changed"
    assert due(register) == {}
    assert all(table.same for table in rebuild(register.store))


def test_what_a_withdrawn_consent_left_behind_goes_by_itself(register: Stage) -> None:
    person_id = register.person()
    register.consent(1, "contact")
    row = register.store.rows("consent/live", person_id=person_id, purpose="contact")[0]
    today = register.now.date()
    ended = {
        **row, "event_kind": "withdrawn", "withdrawn_on": today, "happened_at": register.now,
        "actor": "cli",
    }  # fmt: skip
    register.store.write(lambda tx: tx.append("consent", [ended])).result()
    register.later(seconds=5)
    assert due(register) == {"consent_withdrawn": 1}
    run_by_itself(register.approvals, "demo")
    left = register.sql(f"select field from personal_field where subject_id = '{person_id}'")
    assert ("phone",) not in left and ("name",) in left


def test_the_proof_of_an_ended_consent_goes_after_three_years_with_its_log(
    register: Stage,
) -> None:
    register.person()
    register.consent(1, "contact", withdrawn_on=register.now.date())
    register.later(days=1_094)
    assert due(register).get("consent_proof") is None
    register.later(days=2)
    run(register, "consent_proof")
    assert register.sql("select count(*) from consent_event") == [(0,)]
    assert all(table.same for table in rebuild(register.store))
    assert register.sql("select count(*) from consent_now") == [(0,)]


def test_rows_positions_and_sessions_go_by_themselves(register: Stage) -> None:
    rows = [QuarantinedRow(1, "value_invalid", "x", "wrong", "虚构")]
    set_aside(register.store, "demo", "files", "cases", "a.csv", rows).result()
    worker = WorkerRecord(source_id="w1", kind="patrol", callsign="巡一", on_duty=True)
    record(register.store, "workers", "demo", "t", [worker]).result()
    position = {
        "worker_id": "w1", "community_id": "demo", "lon": 1.0, "lat": 1.0, "source_crs": "WGS84",
        "raw_x": 1.0, "raw_y": 1.0, "located_at": register.now, "received_at": register.now,
    }  # fmt: skip
    register.store.write(
        lambda tx: tx.run(
            "worker/place_position", {"incoming": tx.table("worker_position", [position])}
        )
    ).result()
    register.later(hours=25)
    assert run_by_itself(register.approvals, "demo")
    assert register.sql("select count(*) from worker_position") == [(0,)]
    assert register.sql("select count(*) from quarantine") == [(1,)]
    register.later(days=90)
    run_by_itself(register.approvals, "demo")
    assert register.sql("select count(*) from quarantine") == [(0,)]
    assert {row["actor"] for row in proofs(register)} == {"system"}


def test_the_availability_of_cameras_goes_a_year_later_by_day(register: Stage) -> None:
    device = DeviceRecord(source_id="c1", kind="camera", name_zh="东门")
    made = record(register.store, "devices", "demo", "t", [device]).result()[0].id
    at = int(register.now.timestamp()) // QUARTER_S
    day: dict[Outcome, float] = {"live": 60.0}
    keep_seen(register.store, {(str(made), at): day, (str(made), at - 96): day})
    register.later(days=365)
    run_by_itself(register.approvals, "demo")
    assert register.sql("select count(*) from camera_day") == [(2,)]
    register.later(days=2)
    run_by_itself(register.approvals, "demo")
    assert register.sql("select count(*) from camera_day") == [(0,)]


def test_the_nightly_run_only_counts_what_needs_a_word(register: Stage) -> None:
    person_id = register.person()
    register.move_out(person_id)
    register.later(days=91)
    run_by_itself(register.approvals, "demo")
    assert register.state(person_id) == "moved_out"
    proposed = register.sql(
        "select class, subjects from retention_run where kind = 'proposed' and subjects > 0"
    )
    assert proposed == [("person_moved_out", 1)]


def test_another_community_is_left_alone(register: Stage) -> None:
    person_id = register.person()
    register.move_out(person_id)
    assert not [each for each in plan(register.store, "other", register.now) if each.subjects]
    with pytest.raises(NotThere):
        request_run(register.approvals, officer("privacy", 1, "other"), "demo", BY_WORD, REASON)


def test_old_notes_go_with_their_keys(register: Stage) -> None:
    wish = HoldWish("case", old_case(register, "a"), "dispute", REASON, register.now + timedelta(2))
    approval_id = ask_hold(register.approvals, PRIVACY, "demo", wish)
    assert register.keyring.state_of(approval_id) == "known"
    register.later(days=1_096)
    run(register, "officer_note")
    assert register.sql("select count(*) from sealed_note") == [(0,)]
    assert register.keyring.state_of(approval_id) == "erased"
