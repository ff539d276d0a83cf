"""The plan and the cards of the one map."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

from data.store import Store
from data.views.card import card
from data.views.plan import plan
from rules.records import AreaRecord, DeviceRecord, PositionRecord, WorkerRecord
from tests.data.views.given import NOW, SQUARE, case

Put = Callable[..., list[str]]


def test_the_plan_has_shapes_credits_and_bounds(
    store: Store, put: Put, town: dict[str, str]
) -> None:
    put("areas", AreaRecord(source_id="g2", level="grid", name_zh="第二网格", geometry=SQUARE))
    drawn = json.loads(plan(store, "demo"))
    assert drawn["attribution"] == ["© OpenStreetMap contributors"]
    assert drawn["bounds"] == [[39.90, 116.30], [39.92, 116.32]]
    by_layer = {each["properties"]["layer"]: each for each in drawn["features"]}
    assert set(by_layer) == {"grid", "building"}
    assert by_layer["building"]["properties"] == {
        "id": town["building"],
        "layer": "building",
        "kind": "building",
        "name_zh": "3号楼",
        "name_en": "Building 3",
        "floors": 18,
    }
    assert by_layer["building"]["geometry"]["type"] == "Polygon"


def test_an_empty_plan_has_no_bounds(store: Store, town: dict[str, str]) -> None:
    assert json.loads(plan(store, "other")) == {
        "type": "FeatureCollection",
        "attribution": [],
        "bounds": None,
        "features": [],
    }


def test_the_card_of_a_building_names_the_leader_s_role_and_its_cases(
    store: Store, put: Put, town: dict[str, str]
) -> None:
    put("cases", case("1", place_id="b1"), case("2", hours_ago=9, place_id="b1", status="closed"))
    shown = card(store, "demo", town["building"])
    assert shown is not None
    assert (shown["layer"], shown["role"], shown["place_zh"]) == (
        "building",
        "grid_worker",
        "第一网格",
    )
    assert shown["open_cases"] == 1
    assert shown["last_event"] == {
        "kind": "reported",
        "status": "reported",
        "at": "2026-03-11T07:00:00Z",
    }


def test_the_card_of_a_device_tells_its_last_sign_of_life_or_that_there_was_none(
    store: Store, put: Put, town: dict[str, str]
) -> None:
    seen, silent = put(
        "devices",
        DeviceRecord(
            source_id="c", kind="camera", name_zh="东门", place_id="b1", state="online", seen_at=NOW
        ),
        DeviceRecord(source_id="d", kind="smoke", name_zh="烟感"),
    )
    shown = card(store, "demo", seen)
    assert shown is not None and shown["layer"] == "camera" and shown["place_zh"] == "3号楼"
    assert shown["last_event"] == {"kind": "seen", "status": "online", "at": "2026-03-11T08:00:00Z"}
    unseen = card(store, "demo", silent)
    assert unseen is not None and unseen["last_event"] is None and unseen["state"] == "unknown"


def test_the_card_of_a_worker_has_a_callsign_and_no_place_off_duty(
    store: Store, put: Put, town: dict[str, str]
) -> None:
    (worker,) = put("workers", WorkerRecord(source_id="p", kind="patrol", callsign="巡逻 02"))
    put("positions", PositionRecord(worker_id="p", lon=116.3, lat=39.9, located_at=NOW))
    shown = card(store, "demo", worker)
    assert shown is not None
    assert (shown["name_zh"], shown["state"], shown["lon"]) == ("巡逻 02", "off_duty", None)


def test_the_card_of_a_case_has_codes_and_times_only(
    store: Store, put: Put, town: dict[str, str]
) -> None:
    (case_id,) = put(
        "cases",
        case("1", place_id="b1", title="张三摔倒", deadline_at=NOW + timedelta(hours=1)),
    )
    shown = card(store, "demo", case_id)
    assert shown is not None
    assert (shown["layer"], shown["category"], shown["urgency"]) == ("case", "noise", "ordinary")
    assert (shown["place_zh"], shown["deadline_at"]) == ("3号楼", "2026-03-11T09:00:00Z")
    assert "张三" not in json.dumps(shown, ensure_ascii=False)


def test_the_card_of_a_grid_counts_its_cases(store: Store, put: Put, town: dict[str, str]) -> None:
    put("cases", case("1", area_id="g1"))
    shown = card(store, "demo", town["grid"])
    assert shown is not None
    assert (shown["layer"], shown["place_zh"], shown["open_cases"]) == ("grid", "东片区", 1)


def test_an_object_of_another_community_has_no_card(
    store: Store, put: Put, town: dict[str, str]
) -> None:
    assert card(store, "other", town["building"]) is None
    assert card(store, "demo", "nothing") is None
