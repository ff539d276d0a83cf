"""One camera for other software: /cameras/<id>.mjpeg and /cameras/<id>.jpg.

MJPEG as multipart/x-mixed-replace (RFC 2046 framing). The head of the next part goes out behind
each picture, without Content-Length: a browser shows one when the next part begins (ADR 0028).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from asyncio import FIRST_COMPLETED
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from api.auth import asking, watch_viewer
from api.camera_directory import directory
from api.camera_looks import CameraLooks, looks
from api.camera_sockets import open_sockets
from api.camera_wire import RATES, WIDTHS, Want
from api.errors import ApiError, not_found
from api.no_picture import no_picture
from api.services import services
from cameras.model import STALLED_MS, CameraUnknown, Condition, Frame, Hub, Watch, Wish
from rules.viewer import Viewer

BOUNDARY = "frame"
PART_HEAD = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\n\r\n".encode()
REPEAT_S = 1.0  # the newest picture again, so that a reader can tell quiet from cut off
FIRST_S = 8.0  # how long a picture may take to come from a camera nobody has watched
VISIBLE = frozenset({"live", "late", "suspected", "black", "covered", "moved", "starting"})

Width = Annotated[int, Query(ge=WIDTHS[0], le=WIDTHS[1], description="Pixels, at most.")]
Rate = Annotated[float, Query(ge=RATES[0], le=RATES[1], description="Frames a second, at most.")]
Purpose = Annotated[str, Query(max_length=40, description="Why: a code of VIEW_PURPOSES.")]
Reason = Annotated[str, Query(max_length=200, description="Why, in words; kept sealed.")]


def install(app: FastAPI) -> None:
    """Serve both addresses."""
    app.add_api_route("/cameras/{camera_id}.jpg", still, include_in_schema=False)
    app.add_api_route("/cameras/{camera_id}.mjpeg", stream, include_in_schema=False)


async def still(
    request: Request, camera_id: str, width: Width = 640, purpose: Purpose = "", reason: Reason = ""
) -> Response:
    """Return the newest picture, or 503 where the camera has no live one."""
    looking = Looking(request, camera_id, Wish(width, 1.0), (purpose, reason))
    held = await looking.open()
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FIRST_S):
                while not held.fresh:
                    await held.next()
        frame, state = held.frame, held.condition.state
        if frame is None or not held.live:
            raise ApiError(503, "camera_not_live", f"The camera shows no live picture: {state}.")
    finally:
        await looking.close()
    taken = f"{frame.captured_ms / 1000:.3f}"
    headers = {"X-Captured-At": taken, "X-Camera-State": state, "Cache-Control": "no-store"}
    return Response(frame.jpeg, media_type="image/jpeg", headers=headers)


async def stream(
    request: Request,
    camera_id: str,
    width: Width = 640,
    fps: Rate = 5.0,
    purpose: Purpose = "",
    reason: Reason = "",
) -> StreamingResponse:
    """Send pictures until the reader leaves or its viewer is signed out.

    A camera that is not live is shown as a picture that says so; an old one is never repeated.
    """
    looking = Looking(request, camera_id, Wish(width, fps), (purpose, reason))
    held = await looking.open()
    gone = asyncio.Event()
    stop = watch_viewer(request, gone.set)

    async def leave() -> None:
        stop()
        await looking.close()

    return _Stream(_parts(held, fps, gone), leave)


class _Stream(StreamingResponse):
    """A stream that lets go of its camera however it ends, also where it never began."""

    def __init__(self, parts: AsyncIterator[bytes], leave: Callable[[], Awaitable[None]]) -> None:
        kind = f"multipart/x-mixed-replace; boundary={BOUNDARY}"
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(parts, media_type=kind, headers=headers)
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._leave()


async def _parts(held: Held, fps: float, gone: asyncio.Event) -> AsyncIterator[bytes]:
    yield PART_HEAD
    over = asyncio.ensure_future(gone.wait())
    try:
        if not held.fresh:  # a camera nobody watched needs a moment
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(held.next(), REPEAT_S)
        while not over.done():
            began = time.monotonic()
            yield await _picture(held) + b"\r\n" + PART_HEAD
            news = asyncio.ensure_future(held.next())
            await asyncio.wait((news, over), timeout=REPEAT_S, return_when=FIRST_COMPLETED)
            news.cancel()
            pause_s = max(0.0, 1 / fps - (time.monotonic() - began))
            await asyncio.wait((over,), timeout=pause_s)
    finally:
        over.cancel()


async def _picture(held: Held) -> bytes:
    if held.frame is not None and held.live:
        return held.frame.jpeg
    condition = held.condition
    return await asyncio.to_thread(no_picture, condition.state, condition.since_ms)


class Held:
    """One reader's hold on one camera: a mailbox of one frame.

    Raises:
        CameraUnknown: The hub has no such camera.
    """

    def __init__(self, hub: Hub, camera_id: str, wish: Wish) -> None:
        self._hub, self._camera_id = hub, camera_id
        self._news = asyncio.Event()
        self.frame: Frame | None = hub.frame(camera_id)
        self._watch: Watch = hub.watch(camera_id, wish, self._take)

    def _take(self, frame: Frame) -> None:
        self.frame = frame
        self._news.set()

    @property
    def fresh(self) -> bool:
        """Whether the newest frame is young enough to be shown as the present."""
        return self.frame is not None and time.time() * 1000 - self.frame.captured_ms < STALLED_MS

    @property
    def live(self) -> bool:
        """Whether it is, and the camera's condition does not forbid it."""
        return self.fresh and self.condition.state in VISIBLE

    @property
    def condition(self) -> Condition:
        """How the camera is."""
        return self._hub.condition(self._camera_id)

    async def next(self) -> None:
        """Wait for a frame that was not there yet."""
        await self._news.wait()
        self._news.clear()

    def close(self) -> None:
        """Let go."""
        self._watch.close()


