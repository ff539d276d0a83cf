"""Points find their area, edges belong to one side, broken shapes are refused by name."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.errors import RuleViolation
from rules.geofence import GeometryInvalid, centroid, inside, locate, read_areas

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]]}
COURTYARD = {
    "type": "Polygon",
    "coordinates": [
        [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]],
        [[1, 1], [1, 3], [3, 3], [3, 1], [1, 1]],
    ],
}
# Two overlapping squares and one apart.
ESTATE = {
    "type": "MultiPolygon",
    "coordinates": [
        [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]],
        [[[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]],
        [[[10, 10], [11, 10], [11, 11], [10, 11], [10, 10]]],
    ],
}
HORSESHOE = {
    "type": "Polygon",
    "coordinates": [[[0, 0], [9, 0], [9, 9], [6, 9], [6, 1], [3, 1], [3, 9], [0, 9]]],
}


@pytest.mark.parametrize(
    ("lon", "lat", "shape", "expected"),
    [
        (2, 2, SQUARE, True),  # the middle
        (5, 2, SQUARE, False),  # east of it
        (-1, 4, SQUARE, False),  # level with its upper edge, outside
        (2, 2, COURTYARD, False),  # in the hole
        (0.5, 2, COURTYARD, True),  # between outer ring and hole
        (1.5, 1.5, ESTATE, True),  # where two parts overlap
        (10.5, 10.5, ESTATE, True),  # the part that stands apart
        (5, 5, ESTATE, False),  # between the parts
        (4.5, 5, HORSESHOE, False),  # in the mouth of the horseshoe
        (math.nan, 2, SQUARE, False),  # a missing position lies nowhere
        (2, math.inf, SQUARE, False),  # nor does an infinite one
    ],
)
def test_a_point_lies_inside_or_outside(lon: float, lat: float, shape: Any, expected: bool) -> None:
    assert inside(lon, lat, shape) is expected


def test_an_array_keeps_its_shape() -> None:
    found = inside(np.array([[2.0, 5.0], [1.0, np.nan]]), np.full((2, 2), 2.0), SQUARE)
    assert np.asarray(found).tolist() == [[True, False], [True, False]]


def test_an_empty_array_gives_an_empty_answer() -> None:
    assert np.asarray(inside([], [], SQUARE)).shape == (0,)


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4]]]},  # not closed
        {"type": "Polygon", "coordinates": [[[0, 0, 9], [4, 0, 9], [4, 4, 9], [0, 4, 9]]]},  # 3-D
        {"type": "Polygon", "coordinates": [[["0", "0"], ["4", "0"], ["4", "4"], ["0", "4"]]]},
        {"type": "Feature", "properties": {}, "geometry": SQUARE},
        {"type": "Polygon", "coordinates": (((0, 0), (0, 4), (4, 4), (4, 0)),)},  # clockwise tuples
    ],
)
def test_small_faults_are_mended(shape: Any) -> None:
    assert inside(2, 2, shape) is True
    assert inside(5, 2, shape) is False


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        (None, "not a GeoJSON geometry"),
        ("POLYGON((0 0,1 0,1 1))", "not a GeoJSON geometry"),
        ({"type": "Feature", "geometry": None}, "not a GeoJSON geometry"),
        ({"type": "Polygon"}, "no coordinates"),
        ({"type": "Point", "coordinates": [1, 2]}, "type 'Point' is not a polygon"),
        ({"type": "Polygon", "coordinates": []}, "no rings"),
        ({"type": "Polygon", "coordinates": None}, "no rings"),
        ({"type": "Polygon", "coordinates": [[]]}, "no corners"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, "fewer than 3 corners"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}, "fewer than 3 corners"),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], [1], [1, 1]]]},
            "a corner is not a pair of numbers",
        ),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], ["a", 1], [1, 1]]]},
            "a corner is not a pair of numbers",
        ),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], {"x": 1}, [1, 1]]]},
            "a corner is not a pair of numbers",
        ),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], [math.nan, 1], [1, 1]]]},
            "a corner is not in degrees",
        ),
        # Metres of a projection: no geofence would ever match them.
        (
            {"type": "Polygon", "coordinates": [[[12_950_000, 4_800_000], [0, 1], [1, 1]]]},
            "a corner is not in degrees",
        ),
        ({"type": "MultiPolygon", "coordinates": []}, "no polygons"),
    ],
)
def test_a_broken_shape_is_refused_with_its_reason(shape: Any, reason: str) -> None:
    with pytest.raises(GeometryInvalid) as raised:
        inside(0, 0, shape)
    assert raised.value.fields == {"reason": reason}
    assert raised.value.code == "geometry_invalid"
    with pytest.raises(RuleViolation):
        locate([0.0], [0.0], [shape if shape is not None else {}])


def test_each_point_gets_the_first_area_that_holds_it() -> None:
    areas = [COURTYARD, None, SQUARE, ESTATE]
    found = locate([0.5, 2.0, 10.5, 50.0, np.nan], [0.5, 2.0, 10.5, 50.0, 1.0], areas)
    assert found.tolist() == [0, 2, 3, -1, -1]
    assert found.dtype == np.int64
    assert locate([0.5, 2.0], [0.5, 2.0], read_areas(areas)).tolist() == [0, 2]


def test_many_points_find_the_same_area_as_each_alone() -> None:
    chance = np.random.default_rng(11)
    lon, lat = chance.uniform(-1, 12, 3_000), chance.uniform(-1, 12, 3_000)
    areas = read_areas([COURTYARD, None, HORSESHOE, ESTATE])
    together = locate(lon, lat, areas)
    alone = [locate([x], [y], areas)[0] for x, y in zip(lon, lat, strict=True)]
    assert together.tolist() == alone
    assert set(alone) == {-1, 0, 2, 3}


def test_without_areas_or_points_nothing_is_found() -> None:
    assert locate([1.0], [1.0], []).tolist() == [-1]
    assert locate([], [], [SQUARE]).tolist() == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3)), min_size=1, max_size=50))
def test_a_point_on_a_shared_edge_belongs_to_exactly_one_grid(
    points: list[tuple[float, float]],
) -> None:
    # A slanted corner point inside, so that shared edges have all directions.
    inner = {(1, 1): (1.3, 0.9), (1, 2): (0.8, 2.1), (2, 1): (2.2, 1.4), (2, 2): (1.7, 1.8)}
    corner = {(i, j): inner.get((i, j), (i, j)) for i in range(4) for j in range(4)}
    grids = [
        [corner[i, j], corner[i + 1, j], corner[i + 1, j + 1], corner[i, j + 1]]
        for i in range(3)
        for j in range(3)
    ]
    # Every other ring runs backwards, as registers mix both directions.
    shapes = [
        {"type": "Polygon", "coordinates": [ring[:: -1 if n % 2 else 1]]}
        for n, ring in enumerate(grids)
    ]
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for ring in grids for a, b in pairwise(ring)]
    everywhere = [*points, *middles, *corner.values()]
    lon, lat = np.array([p[0] for p in everywhere]), np.array([p[1] for p in everywhere])
    hits = np.sum([np.asarray(inside(lon, lat, shape)) for shape in shapes], axis=0)
    border = (lon == 0) | (lon == 3) | (lat == 0) | (lat == 3)
    assert (hits[~border] == 1).all()
    assert (hits <= 1).all()


def test_the_walk_over_edges_agrees_with_the_matrix() -> None:
    chance = np.random.default_rng(5)
    angles = np.linspace(0, 2 * np.pi, 300, endpoint=False)
    radius = 1 + 0.4 * np.sin(7 * angles)
    star = np.column_stack([radius * np.cos(angles), radius * np.sin(angles)]).tolist()
    shape = {"type": "Polygon", "coordinates": [star]}
    lon, lat = chance.uniform(-1.5, 1.5, 20_000), chance.uniform(-1.5, 1.5, 20_000)
    together = np.asarray(inside(lon, lat, shape))
    in_parts = [
        np.asarray(inside(lon[i : i + 500], lat[i : i + 500], shape)) for i in range(0, 20_000, 500)
    ]
    assert (together == np.concatenate(in_parts)).all()
    # Independent check: the star's own equation.
    away, angle = np.hypot(lon, lat), np.arctan2(lat, lon)
    edge = 1 + 0.4 * np.sin(7 * angle)
    clear = np.abs(away - edge) > 0.01
    assert (together == (away < edge))[clear].all()


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (SQUARE, (2, 2)),  # the centre of mass
        ({"type": "Feature", "geometry": SQUARE}, (2, 2)),
        (ESTATE, (1, 1)),  # of the first of the largest parts
        ({"type": "Point", "coordinates": [7, 8, 30]}, (7, 8)),
        ({"type": "MultiPoint", "coordinates": [[0, 0], [2, 4]]}, (1, 2)),
        ({"type": "LineString", "coordinates": [[0, 0], [1, 0], [10, 0]]}, (5, 0)),  # half-way
        ({"type": "LineString", "coordinates": [[3, 3], [3, 3]]}, (3, 3)),  # no length at all
        (
            {"type": "MultiLineString", "coordinates": [[[0, 0], [0, 1]], [[5, 5], [5, 9]]]},
            (5, 7),  # on the longer line
        ),
        ({"type": "Polygon", "coordinates": [[[0, 1], [2, 1], [4, 1]]]}, (2, 1)),  # squashed flat
    ],
)
def test_a_shape_has_a_point_that_stands_for_it(shape: Any, expected: tuple[float, float]) -> None:
    assert centroid(shape) == pytest.approx(expected)


@pytest.mark.parametrize("shape", [HORSESHOE, COURTYARD])
def test_the_point_of_a_hollow_shape_lies_inside_it(shape: Any) -> None:
    assert inside(*centroid(shape), shape) is True


def test_the_point_of_a_small_building_keeps_its_precision() -> None:
    side = 1e-6  # ten centimetres
    lon, lat = 114.486, 38.042
    ring = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side]]
    x, y = centroid({"type": "Polygon", "coordinates": [ring]})
    assert (x - lon, y - lat) == pytest.approx((side / 2, side / 2), rel=1e-3)


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "GeometryCollection", "geometries": []},
        {"type": "Circle", "coordinates": [1, 2]},
        {"type": "Point", "coordinates": []},
        {"type": "LineString", "coordinates": [[1, 2]]},
        {"type": "MultiPoint", "coordinates": []},
    ],
)
def test_a_shape_without_a_point_is_refused(shape: Any) -> None:
    with pytest.raises(GeometryInvalid):
        centroid(shape)
