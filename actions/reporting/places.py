"""The places a reporter can choose from, and the plan they can tap on, in few numbers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians
from typing import Any
from weakref import WeakKeyDictionary

from data.store import Store
from rules.vocabulary import KEY_PLACE_KINDS

Row = dict[str, Any]
WIDTH = 1000  # of the picture, in its own units
MOST_SHAPES = 600
NEAR_M = 180.0  # shown to each side of the place of a code: an estate, not a district
METRES_PER_DEGREE = 111_320.0
DRAWN = ("water", "green", "road", "building")  # from below to above


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of the plan: points in units of the picture, y downwards."""

    layer: str
    name: str
    points: tuple[tuple[int, int], ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a community as a picture.

    Attributes:
        west, south, east, north: Degrees, WGS-84, of its edges.
        width, height: Its size in its own units.
        shapes: From below to above.
    """

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int
    shapes: tuple[Shape, ...]


def choices(store: Store, community_id: str) -> list[Row]:
    """Return the buildings and key places of a community by name, those in use.

    Returns:
        place_id, kind, name_zh, name_en, lon and lat of each.
    """
    kinds = ["building", *KEY_PLACE_KINDS]
    return store.rows("place/choices", community_id=community_id, kinds=kinds)


def place_of(store: Store, place_id: str) -> Row | None:
    """Return a place in use with its community, None where there is none."""
    rows = store.rows("place/one", place_id=place_id) if len(place_id) <= 64 else []
    return rows[0] if rows else None


def around(plan: Plan, lon: float | None, lat: float | None) -> Plan:
    """Return the part of a plan within `NEAR_M` of a place, drawn larger; the whole without one."""
    if lon is None or lat is None:
        return plan
    across, up = NEAR_M / (METRES_PER_DEGREE * _shrink(lat)), NEAR_M / METRES_PER_DEGREE
    whole = plan.east - plan.west <= 3 * across
    inside = plan.west < lon < plan.east and plan.south < lat < plan.north
    if whole or not inside:
        return plan
    left = (lon - across - plan.west) / (plan.east - plan.west) * plan.width
    top = (plan.north - lat - up) / (plan.north - plan.south) * plan.height
    larger = (plan.east - plan.west) / (2 * across)

    def moved(shape: Shape) -> Shape:
        points = tuple(
            (round((x - left) * larger), round((y - top) * larger)) for x, y in shape.points
        )
        return Shape(shape.layer, shape.name, points, shape.closed)

    height = round(2 * up / (plan.north - plan.south) * plan.height * larger)
    shapes = (moved(shape) for shape in plan.shapes)
    seen = tuple(shape for shape in shapes if _inside(shape, height))
    edges = (lon - across, lat - up, lon + across, lat + up)
    return Plan(*edges, WIDTH, height, seen)


def kept_plan(store: Store, community_id: str, version: int) -> Plan | None:
    """Return `plan_of`, kept until `version` rises."""
    with _lock:
        known = _plans.setdefault(store, {}).get(community_id)
    if known is not None and known[0] == version:
        return known[1]
    made = plan_of(store, community_id)
    with _lock:
        _plans[store][community_id] = (version, made)
    return made


def plan_of(store: Store, community_id: str) -> Plan | None:
    """Return the plan around a community's buildings, None where nothing is drawn."""
    rows = store.rows("view/plan_place", community_id=community_id, plan_kinds=list(DRAWN))
    lines = [(row, line) for row in rows for line in _lines(json.loads(row["geometry"]))]
    around = [point for row, line in lines if row["kind"] == "building" for point in line]
    around = around or [point for _, line in lines for point in line]
    if not around:
        return None
    west, east = min(x for x, _ in around), max(x for x, _ in around)
    south, north = min(y for _, y in around), max(y for _, y in around)
    edge = max(east - west, north - south) * 0.04 or 0.0005
    west, east, south, north = west - edge, east + edge, south - edge, north + edge
    # A degree of longitude is shorter than one of latitude; near enough for one estate.
    slope = _shrink((south + north) / 2)
    height = max(1, round(WIDTH * (north - south) / ((east - west) * slope)))

    def placed(line: list[tuple[float, float]]) -> tuple[tuple[int, int], ...]:
        points = [
            (
                round((x - west) / (east - west) * WIDTH),
                round((north - y) / (north - south) * height),
            )
            for x, y in line
        ]
        return tuple(p for n, p in enumerate(points) if not n or p != points[n - 1])

    shapes = [
        Shape(row["kind"], row["name_zh"] or "", placed(line), row["kind"] != "road")
        for row, line in lines
    ]
    seen = [s for s in shapes if len(s.points) > 1 and _inside(s, height)]
    seen.sort(key=lambda s: (DRAWN.index(s.layer), -len(s.points)))
    return Plan(west, south, east, north, WIDTH, height, tuple(seen[-MOST_SHAPES:]))


def _inside(shape: Shape, height: int) -> bool:
    xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
    return max(xs) >= 0 and min(xs) <= WIDTH and max(ys) >= 0 and min(ys) <= height


def _shrink(lat: float) -> float:
    return max(0.05, cos(radians(lat)))


def _lines(geometry: Row) -> Iterator[list[tuple[float, float]]]:
    """Yield outer rings and lines of a geometry."""
    kind, parts = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "Polygon":
        yield [(x, y) for x, y, *_ in parts[0]]
    elif kind == "MultiPolygon":
        for polygon in parts:
            yield [(x, y) for x, y, *_ in polygon[0]]
    elif kind == "LineString":
        yield [(x, y) for x, y, *_ in parts]
    elif kind == "MultiLineString":
        for line in parts:
            yield [(x, y) for x, y, *_ in line]


_lock = threading.Lock()
_plans: WeakKeyDictionary[Store, dict[str, tuple[int, Plan | None]]] = WeakKeyDictionary()
