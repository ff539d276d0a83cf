"""People move cases: who may, and what is written about case, clocks and responders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere, current_viewer
from actions.cases.moves import move_as_reporter
from data.rebuild import rebuild
from data.store import Store
from rules.approvals import SecondPersonNeeded
from rules.case_facts import Move
from rules.cases import (
    CaseTextNeeded,
    MoveIncomplete,
    MoveNotYours,
    OwnWork,
    TransitionNotAllowed,
)
from rules.duplicates import MergeNotPossible
from rules.errors import RuleViolation
from tests.case_desk import MORNING, WHY, CaseDesk


@pytest.fixture
def desk(store: Store) -> Iterator[CaseDesk]:
    """A community whose cases are moved."""
    token = current_viewer.set(None)
    yield CaseDesk(store).set_up()
    current_viewer.reset(token)


def minutes_after(minutes: float) -> Any:
    return MORNING + timedelta(minutes=minutes)


def test_a_move_is_an_event_with_the_whole_state_after_it(desk: CaseDesk) -> None:
    case_id = desk.report()
    moved = desk.move("officer", case_id, "accept", 5)
    now = desk.case(case_id)
    assert (moved.before, now["status"], now["action"]) == ("reported", "accepted", "accept")
    assert now["event_id"] == moved.case["event_id"]
    assert now["actor"] == "account:a-officer"
    assert now["responded_at"] == now["step_started_at"] == minutes_after(5)
    assert now["clock_started_at"] == now["reported_at"]
    assert now["step_deadline_at"] == minutes_after(5 + 4 * 60)  # over noon: 2 working hours
    assert [e["event_kind"] for e in desk.store.rows("desk/case_history", case_id=case_id)] == [
        "reported",
        "moved",
    ]


def test_a_case_goes_all_the_way_and_its_responders_with_it(desk: CaseDesk) -> None:
    case_id, worker = desk.report(), desk.workers["w1"]
    desk.to("dispatched", case_id)
    assert desk.tasks(case_id) == [(worker, "sent")]
    desk.move("officer", case_id, "start", 4)
    assert desk.tasks(case_id) == [(worker, "started")]
    desk.move("officer", case_id, "feed_back", 5, text="已疏通")
    assert desk.tasks(case_id) == [(worker, "finished")]
    desk.move("officer", case_id, "verify", 6)
    given = {"text": "已办结", "outcome": "solved", "verification": "pass"}
    closed = desk.move("officer", case_id, "close", 7, **given).case
    assert (closed["status"], closed["outcome"], closed["verification"]) == (
        "closed",
        "solved",
        "pass",
    )
    assert closed["closed_at"] == minutes_after(7)
    assert closed["step_deadline_at"] is None
    called = desk.move("officer", case_id, "call_back", 8, call_back=True).case
    assert (called["reached"], called["called_back_at"]) == (True, minutes_after(8))


def test_the_text_of_a_move_is_kept_apart_from_the_log_and_from_what_was_reported(
    desk: CaseDesk,
) -> None:
    case_id = desk.report(title="楼上漏水")
    desk.to("accepted", case_id)
    desk.move("officer", case_id, "reject", 2, text=WHY)
    events = desk.store.rows("desk/case_history", case_id=case_id)
    assert [event["note"] for event in events] == [None, None, WHY]
    assert [event["has_text"] for event in events] == [True, False, False]
    assert desk.case(case_id)["title"] == "楼上漏水"
    cursor = desk.store.cursor()
    logged = cursor.execute("select * from case_event").fetchall()
    cursor.close()
    assert WHY not in str(logged)


def test_a_refused_move_writes_nothing(desk: CaseDesk) -> None:
    case_id = desk.report()
    for action, given, refusal in (
        ("close", {"text": WHY}, TransitionNotAllowed),
        ("reject", {}, CaseTextNeeded),
        ("check_report", {"report_check": "maybe"}, MoveIncomplete),
        ("no_such_move", {}, MoveIncomplete),
    ):
        with pytest.raises(refusal):
            desk.move("officer", case_id, action, 1, **given)
    desk.to("filed", case_id)
    with pytest.raises(RuleViolation) as refused:
        desk.move("officer", case_id, "dispatch", 3, assignees=(desk.workers["w1"], "nobody"))
    assert refused.value.code == "assignee_unknown"
    assert (desk.case(case_id)["status"], desk.tasks(case_id)) == ("filed", [])


def test_who_may_not_see_a_case_is_told_there_is_none(desk: CaseDesk) -> None:
    case_id = desk.cases["over"]  # grid 1
    for login in ("grid2", "crew"):
        with pytest.raises(NotThere):
            desk.move(login, case_id, "check_report", 1, report_check="exists")
    with pytest.raises(NotThere):
        desk.move("officer", "no-such-case", "accept")
    with pytest.raises(NotAllowed):
        desk.move("subdistrict", case_id, "accept")
    with pytest.raises(NotAllowed):
        desk.move("privacy", case_id, "accept")


def test_a_grid_worker_acts_in_the_own_grid_and_on_what_was_handed_over(desk: CaseDesk) -> None:
    case_id = desk.cases["over"]
    desk.move("grid1", case_id, "check_report", 1, report_check="exists")
    desk.to("dispatched", case_id)
    desk.move("grid1", case_id, "start", 5)
    desk.move("grid1", case_id, "feed_back", 6, text="已清理")
    desk.move("officer", case_id, "verify", 7)
    with pytest.raises(OwnWork):
        desk.move("grid1", case_id, "verify_fix", 8, verification="pass")


def test_a_property_crew_reaches_a_case_only_while_it_is_handed_over(desk: CaseDesk) -> None:
    case_id = desk.cases["over"]
    desk.to("filed", case_id)
    with pytest.raises(NotThere):
        desk.move("crew", case_id, "start", 3)
    desk.move("officer", case_id, "dispatch", 3, assignees=(desk.workers["w2"],))
    returned = desk.move("crew", case_id, "return", 4, text=WHY)
    assert (returned.case["status"], returned.case["return_count"]) == ("returned", 1)
    assert desk.tasks(case_id) == [(desk.workers["w2"], "returned")]
    with pytest.raises(NotThere):
        desk.move("crew", case_id, "start", 5)


def test_sending_others_calls_the_first_off_and_more_adds_to_them(desk: CaseDesk) -> None:
    case_id, (one, two, three, _) = desk.report(), desk.workers.values()
    desk.to("dispatched", case_id)
    desk.move("officer", case_id, "reinforce", 4, assignees=(one, two))
    assert desk.tasks(case_id) == [(one, "sent"), (two, "sent")]
    moved = desk.move("officer", case_id, "dispatch", 5, assignees=(three, three))
    assert desk.tasks(case_id) == [(one, "cancelled"), (two, "cancelled"), (three, "sent")]
    assert [task["assignee_id"] for task in moved.tasks] == [three]


def test_rework_sends_those_again_who_said_it_was_done(desk: CaseDesk) -> None:
    case_id, worker = desk.report(), desk.workers["w1"]
    desk.to("feedback", case_id)
    moved = desk.move("officer", case_id, "rework", 9, text=WHY)
    assert moved.case["rework_count"] == 1
    assert desk.tasks(case_id) == [(worker, "finished"), (worker, "sent")]


def test_suspension_takes_two_people_and_costs_no_working_time(desk: CaseDesk) -> None:
    case_id = desk.report()
    desk.to("filed", case_id)
    before = desk.case(case_id)["deadline_at"]
    desk.move("officer", case_id, "ask_suspend", 3, text=WHY)
    with pytest.raises(NotAllowed):
        desk.move("second", case_id, "suspend", 3, text=WHY)
    desk.move("secretary", case_id, "suspend", 60, text=WHY)
    noted = desk.move("secretary", case_id, "supervise", 61, supervision="leader", text=WHY)
    assert noted.case["suspended_from"] == "filed"
    resumed = desk.move("officer", case_id, "resume", 120).case
    assert (resumed["status"], resumed["asked_action"]) == ("filed", None)
    # An hour of a morning's working time; the afternoon's last hour becomes the next morning.
    assert resumed["deadline_at"] == before + timedelta(hours=1)
    assert resumed["deadline_provisional"] is False


def test_a_later_deadline_is_asked_for_and_granted_by_another(desk: CaseDesk) -> None:
    case_id = desk.report()
    desk.to("filed", case_id)
    until = desk.case(case_id)["deadline_at"] + timedelta(days=1)
    asked = desk.move("officer", case_id, "ask_extend", 3, text=WHY, deadline_at=until).case
    assert (asked["asked_action"], asked["asked_deadline_at"]) == ("extend", until)
    desk.account("officer-too", "secretary")
    granted = desk.move("secretary", case_id, "extend", 4, text=WHY, deadline_at=until).case
    assert (granted["deadline_at"], granted["asked_deadline_at"]) == (until, None)
    desk.move("secretary", case_id, "ask_extend", 5, text=WHY, deadline_at=until + timedelta(1))
    with pytest.raises(SecondPersonNeeded):
        desk.move("secretary", case_id, "extend", 6, text=WHY, deadline_at=until + timedelta(1))


def test_a_source_s_own_date_is_put_off_by_the_pause(desk: CaseDesk) -> None:
    case_id = desk.cases["calm"]
    before = desk.case(case_id)["deadline_at"]
    desk.to("filed", case_id)
    desk.move("officer", case_id, "ask_suspend", 3, text=WHY)
    desk.move("secretary", case_id, "suspend", 10, text=WHY)
    resumed = desk.move("officer", case_id, "resume", 100).case
    assert resumed["deadline_at"] == before + timedelta(minutes=90)


def test_reopening_is_the_reporter_s_wish_and_an_officer_s_deed(desk: CaseDesk) -> None:
    case_id = desk.report()
    desk.to("closed", case_id)
    desk.move("officer", case_id, "call_back", 20, call_back=True)
    with pytest.raises(MoveNotYours):
        desk.move("officer", case_id, "ask_reopen", 21, text=WHY)
    wish = Move("ask_reopen", text="又漏了")
    move_as_reporter(desk.store, "demo", case_id, wish, "report:1", minutes_after(22))
    rated = move_as_reporter(desk.store, "demo", case_id, Move("rate", rating=2), "report:1").case
    assert (rated["rating"], rated["asked_action"]) == (2, "reopen")
    reopened = desk.move("officer", case_id, "reopen", 30, text=WHY).case
    assert reopened["clock_started_at"] == minutes_after(30)
    assert reopened["deadline_at"] > minutes_after(30)
    gone = ("closed_at", "outcome", "called_back_at", "reached", "rating", "asked_action")
    assert {reopened[column] for column in gone} == {None}


def test_a_merge_keeps_both_reports_and_says_so_on_both(desk: CaseDesk) -> None:
    first, second, third = (desk.report(f"m{n}") for n in range(3))
    seen = desk.case(second)["event_id"]
    merged = desk.move("officer", first, "merge", 1, merge_into=second).case
    assert (merged["status"], merged["merged_into"]) == ("cancelled", second)
    assert desk.case(second)["event_kind"] == "joined"
    assert desk.case(second)["event_id"] != seen  # whoever looks at it is told
    desk.move("officer", second, "merge", 2, merge_into=third)
    followers = desk.store.rows("case/merged_reports", case_id=third)
    assert sorted(row["case_id"] for row in followers) == sorted([first, second])
    with pytest.raises(MergeNotPossible):
        desk.move("officer", third, "merge", 3, merge_into=second)


def test_everything_rebuilt_from_the_logs_is_as_it_was(desk: CaseDesk) -> None:
    for source_id, status in (("x1", "closed"), ("x2", "handling"), ("x3", "feedback")):
        desk.to(status, desk.report(source_id))
    assert all(table.same for table in rebuild(desk.store))
