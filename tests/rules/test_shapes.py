"""Rings become edges that both neighbours of a border share to the last bit."""

import numpy as np
import pytest

from rules.shapes import GeometryInvalid, corners_of, edges_of, even_odd, listed, polygons_of

SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]


def test_an_edge_is_stored_the_same_way_round_whichever_ring_it_comes_from() -> None:
    forth, back = edges_of([SQUARE]), edges_of([SQUARE[::-1]])
    columns = [
        sorted(zip(e.south_x, e.south_y, e.north_x, e.north_y, strict=True)) for e in (forth, back)
    ]
    assert columns[0] == columns[1]
    assert (forth.south_y <= forth.north_y).all()


def test_bounds_hold_every_corner_of_every_ring() -> None:
    apart = [(9.0, -2.0), (10.0, -2.0), (10.0, 7.0)]
    assert edges_of([SQUARE, apart]).bounds == (0.0, -2.0, 10.0, 7.0)


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (2.0, 0.0, True),  # on the lower edge: the edge belongs to the shape above it
        (2.0, 4.0, False),  # on the upper edge: it belongs to the next shape
        (0.0, 2.0, False),  # on the western edge: it belongs to the shape before it
        (4.0, 2.0, True),  # on the eastern edge
        (-1.0, 0.0, False),  # level with a corner, outside
    ],
)
def test_an_edge_belongs_to_one_side(lon: float, lat: float, expected: bool) -> None:
    edges = edges_of([SQUARE])
    assert even_odd(np.array([lon]), np.array([lat]), edges).tolist() == [expected]
    # Many points take another way through the code; the answer must not depend on it.
    many = even_odd(np.full(300_000, lon), np.full(300_000, lat), edges)
    assert many.all() if expected else not many.any()


def test_a_closing_corner_and_heights_are_dropped() -> None:
    shape = {"type": "Polygon", "coordinates": [[[*corner, 12.5] for corner in [*SQUARE, (0, 0)]]]}
    assert polygons_of(shape) == [[SQUARE]]


def test_what_is_missing_is_named() -> None:
    with pytest.raises(GeometryInvalid, match="no rings"):
        listed([], "rings")
    with pytest.raises(GeometryInvalid, match="fewer than 2 corners"):
        corners_of([[1, 2]], 2)
