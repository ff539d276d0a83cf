"""Map objects and their counts; care recipients only as cells that tell of nobody."""

from __future__ import annotations

from collections.abc import Callable

from data.views.objects import COLUMNS, layers, objects
from data.views.view import Question
from rules.records import CareRecipientRecord, DeviceRecord, PlaceRecord
from tests.data.views.given import SQUARE

Put = Callable[..., list[str]]
Ask = Callable[..., Question]


def recipients(place_id: str, count: int) -> list[CareRecipientRecord]:
    return [
        CareRecipientRecord(source_id=f"{place_id}-{n}", place_id=place_id, visit_every_days=7)
        for n in range(count)
    ]


def building(source_id: str) -> PlaceRecord:
    return PlaceRecord(
        source_id=source_id,
        kind="building",
        name_zh=source_id,
        area_id="g1",
        lon=116.31,
        lat=39.91,
    )


def test_places_and_devices_stand_in_their_layers(put: Put, ask: Ask, town: dict[str, str]) -> None:
    put(
        "places",
        PlaceRecord(source_id="s", kind="school", name_zh="小学", lon=116.31, lat=39.91),
        PlaceRecord(source_id="h", kind="hydrant", lon=116.31, lat=39.91),
        PlaceRecord(source_id="r", kind="road", name_zh="路", geometry=SQUARE),
        PlaceRecord(source_id="nowhere", kind="hydrant"),
    )
    put(
        "devices",
        DeviceRecord(source_id="c", kind="camera", name_zh="东门", lon=116.3, lat=39.9),
        DeviceRecord(
            source_id="d", kind="smoke", name_zh="烟感", lon=116.3, lat=39.9, state="fault"
        ),
    )
    rows = objects(ask())
    assert {tuple(row) for row in rows} == {COLUMNS}
    assert sorted((row["layer"], row["kind"], row["state"]) for row in rows) == [
        ("building", "building", None),
        ("camera", "camera", "unknown"),
        ("device", "smoke", "fault"),
        ("facility", "hydrant", None),
        ("key_place", "school", None),
    ]


def test_a_building_with_five_recipients_is_a_cell_and_smaller_ones_are_summed_by_grid(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put("places", building("b2"), building("b3"), building("b4"))
    for place_id, count in (("b1", 5), ("b2", 4), ("b3", 2)):
        put("care_recipients", *recipients(place_id, count))
    cells = [row for row in objects(ask()) if row["layer"] == "care"]
    assert [(cell["kind"], cell["id"], cell["state"]) for cell in cells] == [
        ("building", f"care:{town['building']}", 5),
        ("grid", f"care:{town['grid']}", 6),
    ]


def test_fewer_than_five_recipients_are_shown_nowhere(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put("care_recipients", *recipients("b1", 4))
    assert [row for row in objects(ask()) if row["layer"] == "care"] == []
    shown = layers(ask())
    assert shown["care_recipient"] is None
    assert shown["total"] == shown["building"] + shown["worker"] == 2


def test_layers_count_what_is_registered_with_or_without_a_position(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put("places", PlaceRecord(source_id="h", kind="hydrant"))
    put("devices", DeviceRecord(source_id="c", kind="camera", name_zh="东门"))
    put("care_recipients", *recipients("b1", 5))
    assert layers(ask()) == {
        "worker": 1,
        "care_recipient": 5,
        "key_place": 0,
        "facility": 1,
        "building": 1,
        "device": 0,
        "camera": 1,
        "total": 9,
    }
