"""The websocket /api/v1/video: signalling of calls from the field to the command centre. ADR 0025.

JSON texts. From a browser: `call` (task, purpose), `answer`, `decline`, `hang_up` and `signal`
(call, data). To it: `calling`, `ringing`, `answered` (ice), `taken`, `signal`, `ended` (outcome),
`refused` (code). Calls from gates ring on the same line (api/gate_hub.py): `gate_open` (call, sure)
from a browser, `gate_sure` (sure, within_s) and `gate_opening` to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any, cast

from fastapi import APIRouter, FastAPI, WebSocket
from starlette.websockets import WebSocketDisconnect

from actions.video.register import end_left_open
from api.auth import asking, watch_viewer
from api.gate_hub import GateHub
from api.services import Services
from api.video_hub import Party, VideoHub
from rules.errors import RuleViolation
from settings.sections import VideoSettings

MOST_CHARS = 64 * 1024  # a description with every codec there is has some ten thousand
MOST_A_MINUTE = 600
NOT_AN_ACCOUNT = 4403
NOT_ALLOWED = 4401
TOO_MUCH = 1008

router = APIRouter()


def ice_servers(video: VideoSettings) -> list[dict[str, Any]]:
    """Return what browsers may use beside the local network, as RTCPeerConnection reads it."""
    if not video.ice_urls:
        return []
    server: dict[str, Any] = {"urls": list(video.ice_urls)}
    if video.turn_username is not None and video.turn_password is not None:
        server["username"] = video.turn_username
        server["credential"] = video.turn_password.get_secret_value()
    return [server]


def install(app: FastAPI, parts: Services) -> None:
    """Make the calls of this application."""
    end_left_open(parts.store)
    app.state.video_hub = VideoHub(parts.store, parts.audit, ice_servers(parts.settings.video))
    app.include_router(router)


@router.websocket("/api/v1/video")
async def video(socket: WebSocket) -> None:
    """Serve one browser until it leaves or is signed out."""
    hub, viewer = cast(VideoHub, socket.app.state.video_hub), asking(socket).viewer
    gates = cast(GateHub, socket.app.state.gate_hub)
    await socket.accept()
    if viewer is None or viewer.kind != "account":
        await socket.close(NOT_AN_ACCOUNT, "not_allowed")
        return

    async def tell(message: dict[str, Any]) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # it has left meanwhile
            await socket.send_text(json.dumps(message))

    party, gone = Party(viewer, tell), asyncio.Event()
    stop = watch_viewer(socket, gone.set)
    reader = asyncio.create_task(_read(socket, hub, gates, party))
    over = asyncio.create_task(gone.wait())
    try:
        await hub.join(party)
        await gates.join(party)
        await asyncio.wait((reader, over), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop()
        for task in (reader, over):
            task.cancel()
        await asyncio.gather(reader, over, return_exceptions=True)
        await hub.leave(party)
        await gates.leave(party)
    code = NOT_ALLOWED if gone.is_set() else TOO_MUCH
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        await socket.close(code)


async def _read(socket: WebSocket, hub: VideoHub, gates: GateHub, party: Party) -> None:
    """Take messages until the browser leaves or sends more than a call needs."""
    loop = asyncio.get_running_loop()
    begun, count = loop.time(), 0
    while True:
        try:
            text = await socket.receive_text()
        except (WebSocketDisconnect, RuntimeError, KeyError):  # left, or sent bytes
            return
        if loop.time() - begun > 60:
            begun, count = loop.time(), 0
        count += 1
        if count > MOST_A_MINUTE or len(text) > MOST_CHARS:
            return
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(said, dict):
            await _take(hub, gates, party, said)


async def _take(video: VideoHub, gates: GateHub, party: Party, said: dict[str, Any]) -> None:
    kind, call_id = said.get("t"), str(said.get("call", ""))[:64]
    hub: VideoHub | GateHub = gates if gates.has(call_id) else video
    try:
        if kind == "call":
            task, purpose = str(said.get("task", ""))[:64], str(said.get("purpose", ""))[:40]
            await video.call(party, task, purpose)
        elif kind == "gate_open":
            await gates.open(party, call_id, str(said.get("sure", ""))[:64])
        elif kind == "answer":
            await hub.answer(party, call_id)
        elif kind == "decline":
            await hub.decline(party, call_id)
        elif kind == "hang_up":
            await hub.hang_up(party, call_id)
        elif kind == "signal":
            await hub.signal(party, call_id, said.get("data"))
    except RuleViolation as refusal:
        await party.tell({"t": "refused", "call": call_id, "code": refusal.code})
