"""Responders accept, start, give back and finish their tasks, also those of their organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from actions.access import NotThere, current_viewer
from actions.cases.access import is_reached
from actions.cases.task_moves import (
    TaskEnded,
    TaskMoved,
    accept_task,
    finish_task,
    return_task,
    start_task,
    tasks_of,
)
from data.rebuild import rebuild
from data.store import Store
from rules.cases import CaseTextNeeded, TransitionNotAllowed
from tests.case_desk import MORNING, WHY, CaseDesk

DONE = "已疏通，现场已清理"


@pytest.fixture
def desk(store: Store) -> Iterator[CaseDesk]:
    """A community with a property company, two of whose people have accounts."""
    token = current_viewer.set(None)
    made = CaseDesk(store).set_up()
    made.organisation("wuye")
    made.belongs("w2", "wuye")
    made.belongs("w4", "wuye")
    made.account("crew2", "property", made.workers["w4"])
    yield made
    current_viewer.reset(token)


def sent(desk: CaseDesk, *assignees: str) -> str:
    """A case that was sent to somebody; returns its id."""
    case_id = desk.report()
    desk.to("filed", case_id)
    desk.move("officer", case_id, "dispatch", 3, assignees=assignees)
    return case_id


def task_of(desk: CaseDesk, case_id: str, assignee_id: str) -> str:
    rows = desk.store.rows("task/of_case", case_id=case_id)
    return next(row["task_id"] for row in rows if row["assignee_id"] == assignee_id)


def do(desk: CaseDesk, login: str, deed: Any, task_id: str, *text: str, **more: Any) -> TaskMoved:
    viewer = desk.viewers[login]
    token = current_viewer.set(viewer)
    try:
        moved: TaskMoved = deed(desk.store, viewer, task_id, *text, **more)
        return moved
    finally:
        current_viewer.reset(token)


def kinds(desk: CaseDesk, case_id: str) -> list[str]:
    rows = desk.store.rows("desk/case_history", case_id=case_id)
    return [row["action"] or row["event_kind"] for row in rows]


def test_a_worker_accepts_starts_and_finishes_and_the_case_goes_along(desk: CaseDesk) -> None:
    worker = desk.workers["w1"]
    case_id = sent(desk, worker)
    task = task_of(desk, case_id, worker)
    accepted = do(desk, "grid1", accept_task, task)
    assert (accepted.task["status"], accepted.case["status"]) == ("accepted", "dispatched")
    assert accepted.task["responded_at"] is not None
    assert do(desk, "grid1", start_task, task).case["status"] == "handling"
    finished = do(desk, "grid1", finish_task, task, DONE)
    assert (finished.task["status"], finished.case["status"]) == ("finished", "feedback")
    assert kinds(desk, case_id)[-4:] == ["dispatch", "task_accepted", "start", "feed_back"]
    assert desk.store.rows("desk/case_history", case_id=case_id)[-1]["note"] == DONE
    assert all(table.same for table in rebuild(desk.store))


def test_the_same_wish_again_changes_nothing(desk: CaseDesk) -> None:
    worker = desk.workers["w1"]
    case_id = sent(desk, worker)
    task = task_of(desk, case_id, worker)
    first = do(desk, "grid1", accept_task, task)
    again = do(desk, "grid1", accept_task, task)
    assert (first.repeated, again.repeated) == (False, True)
    assert again.case["event_id"] == first.case["event_id"]
    do(desk, "grid1", finish_task, task, DONE)
    assert do(desk, "grid1", finish_task, task, DONE).repeated
    with pytest.raises(TaskEnded):
        do(desk, "grid1", return_task, task, WHY)


def test_what_is_done_at_once_is_started_and_reported_in_one_step(desk: CaseDesk) -> None:
    worker = desk.workers["w1"]
    case_id = sent(desk, worker)
    do(desk, "grid1", finish_task, task_of(desk, case_id, worker), DONE)
    assert kinds(desk, case_id)[-2:] == ["start", "feed_back"]


def test_the_only_one_who_gives_back_gives_the_case_back(desk: CaseDesk) -> None:
    worker = desk.workers["w1"]
    case_id = sent(desk, worker)
    task = task_of(desk, case_id, worker)
    with pytest.raises(CaseTextNeeded):
        do(desk, "grid1", return_task, task, " ")
    moved = do(desk, "grid1", return_task, task, WHY)
    assert (moved.task["status"], moved.case["status"]) == ("returned", "returned")
    assert moved.case["return_count"] == 1


def test_one_of_two_who_gives_back_leaves_the_case_with_the_other(desk: CaseDesk) -> None:
    worker = desk.workers["w1"]
    case_id = sent(desk, worker, "wuye")
    moved = do(desk, "grid1", return_task, task_of(desk, case_id, worker), WHY)
    assert moved.case["status"] == "dispatched"
    assert sorted(desk.tasks(case_id)) == sorted([(worker, "returned"), ("wuye", "sent")])
    assert kinds(desk, case_id)[-1] == "task_returned"
    assert desk.store.rows("desk/case_history", case_id=case_id)[-1]["note"] == WHY


def test_who_finishes_second_adds_to_the_history(desk: CaseDesk) -> None:
    worker = desk.workers["w1"]
    case_id = sent(desk, worker, "wuye")
    do(desk, "grid1", finish_task, task_of(desk, case_id, worker), DONE)
    second = do(desk, "crew", finish_task, task_of(desk, case_id, "wuye"), "管道已更换")
    assert (second.task["status"], second.case["status"]) == ("finished", "feedback")
    assert kinds(desk, case_id)[-1] == "task_finished"


def test_a_task_of_an_organisation_is_every_members(desk: CaseDesk) -> None:
    case_id, other = sent(desk, "wuye"), desk.report("r2")
    task = task_of(desk, case_id, "wuye")
    for login in ("crew", "crew2"):
        assert [row["task_id"] for row in tasks_of(desk.store, desk.viewers[login])] == [task]
        assert is_reached(desk.store, desk.viewers[login], desk.case(case_id))
        assert not is_reached(desk.store, desk.viewers[login], desk.case(other))
    assert tasks_of(desk.store, desk.viewers["grid1"]) == []
    assert do(desk, "crew2", accept_task, task).task["actor"] == "account:a-crew2"
    assert do(desk, "crew", start_task, task).case["status"] == "handling"
    with pytest.raises(NotThere):
        do(desk, "grid1", accept_task, task)
    with pytest.raises(NotThere):
        do(desk, "officer", accept_task, task)


def test_a_task_that_was_called_off_says_so(desk: CaseDesk) -> None:
    worker = desk.workers["w1"]
    case_id = sent(desk, worker)
    task = task_of(desk, case_id, worker)
    desk.move("officer", case_id, "dispatch", 4, assignees=("wuye",))
    with pytest.raises(TaskEnded) as refusal:
        do(desk, "grid1", accept_task, task)
    assert refusal.value.fields["status"] == "cancelled"


def test_a_suspended_case_is_not_begun(desk: CaseDesk) -> None:
    worker = desk.workers["w1"]
    case_id = sent(desk, worker)
    desk.move("officer", case_id, "ask_suspend", 4, text=WHY)
    desk.move("secretary", case_id, "suspend", 5, text=WHY)
    with pytest.raises(TransitionNotAllowed):
        do(desk, "grid1", finish_task, task_of(desk, case_id, worker), DONE)


def test_a_moment_of_the_phone_lies_between_sending_and_writing(desk: CaseDesk) -> None:
    worker = desk.workers["w1"]
    case_id = sent(desk, worker)
    task = task_of(desk, case_id, worker)
    early = do(desk, "grid1", accept_task, task, at=MORNING - timedelta(days=1))
    assert early.task["happened_at"] == early.task["sent_at"]
    late = do(desk, "grid1", start_task, task, at=MORNING + timedelta(days=9_000))
    assert late.task["happened_at"] < MORNING + timedelta(days=9_000)
