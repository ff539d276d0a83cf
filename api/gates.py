"""Where gates call: a tablet's page and its websocket, and signed messages of door stations.

The secret in the link is the tablet's key; a station signs as Standard Webhooks 1.0. ADR 0031.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Literal, cast

from fastapi import APIRouter, FastAPI, Request, WebSocket
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.websockets import WebSocketDisconnect

from actions.access import current_origin
from actions.gates.calls import call_of_request, end_left_open, gate_of, gate_of_link
from actions.gates.opening import Opener
from actions.notify.posting import Guard
from actions.users.attempts import OriginLimit, TooManyAttempts
from api.body import body_as
from api.errors import ApiError
from api.gate_hub import GateHub
from api.gate_line import Door
from api.models import ErrorBody
from api.services import Services, services
from api.signin import page, refusal_words
from api.video import ice_servers
from components.gate_door import gate_page
from components.signin_forms import message_page
from components.wording import text
from data.audit import AuditLine
from rules.errors import RuleViolation

MOST_CHARS = 64 * 1024
MOST_A_MINUTE = 600  # messages of one tablet; a call has some fifty
MOST_BYTES = 1024
LONGEST_KEY = 64
LINK_CLOSED = 4404
# The secret stands in the address: no other page may learn it from a Referer header.
UNSEEN = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}

router = APIRouter(prefix="/api/v1/gates", tags=["gates"])
_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody} for status in (400, 401, 409, 413, 415, 429)
}


class GateCallIn(BaseModel):
    """What a door station sends when somebody presses its button."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["gate.call"]
    gate: str = Field(min_length=1, max_length=64, description="Id of the gate, from /gates.")


class GateCallOut(BaseModel):
    """How a call stands."""

    call: str = Field(description="Its id.")
    state: str = Field(description="ringing, answered, opened, refused, missed or failed.")
    reason: str | None = Field(description="Why it ended so; null while it lasts.")


def install(app: FastAPI, parts: Services) -> None:
    """Make the gate calls of this application, and the page and socket of tablets."""
    end_left_open(parts.store)
    settings = parts.settings
    guard = Guard(tuple(settings.outgoing_networks), tuple(settings.outgoing_ports))
    opener = app.state.gate_opener = Opener(parts.store, parts.keyring, guard)
    hub = GateHub(parts.store, parts.audit, opener, ice_servers(settings.video))
    app.state.gate_hub = hub
    app.state.gate_origins = OriginLimit(lambda: datetime.now(UTC))
    app.add_api_route("/gate/{token}", show_door, methods=["GET"], include_in_schema=False)
    app.add_api_websocket_route("/gate/{token}/line", door_line)
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        async with inner(app) as state:
            yield state
            await hub.close()

    app.router.lifespan_context = lifespan


async def show_door(request: Request, token: str) -> Response:
    """The page of a gate's tablet: one large button."""
    origins: OriginLimit = request.app.state.gate_origins
    origin = current_origin.get()
    try:
        origins.check(origin)
    except TooManyAttempts as refusal:
        return _closed(request, refusal_words(refusal), 429)
    parts = services(request)
    gate = await asyncio.to_thread(gate_of_link, parts.store, token)
    if gate is None:
        origins.failed(origin)
        line = AuditLine("gate.call", "refused", "anonymous", origin=origin, detail="link")
        parts.audit.refused(line)
        return _closed(request, text("gate.closed_hint"), 404)
    return HTMLResponse(gate_page(gate), 200, UNSEEN)


