"""Keeps the names of buildings and shops per community in memory, read anew when one changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from data.store import Store
from data.writer import Commit
from rules.vocabulary import KEY_PLACE_KINDS

KINDS = ("building", *KEY_PLACE_KINDS)


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """The places of one community by id: rows of files/place_names."""

    rows: dict[str, dict[str, Any]]

    def row(self, place_id: str | None) -> dict[str, Any]:
        """Return name_zh, name_en, area_id, area_zh, area_en of a place; empty for none."""
        return self.rows.get(place_id or "", {})

    def buildings(self) -> list[dict[str, Any]]:
        """Return the buildings by name."""
        return [row for row in self.rows.values() if row["kind"] == "building"]


class _Cache:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._held: dict[str, PlaceNames] = {}
        store.on_commit(self._on_commit)

    def names(self, community_id: str) -> PlaceNames:
        with self._lock:
            held = self._held.get(community_id)
            if held is None:
                rows = self._store.rows(
                    "files/place_names", community_id=community_id, kinds=list(KINDS)
                )
                held = self._held[community_id] = PlaceNames({r["place_id"]: r for r in rows})
            return held

    def _on_commit(self, commit: Commit) -> None:
        for noun, community_id in commit.touched:
            if noun in ("place", "area"):
                self._held.pop(community_id, None)


_lock = threading.Lock()
_caches: WeakKeyDictionary[Store, _Cache] = WeakKeyDictionary()


def place_names(store: Store, community_id: str) -> PlaceNames:
    """Return the names of a community's places."""
    with _lock:
        if store not in _caches:
            _caches[store] = _Cache(store)
        cache = _caches[store]
    return cache.names(community_id)
