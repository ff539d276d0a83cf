"""Drawn outlines: what is refused with which code, what is cut, and what no grid covers."""

from __future__ import annotations

from typing import Any

import pytest
from shapely.geometry import shape

from actions.setup.errors import SetupRefused
from actions.setup.shapes import (
    MOST_CORNERS,
    Centre,
    Named,
    check_inside,
    check_overlap,
    fitted,
    gaps,
    geometry_text,
    read_position,
    read_ring,
    square_metres,
    stored_shape,
)
from rules.coordinates import CrsUnknown, from_wgs84
from tests.actions.setup_stage import LAT, LON, box, spot

HERE = Centre(LON, LAT)


def refused(typed: object, crs: str = "WGS84", centre: Centre | None = HERE) -> str:
    with pytest.raises(SetupRefused) as refusal:
        read_ring(typed, crs, centre)
    return refusal.value.code


def drawn(*metres: float) -> Any:
    west, south, east, north = metres
    return read_ring(box(west, south, east, north), "WGS84", HERE)


def test_a_drawn_rectangle_is_taken_and_measured() -> None:
    outline = drawn(0, 0, 100, 200)
    assert square_metres(outline) == pytest.approx(20_000, rel=0.005)
    again = stored_shape(geometry_text(outline))
    assert again is not None and again.equals_exact(outline, 1e-7)


def test_geojson_is_taken_as_well_with_holes() -> None:
    hole = list(reversed(box(40, 40, 60, 60)))
    polygon = {"type": "Polygon", "coordinates": [box(0, 0, 100, 100), hole]}
    for typed in (polygon, {"type": "Feature", "properties": {}, "geometry": polygon}):
        assert square_metres(read_ring(typed, "WGS84", HERE)) == pytest.approx(9_600, rel=0.005)


def test_a_closed_ring_and_repeated_corners_are_no_fault() -> None:
    ring = box(0, 0, 100, 100)
    closed = [*ring, ring[0]]
    assert read_ring(closed, "WGS84", HERE).equals(read_ring(ring, "WGS84", HERE))


CORNER = list(spot(0, 0))
BOW_TIE = [list(spot(*c)) for c in ((0, 0), (100, 100), (100, 0), (0, 100))]
TOUCHING = [list(spot(*c)) for c in ((0, 0), (50, 50), (100, 0), (100, 100), (50, 50), (0, 100))]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (BOW_TIE, "outline_crossing"),
        (TOUCHING, "outline_crossing"),  # touches itself in one corner
        ([CORNER, CORNER, CORNER], "outline_too_few"),
        ([CORNER, list(spot(1, 1))], "outline_too_few"),
        ([], "outline_too_few"),
        ([CORNER, list(spot(50, 0)), list(spot(100, 0))], "outline_crossing"),  # all on a line
        ([[-180, -80], [180, -80], [180, 80], [-180, 80]], "outline_too_large"),  # round the globe
        (box(0, 0, 60_000, 100), "outline_too_large"),
        (box(0, 0, 0.5, 0.5), "outline_empty"),  # a quarter of a square metre
        ([[181, 0], [182, 0], [182, 1]], "outline_unreadable"),
        ([[113, 91], [114, 91], [114, 92]], "outline_unreadable"),
        ([[LAT, LON], [LAT + 0.001, LON], [LAT, LON + 0.001]], "outline_unreadable"),  # exchanged
        ([[103.4, 23.3], [103.401, 23.3], [103.4, 23.301]], "position_far"),  # a typing error
        ([["113.4", "33.3"], [1, 2], [3, 4]], "outline_unreadable"),
        ([[113.4], [1, 2], [3, 4]], "outline_unreadable"),
        ([[True, False], [1, 2], [3, 4]], "outline_unreadable"),
        ([[float("nan"), 33], [1, 2], [3, 4]], "outline_unreadable"),
        ([[10**400, 33], [1, 2], [3, 4]], "outline_unreadable"),
        ([[[[[[113.4, 33.3]]]]]], "outline_unreadable"),
        ("113.4,33.3", "outline_unreadable"),
        (None, "outline_unreadable"),
        ({"type": "LineString", "coordinates": box(0, 0, 9, 9)}, "outline_unreadable"),
        ({"type": "Polygon"}, "outline_unreadable"),
        ({"type": "Polygon", "coordinates": {}}, "outline_unreadable"),
        ({"type": "Polygon", "coordinates": []}, "outline_too_few"),
        ([CORNER] * (MOST_CORNERS * 2 + 1), "outline_too_many"),
        ([[LON + i * 1e-6, LAT + (i % 2) * 1e-6] for i in range(2_001)], "outline_too_many"),
        ({"type": "Polygon", "coordinates": [box(0, 0, 9, 9)] * 2_001}, "outline_too_many"),
    ],
)
def test_what_is_no_outline_is_refused_by_its_own_name(typed: object, code: str) -> None:
    assert refused(typed) == code


def test_a_crossing_is_told_with_its_place() -> None:
    with pytest.raises(SetupRefused) as refusal:
        read_ring(BOW_TIE, "WGS84", HERE)
    lon, lat = spot(50, 50)
    assert refusal.value.fields == {
        "lon": pytest.approx(lon, abs=1e-5),
        "lat": pytest.approx(lat, abs=1e-5),
    }


