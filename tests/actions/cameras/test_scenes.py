"""Scenes on record: who may draw them, what the hub is told, what their alarms turned out to be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere
from actions.cameras.detection_records import Found, keep_detection
from actions.cameras.detections import report_detection
from actions.cameras.scene_watching import (
    GroundMissing,
    scene_ground,
    scene_states,
    touches_scenes,
    watched_scenes,
)
from actions.cameras.scenes import Feedback, SceneDesk, SceneDraft
from actions.setup.errors import ChangedMeanwhile
from cameras.model import CameraScenes
from data.writer import Commit
from rules.detections import Evidence
from rules.scenes import MOST_OF_CAMERA, Scene, SceneWrong
from rules.viewer import Viewer
from tests.actions.cameras.hub import lent
from tests.actions.cameras.stage import camera
from tests.rights_stage import Stage, officer

NOW = datetime.now(UTC).replace(microsecond=0)
LINE = "[[0.1, 0.2], [0.9, 0.2]]"
SEEN = Evidence("two-averages/1", {}, 0.8)
ZONE = "[[0.1, 0.5], [0.9, 0.5], [0.9, 0.9]]"


def desk(stage: Stage, viewer: Viewer | None = None) -> SceneDesk:
    return SceneDesk(stage.store, stage.audit, viewer or officer("admin"), "demo")


def draft(device_id: str, scene_id: str = "", version: str = "", **more: str) -> SceneDraft:
    typed = {"name": "车道", "kind": "occupancy", "points": ZONE, "direction": "any", "first": "",
             "last": "", "seconds": "60", "sensitivity": "50", **more}  # fmt: skip
    return SceneDraft(device_id, typed, scene_id, version)


def version(stage: Stage, device_id: str) -> str:
    return str(desk(stage).of_camera(device_id)[0]["version"])


def test_the_hub_is_told_what_was_drawn(register: Stage) -> None:
    gate = camera(register)
    assert watched_scenes(register.store) == {}
    hours = {"kind": "crossing", "points": LINE, "direction": "to_left", "first": "22:00"}
    scene_id = desk(register).save(draft(gate, **hours, last="06:30", sensitivity="80"))
    drawn = Scene(
        scene_id, gate, "crossing", ((0.1, 0.2), (0.9, 0.2)), "to_left", (1320, 390), 60.0, 0.8
    )
    told = CameraScenes("demo", "Asia/Shanghai", (drawn,))
    assert watched_scenes(register.store) == {gate: told}
    desk(register).save(draft(gate, scene_id, version(register, gate)))
    (changed,) = watched_scenes(register.store)[gate].scenes
    assert (changed.scene_id, changed.kind, changed.hours) == (scene_id, "occupancy", None)
    desk(register).remove(scene_id, version(register, gate))
    assert watched_scenes(register.store) == {}
    lines = [register.audited(f"scene.{step}") for step in ("draw", "change", "remove")]
    assert [(line[0][0], len(line)) for line in lines] == [("done", 1)] * 3


def test_two_people_do_not_draw_over_each_other(register: Stage) -> None:
    gate = camera(register)
    scene_id = desk(register).save(draft(gate))
    old = version(register, gate)
    desk(register).save(draft(gate, scene_id, old, name="东车道"))
    with pytest.raises(ChangedMeanwhile):
        desk(register).save(draft(gate, scene_id, old, name="西车道"))
    with pytest.raises(ChangedMeanwhile):
        desk(register).remove(scene_id, old)
    assert [row["name"] for row in desk(register).of_camera(gate)] == ["东车道"]


def test_a_scene_stays_with_its_camera_and_community(register: Stage) -> None:
    gate, yard, theirs = camera(register), camera(register, 2), camera(register, 3, "other")
    scene_id = desk(register).save(draft(gate))
    with pytest.raises(NotThere):
        desk(register).save(draft(yard, scene_id, version(register, gate)))
    for refused in (theirs, "no-such-camera"):
        with pytest.raises(NotThere):
            desk(register).save(draft(refused))
        with pytest.raises(NotThere):
            desk(register).of_camera(refused)
    others = SceneDesk(register.store, register.audit, officer("admin", 1, "other"), "other")
    with pytest.raises(NotThere):
        others.remove(scene_id, version(register, gate))


def test_what_cannot_be_watched_is_refused_and_audited(register: Stage) -> None:
    gate = camera(register)
    with pytest.raises(SceneWrong):
        desk(register).save(draft(gate, points=LINE))
    for _ in range(MOST_OF_CAMERA):
        desk(register).save(draft(gate))
    with pytest.raises(SceneWrong) as wrong:
        desk(register).save(draft(gate))
    assert wrong.value.code == "scene_many"
    refused = [line[3] for line in register.audited("scene.draw") if line[0] == "refused"]
    assert refused == ["scene_points", "scene_many"]


@pytest.mark.parametrize("role", ["duty_officer", "privacy", "grid_worker", "property"])
def test_only_who_keeps_the_records_draws(register: Stage, role: str) -> None:
    gate = camera(register)
    asking = desk(register, officer(role))
    doors: list[Callable[[], Any]] = [
        lambda: asking.save(draft(gate)),
        asking.listing,
        lambda: asking.feedback(NOW),
        lambda: asking.camera_feedback(NOW),
        lambda: scene_ground(register.store, register.audit, officer(role), gate),
    ]
    for door in doors:
        with pytest.raises(NotAllowed):
            door()


def alarm(stage: Stage, device_id: str, hours: float, verdict: str | None, *scene_ids: str) -> None:
    """An alarm so many hours ago that these scenes saw, each twice, closed with a verdict."""
    at = NOW - timedelta(hours=hours)
    alarm_id = ""
    for second, scene_id in enumerate([*scene_ids, *scene_ids] or [""]):
        began = at + timedelta(seconds=second)
        results = report_detection(stage.store, "demo", device_id, "obstruction", began, over=False)
        alarm_id = str(results.result()[0].alarm_id)
        if scene_id:
            found = Found(alarm_id, "demo", scene_id, device_id, "obstruction", began, SEEN)
            keep_detection(stage.store, stage.keyring, found).result()
    if verdict is not None:
        row = stage.store.rows("alarm/one", alarm_id=alarm_id)[0]
        closed = {**row, "closed_at": at, "cleared_at": at, "verdict": verdict,
                  "event_kind": "closed"}  # fmt: skip
        del closed["event_id"], closed["recorded_at"]
        stage.store.write(lambda tx: tx.append("alarm", [closed])).result()


def test_verdicts_are_counted_by_scene_and_by_camera(register: Stage) -> None:
    gate, yard = camera(register), camera(register, 2)
    alarm(register, gate, 1, "false", "lane")
    alarm(register, gate, 2, "real", "lane", "door")
    alarm(register, gate, 3, "test", "door")
    alarm(register, gate, 31 * 24, "false", "lane")  # too long ago
    alarm(register, gate, 4, "false")  # from before detections were put on record
    alarm(register, gate, 0.5, None, "lane")
    alarm(register, yard, 1, "false", "yard")
    assert desk(register).feedback(NOW) == {
        "lane": Feedback(3, 6, 1, 1, 0),
        "door": Feedback(2, 4, 1, 0, 1),
        "yard": Feedback(1, 2, 0, 1, 0),
    }
    assert desk(register).camera_feedback(NOW) == {
        gate: Feedback(5, 11, 1, 2, 1),
        yard: Feedback(1, 2, 0, 1, 0),
    }


def test_how_a_scene_does_is_known_where_cameras_are_read(register: Stage) -> None:
    gate = camera(register)
    scene_id = desk(register).save(draft(gate))
    assert scene_states(register.store, [scene_id]) == {}
    with pytest.raises(GroundMissing):
        scene_ground(register.store, register.audit, officer("admin"), gate)
    with lent(register.store, gate):
        assert scene_states(register.store, [scene_id]) == {scene_id: "waiting"}
        jpeg = scene_ground(register.store, register.audit, officer("admin"), gate)
        assert jpeg.startswith(b"\xff\xd8")
        desk(register).relearn(scene_id)
        with pytest.raises(NotThere):
            desk(register).relearn("no-such-scene")
    with lent(register.store, gate, "unauthorized"), pytest.raises(GroundMissing):
        scene_ground(register.store, register.audit, officer("admin"), gate)
    assert len(register.audited("scene.look")) == 1, "who saw nothing looked at nothing"


def test_the_hub_is_told_of_changes_that_matter() -> None:
    assert touches_scenes(Commit(1, frozenset({("scene", "demo")})))
    assert not touches_scenes(Commit(1, frozenset({("case", "demo")})))
