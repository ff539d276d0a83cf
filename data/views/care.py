"""Turns counts of care recipients by building into cells that may leave the server (DOMAIN R1)."""

from __future__ import annotations

from typing import Any

from data.views.view import Row
from rules.privacy import suppress_small_cells


def care_cells(counts: list[Row]) -> list[Row]:
    """Return map rows for care recipients: buildings where safe, else sums by grid, else nothing.

    Args:
        counts: Rows of `view/care_cell`.

    Returns:
        Rows as every map object has them; `state` is the count, ids start with "care:".
    """
    buildings = {row["place_id"]: row for row in counts}
    grids = {row["grid_id"]: row for row in counts if row["grid_id"] is not None}
    shown = suppress_small_cells(
        {place_id: row["recipients"] for place_id, row in buildings.items()},
        {row["place_id"]: row["grid_id"] for row in counts if row["grid_id"] is not None},
    )
    cells = [
        _cell("building", buildings[place_id], "", place_id, count)
        for place_id, count in shown.buildings.items()
    ]
    cells += [
        _cell("grid", grids[grid_id], "grid_", grid_id, count)
        for grid_id, count in shown.areas.items()
    ]
    return [cell for cell in cells if cell["lon"] is not None]


def _cell(kind: str, row: dict[str, Any], stem: str, owner_id: str, count: int) -> Row:
    names = ("grid_zh", "grid_en") if stem else ("name_zh", "name_en")
    return {
        "id": f"care:{owner_id}",
        "layer": "care",
        "kind": kind,
        "name_zh": row[names[0]],
        "name_en": row[names[1]],
        "lon": row[f"{stem}lon"],
        "lat": row[f"{stem}lat"],
        "state": count,
    }
