"""Buildings, places, cameras and devices: placed, moved with their footprint, changed, removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import shape

from actions.access import NotThere
from actions.intake.recording import record
from actions.setup.errors import SetupRefused
from actions.setup.objects import ObjectDraft, move_object, remove_object, save_object
from data.store import Store
from rules.coordinates import distance_m, from_wgs84
from rules.errors import RuleViolation
from rules.records import CareRecipientRecord, DeviceRecord, PlaceRecord
from tests.actions.setup_stage import LAT, LON, Stage, box, spot, stage


@pytest.fixture
def here(store: Store, tmp_path: Path) -> Iterator[Stage]:
    with stage(store, tmp_path) as made:
        yield made


def test_a_placed_camera_knows_position_heading_and_grid(here: Stage) -> None:
    grid = here.area("grid", box(0, 0, 100, 100))
    camera = here.place("device", "camera", (50, 50), name_zh="东门", heading_deg="360")
    state = here.state("device", camera)
    assert (state["heading_deg"], state["state"], state["area_id"]) == (0.0, "unknown", grid)
    assert distance_m(state["lon"], state["lat"], *spot(50, 50)) < 0.01
    assert (state["source"], state["source_crs"]) == ("manual", "WGS84")


def test_a_qr_point_is_a_facility_of_the_map(here: Stage) -> None:
    point = here.place("place", "qr_point", (10, 10), name_zh="南门二维码")
    rows = here.store.rows(
        "view/object_place", community_id="t", key_place_kinds=[], facility_kinds=["qr_point"]
    )
    assert [(row["id"], row["layer"]) for row in rows] == [(point, "facility")]


def test_a_position_typed_from_a_chinese_map_is_converted_and_kept_raw(here: Stage) -> None:
    raw = list(from_wgs84(*spot(30, 40), "GCJ02"))
    facts = {"kind": "hydrant", "name_zh": "消火栓"}
    place = save_object(here.desk, ObjectDraft("place", facts, position=raw, crs="GCJ02"))
    state = here.state("place", place)
    assert distance_m(state["lon"], state["lat"], *spot(30, 40)) < 0.5
    assert (state["raw_x"], state["raw_y"], state["source_crs"]) == (*raw, "GCJ02")


def test_a_footprint_comes_along_when_its_building_is_moved(here: Stage) -> None:
    ring = box(0, 0, 20, 10)
    outline = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    row = PlaceRecord(source_id="b1", kind="building", name_zh="1号楼", geometry=outline)
    (result,) = record(here.store, "places", "t", "sheet", [row]).result()
    place = str(result.id)
    before = here.state("place", place)
    move_object(here.desk, "place", place, before["event_id"], list(spot(110, 205)))
    after = here.state("place", place)
    moved = shape(json.loads(after["geometry"]))
    was = shape(json.loads(before["geometry"]))
    assert distance_m(moved.centroid.x, moved.centroid.y, *spot(110, 205)) < 0.1
    assert moved.area == pytest.approx(was.area, rel=1e-4)
    assert after["event_kind"] == "changed" and here.last_change()["step"] == "moved"


def test_a_change_of_words_leaves_the_position_alone(here: Stage) -> None:
    place = here.place("place", "gate", (10, 10), name_zh="南门")
    before = here.state("place", place)
    here.place("place", "gate", None, place, name_zh="正门", contact_role="property")
    after = here.state("place", place)
    assert (after["lon"], after["lat"]) == (before["lon"], before["lat"])
    assert (after["name_zh"], after["contact_role"]) == ("正门", "property")


def test_whether_a_device_is_online_does_not_make_an_edit_stale(here: Stage) -> None:
    def row(state: str) -> DeviceRecord:
        return DeviceRecord(source_id="d1", kind="smoke", name_zh="烟感", state=state)

    (result,) = record(here.store, "devices", "t", "iot", [row("offline")]).result()
    device = str(result.id)
    read = here.version("device", device)
    record(here.store, "devices", "t", "iot", [row("online")]).result()
    facts = {"kind": "smoke", "name_zh": "三楼烟感"}
    save_object(here.desk, ObjectDraft("device", facts, device, read, list(spot(1, 1))))
    state = here.state("device", device)
    assert (state["name_zh"], state["state"]) == ("三楼烟感", "online")


def test_a_building_where_people_are_cared_for_cannot_be_removed(here: Stage) -> None:
    place = here.place("place", "building", (10, 10))
    row = CareRecipientRecord(source_id="c1", place_id=place, visit_every_days=7)
    record(here.store, "care_recipients", "t", "sheet", [row]).result()
    with pytest.raises(SetupRefused) as refusal:
        remove_object(here.desk, "place", place, here.version("place", place))
    assert refusal.value.code == "setup_in_use"
    assert refusal.value.fields == {"devices": 0}  # how many people is not told


def test_a_removed_device_is_gone_from_the_map(here: Stage) -> None:
    device = here.place("device", "gate", (10, 10))
    remove_object(here.desk, "device", device, here.version("device", device))
    assert here.store.rows("view/object_device", community_id="t") == []
    with pytest.raises(SetupRefused) as refusal:
        move_object(here.desk, "device", device, here.version("device", device), [LON, LAT])
    assert refusal.value.code == "changed_meanwhile"


@pytest.mark.parametrize(
    ("noun", "values", "position", "code"),
    [
        ("place", {"kind": "road"}, [LON, LAT], "setup_choice_unknown"),  # comes with the plan
        ("place", {"kind": ""}, [LON, LAT], "setup_value_missing"),
        ("place", {"kind": "gate", "contact_role": "king"}, [LON, LAT], "setup_choice_unknown"),
        ("place", {"kind": "building", "floors": "501"}, [LON, LAT], "setup_value_invalid"),
        ("place", {"kind": "gate", "name_zh": "a\x00b"}, [LON, LAT], "setup_name_unreadable"),
        ("place", {"kind": "gate"}, None, "position_missing"),
        ("place", {"kind": "gate"}, [LON], "position_unreadable"),
        ("place", {"kind": "gate"}, {"lon": 1}, "position_unreadable"),
        ("place", {"kind": "gate"}, [LAT, LON], "position_unreadable"),  # exchanged
        ("place", {"kind": "gate"}, [LON + 2, LAT], "position_far"),
        ("device", {"kind": "drone"}, [LON, LAT], "setup_choice_unknown"),
        ("device", {"kind": "camera", "heading_deg": "400"}, [LON, LAT], "setup_value_invalid"),
        ("device", {"kind": "camera", "heading_deg": "nan"}, [LON, LAT], "setup_value_invalid"),
        ("device", {"kind": "camera", "place_id": "nowhere"}, [LON, LAT], "setup_choice_unknown"),
    ],
)
def test_a_bad_draft_is_refused_and_leaves_nothing(
    here: Stage, noun: Any, values: dict[str, Any], position: object, code: str
) -> None:
    facts = {"name_zh": "某处", **values}
    with pytest.raises(RuleViolation) as refusal:
        save_object(here.desk, ObjectDraft(noun, facts, position=position))
    assert refusal.value.code == code
    assert here.audited() == []


def test_a_camera_stays_a_camera(here: Stage) -> None:
    camera = here.place("device", "camera", (1, 1))
    with pytest.raises(RuleViolation) as refusal:
        here.place("device", "smoke", None, camera)
    assert refusal.value.code == "setup_choice_unknown"


def test_another_community_answers_as_if_there_were_no_such_place(here: Stage) -> None:
    place = here.place("place", "gate", (10, 10))
    version = here.version("place", place)
    with pytest.raises(NotThere):
        move_object(here.abroad, "place", place, version, [LON, LAT])
    with pytest.raises(NotThere):
        remove_object(here.abroad, "place", place, version)
    draft = ObjectDraft(
        "device", {"kind": "smoke", "name_zh": "x", "place_id": place}, position=[LON, LAT]
    )
    with pytest.raises(RuleViolation) as refusal:
        save_object(here.abroad, draft)
    assert refusal.value.code == "setup_choice_unknown"
