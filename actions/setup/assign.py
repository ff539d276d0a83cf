"""Gives every place and device the grid it lies in, after grids have been drawn, moved or removed.

Where a source says that a place belongs to an area that was not drawn here, that stands.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from actions.setup.shapes import stored_shapes
from actions.setup.step import Step
from data.transaction import Transaction
from rules.geofence import Areas, locate, read_areas

Bounds = tuple[float, float, float, float]


class DrawnGrids:
    """The outlines of a community's grids near some ground, as one transaction sees them.

    Args:
        ground: What the points that are asked for lie in; west, south, east, north in degrees.
    """

    def __init__(self, tx: Transaction, community_id: str, ground: Bounds) -> None:
        rows = tx.rows("area/grids", community_id=community_id)
        shapes = stored_shapes([row["geometry"] for row in rows])
        kept = [
            (row["area_id"], json.loads(row["geometry"]))
            for row, shape in zip(rows, shapes, strict=True)
            if shape is not None and _meet(shape.bounds, ground)
        ]
        self._ids = [area_id for area_id, _ in kept]
        self._areas: Areas = read_areas([geometry for _, geometry in kept])

    def holding(self, lons: list[float], lats: list[float]) -> list[str | None]:
        """Return for each WGS-84 point the grid that holds it, or None."""
        if not self._ids or not lons:
            return [None] * len(lons)
        found = locate(np.array(lons), np.array(lats), self._areas).tolist()
        return [self._ids[index] if index >= 0 else None for index in found]


def grid_at(tx: Transaction, community_id: str, lon: float, lat: float) -> str | None:
    """Return the grid that holds one point, or None."""
    return DrawnGrids(tx, community_id, (lon, lat, lon, lat)).holding([lon], [lat])[0]


def bounds_of(geometries: Sequence[str | None]) -> list[Bounds]:
    """Return the boxes around stored outlines; none for what encloses nothing."""
    return [shape.bounds for shape in stored_shapes(geometries) if shape is not None]


def assign_grids(step: Step, area_ids: Sequence[str], ground: Sequence[Bounds]) -> int:
    """Write the new grid of every place and device whose grid has changed; returns how many.

    Args:
        step: The step that changed the grids.
        area_ids: The grids that changed; whatever is said to lie in them is looked at.
        ground: Boxes around the outlines they had and have; so is whatever lies there.
    """
    near = _around(ground)
    west, south, east, north = near
    rows = step.tx.rows(
        "setup/located",
        community_id=step.community_id,
        area_ids=list(area_ids),
        west=west,
        south=south,
        east=east,
        north=north,
    )
    if not rows:
        return 0
    lons, lats = [row["lon"] for row in rows], [row["lat"] for row in rows]
    whole = (min(west, *lons), min(south, *lats), max(east, *lons), max(north, *lats))
    holding = DrawnGrids(step.tx, step.community_id, whole).holding(lons, lats)
    changed: dict[str, dict[str, str | None]] = {"place": {}, "device": {}}
    for row, grid in zip(rows, holding, strict=True):
        if row["area_id"] != grid and _yields(row, grid):
            changed[row["noun"]][row["id"]] = grid
    for noun, grid_of in changed.items():
        _follow(step, noun, grid_of)
    return sum(len(grid_of) for grid_of in changed.values())


def _around(ground: Sequence[Bounds]) -> Bounds:
    """The smallest box around some; around none, one that holds nothing."""
    if not ground:
        return (1.0, 1.0, -1.0, -1.0)
    low, high = np.min(ground, axis=0), np.max(ground, axis=0)
    return (float(low[0]), float(low[1]), float(high[2]), float(high[3]))


def _meet(one: Bounds, other: Bounds) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _yields(row: dict[str, Any], grid: str | None) -> bool:
    """Tell whether what is said about a place gives way to where it lies."""
    if row["area_id"] is None:
        return grid is not None
    return not row["area_live"] or bool(row["area_drawn"])


def _follow(step: Step, noun: str, grid_of: dict[str, str | None]) -> None:
    if not grid_of:
        return
    table = pa.table({"id": pa.array(sorted(grid_of), pa.string())})
    states = step.tx.rows(
        f"setup/states_{noun}", {"incoming": table}, community_id=step.community_id
    )
    step.follow(noun, [{**state, "area_id": grid_of[state[f"{noun}_id"]]} for state in states])
