"""Counts the pages and streams of cameras each viewer has open, and bounds them."""

from __future__ import annotations

from typing import cast

from starlette.requests import HTTPConnection

from rules.viewer import Viewer

MOST_OPEN = 16  # pages and streams of one viewer; a page has MOST_TILES cameras at most


class OpenSockets:
    """How many each viewer has open; used on the event loop alone.

    Args:
        most: Most of one viewer.
    """

    def __init__(self, most: int = MOST_OPEN) -> None:
        self._most = most
        self._open: dict[str, int] = {}

    def enter(self, viewer: Viewer) -> bool:
        """Count one in; False where the viewer has too many already."""
        if self._open.get(viewer.actor, 0) >= self._most:
            return False
        self._open[viewer.actor] = self._open.get(viewer.actor, 0) + 1
        return True

    def leave(self, viewer: Viewer) -> None:
        """Count one out that was counted in."""
        left = self._open.pop(viewer.actor, 0) - 1
        if left > 0:
            self._open[viewer.actor] = left


def open_sockets(connection: HTTPConnection) -> OpenSockets:
    """Return the count of the application that answers this request or websocket."""
    return cast(OpenSockets, connection.app.state.camera_sockets)
