"""Walks of the demo's workers: from lane to lane inside their own ground, at a walking pace."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from math import hypot
from random import Random

from data.demo.geometry import Line, Point, beads
from data.demo.people import CREWS
from data.demo.plan import Plan, draw_plan, to_degrees
from data.demo.spots import grid_ids
from rules.records import PositionRecord

WALK_M_PER_S = 1.2
_STEP_M = 6.0
_REACH_M = 60.0  # how far apart two lanes may end for a worker to cross over
_ACCURACY_M = 6.0
_GRIDS_EACH = 5


class Walk:
    """One worker's endless walk along lanes; the same seed walks the same way.

    Args:
        chance: Source of chance, this walk's own.
        tracks: Lanes it may take, each a line of points a few metres apart.
    """

    def __init__(self, chance: Random, tracks: Sequence[Line]) -> None:
        self._chance = chance
        self._tracks = tracks
        self._points = self._wander()
        self._target = next(self._points)
        self.point: Point = self._target

    def advance(self, by_m: float) -> Point:
        """Walk on by a distance along the lanes and return where that is."""
        left = by_m
        while left > 0:
            dx, dy = self._target[0] - self.point[0], self._target[1] - self.point[1]
            span = hypot(dx, dy)
            if span > left:
                self.point = self.point[0] + dx * left / span, self.point[1] + dy * left / span
                break
            self.point, self._target = self._target, next(self._points)
            left -= max(span, 1e-6)
        return self.point

    def _wander(self) -> Iterator[Point]:
        track = self._chance.choice(self._tracks)
        while True:
            yield from track
            end = track[-1]
            near = [
                line if _apart(line[0], end) <= _apart(line[-1], end) else line[::-1]
                for line in self._tracks
                if min(_apart(line[0], end), _apart(line[-1], end)) < _REACH_M
                and line not in (track, track[::-1])
            ]
            track = self._chance.choice(near) if near else track[::-1]


def worker_walks(seed: int) -> dict[str, Walk]:
    """Return a walk for every worker by source id; duty officers stay at their desk."""
    plan = draw_plan()
    walks: dict[str, Walk] = {}
    for kind, _, count, _ in CREWS:
        for k in range(count):
            chance = Random(f"demo/{seed}/walk/{kind}/{k}")
            tracks = _desk(plan, k) if kind == "duty_officer" else _ground(kind, k)
            walk = Walk(chance, tracks)
            walk.advance(chance.uniform(0, 400))
            walks[f"{kind}-{k + 1:02d}"] = walk
    return walks


def starting_positions(seed: int, now: datetime, on_duty: Collection[str]) -> list[PositionRecord]:
    """Return where the workers on duty, by source id, stand at `now` (aware)."""
    walks = worker_walks(seed)
    return [position(key, walks[key].point, now) for key in walks if key in on_duty]


def position(worker: str, point: Point, now: datetime) -> PositionRecord:
    """Return a worker's position as a record, in WGS-84."""
    lon, lat = to_degrees(point)
    return PositionRecord(
        worker_id=worker, lon=lon, lat=lat, accuracy_m=_ACCURACY_M, located_at=now
    )


def _ground(kind: str, index: int) -> list[Line]:
    """Return the lanes a worker walks: a grid worker's grids, or the whole of one zone."""
    if kind == "grid_worker":
        first = index * _GRIDS_EACH + 1
        numbers = list(range(first, first + _GRIDS_EACH))
    else:
        numbers = [g.number for g in draw_plan().grids if g.zone == index % 3]
    return [track for number in numbers for track in _tracks_by_grid()[number]]


def _desk(plan: Plan, index: int) -> list[Line]:
    office = next(site for site in plan.sites if site.kind == "committee").ring
    x, y = office[0]
    return [[(x + 6 + 5 * index, y + 8), (x + 7 + 5 * index, y + 8)]]


@cache
def _tracks_by_grid() -> dict[int, list[Line]]:
    """Cut all lanes, roads and paths at the grids' borders, so that walks stay inside."""
    plan = draw_plan()
    lines = [lane.line for lane in plan.lanes]
    lines += [line for _, _, line in (*plan.roads, *plan.paths)]
    tracks: dict[int, list[Line]] = {grid.number: [] for grid in plan.grids}
    beaded = [(n, p) for n, line in enumerate(lines) for p, _ in beads(line, _STEP_M)]
    located = grid_ids([p for _, p in beaded])
    pieces = groupby(zip(located, beaded, strict=True), key=lambda item: (item[1][0], item[0]))
    for (_, grid), piece in pieces:
        run = [p for _, (_, p) in piece]
        if grid and len(run) > 2:
            tracks[int(grid.removeprefix("grid-"))].append(run)
    for grid_shape in plan.grids:
        if not tracks[grid_shape.number]:
            tracks[grid_shape.number] = [grid_shape.ring[:2]]
    return tracks


def _apart(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])
