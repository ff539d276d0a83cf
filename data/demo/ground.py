"""Cut the community into zones, blocks, estates and the 60 grids, without a gap between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from data.demo.footprints import Building
from data.demo.geometry import (
    Point,
    Polygon,
    centroid,
    contains,
    inset,
    local,
    place,
    signed_area,
    split,
    weld,
)
from data.demo.layout import BLOCK_CUTS, BLOCKS, ZONE_CUTS, Block, Estate, outline

_FAR_M = 5_000.0
_GAP_M = 3.0  # a grid's border keeps at least this far from a building
_ESTATE_SETBACK_M = 14.0  # from a main road's centreline


@dataclass(frozen=True, slots=True)
class Grid:
    """One of the 60 grids: its number from 1, zone from 0, ring in metres and its buildings."""

    number: int
    zone: int
    block: str
    ring: Polygon
    buildings: tuple[Building, ...]


@cache
def zones() -> list[Polygon]:
    """Return the three zones from west to east."""
    parts = [outline()]
    for road in ZONE_CUTS:
        parts = [piece for part in parts for piece in split(part, road.line())]
    return sorted(parts, key=lambda ring: centroid(ring)[0])


@cache
def blocks() -> dict[str, Polygon]:
    """Return the ground between main roads by block code; together they fill the community."""
    parts = zones()
    for road in BLOCK_CUTS:
        parts = [piece for part in parts for piece in split(part, road.line())]
    named = {}
    for block in BLOCKS:
        (named[block.code],) = [ring for ring in parts if contains(ring, block.seed_point)]
    if len(parts) != len(named):
        raise ValueError(f"{len(parts)} pieces of ground for {len(named)} blocks")
    return named


def estate_ring(estate: Estate, block: Polygon) -> Polygon:
    """Return an estate's own ground: its block set back from the roads, within its limits."""
    ring = inset(block, _ESTATE_SETBACK_M)
    west, south, east, north = estate.limits
    for u, v, turn in ((west, 0, 90), (east, 0, 90), (0, south, 0), (0, north, 0)):
        foot = place(estate.middle, estate.angle_deg, [(u, v)])[0]
        parts = _cut(ring, foot, estate.angle_deg + turn)
        ring = next(part for part in parts if contains(part, estate.middle))
    return ring


def grids(buildings: Sequence[Building]) -> list[Grid]:
    """Divide every block into its grids and number them zone by zone, north to south."""
    rings = blocks()
    pieces: list[Grid] = []
    for block in BLOCKS:
        inside = [b for b in buildings if contains(rings[block.code], b.middle)]
        for ring, members in _divide(rings[block.code], inside, block.grids, block):
            pieces.append(Grid(0, 0, block.code, ring, tuple(members)))
    whole = zones()
    placed = [
        replace(piece, zone=_index_of(whole, centroid(piece.ring)), ring=ring)
        for piece, ring in zip(pieces, weld([piece.ring for piece in pieces]), strict=True)
    ]
    placed.sort(key=lambda grid: (grid.zone, *_reading_order(grid.ring)))
    return [replace(grid, number=number) for number, grid in enumerate(placed, start=1)]


def _reading_order(ring: Polygon) -> tuple[int, float]:
    x, y = centroid(ring)
    return -round(y / 90), x


def _index_of(rings: Sequence[Polygon], point: Point) -> int:
    return next(i for i, ring in enumerate(rings) if contains(ring, point))


def _cut(ring: Polygon, foot: Point, angle_deg: float) -> list[Polygon]:
    return split(ring, place(foot, angle_deg, [(-_FAR_M, 0.0), (_FAR_M, 0.0)]))


def _divide(
    ring: Polygon, members: list[Building], count: int, block: Block
) -> list[tuple[Polygon, list[Building]]]:
    """Halve a piece of ground again and again, each time in the gap that shares homes best."""
    if count == 1:
        return [(ring, members)]
    best: tuple[float, list[Polygon], int] | None = None
    for turn in (0.0, 90.0):
        for foot in _gaps(ring, members, block.angle_deg + turn):
            parts = _cut(ring, foot, block.angle_deg + turn)
            if len(parts) != 2:
                continue
            share = _weight(parts[0], members) / _weight(ring, members)
            first = min(count - 1, max(1, round(share * count)))
            cost = abs(share - first / count) + abs(first / count - 0.5) / 2 + _thinness(parts)
            if best is None or cost < best[0]:
                best = cost, parts, first
    if best is None:
        raise ValueError(f"block {block.code} leaves no gap to divide it in {count}")
    _, parts, first = best
    return [
        piece
        for part, share in zip(parts, (first, count - first), strict=True)
        for piece in _divide(part, [b for b in members if contains(part, b.middle)], share, block)
    ]


def _weight(ring: Polygon, members: Sequence[Building]) -> float:
    """Weigh ground by homes where there are any, otherwise by area."""
    homes = sum(b.estate.homes_per_building for b in members if contains(ring, b.middle))
    return homes + signed_area(ring) * (2e-4 if members else 1.0)


def _thinness(parts: Sequence[Polygon]) -> float:
    """Return how far the worse part is from compact, so that grids do not become ribbons."""
    worst = 0.0
    for ring in parts:
        around = sum(
            ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
            for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
        )
        worst = max(worst, around**2 / signed_area(ring) / 16 - 1)
    return worst / 8


def _gaps(ring: Polygon, members: Sequence[Building], angle_deg: float) -> list[Point]:
    """Return feet of straight cuts in a direction that pass between buildings."""
    if not members:
        return [centroid(ring)]
    middle = centroid(ring)
    spans = sorted(
        (min(vs) - _GAP_M, max(vs) + _GAP_M)
        for vs in ([local(middle, angle_deg, p)[1] for p in b.ring] for b in members)
    )
    feet: list[Point] = []
    reach = spans[0][1]
    for low, high in spans[1:]:
        if low > reach:
            feet.append(place(middle, angle_deg, [(0.0, (low + reach) / 2)])[0])
        reach = max(reach, high)
    return feet
