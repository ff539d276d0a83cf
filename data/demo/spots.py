"""A thing of the demo registers before it is a record: where it stands and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np

from data.demo.geometry import Line, Point, Polygon, beads, parallel
from data.demo.plan import draw_plan, line_json, polygon_json, to_degrees
from rules.geofence import locate
from rules.records import PlaceRecord

T = TypeVar("T")
VERSION = 1  # registers are stated once; the simulator's later versions go on from here
_COMPASS_ZH = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")
_COMPASS_EN = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the register, in plan metres; ring or line where it has an extent."""

    source_id: str
    kind: str
    name_zh: str | None
    name_en: str | None
    point: Point
    role: str | None = None
    ring: Polygon | None = None
    line: Line | None = None
    floors: int | None = None
    households: int | None = None


def place_records(spots: Sequence[Spot]) -> list[PlaceRecord]:
    """Turn spots into records, each with the grid it stands in."""
    grids = grid_ids([spot.point for spot in spots])
    records = []
    for spot, grid in zip(spots, grids, strict=True):
        lon, lat = to_degrees(spot.point)
        geometry = polygon_json(spot.ring) if spot.ring else None
        geometry = line_json(spot.line) if spot.line else geometry
        records.append(
            PlaceRecord(
                source_id=spot.source_id,
                version=VERSION,
                kind=spot.kind,
                name_zh=spot.name_zh,
                name_en=spot.name_en,
                area_id=grid,
                contact_role=spot.role,
                geometry=geometry,
                lon=lon,
                lat=lat,
                accuracy_m=1.0,
                floors=spot.floors,
                households=spot.households,
            )
        )
    return records


@cache
def _grid_shapes() -> tuple[list[str], list[dict[str, object]]]:
    grids = draw_plan().grids
    return [grid_id(g.number) for g in grids], [polygon_json(g.ring) for g in grids]


def grid_id(number: int) -> str:
    """Return the source id of a grid by its number."""
    return f"grid-{number:02d}"


def grid_ids(points: Sequence[Point]) -> list[str | None]:
    """Return the grid of each point, None where a point lies outside the community."""
    names, shapes = _grid_shapes()
    degrees = np.array([to_degrees(p) for p in points]).reshape(-1, 2)
    found = locate(degrees[:, 0], degrees[:, 1], shapes)
    return [names[i] if i >= 0 else None for i in found.tolist()]


def inside_only(spots: Sequence[Spot]) -> list[Spot]:
    """Keep the spots that stand within the community."""
    grids = grid_ids([spot.point for spot in spots])
    return [spot for spot, grid in zip(spots, grids, strict=True) if grid is not None]


def compass(heading_deg: float) -> tuple[str, str]:
    """Name a heading in Chinese and English, eight points of the compass."""
    eighth = round(heading_deg / 45) % 8
    return _COMPASS_ZH[eighth], _COMPASS_EN[eighth]


def beside(line: Line, spacing_m: float, offset_m: float, first_m: float) -> list[Point]:
    """Return points at a spacing along a line, `offset_m` to its left (negative: right)."""
    return [p for p, _ in beads(parallel(line, offset_m), spacing_m, first_m)]


def evenly(items: Sequence[T], count: int) -> list[T]:
    """Choose `count` items spread evenly over a sequence.

    Raises:
        ValueError: There are fewer items than that.
    """
    if count > len(items):
        raise ValueError(f"{count} wanted of {len(items)}")
    return [items[k * len(items) // count] for k in range(count)]
