"""The websocket /api/v1/live: every pushed view of one community (RFC 6455, text JSON)."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import cast

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from api.auth import asking, see_wall, watch_viewer
from api.case_watch import CaseWatch
from api.errors import ApiError
from api.services import services
from data.feed import CommunityUnknown
from data.subscription import Subscription

COMMUNITY_UNKNOWN = 4404
NOT_ALLOWED = 4401
TOO_SLOW = 1013
SILENT = 4408
# Our own pages answer beats now and then; one that stops for so long is gone. A viewer that never
# does is left to the pings of the websocket protocol.
SILENCE_S = 60.0
LONGEST_LOOK = 200
CLOSE_WAIT_S = 2.0
ENDINGS = {TOO_SLOW: "too_slow", SILENT: "silent", NOT_ALLOWED: "signed_out"}

router = APIRouter()


@router.websocket("/api/v1/live")
async def live(socket: WebSocket) -> None:
    """Send hello, all views and then changes; resume from `epoch` and `seq` where given."""
    community_id = socket.query_params.get("community", "")
    feed = services(socket).feed
    await socket.accept()
    try:
        see_wall(socket, community_id)
        subscription = await feed.subscribe(
            community_id,
            socket.query_params.get("epoch"),
            sequence_number(socket.query_params.get("seq")),
        )
    except CommunityUnknown:
        await _close(socket, COMMUNITY_UNKNOWN, "community_unknown")
        return
    except ApiError as refusal:
        code = COMMUNITY_UNKNOWN if refusal.status == 404 else NOT_ALLOWED
        await _close(socket, code, refusal.code)
        return
    gone = asyncio.Event()
    stop = watch_viewer(socket, gone.set)
    try:
        ending = await _serve(socket, subscription, gone)
    finally:
        stop()
        watch_of(socket).leave(subscription)
        feed.unsubscribe(subscription)
    if ending is not None:
        await _close(socket, ending, ENDINGS[ending])


async def _serve(socket: WebSocket, subscription: Subscription, gone: asyncio.Event) -> int | None:
    """Send and receive until one of them ends; returns the code to close with, if any."""
    sender = asyncio.create_task(_send(socket, subscription))
    # Without a reader beside the sender, closed tabs would linger until the next message.
    receiver = asyncio.create_task(_receive(socket, _looking(socket, subscription)))
    lost = asyncio.create_task(subscription.lost.wait())
    over = asyncio.create_task(gone.wait())
    tasks = (sender, receiver, lost, over)
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if over.done():
            return NOT_ALLOWED
        if lost.done():
            return TOO_SLOW
        return SILENT if receiver.done() and receiver.result() else None
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _send(socket: WebSocket, subscription: Subscription) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            message = await subscription.next()
            await socket.send_text(message.text)


def watch_of(socket: WebSocket) -> CaseWatch:
    """Return who has which case open in this application."""
    return cast(CaseWatch, socket.app.state.case_watch)


def _looking(socket: WebSocket, subscription: Subscription) -> Callable[[str], Awaitable[None]]:
    """Return what takes a viewer's message: `{"t": "look", "case": ID}`; all others say nothing."""
    viewer, watch = asking(socket).viewer, watch_of(socket)

    async def take(text: str) -> None:
        case_id = looked_at(text)
        if viewer is not None and case_id is not None:
            await watch.look(subscription, viewer, case_id, subscription.put)

    return take


def looked_at(text: str) -> str | None:
    """Return the case a message names as open, empty for none; None for any other message."""
    if len(text) > LONGEST_LOOK:
        return None
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("t") != "look":
        return None
    case_id = said.get("case")
    return case_id if isinstance(case_id, str) else None


async def _receive(socket: WebSocket, take: Callable[[str], Awaitable[None]]) -> bool:
    """Read until the viewer leaves; True where it only fell silent."""
    patience_s: float | None = None
    while True:
        try:
            async with asyncio.timeout(patience_s):
                message = await socket.receive()
            patience_s = SILENCE_S
        except TimeoutError:
            return True
        except RuntimeError:  # already disconnected
            return False
        if message["type"] == "websocket.disconnect":
            return False
        await take(message.get("text") or "")


async def _close(socket: WebSocket, code: int, reason: str) -> None:
    # A viewer that does not read does not answer the closing handshake either.
    with contextlib.suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
        async with asyncio.timeout(CLOSE_WAIT_S):
            await socket.close(code, reason)


def sequence_number(text: str | None) -> int | None:
    """Read a sequence number sent by a client; None where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None
