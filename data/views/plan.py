"""The local plan of a community as one GeoJSON FeatureCollection (RFC 7946); no tiles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from data.store import Store
from data.views.view import Row
from rules.vocabulary import PLAN_KINDS

# What a commit must touch for the plan to be made anew.
NOUNS = ("place", "area")


def plan(store: Store, community_id: str) -> bytes:
    """Return the plan as JSON: outlines first, then places; with credits and bounds.

    `bounds` is [[south, west], [north, east]] in degrees, or null where nothing is drawn.
    """
    rows = [
        *store.rows("view/plan_area", community_id=community_id),
        *store.rows("view/plan_place", community_id=community_id, plan_kinds=list(PLAN_KINDS)),
    ]
    geometries = [json.loads(row["geometry"]) for row in rows]
    credits_due = sorted({row["attribution"] for row in rows if row.get("attribution")})
    collection = {
        "type": "FeatureCollection",
        "attribution": credits_due,
        "bounds": _bounds(geometries),
        "features": [
            {"type": "Feature", "properties": _properties(row), "geometry": geometry}
            for row, geometry in zip(rows, geometries, strict=True)
        ],
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _properties(row: Row) -> Row:
    names = ("id", "layer", "kind", "name_zh", "name_en", "floors")
    return {name: row[name] for name in names if row.get(name) is not None}


def _bounds(geometries: list[dict[str, Any]]) -> list[list[float]] | None:
    corners = [
        corner for geometry in geometries for corner in _corners(geometry.get("coordinates"))
    ]
    if not corners:
        return None
    lons, lats = zip(*corners, strict=True)
    return [[min(lats), min(lons)], [max(lats), max(lons)]]


def _corners(part: Any) -> Iterator[tuple[float, float]]:
    if not part:
        return
    if isinstance(part[0], int | float):
        yield part[0], part[1]
        return
    for inner in part:
        yield from _corners(inner)
