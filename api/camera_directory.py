"""Knows the cameras of each community and which of them a viewer may watch."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from typing import Any, cast

from starlette.requests import HTTPConnection

from actions.access import reach
from data.store import Store
from data.writer import Commit
from rules.viewer import Viewer

Row = dict[str, Any]
NOUNS = frozenset({"device", "camera", "area"})
SHOWN = ("id", "name_zh", "name_en", "lon", "lat", "heading_deg", "fov_deg")
ZONE = ("zone_id", "zone_zh", "zone_en")


class CameraDirectory:
    """One per application; read from the store, and again when a commit touched what it holds.

    Args:
        store: The open store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._version = 0
        self._held: dict[str, tuple[int, list[Row]]] = {}
        store.on_commit(self._on_commit)

    @property
    def version(self) -> int:
        """Grows whenever an earlier answer may be out of date."""
        return self._version

    async def reachable(self, viewer: Viewer, community_id: str) -> Mapping[str, Row]:
        """Return the cameras of a community a viewer may watch, by id and in the order of names."""
        return await asyncio.to_thread(self._reachable, viewer, community_id)

    def community_of(self, viewer: Viewer, camera_id: str) -> str | None:
        """Return the viewer's community in which it may watch a camera; None where there is none.

        Reads the store where it must: call it in a thread.
        """
        return next(
            (each for each in viewer.community_ids if camera_id in self._reachable(viewer, each)),
            None,
        )

    def _reachable(self, viewer: Viewer, community_id: str) -> Mapping[str, Row]:
        reached = reach(self._store, viewer, "video.view", community_id)
        if reached is None:
            return {row["id"]: row for row in self._rows(community_id)}
        areas = frozenset(reached)
        return {r["id"]: r for r in self._rows(community_id) if areas and r["area_id"] in areas}

    def _rows(self, community_id: str) -> list[Row]:
        version = self._version  # first: a commit during the read makes the answer old at once
        with self._lock:
            held = self._held.get(community_id)
            if held is not None and held[0] == version:
                return held[1]
        rows = self._store.rows("view/camera_wall", community_id=community_id)
        with self._lock:
            self._held[community_id] = (version, rows)
        return rows

    def _on_commit(self, commit: Commit) -> None:
        if any(noun in NOUNS for noun, _ in commit.touched):
            self._version += 1


def directory(connection: HTTPConnection) -> CameraDirectory:
    """Return the directory of the application that answers this request or websocket."""
    return cast(CameraDirectory, connection.app.state.camera_directory)


def shown(row: Row) -> Row:
    """Return what a page is told of a camera: where it stands and looks, never its address."""
    return {name: row.get(name) for name in (*SHOWN, *ZONE)}