class Looking:
    """Holds a camera for a request: right, limit, register, hub; and lets go of all of them.

    Args:
        request: Whose viewer looks.
        camera_id: Which camera.
        wish: In which size and how often.
        why: Purpose and reason; an account must give both.
    """

    def __init__(self, request: Request, camera_id: str, wish: Wish, why: tuple[str, str]) -> None:
        self._request, self._camera_id, self._wish, self._why = request, camera_id, wish, why
        self._viewer: Viewer | None = None
        self._register: CameraLooks | None = None
        self._held: Held | None = None

    async def open(self) -> Held:
        """Return the hold.

        Raises:
            ApiError: 403, 404, 429 or 503, and nothing is held.
        """
        viewer, hub = asking(self._request).viewer, services(self._request).hub
        if viewer is None or hub is None:
            raise not_found("camera")
        reached = directory(self._request).community_of
        community_id = await asyncio.to_thread(reached, viewer, self._camera_id)
        if community_id is None:
            raise not_found("camera")
        if not open_sockets(self._request).enter(viewer):
            raise ApiError(429, "too_many", "Close another stream of yours first.")
        self._viewer = viewer
        self._register = looks(self._request, viewer, community_id)
        try:
            refused = await self._register.begin([Want(0, self._camera_id, self._wish, self._why)])
            if refused:
                raise ApiError(403, refused[0], "Say why: purpose and reason.", "purpose")
            self._held = Held(hub, self._camera_id, self._wish)
        except CameraUnknown:
            await self.close()
            raise ApiError(503, "camera_not_live", "The camera has no source.") from None
        except BaseException:
            await self.close()
            raise
        return self._held

    async def close(self) -> None:
        """Let go; harmless when done twice."""
        if self._held is not None:
            self._held.close()
        if self._register is not None:
            await self._register.close()
        viewer, self._viewer = self._viewer, None
        if viewer is not None:
            open_sockets(self._request).leave(viewer)
