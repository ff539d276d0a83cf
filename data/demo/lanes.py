"""The lanes inside the estates and the gates where they meet the roads, metres."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from data.demo.geometry import (
    Line,
    Point,
    Polygon,
    contains,
    distances,
    inset,
    local,
    parallel,
    place,
    smooth,
)
from data.demo.layout import BENT_LANES, BINHE, ESTATES, MAIN_ROADS, Estate

_VERGE_M = 7.0  # between an estate's wall and its ring lane


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of an estate; `gates` are the points where it passes the estate's wall."""

    estate: Estate
    name_zh: str
    name_en: str
    line: Line
    gates: tuple[Point, ...] = ()


def lanes(rings: Mapping[str, Polygon]) -> list[Lane]:
    """Return ring lane, row lanes and ways out of every estate.

    Args:
        rings: Estate code → its ring (`ground.estate_ring`).
    """
    return [lane for code, ring in rings.items() for lane in _of_estate(code, ring)]


def _of_estate(code: str, ring: Polygon) -> list[Lane]:
    estate = next(e for e in ESTATES if e.code == code)
    inner = inset(ring, _VERGE_M)
    around = Lane(estate, f"{estate.name_zh}环路", f"{estate.name_en} Ring", [*inner, inner[0]])
    found = [around, *_rows(estate, inner)]
    return found + _ways_out(estate, ring, 90.0) + _ways_out(estate, ring, 0.0)


def _rows(estate: Estate, inner: Polygon) -> list[Lane]:
    """Return the lanes between building rows, from wall to wall."""
    lines: list[Line] = []
    if estate.shape == "court":
        lines = [smooth(list(controls), 16) for controls in BENT_LANES]
    elif estate.code == "binhe":
        lines = [parallel(BINHE.line(), v) for v in (34.0, 90.0, 146.0)]
    else:
        heights = sorted({v for i, (v, _) in enumerate(estate.rows) if i not in estate.turned})
        for low, high in itertools.pairwise(heights):
            foot = place(estate.middle, estate.angle_deg, [(0.0, (low + high) / 2)])[0]
            lines.append(_ruler(foot, estate.angle_deg))
    inside = [[p for p in line if contains(inner, p)] for line in lines]
    return [
        Lane(estate, f"{estate.name_zh}{k}巷", f"{estate.name_en} Lane {k}", line)
        for k, line in enumerate((line for line in inside if len(line) > 2), start=1)
    ]


def _ruler(foot: Point, angle_deg: float) -> Line:
    return place(foot, angle_deg, [(float(u), 0.0) for u in range(-600, 601, 6)])


def _ways_out(estate: Estate, ring: Polygon, turn: float) -> list[Lane]:
    """Return the ways from an estate's middle in one direction, up to the roads they meet."""
    ruler = _ruler(estate.middle, estate.angle_deg + turn)
    to_road = [min(column) for column in zip(*(distances(ruler, r) for r in _roads()), strict=True)]
    to_wall = distances(ruler, [*ring, ring[0]])
    inside = [contains(ring, p) for p in ruler]
    middle = len(ruler) // 2
    found: list[Lane] = []
    for step in (1, -1):
        i = middle
        while inside[i]:
            i += step
        gate = i
        while to_road[i] > 4 and to_wall[i] < 30:
            i += step
        if to_road[i] > 4:
            continue  # open ground on this side: no gate
        first = middle if turn else gate - 2 * step
        zh, en = _side(estate, ruler[gate])
        names = f"{estate.name_zh}{zh}门路", f"{estate.name_en} {en} Way"
        found.append(Lane(estate, *names, ruler[first : i + step : step], (ruler[gate],)))
    return found


@cache
def _roads() -> list[Line]:
    return [road.line() for road in MAIN_ROADS]


def _side(estate: Estate, gate: Point) -> tuple[str, str]:
    x, y = local(estate.middle, 0.0, gate)
    if abs(x) > abs(y):
        return ("东", "East") if x > 0 else ("西", "West")
    return ("北", "North") if y > 0 else ("南", "South")
