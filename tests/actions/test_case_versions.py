"""Several officers and sources at one case: nobody overwrites anybody, and a slip is undone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from actions.access import current_viewer
from actions.cases.history import CaseStep, move_cases
from actions.cases.moves import Moved, move_case, move_many
from actions.intake.recording import record
from data.store import Store
from rules.case_facts import Move
from rules.case_undo import UndoNotPossible
from rules.cases import (
    CaseChanged,
)
from rules.records import CaseRecord
from tests.case_desk import MORNING, WHY, CaseDesk


@pytest.fixture
def desk(store: Store) -> Iterator[CaseDesk]:
    """A community whose cases are moved."""
    token = current_viewer.set(None)
    yield CaseDesk(store).set_up()
    current_viewer.reset(token)


def test_the_second_of_two_officers_is_shown_the_present_state(desk: CaseDesk) -> None:
    case_id = desk.report()
    seen = desk.case(case_id)["event_id"]
    desk.move("officer", case_id, "accept", 1, seen_version=seen)
    with pytest.raises(CaseChanged) as refused:
        desk.move("second", case_id, "reject", 2, seen_version=seen, text=WHY)
    assert refused.value.fields == {"status": "accepted"}
    assert desk.case(case_id)["status"] == "accepted"


def test_of_many_officers_at_once_exactly_one_moves_the_case(desk: CaseDesk) -> None:
    case_id = desk.report()
    seen = desk.case(case_id)["event_id"]
    start, outcomes = threading.Barrier(8), []

    def officer(login: str, action: str) -> None:
        viewer = desk.viewers[login]
        current_viewer.set(viewer)
        start.wait()
        try:
            move = Move(action, seen_version=seen, text=WHY)
            outcomes.append(move_case(desk.store, viewer, case_id, move).case["status"])
        except CaseChanged:
            outcomes.append("changed")

    threads = [
        threading.Thread(target=officer, args=("officer" if n % 2 else "second", action))
        for n, action in enumerate(["accept", "reject"] * 4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[1:] != outcomes and outcomes.count("changed") == 7
    (done,) = (outcome for outcome in outcomes if outcome != "changed")
    assert desk.case(case_id)["status"] == done
    assert len(desk.store.rows("desk/case_history", case_id=case_id)) == 2


def test_a_unit_that_is_replayed_writes_once(desk: CaseDesk) -> None:
    """A unit of the same group fails: the writer rolls back and carries out the others again."""
    case_id = desk.report()
    gate = threading.Event()
    desk.store.write(lambda _tx: gate.wait(10))  # what follows is committed as one group
    results: list[Moved] = []

    def accept() -> None:
        current_viewer.set(desk.viewers["officer"])
        results.append(move_case(desk.store, desk.viewers["officer"], case_id, Move("accept")))

    thread = threading.Thread(target=accept)
    thread.start()
    while desk.store.health().queue_depth == 0:
        thread.join(0.001)
    broken = desk.store.write(lambda tx: tx.run("no/such_query"))
    gate.set()
    thread.join()
    with pytest.raises(Exception, match=r"no/such_query|no such"):
        broken.result()
    events = desk.store.rows("desk/case_history", case_id=case_id)
    assert [event["action"] for event in events] == [None, "accept"]
    assert desk.case(case_id)["event_id"] == results[0].case["event_id"]


def test_a_batch_answers_for_each_case_by_itself(desk: CaseDesk) -> None:
    one, two, closed = desk.report("b1"), desk.report("b2"), desk.cases["done"]
    stale = desk.case(two)["event_id"]
    desk.move("second", two, "accept", 1)
    current_viewer.set(desk.viewers["officer"])
    wishes = [
        (one, Move("accept")),
        (two, Move("accept", seen_version=stale)),
        (closed, Move("accept")),
        ("no-such-case", Move("accept")),
    ]
    results = move_many(desk.store, desk.viewers["officer"], wishes)
    assert [result.case_id for result in results] == [one, two, closed, "no-such-case"]
    assert results[0].moved is not None and results[0].moved.case["status"] == "accepted"
    assert [result.refusal and result.refusal.code for result in results] == [
        None,
        "case_changed",
        "transition_not_allowed",
        "not_found",
    ]


def test_a_slip_is_taken_back_by_its_maker_and_both_events_stay(desk: CaseDesk) -> None:
    case_id = desk.report()
    before = desk.case(case_id)
    accepted = desk.move("officer", case_id, "accept")
    assert accepted.undoable
    back = desk.move("officer", case_id, "undo", seen_version=accepted.case["event_id"])
    after = desk.case(case_id)
    own = ("event_id", "event_kind", "actor", "updated_at", "action")
    assert {k: v for k, v in after.items() if k not in own} == {
        k: v for k, v in before.items() if k not in own
    }
    events = desk.store.rows("desk/case_history", case_id=case_id)
    assert [event["action"] for event in events] == [None, "accept", "undo"]
    with pytest.raises(UndoNotPossible):
        desk.move("officer", case_id, "undo", seen_version=back.case["event_id"])


@pytest.mark.parametrize(
    ("login", "action", "reason"),
    [("second", "accept", "not_yours"), ("officer", "dispatch", "has_effects")],
)
def test_what_cannot_honestly_be_undone_is_not(
    desk: CaseDesk, login: str, action: str, reason: str
) -> None:
    case_id = desk.report()
    desk.to("dispatched" if action == "dispatch" else "accepted", case_id)
    with pytest.raises(UndoNotPossible) as refused:
        desk.move(login, case_id, "undo")
    assert refused.value.fields == {"reason": reason}


def test_a_new_version_of_the_report_keeps_what_people_did(desk: CaseDesk) -> None:
    case_id = desk.report(status="reported", version=1)
    desk.to("filed", case_id)
    desk.move("officer", case_id, "ask_suspend", 3, text=WHY)
    desk.move("secretary", case_id, "suspend", 4, text=WHY)
    before = desk.case(case_id)
    desk.report(status="reported", version=2, category="pets", title="狗叫")
    after = desk.case(case_id)
    assert (after["category"], after["title"], after["source_version"]) == ("pets", "狗叫", 2)
    assert after["source_status"] == "reported"
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {
        *("category", "title", "source_version", "source_status", "action"),
        *("event_id", "event_kind", "actor", "updated_at"),
    }
    desk.report(status="closed", version=3, closed_at=MORNING)
    assert (desk.case(case_id)["status"], desk.case(case_id)["source_status"]) == (
        "suspended",
        "closed",
    )
    resumed = desk.move("officer", case_id, "resume", 60)
    assert resumed.case["status"] == "filed"


def test_a_simulated_step_leaves_a_case_alone_that_people_work_on(desk: CaseDesk) -> None:
    case_id, other = desk.report("s1"), desk.report("s2")
    desk.to("accepted", case_id)
    steps = [CaseStep(each, "closed", MORNING, "solved") for each in (case_id, other)]
    assert move_cases(desk.store, "demo", steps, "source:simulator").result() == 1
    assert [desk.case(each)["status"] for each in (case_id, other)] == ["accepted", "closed"]


def test_a_source_moves_its_own_case_until_a_person_does(desk: CaseDesk) -> None:
    case_id = desk.report(status="reported", version=1)
    desk.report(status="handling", version=2)
    assert desk.case(case_id)["status"] == "handling"
    row = {"source_id": "r1", "category": "noise", "reported_at": MORNING, "version": 3}
    dated = CaseRecord.model_validate({**row, "deadline_at": MORNING + timedelta(days=9)})
    desk.move("officer", case_id, "feed_back", 1, text="已修好")
    record(desk.store, "cases", "demo", "test", [dated]).result()
    now = desk.case(case_id)
    assert (now["status"], now["deadline_at"]) == ("feedback", MORNING + timedelta(days=9))
