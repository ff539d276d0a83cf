"""The page of scenes: what it shows, takes and refuses, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest
from dash import no_update

from actions.access import NotAllowed, NotThere
from actions.cameras.detection_records import Found, keep_detection
from actions.cameras.detections import report_detection
from actions.intake.recording import record, record_community
from actions.vault import Vault
from components.wording import Language, text
from data.store import Store
from rules.detections import Evidence
from rules.records import CommunityRecord, DeviceRecord
from rules.viewer import Viewer
from tests.actions.cameras.hub import lent

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
ZONE = "[[0.1, 0.5], [0.9, 0.5], [0.9, 0.9]]"


@pytest.fixture
def camera_id(store: Store) -> str:
    record_community(store, CommunityRecord(community_id="demo", name_zh="社区")).result()
    row = DeviceRecord(source_id="c1", kind="camera", name_zh="东门 1号", name_en="East Gate 1")
    return str(record(store, "devices", "demo", "t", [row]).result()[0].id)


@pytest.fixture
def module(page: Page, as_viewer: Callable[..., Viewer], camera_id: str) -> ModuleType:
    as_viewer("admin")
    return page("camera_scenes")


def press(module: ModuleType, camera_id: str, action: str, scene_id: str = "", **more: str) -> Any:
    values = {
        "community": "demo", "camera": camera_id, "version": "", "points": ZONE,
        "kind": "occupancy", "name": "3号楼前", "direction": "any", "seconds": "60",
        "first": "22:00", "last": "06:00", "sensitivity": "50", **more,
    }  # fmt: skip
    return module.answer_camera_scenes({"action": action, "id": scene_id, "values": values})


def scenes(store: Store, camera_id: str) -> list[dict[str, Any]]:
    return store.rows("scene/of_camera", community_id="demo", device_id=camera_id)


def test_an_empty_community_is_told_how_to_begin(
    module: ModuleType, render: Render, language: Language, camera_id: str
) -> None:
    shown = render(module.layout(community="demo"))
    assert text("scenes.none") in shown and camera_id in shown
    shown = render(module.layout(community="demo", camera=camera_id))
    assert text("scenes.none_here") in shown and f"/cameras/{camera_id}/ground.jpg" in shown


def test_a_scene_is_drawn_changed_and_removed(
    module: ModuleType, store: Store, camera_id: str, render: Render, language: Language
) -> None:
    notice, body = press(module, camera_id, "save")
    assert text("scenes.done") in render(notice) and "22:00–06:00" in render(body)
    assert text("scene_state.off") in render(body)  # no cameras are read in this test
    (row,) = scenes(store, camera_id)
    form = render(module.layout(community="demo", camera=camera_id, scene=row["scene_id"]))
    assert text("scenes.changing", name="3号楼前") in form and row["version"] in form
    changed = {"name": "4号楼前", "first": "", "last": "", "version": row["version"]}
    _, body = press(module, camera_id, "save", row["scene_id"], **changed)
    assert "4号楼前" in render(body) and text("scenes.always") in render(body)
    late, untouched = press(module, camera_id, "remove", row["scene_id"], version=row["version"])
    assert untouched is no_update and "changed_meanwhile" in render(late)
    (row,) = scenes(store, camera_id)
    notice, body = press(module, camera_id, "remove", row["scene_id"], version=row["version"])
    assert text("scenes.removed") in render(notice)
    assert scenes(store, camera_id) == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"points": "[]"}, "scene_points"),
        ({"points": "nonsense"}, "scene_points"),
        ({"kind": "face"}, "scene_kind"),
        ({"first": "22:00", "last": ""}, "scene_hours"),
        ({"seconds": "soon"}, "scene_seconds"),
        ({"sensitivity": "101"}, "scene_sensitivity"),
        ({"name": " "}, "setup_value_missing"),
    ],
)
def test_what_cannot_be_watched_is_refused_and_what_was_drawn_stays(
    module: ModuleType,
    store: Store,
    camera_id: str,
    render: Render,
    language: Language,
    more: dict[str, str],
    code: str,
) -> None:
    notice, body = press(module, camera_id, "save", **more)
    assert body is no_update and code in render(notice)
    assert scenes(store, camera_id) == []


def test_it_says_what_became_of_alarms_by_scene_and_by_camera(
    module: ModuleType,
    store: Store,
    vault: Vault,
    camera_id: str,
    render: Render,
    language: Language,
) -> None:
    press(module, camera_id, "save")
    (row,) = scenes(store, camera_id)
    at = datetime.now(UTC) - timedelta(hours=1)
    result = report_detection(store, "demo", camera_id, "obstruction", at, over=False).result()[0]
    nothing = {"found": 1, "real": 0, "wrong": 0, "test": 0}
    words = text("scenes.verdicts", raised=1, **nothing)
    shown = render(module.layout(community="demo"))
    assert text("scenes.of_camera", words=words) in shown and text("scenes.no_alarms") in shown
    seen = Evidence("two-averages/1", {}, 0.8)
    about = ("demo", row["scene_id"], camera_id, "obstruction", at, seen)
    keep_detection(store, vault.keyring, Found(str(result.alarm_id), *about)).result()
    for asked in ({}, {"camera": camera_id}):
        shown = render(module.layout(community="demo", **asked))
        assert shown.count(words) == 2, "of the scene, and of its camera"


def test_a_scene_waits_for_pictures_where_cameras_are_read(
    module: ModuleType, store: Store, camera_id: str, render: Render, language: Language
) -> None:
    press(module, camera_id, "save")
    (row,) = scenes(store, camera_id)
    notice, _ = press(module, camera_id, "relearn", row["scene_id"])
    assert text("error.camera_hub_missing") in render(notice)
    with lent(store, camera_id):
        assert text("scene_state.waiting") in render(module.layout(community="demo"))
        notice, _ = press(module, camera_id, "relearn", row["scene_id"])
        assert text("scenes.relearns") in render(notice)


def test_names_are_words_and_others_cameras_are_not_there(
    module: ModuleType, camera_id: str, render: Render, as_viewer: Callable[..., Viewer]
) -> None:
    notice, _ = press(module, camera_id, "save", name="<b>x</b>")
    assert "setup_name_markup" in render(notice)
    with pytest.raises(NotThere):
        module.layout(community="demo", camera="nosuch")
    as_viewer("duty_officer")
    with pytest.raises(NotAllowed):
        press(module, camera_id, "save")
