"""The websocket /api/v1/cameras/live: the pictures of every camera a page shows. ADR 0028.

From a page, JSON: `want` (tiles) and `ack` (n). To it, JSON: `hello`, `cameras`, `state`,
`refused`, `beat`; and pictures as the binary messages of api/camera_wire.py.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from typing import Any

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from api.auth import asking, watch_viewer
from api.camera_directory import CameraDirectory, directory, shown
from api.camera_looks import CameraLooks, looks
from api.camera_sockets import open_sockets
from api.camera_viewer import CameraViewer
from api.camera_wire import MOST_TILES, STATES, Want, WantInvalid, read_wants
from api.services import services
from cameras.model import Hub
from rules.viewer import Viewer

NOT_ALLOWED = 4401
COMMUNITY_UNKNOWN = 4404
NO_PICTURES = 4410
TOO_MANY = 4429
SILENT = 4408
TELL_EVERY_S = 0.25
BEAT_S = 1.0
SILENCE_S = 60.0
CLOSE_WAIT_S = 2.0
MOST_A_SECOND = 100  # messages of a page: it acknowledges thirty times a second at most

router = APIRouter()


@router.websocket("/api/v1/cameras/live")
async def cameras_live(socket: WebSocket) -> None:
    """Serve one page until it leaves, falls silent or its viewer is signed out."""
    viewer, hub = asking(socket).viewer, services(socket).hub
    community_id = socket.query_params.get("community", "")
    await socket.accept()
    pages = open_sockets(socket)
    if viewer is None:
        await _close(socket, NOT_ALLOWED, "sign_in_required")
    elif community_id not in viewer.community_ids:
        await _close(socket, COMMUNITY_UNKNOWN, "community_unknown")
    elif hub is None:
        await _close(socket, NO_PICTURES, "no_pictures")
    elif not pages.enter(viewer):
        await _close(socket, TOO_MANY, "too_many")
    else:
        try:
            page = Page(socket, viewer, community_id, hub)
            code = await page.serve()
        finally:
            pages.leave(viewer)
        await _close(socket, code, {NOT_ALLOWED: "signed_out", SILENT: "silent"}.get(code, ""))


class Page:
    """One page and its cameras.

    Args:
        socket: Accepted.
        viewer: Who looks; its right was checked when the socket was opened.
        community_id: One of the viewer's.
        hub: Where the pictures come from.
    """

    def __init__(self, socket: WebSocket, viewer: Viewer, community_id: str, hub: Hub) -> None:
        self._socket = socket
        self._viewer = viewer
        self._community_id = community_id
        self._cameras: CameraDirectory = directory(socket)
        self._pictures = CameraViewer(hub)
        self._looks: CameraLooks = looks(socket, viewer, community_id, self._cut)
        self._wanted: list[Want] = []
        self._version = -1
        self._told: list[dict[str, Any]] = []

    async def serve(self) -> int:
        """Send and receive until one of them ends; returns the code to close with."""
        gone = asyncio.Event()
        stop = watch_viewer(self._socket, gone.set)
        over = asyncio.create_task(gone.wait())
        receiver = asyncio.create_task(self._receive())
        tasks = [over, receiver, *map(asyncio.create_task, (self._send(), self._tell()))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if over.done():
                return NOT_ALLOWED
            return SILENT if receiver.done() and receiver.result() else 1000
        finally:
            stop()
            self._pictures.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._looks.close()

    async def _send(self) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while True:
                await self._socket.send_bytes(await self._pictures.next())

    async def _tell(self) -> None:
        """Say which cameras there are, how those in sight are, and each second that we live."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await self._say({"t": "hello", "most": MOST_TILES, "states": STATES})
            beat_at = 0.0
            while True:
                if time.monotonic() >= beat_at:
                    beat_at = time.monotonic() + BEAT_S
                    await self._follow_register()
                    await self._say({"t": "beat"})
                await self._tell_conditions()
                await asyncio.sleep(TELL_EVERY_S)

    async def _tell_conditions(self) -> None:
        changed = self._pictures.conditions()
        if changed:
            rows = [[tile, c.state, c.since_ms, c.frame_ms, c.reason] for tile, c in changed]
            await self._say({"t": "state", "rows": rows})

    async def _follow_register(self) -> None:
        """Tell of cameras that came or went; what the viewer may no longer watch ends."""
        if self._version == self._cameras.version:
            return
        self._version = self._cameras.version
        allowed = await self._cameras.reachable(self._viewer, self._community_id)
        rows = [shown(row) for row in allowed.values()]
        if rows != self._told or not self._told:
            self._told = rows
            await self._say({"t": "cameras", "rows": rows})
        if any(want.camera_id not in allowed for want in self._wanted):
            await self._want(self._wanted)

    async def _receive(self) -> bool:
        """Read until the page leaves or says too much; True where it only fell silent."""
        begun, count = time.monotonic(), 0
        while True:
            try:
                async with asyncio.timeout(SILENCE_S):
                    message = await self._socket.receive()
            except TimeoutError:
                return True
            except RuntimeError:  # already disconnected
                return False
            if time.monotonic() - begun > 1:
                begun, count = time.monotonic(), 0
            count += 1
            if message["type"] == "websocket.disconnect" or count > MOST_A_SECOND:
                return False
            await self._take(message.get("text") or "")

    async def _take(self, text: str) -> None:
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            return
        if not isinstance(said, dict):
            return
        if said.get("t") == "ack" and isinstance(said.get("n"), int):
            self._pictures.acknowledge(said["n"])
        elif said.get("t") == "want":
            try:
                await self._want(read_wants(said))
            except WantInvalid:
                await self._say({"t": "refused", "n": None, "code": "want_invalid"})

    async def _want(self, wants: list[Want]) -> None:
        """Show what the viewer may watch and has said why; the rest is refused, tile by tile."""
        allowed = await self._cameras.reachable(self._viewer, self._community_id)
        refused = {w.tile: "not_found" for w in wants if w.camera_id not in allowed}
        within = [want for want in wants if want.tile not in refused]
        refused |= await self._looks.begin(within)
        self._wanted = [want for want in within if want.tile not in refused]
        self._pictures.want(self._wanted)
        for tile, code in refused.items():
            await self._say({"t": "refused", "n": tile, "code": code})

    async def _cut(self, camera_id: str) -> None:
        """A second person has refused: the pictures end, and the page is told."""
        cut = [want for want in self._wanted if want.camera_id == camera_id]
        self._wanted = [want for want in self._wanted if want.camera_id != camera_id]
        self._pictures.want(self._wanted)
        for want in cut:
            await self._say({"t": "refused", "n": want.tile, "code": "viewing_refused"})

    async def _say(self, message: dict[str, Any]) -> None:
        text = json.dumps({**message, "now": round(time.time() * 1000)}, ensure_ascii=False)
        await self._socket.send_text(text)


async def _close(socket: WebSocket, code: int, reason: str) -> None:
    # A viewer that does not read does not answer the closing handshake either.
    with contextlib.suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
        async with asyncio.timeout(CLOSE_WAIT_S):
            await socket.close(code, reason)
