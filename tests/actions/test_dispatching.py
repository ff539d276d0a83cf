"""One confirmation sends: who is recommended and why, what is missing, and never twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere, current_viewer
from actions.dispatching.recommending import Advice, advice_for, recommended
from actions.dispatching.sending import Dispatched, DispatchKeyTaken, Order, dispatch
from actions.intake.recording import record
from actions.roster.importing import record_roster
from data.rebuild import rebuild
from data.store import Store
from rules.cases import CaseChanged, MoveIncomplete, TransitionNotAllowed
from rules.records import PositionRecord
from rules.roster_record import RosterRecord
from tests.case_desk import CaseDesk

NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)  # noon of a Tuesday in the community
HERE = (113.400, 33.300)


@pytest.fixture
def desk(store: Store) -> Iterator[CaseDesk]:
    """A community whose grid worker and property company keep shifts."""
    token = current_viewer.set(None)
    made = CaseDesk(store).set_up()
    made.organisation("wuye")
    made.belongs("w2", "wuye")
    made.belongs("w4", "wuye")
    sheet = [shift("网格1-甲"), shift("网格2-甲"), shift("物业1"), shift("物业2", "20:00", "08:00")]
    record_roster(store, "demo", "test", sheet)
    locate(made, w1=(113.4010, 33.3), w3=(113.4005, 33.3), w2=(113.4100, 33.3))
    yield made
    current_viewer.reset(token)


def shift(worker: str, starts: str = "08:00", ends: str = "20:00") -> RosterRecord:
    given: dict[str, Any] = {"team": "值班队", "team_kind": "grid", "first_on": "2026-03-01"}
    hours = {"starts": starts, "ends": ends}
    return RosterRecord(source_id=worker, worker=worker, **given, **hours)


def locate(desk: CaseDesk, minutes_ago: float = 2, **where: tuple[float, float]) -> None:
    at = NOW - timedelta(minutes=minutes_ago)
    rows = [
        PositionRecord(worker_id=name, lon=lon, lat=lat, located_at=at)
        for name, (lon, lat) in where.items()
    ]
    record(desk.store, "positions", "demo", "test", rows).result()


def reported(desk: CaseDesk, source_id: str = "r1", category: str = "hazard") -> str:
    """A hazard in grid 1, which wants a grid worker and the property company."""
    lon, lat = HERE
    return desk.report(source_id, category=category, lon=lon, lat=lat, area_id="g1")


def send(
    desk: CaseDesk, login: str, case_id: str, key: str = "key-0001", **more: Any
) -> Dispatched:
    viewer = desk.viewers[login]
    order = Order(case_id, tuple(more.get("assignees", ())), more.get("seen"), key)
    token = current_viewer.set(viewer)
    try:
        return dispatch(desk.store, viewer, order, NOW)
    finally:
        current_viewer.reset(token)


def codes(advice: Advice, responder_id: str) -> list[str]:
    found = (s for s in advice.recommendation.suggestions if s.responder_id == responder_id)
    return [reason.code for reason in next(found).reasons]


def test_the_own_grids_worker_and_the_crew_on_duty_are_recommended_with_reasons(
    desk: CaseDesk,
) -> None:
    case_id = reported(desk)
    area = desk.store.rows("desk/case", case_id=case_id)[0]["area_id"]
    other = desk.store.rows("desk/case", case_id=desk.cases["calm"])[0]["area_id"]
    set_area(desk, "w1", area)
    set_area(desk, "w3", other)
    advice = advice_for(desk.store, case_id, NOW)
    assert advice.sent_by_default() == [desk.workers["w1"], "wuye"]
    assert codes(advice, desk.workers["w1"])[:2] == ["distance", "position_fresh"]
    assert "own_grid" in codes(advice, desk.workers["w1"])
    crew = advice.responders["wuye"].candidate
    assert (crew.on_shift, crew.reachable, crew.lon) == (True, True, 113.41)
    assert recommended(desk.store, case_id, NOW) == advice.recommendation


def set_area(desk: CaseDesk, worker: str, area_id: str) -> None:
    row = desk.store.rows("roster/worker_states", worker_ids=[desk.workers[worker]])[0]
    changed = {**row, "area_id": area_id, "event_kind": "changed"}
    desk.store.write(lambda tx: tx.append("worker", [changed])).result()


def test_at_night_it_says_who_is_missing_and_why(desk: CaseDesk) -> None:
    case_id = reported(desk)
    found = recommended(desk.store, case_id, NOW + timedelta(hours=9))
    assert [s.responder_id for s in found.suggestions] == []
    why = {shortfall.responder_id: shortfall.code for shortfall in found.left_out}
    assert why[desk.workers["w1"]] == "off_shift"
    assert why["wuye"] == "no_contact"  # on duty, yet no account, phone or contact
    gaps = {(gap.kind, gap.code) for gap in found.gaps}
    assert gaps == {("grid_worker", "nobody_on_shift"), ("property", "nobody_reachable")}


def test_old_positions_are_not_used_and_open_work_counts(desk: CaseDesk) -> None:
    first, second = reported(desk), reported(desk, "r2")
    locate(desk, minutes_ago=-58, w3=(113.4005, 33.3))  # an hour later
    later = NOW + timedelta(hours=1)
    advice = advice_for(desk.store, first, later)
    assert "position_old" in codes(advice, desk.workers["w1"])
    send(desk, "officer", first, assignees=[desk.workers["w3"]])
    load = advice_for(desk.store, second, later).responders[desk.workers["w3"]].candidate.load
    assert load == 1


def test_one_confirmation_takes_a_report_all_the_way_to_people_on_their_way(
    desk: CaseDesk,
) -> None:
    case_id = reported(desk)
    done = send(desk, "officer", case_id, seen=desk.case(case_id)["event_id"])
    assert done.case["status"] == "dispatched"
    assert {task["assignee_id"] for task in done.tasks} == {desk.workers["w3"], "wuye"}
    assert "distance" in json.loads(done.tasks[0]["reasons"])
    steps = [row["action"] for row in desk.store.rows("desk/case_history", case_id=case_id)]
    assert steps == [None, "accept", "file", "dispatch"]
    told = sorted(row[0] for row in sql(desk, "select recipient from message_now"))
    assert told == sorted([f"worker:{desk.workers['w3']}", "organisation:wuye"])
    (kept,) = sql(desk, "select request_key, gaps from dispatch_now")
    assert kept == ("key-0001", [])
    assert all(table.same for table in rebuild(desk.store))


def sql(desk: CaseDesk, query: str) -> list[tuple[Any, ...]]:
    cursor = desk.store.cursor()
    rows = cursor.execute(query).fetchall()
    cursor.close()
    return rows


def test_the_same_key_is_sent_once(desk: CaseDesk) -> None:
    case_id, other = reported(desk), reported(desk, "r2")
    version = desk.case(case_id)["event_id"]
    first = send(desk, "officer", case_id, seen=version)
    again = send(desk, "officer", case_id, seen=version)
    assert (first.repeated, again.repeated) == (False, True)
    assert {t["task_id"] for t in again.tasks} == {t["task_id"] for t in first.tasks}
    assert len(desk.tasks(case_id)) == 2
    for login, case in (("officer", other), ("second", case_id)):
        with pytest.raises(DispatchKeyTaken):
            send(desk, login, case)
    with pytest.raises(CaseChanged):
        send(desk, "second", case_id, key="key-0002", seen=version)


def test_more_people_reinforce_and_those_there_are_not_sent_again(desk: CaseDesk) -> None:
    case_id = reported(desk)
    send(desk, "officer", case_id, assignees=[desk.workers["w3"]])
    advice = advice_for(desk.store, case_id, NOW)
    why = {s.responder_id: s.code for s in advice.recommendation.left_out}
    assert why[desk.workers["w3"]] == "already_sent"
    more = send(desk, "officer", case_id, key="key-0002")
    assert more.case["action"] == "reinforce"
    assert (desk.workers["w3"], "sent") in desk.tasks(case_id)
    assert ("wuye", "sent") in desk.tasks(case_id)


def test_where_nobody_can_go_nobody_is_sent(desk: CaseDesk) -> None:
    case_id = reported(desk, category="falling_object")  # wants a patrol; there is none
    sent = send(desk, "officer", case_id)
    assert [task["assignee_id"] for task in sent.tasks] == ["wuye"]
    lonely = reported(desk, "r2", category="elder_help")
    gaps = recommended(desk.store, lonely, NOW).gaps
    assert [(gap.kind, gap.code) for gap in gaps] == [("volunteer", "none_registered")]
    desk.to("closed", lonely)
    with pytest.raises(TransitionNotAllowed):
        send(desk, "officer", lonely, key="key-0003")
    empty = reported(desk, "r3", category="parking")
    night = current_viewer.set(desk.viewers["officer"])
    order = Order(empty, (), None, "key-0004")
    with pytest.raises(MoveIncomplete):
        dispatch(desk.store, desk.viewers["officer"], order, NOW + timedelta(hours=9))
    current_viewer.reset(night)
    assert desk.case(empty)["status"] == "reported"


@pytest.mark.parametrize(
    ("login", "refusal"), [("crew", NotThere), ("privacy", NotAllowed), ("subdistrict", NotAllowed)]
)
def test_nobody_else_sends(desk: CaseDesk, login: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        send(desk, login, reported(desk))


def test_emergency_services_are_called_never_sent(desk: CaseDesk) -> None:
    desk.organisation("119", "emergency")
    number = {"number_id": "n1", "contact_id": "c1", "community_id": "demo", "sealed": "x"}
    row = {
        "contact_id": "c1", "community_id": "demo", "organisation_id": "119", "post_zh": "火警",
        "services": ["fire"], "work_days": "everyday", "work_from": "00:00",
        "work_until": "23:59", "work_number_id": number["number_id"], "source": "test",
        "source_id": "c1", "content_hash": "x", "event_kind": "registered", "happened_at": NOW,
        "actor": "cli",
    }  # fmt: skip
    desk.store.write(lambda tx: tx.append("contact", [row])).result()
    case_id = reported(desk, category="gas_leak")
    advice = advice_for(desk.store, case_id, NOW)
    first = advice.recommendation.suggestions[0]
    assert (first.responder_id, first.recommended) == ("119", True)
    assert advice.responders["119"].called
    assert "119" not in advice.sent_by_default()
