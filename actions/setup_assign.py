"""Gives every place and device the grid it lies in, after grids have been drawn, moved or removed.

Where a source says that a place belongs to an area that was not drawn here, that stands.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa

from actions.setup_step import Step
from data.transaction import Transaction
from rules.geofence import Areas, locate, read_areas


class DrawnGrids:
    """The outlines of a community's grids as one transaction sees them."""

    def __init__(self, tx: Transaction, community_id: str) -> None:
        rows = tx.rows("area/grids", community_id=community_id)
        drawn = [(row["area_id"], json.loads(row["geometry"])) for row in rows]
        sound = [(i, g) for i, g in drawn if g.get("type") in ("Polygon", "MultiPolygon")]
        self._ids = [area_id for area_id, _ in sound]
        self._areas: Areas = read_areas([geometry for _, geometry in sound])

    def holding(self, lons: list[float], lats: list[float]) -> list[str | None]:
        """Return for each WGS-84 point the grid that holds it, or None."""
        if not self._ids or not lons:
            return [None] * len(lons)
        found = locate(np.array(lons), np.array(lats), self._areas).tolist()
        return [self._ids[index] if index >= 0 else None for index in found]

    def at(self, lon: float | None, lat: float | None) -> str | None:
        """Return the grid that holds one point, or None."""
        return None if lon is None or lat is None else self.holding([lon], [lat])[0]


def assign_grids(step: Step) -> int:
    """Write the new grid of every place and device whose grid has changed; returns how many."""
    rows = step.tx.rows("setup/located", community_id=step.community_id)
    grids = DrawnGrids(step.tx, step.community_id)
    holding = grids.holding([row["lon"] for row in rows], [row["lat"] for row in rows])
    changed: dict[str, dict[str, str | None]] = {"place": {}, "device": {}}
    for row, grid in zip(rows, holding, strict=True):
        if row["area_id"] != grid and _yields(row, grid):
            changed[row["noun"]][row["id"]] = grid
    for noun, grid_of in changed.items():
        _follow(step, noun, grid_of)
    return sum(len(grid_of) for grid_of in changed.values())


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
