"""Finds the grid a point lies in; outlines are parsed once and again after an area has changed."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from data.store import Store
from data.writer import Commit
from rules.geofence import Areas, locate, read_areas


@dataclass(frozen=True, slots=True)
class _Outlines:
    area_ids: list[str]
    areas: Areas


class Grids:
    """The grids of every community of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._outlines: dict[str, _Outlines] = {}
        store.on_commit(self._forget_changed)

    def locate(
        self, community_id: str, lons: Sequence[float], lats: Sequence[float]
    ) -> list[str | None]:
        """Return for each WGS-84 point the id of the grid that holds it, or None."""
        outlines = self._outlines.get(community_id)
        if outlines is None:
            outlines = self._outlines[community_id] = self._load(community_id)
        if not outlines.area_ids or not lons:
            return [None] * len(lons)
        found = locate(np.array(lons), np.array(lats), outlines.areas)
        return [outlines.area_ids[index] if index >= 0 else None for index in found.tolist()]

    def _load(self, community_id: str) -> _Outlines:
        rows = self._store.rows("area/grids", community_id=community_id)
        sound = [(row["area_id"], polygon) for row in rows if (polygon := _polygon(row))]
        return _Outlines([area_id for area_id, _ in sound], read_areas([p for _, p in sound]))

    def _forget_changed(self, commit: Commit) -> None:
        for noun, community_id in commit.touched:
            if noun == "area":
                self._outlines.pop(community_id, None)


def _polygon(row: dict[str, Any]) -> dict[str, Any] | None:
    """Return a grid's outline, or None where it was drawn as something that encloses nothing."""
    geometry: dict[str, Any] = json.loads(row["geometry"])
    return geometry if geometry.get("type") in ("Polygon", "MultiPolygon") else None


_lock = threading.Lock()
_grids: WeakKeyDictionary[Store, Grids] = WeakKeyDictionary()


def grids_of(store: Store) -> Grids:
    """Return the one Grids of a store."""
    with _lock:
        if store not in _grids:
            _grids[store] = Grids(store)
        return _grids[store]
