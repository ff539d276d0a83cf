"""The outline agrees with a public map wherever that map is clear."""

import json
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rules.mainland import BOX, in_mainland, shift_share, untouched
from rules.shapes import edges_of, even_odd

REALDATA = Path(os.environ.get("YIPING_REALDATA", "../shared/data"))
MAP = REALDATA / "basemap_natural_earth" / "countries-50m.json"
# The map itself is generalised by a kilometre or two and our outline by a few more.
CLEAR_LAT, CLEAR_LON = 8 / 111, 8 / 70  # eight kilometres, in degrees


@pytest.fixture(scope="module")
def world() -> dict[str, list[list[tuple[float, float]]]]:
    if not MAP.exists():
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"{MAP} is missing: set YIPING_REALDATA")
        pytest.skip(f"{MAP} is missing: set YIPING_REALDATA to compare with the public map")
    return _rings_by_country(json.loads(MAP.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def points() -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(50)
    west, south, east, north = BOX
    return chance.uniform(west, east, 12_000), chance.uniform(south, north, 12_000)


def test_land_of_the_mainland_lies_within_the_outline(world: Any, points: Any) -> None:
    lon, lat = _clear_of_edges(points, world["China"])
    china = even_odd(lon, lat, edges_of(world["China"]))
    assert china.sum() > 3_000
    assert in_mainland(lon[china], lat[china]).all()


def test_land_of_every_neighbour_lies_outside_and_is_not_shifted(world: Any, points: Any) -> None:
    lon, lat = _clear_of_edges(points, world["China"])
    seen = 0
    for name, rings in world.items():
        if name == "China":
            continue
        there = even_odd(lon, lat, edges_of(rings))
        assert (shift_share(lon[there], lat[there]) == 0).all(), name
        seen += int(there.sum())
    assert seen > 3_000


def test_hong_kong_of_the_map_is_untouched(world: Any) -> None:
    # The map's Macau lies some kilometres off, in Zhuhai: it can prove nothing here.
    chance = np.random.default_rng(852)
    lon, lat = chance.uniform(113.8, 114.5, 20_000), chance.uniform(22.1, 22.6, 20_000)
    there = even_odd(lon, lat, edges_of(world["Hong Kong"]))
    assert there.sum() > 1_000
    # Its border is a kilometre off: nine tenths must agree.
    assert untouched(lon[there], lat[there]).mean() > 0.9
    assert in_mainland(lon[there], lat[there]).mean() < 0.1


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ((111.3, 43.75), (112.1, 43.75)),  # from Mongolia eastwards to Erenhot
        ((117.44, 49.4), (117.44, 49.9)),  # from Manzhouli northwards to Russia
        ((120.0, 36.0), (123.5, 36.0)),  # from the coast of Shandong out to sea
    ],
)
def test_the_share_of_the_shift_fades_without_a_jump(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    lon, lat = np.linspace(start[0], end[0], 40_001), np.linspace(start[1], end[1], 40_001)
    share = shift_share(lon, lat)
    assert (share.min(), share.max()) == (0, 1)
    assert np.abs(np.diff(share)).max() < 0.01  # steps of at most six metres in a belt of 1 km


def test_no_point_is_both_in_the_mainland_and_in_hong_kong_or_macau() -> None:
    chance = np.random.default_rng(853)
    lon, lat = chance.uniform(113.5, 114.6, 200_000), chance.uniform(22.0, 22.7, 200_000)
    assert not (in_mainland(lon, lat) & untouched(lon, lat)).any()


def _clear_of_edges(points: Any, rings: Any) -> tuple[np.ndarray, np.ndarray]:
    lon, lat = points
    keep = np.ones(lon.shape, dtype=bool)
    for ring in rings:
        for x, y in _filled(ring):
            keep &= (np.abs(lon - x) > CLEAR_LON) | (np.abs(lat - y) > CLEAR_LAT)
    return lon[keep], lat[keep]


def _filled(ring: Any) -> Any:
    """Corners no more than five kilometres apart."""
    for (x1, y1), (x2, y2) in pairwise(ring):
        steps = max(1, int(np.hypot(x2 - x1, y2 - y1) / 0.045))
        for step in range(steps):
            yield x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps


def _rings_by_country(topology: Any) -> dict[str, list[list[tuple[float, float]]]]:
    (scale_x, scale_y), (move_x, move_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    lines = []
    for arc in topology["arcs"]:
        steps = np.cumsum(np.array(arc), axis=0)
        lines.append([(x * scale_x + move_x, y * scale_y + move_y) for x, y in steps.tolist()])
    countries: dict[str, list[list[tuple[float, float]]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        countries[shape["properties"]["name"]] = [
            [at for number in ring for at in _line(lines, number)[1:]]
            for part in parts
            for ring in part
        ]
    return countries


def _line(lines: Any, number: int) -> Any:
    return lines[number] if number >= 0 else lines[~number][::-1]
