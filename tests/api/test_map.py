"""The map over HTTP: objects in columns, the plan with its validator, cards, unknown things."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from actions.intake.recording import record
from data.store import Store
from rules.records import CareRecipientRecord, PlaceRecord, Record

SQUARE = {"type": "Polygon", "coordinates": [[[116.3, 39.9], [116.4, 39.9], [116.4, 40.0]]]}


@pytest.fixture(autouse=True)
def on_the_wall(client: TestClient, key: Callable[..., dict[str, str]]) -> None:
    client.headers.update(key("wall"))


@pytest.fixture
def put(client: TestClient, store: Store) -> Callable[..., list[str]]:
    def _put(kind: str, *rows: Record) -> list[str]:
        return [str(each.id) for each in record(store, kind, "demo", "t", rows).result()]

    return _put


def building(name: str) -> PlaceRecord:
    return PlaceRecord(source_id=name, kind="building", name_zh=name, geometry=SQUARE)


def test_objects_come_in_columns_with_the_number_patches_follow(
    client: TestClient, put: Callable[..., list[str]]
) -> None:
    (place_id,) = put("places", building("3号楼"))
    shown = client.get("/api/v1/map/demo").json()
    assert shown["columns"] == [
        "id",
        "layer",
        "kind",
        "name_zh",
        "name_en",
        "lon",
        "lat",
        "state",
    ]
    assert [row[:4] for row in shown["rows"]] == [[place_id, "building", "building", "3号楼"]]
    assert shown["seq"] > 0 and shown["epoch"]


@pytest.mark.parametrize("address", ["/api/v1/map/demo", "/api/v1/plan/demo"])
def test_an_unchanged_answer_costs_a_304_and_a_change_is_seen_at_once(
    client: TestClient, put: Callable[..., list[str]], address: str
) -> None:
    put("places", building("1号楼"))
    first = client.get(address)
    known = {"If-None-Match": first.headers["etag"]}
    again = client.get(address, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    put("places", building("2号楼"))
    assert "2号楼" in client.get(address, headers=known).text


def test_payloads_are_compressed_for_those_who_take_it_and_plain_for_others(
    client: TestClient, put: Callable[..., list[str]]
) -> None:
    put("places", *(building(f"{n}号楼") for n in range(50)))
    packed = client.get("/api/v1/plan/demo", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/api/v1/plan/demo", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert packed.headers["vary"] == "Accept-Encoding"


def test_a_card_of_a_place_and_of_a_care_cell(
    client: TestClient, put: Callable[..., list[str]]
) -> None:
    (place_id,) = put("places", building("3号楼"))
    put(
        "care_recipients",
        *(
            CareRecipientRecord(source_id=str(n), place_id=place_id, visit_every_days=7)
            for n in range(6)
        ),
    )
    place = client.get(f"/api/v1/map/demo/{place_id}").json()
    assert (place["layer"], place["name_zh"], place["open_cases"]) == ("building", "3号楼", 0)
    cell = client.get(f"/api/v1/map/demo/care:{place_id}").json()
    assert (cell["layer"], cell["kind"], cell["state"]) == ("care", "building", 6)
    assert set(cell) == set(place)


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/map/nowhere",
        "/api/v1/plan/nowhere",
        "/api/v1/map/nowhere/x",
        "/api/v1/map/demo/x",
        "/api/v1/map/demo/care:x",
        f"/api/v1/map/demo/{'x' * 3_000}",
        "/api/v1/map/demo/%00",
        "/api/v1/map/demo/' or 1=1 --",
    ],
)
def test_what_does_not_exist_is_404(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_an_empty_community_has_an_empty_map(
    client: TestClient, key: Callable[..., dict[str, str]]
) -> None:
    client.headers.update(key("wall", "other"))
    assert client.get("/api/v1/map/other").json()["rows"] == []
    assert client.get("/api/v1/plan/other").json()["features"] == []
