"""The whole plan of the demo community in metres, drawn once and kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from math import cos, radians

from data.demo.footprints import Building, buildings
from data.demo.geometry import Line, Point, Polygon, contains, weld
from data.demo.ground import Grid, blocks, estate_ring, grids, zones
from data.demo.lanes import Lane, lanes
from data.demo.layout import ESTATES, MAIN_ROADS, ORIGIN_LAT, ORIGIN_LON, outline
from data.demo.scenery import Site, greens, paths, waters
from data.demo.sites import sites

# Mean degree lengths of WGS-84 near 33° N; a plan of 3 km stays true to a decimetre.
_M_PER_DEG_LAT = 110_910.0
_M_PER_DEG_LON = 111_415.0 * cos(radians(ORIGIN_LAT))


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything drawn: rings anticlockwise and lines, metres about the plan's centre."""

    outline: Polygon
    zones: list[Polygon]
    grids: list[Grid]
    estates: dict[str, Polygon]
    buildings: list[Building]
    roads: list[tuple[str, str, Line]]
    lanes: list[Lane]
    paths: list[tuple[str, str, Line]]
    greens: list[Site]
    waters: list[Site]
    sites: list[Site]

    def grid_at(self, point: Point) -> Grid | None:
        """Return the grid a point lies in, or None outside the community."""
        return next((grid for grid in self.grids if contains(grid.ring, point)), None)


@cache
def draw_plan() -> Plan:
    """Draw the plan; it is the same for every seed, as a place is."""
    homes = buildings()
    ground = blocks()
    shapes = grids(homes)
    limit, *parts = weld([outline(), *zones(), *(grid.ring for grid in shapes)])
    rings = {estate.code: estate_ring(estate, ground[estate.block]) for estate in ESTATES}
    return Plan(
        outline=limit,
        zones=parts[: -len(shapes)],
        grids=[
            replace(grid, ring=ring)
            for grid, ring in zip(shapes, parts[-len(shapes) :], strict=True)
        ],
        estates=rings,
        buildings=homes,
        roads=[(road.name_zh, road.name_en, _inside(road.line())) for road in MAIN_ROADS],
        lanes=lanes(rings),
        paths=paths(),
        greens=greens(),
        waters=waters(),
        sites=sites(),
    )


def _inside(line: Line) -> Line:
    limit = outline()
    return [p for p in line if contains(limit, p)]


def to_degrees(point: Point) -> tuple[float, float]:
    """Turn plan metres into WGS-84 (lon, lat), rounded to about a centimetre."""
    lon = ORIGIN_LON + point[0] / _M_PER_DEG_LON
    lat = ORIGIN_LAT + point[1] / _M_PER_DEG_LAT
    return round(lon, 7), round(lat, 7)


def to_metres(lon: float, lat: float) -> Point:
    """Turn WGS-84 degrees into plan metres."""
    return (lon - ORIGIN_LON) * _M_PER_DEG_LON, (lat - ORIGIN_LAT) * _M_PER_DEG_LAT


def polygon_json(ring: Polygon) -> dict[str, object]:
    """Return a ring as a GeoJSON Polygon in WGS-84, closed."""
    corners = [list(to_degrees(p)) for p in ring]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def line_json(line: Iterable[Point]) -> dict[str, object]:
    """Return a polyline as a GeoJSON LineString in WGS-84."""
    return {"type": "LineString", "coordinates": [list(to_degrees(p)) for p in line]}
