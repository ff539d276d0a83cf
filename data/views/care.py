"""Turns counts of care recipients by building into cells that may leave the server (DOMAIN R1)."""

from __future__ import annotations

from data.views.view import Row
from rules.privacy import SMALL_CELL


def care_cells(counts: list[Row]) -> list[Row]:
    """Return map rows for care recipients: buildings with at least five, the rest by grid.

    A grid whose remaining buildings hold fewer than five together is left out, and so is what
    lies in no grid.

    Args:
        counts: Rows of `view/care_cell`.

    Returns:
        Rows as every map object has them; `state` is the count, ids start with "care:".
    """
    buildings = [row for row in counts if row["recipients"] >= SMALL_CELL]
    grids: dict[str, Row] = {}
    sums: dict[str, int] = {}
    for row in counts:
        if row["recipients"] < SMALL_CELL and row["grid_id"] is not None:
            grids[row["grid_id"]] = row
            sums[row["grid_id"]] = sums.get(row["grid_id"], 0) + row["recipients"]
    return [
        *(_building(row) for row in buildings if row["lon"] is not None),
        *(
            _grid(row, sums[grid_id])
            for grid_id, row in grids.items()
            if sums[grid_id] >= SMALL_CELL and row["grid_lon"] is not None
        ),
    ]


def _building(row: Row) -> Row:
    return {
        "id": f"care:{row['place_id']}",
        "layer": "care",
        "kind": "building",
        "name_zh": row["name_zh"],
        "name_en": row["name_en"],
        "lon": row["lon"],
        "lat": row["lat"],
        "state": row["recipients"],
    }


def _grid(row: Row, recipients: int) -> Row:
    return {
        "id": f"care:{row['grid_id']}",
        "layer": "care",
        "kind": "grid",
        "name_zh": row["grid_zh"],
        "name_en": row["grid_en"],
        "lon": row["grid_lon"],
        "lat": row["grid_lat"],
        "state": recipients,
    }