@pytest.mark.parametrize("crs", ["GCJ02", "BD09"])
def test_corners_of_a_chinese_map_service_are_brought_home(crs: str) -> None:
    there = [list(from_wgs84(lon, lat, crs)) for lon, lat in box(0, 0, 100, 100)]
    assert abs(there[0][0] - LON) > 0.003  # some hundred metres off, were it taken as it is
    outline = read_ring(there, crs, HERE)
    assert outline.symmetric_difference(drawn(0, 0, 100, 100)).area < 1e-10


def test_an_unknown_frame_is_refused() -> None:
    with pytest.raises(CrsUnknown):
        read_ring(box(0, 0, 9, 9), "EPSG:3857", HERE)


def test_without_a_centre_nothing_is_far() -> None:
    assert read_ring([[10, 50], [10.01, 50], [10, 50.01]], "WGS84", None).is_valid


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (None, None, "position_unreadable"),
        ("113", "33", "position_unreadable"),
        (float("inf"), 33, "position_unreadable"),
        (200, 33, "position_unreadable"),
        (LON, 95, "position_unreadable"),
        (True, 33, "position_unreadable"),
        (LON + 5, LAT, "position_far"),
    ],
)
def test_what_is_no_position_is_refused(lon: object, lat: object, code: str) -> None:
    with pytest.raises(SetupRefused) as refusal:
        read_position(lon, lat, "WGS84", HERE)
    assert refusal.value.code == code


def named(name: str, *metres: float) -> Named:
    return Named(name, name, None, drawn(*metres))


def test_an_overlap_is_told_with_names_and_square_metres() -> None:
    others = [
        named("东", 50, 0, 150, 100),
        named("北", 0, 90, 100, 200),
        named("远", 500, 0, 600, 9),
    ]
    with pytest.raises(SetupRefused) as refusal:
        check_overlap(drawn(0, 0, 100, 100), others)
    fields = refusal.value.fields
    assert [row["name_zh"] for row in fields["named"]] == ["东", "北"]  # type: ignore[attr-defined]
    assert fields["n"] == 2 and 5_900 <= int(str(fields["area_m2"]).replace(",", "")) <= 6_060


def test_neighbours_may_share_a_border_to_a_hair() -> None:
    check_overlap(drawn(0, 0, 100, 100), [named("东", 99.995, 0, 200, 100)])


def test_what_reaches_out_of_the_community_is_refused() -> None:
    check_inside(drawn(0, 0, 100, 100), drawn(0, 0, 100, 100))
    check_inside(drawn(0, 0, 100, 100), None)  # no boundary known: nothing to say
    with pytest.raises(SetupRefused) as refusal:
        check_inside(drawn(0, 0, 110, 100), drawn(0, 0, 100, 100))
    assert 950 <= int(str(refusal.value.fields["area_m2"]).replace(",", "")) <= 1_050


def test_cutting_leaves_neither_overlap_nor_gap() -> None:
    boundary, others = drawn(0, 0, 300, 100), [named("西", 0, 0, 100, 100)]
    cut = fitted(drawn(50, -50, 200, 150), others, boundary)
    check_overlap(cut, others)
    check_inside(cut, boundary)
    assert square_metres(cut) == pytest.approx(10_000, rel=0.01)
    left = gaps([others[0].shape, cut], boundary)
    assert [round(square_metres(part), -2) for part in left] == [pytest.approx(10_000, rel=0.01)]


def test_cutting_away_everything_or_into_pieces_is_refused() -> None:
    with pytest.raises(SetupRefused) as refusal:
        fitted(drawn(0, 0, 50, 50), [named("全", -10, -10, 100, 100)], None)
    assert refusal.value.code == "outline_empty"
    with pytest.raises(SetupRefused) as refusal:
        fitted(drawn(0, 0, 100, 10), [named("中", 40, -5, 60, 15)], None)
    assert refusal.value.code == "outline_in_parts"


def test_a_sliver_touched_elsewhere_does_not_keep_the_part_that_was_meant() -> None:
    cut = fitted(drawn(0, 0, 100, 10), [named("中", 90, -5, 96, 15)], None)
    assert square_metres(cut) == pytest.approx(900, rel=0.02)


def test_gaps_without_a_boundary_are_what_grids_enclose() -> None:
    ring = [drawn(0, 0, 30, 10), drawn(0, 20, 30, 30), drawn(0, 10, 10, 20), drawn(20, 10, 30, 20)]
    assert [round(square_metres(gap)) for gap in gaps(ring, None)] == [pytest.approx(100, abs=2)]
    assert gaps([], None) == []


@pytest.mark.parametrize(
    "text", [None, "", "no json", "[1,2]", '{"type":"Point","coordinates":[1,2]}']
)
def test_a_stored_shape_that_encloses_nothing_is_none(text: str | None) -> None:
    assert stored_shape(text) is None


def test_a_stored_shape_that_a_source_drew_crossed_is_mended() -> None:
    crossed = shape({"type": "Polygon", "coordinates": [[*BOW_TIE, BOW_TIE[0]]]})
    mended = stored_shape(geometry_text(crossed))
    assert mended is not None and mended.is_valid
