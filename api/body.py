"""Bounds every request's body, in bytes and in time, while it streams in; reads JSON bodies.

Nothing behind this can be made to hold more than a route's limit or to wait longer than `body_s`
for a body, whether it reads it itself or a library reads it first.
"""

from __future__ import annotations

import asyncio
import json
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ApiError, error_response

Read = TypeVar("Read", bound=BaseModel)
MAX_BODY_BYTES = 16 * 1024 * 1024
DASH_CALLBACK = "/_dash-update-component"
# The longest body by beginning of the address; the first that fits counts.
LIMITS: tuple[tuple[str, int], ...] = (
    ("/api/v1/cases", MAX_BODY_BYTES),
    ("/_dash-", 8 * 1024 * 1024),
    ("/report/look", 64 * 1024),
    ("/report", 40 * 1024 * 1024),  # four pictures as they come from a telephone
    ("/field", 40 * 1024 * 1024),
    ("/r/", 64 * 1024),
    ("/login", 64 * 1024),
    ("/logout", 64 * 1024),
    ("/kiosk", 64 * 1024),
    ("/", 1024 * 1024),
)


class BodyGuard:
    """ASGI middleware that answers 413 or 408 in the place of whatever reads the body.

    Args:
        body_s: Seconds from the head to the body's last byte.
    """

    def __init__(self, app: ASGIApp, body_s: float) -> None:
        self._app = app
        self._body_s = body_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a bounded body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(scope, receive, send, self._body_s)
        if body.refusal is None and scope["path"] == DASH_CALLBACK:
            await body.read_json()
        if body.refusal is None:
            try:
                await self._app(scope, body.receive, body.send)
            except Exception:
                # Cut off by us, the reader may fail in any way; the refusal below says why.
                if body.refusal is None:
                    raise
        if body.refusal is not None and not body.answered:
            await error_response(body.refusal)(scope, receive, send)


class _Body:
    """One request's body on its way in, and whether its answer has begun."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, body_s: float) -> None:
        self.refusal: ApiError | None = None
        self.answered = False
        self._receive, self._send = receive, send
        self._most = next(most for start, most in LIMITS if scope["path"].startswith(start))
        self._body_s = body_s
        self._until = asyncio.get_running_loop().time() + body_s
        self._size = 0
        self._whole = False
        self._read: list[Message] = []  # what was read ahead
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > self._most:
            self.refusal = too_large(self._most)

    async def receive(self) -> Message:
        """Hand on the next part; a disconnect in the place of what is too much or too late."""
        if self._read:
            return self._read.pop(0)
        if self.refusal is not None:
            return {"type": "http.disconnect"}
        if self._whole:  # waiting for the client to leave may take as long as it likes
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            self.refusal = too_slow(self._body_s)
            return {"type": "http.disconnect"}
        if message["type"] == "http.request":
            self._size += len(message.get("body", b""))
            self._whole = not message.get("more_body", False)
            if self._size > self._most:
                self.refusal = too_large(self._most)
                return {"type": "http.disconnect"}
        return message

    async def send(self, message: Message) -> None:
        """Hand on the answer, unless the body was refused before it began."""
        if self.refusal is not None and not self.answered:
            return
        self.answered = True
        await self._send(message)

    async def read_json(self) -> None:
        """Read ahead and refuse what is no call of a page: Dash would answer it with a 500."""
        parts: list[Message] = []
        while self.refusal is None:
            message = await self.receive()
            if message["type"] != "http.request":
                break
            parts.append(message)
            if self._whole:
                break
        text = b"".join(part.get("body", b"") for part in parts)
        if self.refusal is None and not await asyncio.to_thread(_is_call, text):
            self.refusal = ApiError(400, "json_invalid", "Send the JSON object of a page's call.")
        self._read = parts


def _is_call(text: bytes) -> bool:
    try:
        call = json.loads(text)
    except (ValueError, RecursionError):  # nested a thousand deep counts as none
        return False
    if not isinstance(call, dict) or not isinstance(call.get("output"), str):
        return False
    return all(isinstance(call.get(part, []), list) for part in ("inputs", "state"))


async def json_body(request: Request) -> bytes:
    """Return the body; how long it may be and take is BodyGuard's matter.

    Raises:
        ApiError: 415 where it is not announced as plain UTF-8 JSON.
    """
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if kind.strip().lower() != "application/json" or charset not in ("", "utf-8", "utf8"):
        raise ApiError(415, "content_type", "Send Content-Type: application/json, in UTF-8.")
    # A small compressed body can unpack to any size.
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise ApiError(415, "content_encoding", "Send the body uncompressed.")
    return await request.body()


def too_large(most_bytes: int) -> ApiError:
    """Return the answer to a body beyond a route's limit."""
    return ApiError(
        413,
        "body_too_large",
        f"The body is larger than {most_bytes} bytes; send it in parts.",
        headers={"Connection": "close"},
    )


def too_slow(body_s: float) -> ApiError:
    """Return the answer to a body that did not come in time."""
    return ApiError(
        408,
        "body_too_slow",
        f"The body was not there after {body_s:g} seconds.",
        headers={"Connection": "close"},
    )


async def body_as(model: type[Read], request: Request, most_bytes: int) -> Read:
    """Read a small JSON body as a model.

    Raises:
        ApiError: 413 where it is longer than `most_bytes`, 400 where it is no such model, naming
            the first field at fault; the value itself is never quoted.
    """
    body = await json_body(request)
    if len(body) > most_bytes:
        raise ApiError(413, "body_too_large", f"At most {most_bytes} bytes.")
    try:
        return model.model_validate_json(body)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or None
        raise ApiError(400, "body_invalid", str(first["msg"]), field) from None
