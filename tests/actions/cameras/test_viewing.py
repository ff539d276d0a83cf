"""The call register of cameras: who may watch, what is written when, and who has the last word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere
from actions.cameras.viewing import Viewings
from actions.cameras.viewing_rows import Why
from actions.cameras.watchable import may_watch, watchable
from actions.deciding import decide
from actions.intake.recording import record, record_community
from rules.approvals import ReasonNeeded
from rules.cameras import ViewPurposeNeeded
from rules.errors import RuleViolation
from rules.records import AreaRecord, CommunityRecord
from rules.viewer import Viewer
from tests.actions.cameras.stage import camera, registered
from tests.rights_stage import Stage, officer

WHY = Why("incident", "查看东门消防车道")
DUTY, SECRETARY = officer("duty_officer"), officer("secretary", 2)
WALL = Viewer("kiosk", "w1", "wall", frozenset({"demo"}))
COLUMNS = "mode, viewer, purpose, seconds, glances, outcome"


@pytest.fixture
def viewings(register: Stage) -> Iterator[Viewings]:
    register.now = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
    made = Viewings(register.approvals)
    yield made
    made.stop()


def lines(stage: Stage) -> list[tuple[Any, ...]]:
    return stage.sql(f"select {COLUMNS} from camera_viewing_now order by started_at, viewing_id")


def test_a_single_viewing_is_on_disk_before_the_first_picture(
    register: Stage, viewings: Viewings
) -> None:
    camera_id = registered(register)
    viewing = viewings.begin(DUTY, camera_id, WHY)
    assert lines(register) == [("single", DUTY.actor, "incident", None, 1, None)]
    assert [row["device_id"] for row in viewings.open_now("demo")] == [camera_id]
    assert viewings.open_now("other") == []
    register.later(seconds=95)
    viewings.end(viewing)
    viewings.end(viewing)
    viewings.flush()
    assert lines(register) == [("single", DUTY.actor, "incident", 95.0, 1, "closed")]
    assert viewings.open_now("demo") == []
    audited = register.audited("camera.view")
    assert [line[:3] for line in audited] == [("done", DUTY.actor, camera_id)]


def test_the_reason_lies_sealed(register: Stage, viewings: Viewings) -> None:
    viewings.begin(DUTY, registered(register), WHY)
    sealed = register.sql("select owner_kind, sealed from sealed_note")
    assert [row[0] for row in sealed] == ["camera_viewing"]
    assert WHY.reason not in str(register.sql("from camera_viewing_event")) + str(sealed)


@pytest.mark.parametrize(
    ("why", "refusal"),
    [
        (Why("", "查看东门消防车道"), ViewPurposeNeeded),
        (Why("curiosity", "查看东门消防车道"), ViewPurposeNeeded),
        (Why("incident", " "), ReasonNeeded),
    ],
)
def test_nobody_watches_one_camera_without_saying_why(
    register: Stage, viewings: Viewings, why: Why, refusal: type[RuleViolation]
) -> None:
    camera_id = registered(register)
    with pytest.raises(refusal):
        viewings.begin(DUTY, camera_id, why)
    assert lines(register) == [] and viewings.open_now("demo") == []


@pytest.mark.parametrize("role", ["secretary", "privacy", "admin", "grid_worker", "property"])
def test_other_roles_watch_nothing(register: Stage, viewings: Viewings, role: str) -> None:
    camera_id = registered(register)
    with pytest.raises(NotAllowed):
        viewings.begin(officer(role), camera_id, WHY)


def test_a_wall_cannot_watch_one_camera_by_itself(register: Stage, viewings: Viewings) -> None:
    camera_id = registered(register)
    assert camera_id in watchable(register.store, WALL, "demo")
    with pytest.raises(NotAllowed):
        viewings.begin(WALL, camera_id, WHY)


def test_only_cameras_in_reach_can_be_watched(register: Stage) -> None:
    grids = [AreaRecord(source_id=f"g{n}", level="grid", name_zh=f"网格{n}") for n in (1, 2)]
    ids = [r.id for r in record(register.store, "areas", "demo", "t", grids).result()]
    near = camera(register, 1, area_id="g1")
    far, theirs = camera(register, 2, area_id="g2"), camera(register, 3, "other")
    mine = Viewer("account", "d9", "duty_officer", frozenset({"demo"}), frozenset({str(ids[0])}))
    assert set(watchable(register.store, mine, "demo")) == {near}
    for camera_id in (far, theirs, "nothing"):
        with pytest.raises(NotThere):
            may_watch(register.store, mine, camera_id)
    with pytest.raises(NotThere):
        watchable(register.store, mine, "other")


# class of the camera, whether a second person confirms afterwards
CLASSES = [
    ("art7", True),  # a public place of art. 7: two people (art. 16(4))
    ("art9", False),  # inside an estate
    ("art33", False),  # not public
]


@pytest.mark.parametrize(("legal_class", "asked"), CLASSES)
def test_a_second_person_confirms_where_the_law_asks(
    register: Stage, viewings: Viewings, legal_class: str, asked: bool
) -> None:
    viewing = viewings.begin(DUTY, registered(register, legal_class=legal_class), WHY)
    found = register.sql("select kind, mode, subject_kind, subject_id from approval_now")
    expected = [("live_view", "after", "camera_viewing", viewing.viewing_id)] if asked else []
    assert found == expected
    assert (viewing.approval_id is not None) is asked


def test_a_camera_without_a_class_counts_as_the_strictest_but_in_a_demo(
    register: Stage, viewings: Viewings
) -> None:
    camera_id = camera(register)
    assert viewings.begin(DUTY, camera_id, WHY).approval_id is not None
    row = CommunityRecord(community_id="demo", name_zh="青禾社区", is_demo=True)
    record_community(register.store, row).result()
    other = camera(register, 2)
    assert viewings.begin(DUTY, other, WHY).approval_id is None


def test_looking_again_within_ten_minutes_asks_nobody_twice(
    register: Stage, viewings: Viewings
) -> None:
    camera_id = registered(register, legal_class="art7")
    first = viewings.begin(DUTY, camera_id, WHY)
    viewings.end(first)
    register.later(minutes=9)
    again = viewings.begin(DUTY, camera_id, WHY)
    assert again.approval_id == first.approval_id
    other = viewings.begin(officer("duty_officer", 5), camera_id, WHY)
    assert other.approval_id != first.approval_id  # another person answers for himself
    register.later(minutes=2)
    assert viewings.begin(DUTY, camera_id, WHY).approval_id != first.approval_id


def test_a_refusal_ends_the_viewing_at_once_and_covers_no_other(
    register: Stage, viewings: Viewings
) -> None:
    camera_id, cut = registered(register, legal_class="art7"), []
    viewing = viewings.begin(DUTY, camera_id, WHY, lambda: cut.append(True))
    viewings.look()
    assert not cut
    decide(register.approvals, SECRETARY, str(viewing.approval_id), False, "not_needed")
    register.later(seconds=30)
    viewings.look()
    assert cut == [True]
    assert lines(register) == [("single", DUTY.actor, "incident", 30.0, 1, "refused")]
    assert viewings.begin(DUTY, camera_id, WHY).approval_id != viewing.approval_id


def test_a_rotating_wall_writes_one_line_an_hour_for_each_camera(
    register: Stage, viewings: Viewings
) -> None:
    cameras = [camera(register, n) for n in range(1, 9)]
    for _ in range(20):
        for camera_id in cameras:
            glance = viewings.glance(WALL, "demo", camera_id)
            register.later(seconds=5)
            viewings.end(glance)
        viewings.flush()
    assert len(lines(register)) == 8
    assert register.sql("select count(*) from camera_viewing_event") == [(8,)]
    register.later(hours=1)
    viewings.flush()
    assert lines(register) == [("wall", "kiosk:w1", None, 100.0, 20, "closed")] * 8
    assert register.sql("select count(*) from camera_viewing_event") == [(16,)]


def test_a_tile_that_stays_gets_a_line_for_each_hour(register: Stage, viewings: Viewings) -> None:
    camera_id = camera(register)
    glance = viewings.glance(WALL, "demo", camera_id)
    register.later(minutes=170)  # 02:10 to 05:00
    viewings.flush()
    register.later(minutes=1)
    viewings.end(glance)
    register.later(hours=1)
    viewings.flush()
    assert [line[3] for line in lines(register)] == [3000.0, 3600.0, 3600.0, 60.0]


def test_two_screens_of_one_viewer_count_the_time_once(register: Stage, viewings: Viewings) -> None:
    camera_id = camera(register)
    one, two = (viewings.glance(WALL, "demo", camera_id) for _ in range(2))
    register.later(seconds=10)
    viewings.end(one)
    register.later(seconds=10)
    viewings.end(two)
    register.later(hours=1)
    viewings.flush()
    assert lines(register) == [("wall", "kiosk:w1", None, 20.0, 2, "closed")]


def test_stopping_writes_everything_down_and_a_crash_leaves_it_lost(
    register: Stage, viewings: Viewings
) -> None:
    camera_id = registered(register)
    viewings.begin(DUTY, camera_id, WHY)
    viewings.glance(WALL, "demo", camera_id)
    viewings.flush()
    crashed = Viewings(register.approvals)
    crashed.start()
    assert [line[3:] for line in lines(register)] == [(None, 1, "lost")] * 2
    register.later(seconds=1)
    crashed.begin(DUTY, camera_id, WHY)
    crashed.glance(WALL, "demo", camera_id)
    register.later(seconds=7)
    crashed.stop()
    assert [line[3:] for line in lines(register)][2:] == [(7.0, 1, "closed")] * 2
