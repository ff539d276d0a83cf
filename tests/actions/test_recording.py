"""Rows from sources: new, changed, unchanged or rejected, in any order and however often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from actions.intake.recording import RowResult, record, record_community
from data.store import Store
from rules.records import (
    AreaRecord,
    CaseRecord,
    CommunityRecord,
    DeviceRecord,
    PlaceRecord,
    PositionRecord,
    WorkerRecord,
)

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
numbers = count()
SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[106.50, 29.50], [106.51, 29.50], [106.51, 29.51], [106.50, 29.51], [106.50, 29.50]]
    ],
}


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    opened = Store.open()
    yield opened
    opened.close()


@pytest.fixture
def community(shared: Store) -> str:
    name = f"c{next(numbers)}"
    record_community(shared, CommunityRecord(community_id=name, name_zh="试社区")).result()
    return name


def case(source_id: str = "1", **facts: object) -> CaseRecord:
    return CaseRecord.model_validate(
        {"source_id": source_id, "category": "noise", "reported_at": NOW, **facts}
    )


def verdicts(results: list[RowResult]) -> list[str]:
    return [result.result for result in results]


def now_of(store: Store, community: str, source_id: str) -> dict[str, object]:
    rows = store.rows("case/all", community_id=community)
    return next(row for row in rows if row["source_id"] == source_id)


def test_the_same_row_twice_changes_nothing(shared: Store, community: str) -> None:
    first = record(shared, "cases", community, "s", [case(title="楼上装修")]).result()
    again = record(shared, "cases", community, "s", [case(title="楼上装修")]).result()
    assert verdicts(first) == ["new"]
    assert verdicts(again) == ["unchanged"]
    assert first[0].id == again[0].id
    assert len(shared.rows("case/events", community_id=community)) == 1


def test_other_facts_without_a_version_are_a_change(shared: Store, community: str) -> None:
    record(shared, "cases", community, "s", [case(title="楼上装修")]).result()
    changed = record(shared, "cases", community, "s", [case(title="楼上装修，很吵")]).result()
    assert verdicts(changed) == ["changed"]
    assert len(shared.rows("case/events", community_id=community)) == 2


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([1, 1], ["new", "unchanged"]),  # the same version twice, whatever it says
        ([1, 2], ["new", "changed"]),  # a later one
        ([2, 1], ["new", "unchanged"]),  # a late, older one
        ([None, 1], ["new", "changed"]),  # the source begins to count
    ],
)
def test_versions_decide_in_any_order(
    shared: Store, community: str, versions: list[int | None], expected: list[str]
) -> None:
    found = [
        verdicts(
            record(
                shared,
                "cases",
                community,
                f"s{versions}",
                [case(title=f"第{n}次", version=version)],
            ).result()
        )[0]
        for n, version in enumerate(versions)
    ]
    assert found == expected


def test_duplicates_inside_one_batch_are_decided_in_order(shared: Store, community: str) -> None:
    rows = [case(title="甲"), case(title="乙"), case(title="乙"), case("2")]
    results = record(shared, "cases", community, "s", rows).result()
    assert verdicts(results) == ["new", "changed", "unchanged", "new"]
    assert results[0].id == results[1].id == results[2].id != results[3].id


def test_two_sources_may_use_the_same_ids(shared: Store, community: str) -> None:
    one = record(shared, "cases", community, "hotline", [case()]).result()
    two = record(shared, "cases", community, "app", [case()]).result()
    assert verdicts(one) == verdicts(two) == ["new"]
    assert one[0].id != two[0].id


def test_a_bad_row_is_rejected_alone(shared: Store, community: str) -> None:
    rows = [case("1"), case("2", place_id="nowhere"), case("3")]
    results = record(shared, "cases", community, "s", rows).result()
    assert verdicts(results) == ["new", "rejected", "new"]
    assert results[1].error is not None
    assert (results[1].error.code, results[1].error.field) == ("reference_unknown", "place_id")


def test_a_report_from_tomorrow_is_tolerated_and_one_from_next_week_is_not(
    shared: Store, community: str
) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=20)
    far = datetime.now(UTC) + timedelta(days=7)
    results = record(
        shared, "cases", community, "s", [case("1", reported_at=ahead), case("2", reported_at=far)]
    ).result()
    assert verdicts(results) == ["new", "rejected"]
    assert results[1].error is not None
    assert results[1].error.code == "time_in_future"


def test_our_category_gets_its_default_limit_and_a_foreign_one_gets_none(
    shared: Store, community: str
) -> None:
    rows = [case("1", category="lift_entrapment"), case("2", category="Street Lights")]
    record(shared, "cases", community, "s", rows).result()
    ours, foreign = (now_of(shared, community, number) for number in "12")
    assert ours["deadline_at"] == NOW + timedelta(hours=1)
    assert (ours["limit_value"], ours["limit_kind"], ours["urgency"]) == (
        1,
        "urgent_hour",
        "urgent",
    )
    assert (foreign["deadline_at"], foreign["limit_kind"]) == (None, None)


def test_a_sources_own_deadline_is_kept_and_marked_as_its_own(
    shared: Store, community: str
) -> None:
    due = NOW + timedelta(days=3)
    record(shared, "cases", community, "s", [case(deadline_at=due)]).result()
    row = now_of(shared, community, "1")
    assert (row["deadline_at"], row["limit_kind"]) == (due, "source")


def test_a_new_version_without_a_status_keeps_our_progress(shared: Store, community: str) -> None:
    record(shared, "cases", community, "s", [case(status="handling", version=1)]).result()
    record(shared, "cases", community, "s", [case(title="补充", version=2)]).result()
    assert now_of(shared, community, "1")["status"] == "handling"


def test_positions_are_converted_once_and_the_raw_value_is_kept(
    shared: Store, community: str
) -> None:
    # The Forbidden City's south gate as AMap gives it lies some 500 m from where GPS puts it.
    gcj = case(lon=116.403414, lat=39.908823, crs="GCJ02", accuracy_m=12)
    record(shared, "cases", community, "s", [gcj]).result()
    row = now_of(shared, community, "1")
    assert (row["raw_x"], row["raw_y"], row["source_crs"]) == (116.403414, 39.908823, "GCJ02")
    assert row["accuracy_m"] == 12
    assert row["lon"] == pytest.approx(116.39717, abs=2e-4)
    assert row["lat"] == pytest.approx(39.90742, abs=2e-4)


def test_a_case_in_a_grid_is_found_there_also_after_the_grid_was_drawn_anew(
    shared: Store, community: str
) -> None:
    grid = AreaRecord(source_id="g1", level="grid", name_zh="网格1", geometry=SQUARE)
    area_id = record(shared, "areas", community, "s", [grid]).result()[0].id
    rows = [case("in", lon=106.505, lat=29.505), case("out", lon=106.6, lat=29.505)]
    record(shared, "cases", community, "s", rows).result()
    assert now_of(shared, community, "in")["area_id"] == area_id
    assert now_of(shared, community, "out")["area_id"] is None
    moved = {
        "type": "Polygon",
        "coordinates": [[[x + 0.1, y] for x, y in SQUARE["coordinates"][0]]],
    }  # type: ignore[index]
    record(shared, "areas", community, "s", [grid.model_copy(update={"geometry": moved})]).result()
    record(shared, "cases", community, "s", [case("later", lon=106.605, lat=29.505)]).result()
    assert now_of(shared, community, "later")["area_id"] == area_id


def test_references_may_be_our_id_or_the_sources_own_also_within_one_batch(
    shared: Store, community: str
) -> None:
    areas = [
        AreaRecord(source_id="zone", level="zone", name_zh="一片区"),
        AreaRecord(source_id="grid", level="grid", name_zh="网格1", parent_id="zone"),
    ]
    zone, grid = record(shared, "areas", community, "s", areas).result()
    assert (zone.result, grid.result) == ("new", "new")
    place = PlaceRecord(source_id="b1", kind="building", name_zh="1号楼", area_id=grid.id)
    found = record(shared, "places", community, "s", [place]).result()[0]
    assert found.result == "new"
    device = DeviceRecord(source_id="d1", kind="camera", name_zh="东门", place_id="b1")
    assert verdicts(record(shared, "devices", community, "s", [device]).result()) == ["new"]
    stranger = DeviceRecord(source_id="d1", kind="camera", name_zh="东门", place_id="b1")
    assert verdicts(record(shared, "devices", community, "other", [stranger]).result()) == [
        "rejected"
    ]


def test_only_the_last_position_of_a_worker_is_kept(shared: Store, community: str) -> None:
    worker = WorkerRecord(source_id="w1", kind="grid_worker", callsign="网格员 1", on_duty=True)
    record(shared, "workers", community, "s", [worker]).result()

    def at(minute: int) -> PositionRecord:
        located_at = NOW + timedelta(minutes=minute)
        return PositionRecord(
            worker_id="w1", lon=106.5 + minute / 1000, lat=29.5, located_at=located_at
        )

    assert verdicts(record(shared, "positions", community, "s", [at(1)]).result()) == ["new"]
    late = record(shared, "positions", community, "s", [at(5), at(3), at(0)]).result()
    assert verdicts(late) == ["changed", "unchanged", "unchanged"]
    kept = shared.rows("worker/positions", community_id=community)
    assert [(row["lon"], row["located_at"]) for row in kept] == [
        (106.505, NOW + timedelta(minutes=5))
    ]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[106.5, 29.5], ["x", 29.5], [106.6, 29.6]]]},
        {"type": "Nonsense"},
        {"type": "Polygon", "coordinates": [[[1e9, 29.5], [1e9, 29.6], [1e9 + 1, 29.5]]]},
    ],
)
def test_a_broken_geometry_is_rejected_with_its_reason(
    shared: Store, community: str, geometry: dict[str, object]
) -> None:
    place = PlaceRecord(source_id="p", kind="green", geometry=geometry)
    result = record(shared, "places", community, "s", [place]).result()[0]
    assert result.result == "rejected"
    assert result.error is not None
    assert (result.error.code, result.error.field) == ("geometry_invalid", "geometry")


def test_free_text_never_reaches_the_log(shared: Store, community: str) -> None:
    secret = "王某某 13800000000 三单元 502"
    row = case(title=secret, description=secret, address=secret)
    record(shared, "cases", community, "s", [row]).result()
    logged = shared.rows("case/events", community_id=community)
    assert secret not in str(logged)
    assert secret not in str(shared.rows("case/all", community_id=community))
