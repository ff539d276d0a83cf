"""Writes what one page or stream looks at into the call register, before a picture is sent."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from typing import cast

from starlette.requests import HTTPConnection

from actions.cameras.viewing import Viewing, Viewings
from actions.cameras.viewing_rows import Why
from api.camera_wire import Want
from rules.errors import RuleViolation
from rules.viewer import Viewer

Cut = Callable[[str], Awaitable[None]]
Key = tuple[str, tuple[str, str] | None]


class CameraLooks:
    """What one page looks at, as the register knows it.

    Args:
        register: The call register.
        viewer: Who looks. Only accounts can say why; a wall or a key always looks at a mosaic.
        community_id: Where the cameras stand.
        cut: Called on the event loop with a camera that a second person has refused.
    """

    def __init__(
        self, register: Viewings, viewer: Viewer, community_id: str, cut: Cut | None = None
    ) -> None:
        self._register = register
        self._viewer = viewer
        self._community_id = community_id
        self._cut = cut
        self._open: dict[Key, Viewing] = {}
        self._cutting: set[asyncio.Task[None]] = set()

    async def begin(self, wants: Iterable[Want]) -> dict[int, str]:
        """Look at exactly these from now on; returns the code of refusal by tile.

        What began before and goes on stays one entry.
        """
        wanted = {self._key(want): want for want in wants}
        for key in [each for each in self._open if each not in wanted]:
            self._register.end(self._open.pop(key))
        refused = {}
        for key, want in wanted.items():
            if key in self._open:
                continue
            try:
                self._open[key] = await self._begin(want.camera_id, key[1])
            except RuleViolation as refusal:
                refused[want.tile] = refusal.code
        return refused

    async def close(self) -> None:
        """Nothing is looked at any more."""
        await self.begin(())

    def _key(self, want: Want) -> Key:
        return want.camera_id, want.alone if self._viewer.kind == "account" else None

    async def _begin(self, camera_id: str, why: tuple[str, str] | None) -> Viewing:
        if why is None:
            return self._register.glance(self._viewer, self._community_id, camera_id)
        loop = asyncio.get_running_loop()

        def cut() -> None:
            with contextlib.suppress(RuntimeError):  # the server has stopped meanwhile
                loop.call_soon_threadsafe(self._end, camera_id, why)

        begin = self._register.begin
        return await asyncio.to_thread(begin, self._viewer, camera_id, Why(*why), cut)

    def _end(self, camera_id: str, why: tuple[str, str]) -> None:
        if self._open.pop((camera_id, why), None) is not None and self._cut is not None:
            task = asyncio.ensure_future(self._cut(camera_id))
            self._cutting.add(task)  # a task nobody holds may be collected before it has run
            task.add_done_callback(self._cutting.discard)


def looks(
    connection: HTTPConnection, viewer: Viewer, community_id: str, cut: Cut | None = None
) -> CameraLooks:
    """Return the entries of one page or stream in the register of this application."""
    register = cast(Viewings, connection.app.state.viewings)
    return CameraLooks(register, viewer, community_id, cut)