async def door_line(socket: WebSocket, token: str) -> None:
    """Serve one tablet until it leaves. From it: `press`, `hang_up` and `signal` (data).

    To it: `calling`, `answered` (ice), `signal`, `gate_opening`, `ended` (outcome, reason) and
    `refused` (code).
    """
    await socket.accept()
    store = services(socket).store
    origins: OriginLimit = socket.app.state.gate_origins
    if not await _known(socket, token):
        origins.failed(current_origin.get())
        await socket.close(LINK_CLOSED, "link_closed")
        return

    async def tell(message: dict[str, Any]) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # it has left meanwhile
            await socket.send_text(json.dumps(message))

    hub, door = cast(GateHub, socket.app.state.gate_hub), Door(tell)
    loop = asyncio.get_running_loop()
    begun, count = loop.time(), 0
    try:
        while (said := await _heard(socket)) is not None:
            if loop.time() - begun > 60:
                begun, count = loop.time(), 0
            count += 1
            if count > MOST_A_MINUTE:
                break
            kind, call_id = said.get("t"), str(said.get("call", ""))[:64]
            try:
                if kind == "press":
                    # Looked up at each press: a link that was closed rings no more.
                    await hub.press(await asyncio.to_thread(gate_of_link, store, token), door)
                elif kind == "hang_up":
                    await hub.door_left(door)
                elif kind == "signal":
                    await hub.signal(door, call_id, said.get("data"))
            except RuleViolation as refusal:
                await tell({"t": "refused", "code": refusal.code})
    finally:
        await hub.door_left(door)


@router.post(
    "/calls",
    status_code=201,
    response_model=GateCallOut,
    responses={200: {"model": GateCallOut, "description": "How that call stands."}, **_ERRORS},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": GateCallIn.model_json_schema()}},
        }
    },
    summary="Call from a gate; the same message id again asks how the call stands",
)
async def call_from_gate(request: Request) -> JSONResponse:
    """Ring at the command centre for a door station.

    The message is signed as Standard Webhooks 1.0 with the gate's secret: `webhook-id`,
    `webhook-timestamp` (at most five minutes old) and `webhook-signature`. A message id rings once;
    sent again, signed anew, it is answered with the state of its call, so that the station can say
    at the gate what became of it. There is no voice on this way: the station has its own.
    """
    said = await body_as(GateCallIn, request, MOST_BYTES)
    origins: OriginLimit = request.app.state.gate_origins
    try:
        origins.check(current_origin.get())
    except TooManyAttempts:
        raise ApiError(429, "too_many", "Too many messages that were not signed rightly.") from None
    parts, key = services(request), request.headers.get("webhook-id", "")
    gate = await asyncio.to_thread(gate_of, parts.store, said.gate)
    signed = await asyncio.to_thread(_signed, request, gate, key, await request.body())
    if gate is None or not signed:
        origins.failed(current_origin.get())
        raise ApiError(401, "signature_invalid", "Sign as Standard Webhooks 1.0, with this clock.")
    known = await asyncio.to_thread(call_of_request, parts.store, gate["gate_id"], key)
    if known is not None:
        out = GateCallOut(call=known["call_id"], state=known["state"], reason=known["outcome"])
        return JSONResponse(out.model_dump(), 200)
    hub: GateHub = request.app.state.gate_hub
    try:
        call = await hub.press(gate, Door(), key)
    except RuleViolation as refusal:
        raise ApiError(409, refusal.code, text(f"error.{refusal.code}", None)) from None
    out = GateCallOut(call=call.call_id, state=call.state, reason=None)
    return JSONResponse(out.model_dump(), 201)


def _signed(request: Request, gate: dict[str, Any] | None, key: str, body: bytes) -> bool:
    if gate is None or not 8 <= len(key) <= LONGEST_KEY or not key.isprintable():
        return False
    opener: Opener = request.app.state.gate_opener
    return opener.signed_by(gate, dict(request.headers), body, datetime.now(UTC))


async def _known(socket: WebSocket, token: str) -> bool:
    origins: OriginLimit = socket.app.state.gate_origins
    try:
        origins.check(current_origin.get())
    except TooManyAttempts:
        return False
    return await asyncio.to_thread(gate_of_link, services(socket).store, token) is not None


async def _heard(socket: WebSocket) -> dict[str, Any] | None:
    """Return the next message; None where the tablet has left or sends what no tablet sends."""
    try:
        told = await socket.receive_text()
        said = json.loads(told) if len(told) <= MOST_CHARS else None
    except (WebSocketDisconnect, RuntimeError, KeyError, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _closed(request: Request, words: str, status: int) -> Response:
    response = page(request, message_page(text("gate.closed_title"), words), status)
    response.headers.update(UNSEEN)
    return response
