"""The route of a wall's device link, and the cookie that keeps a wall signed in. ADR 0011."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from actions.access import current_origin
from actions.users.attempts import OriginLimit, TooManyAttempts
from actions.users.kiosks import find_kiosk
from api.browser import (
    WALL_COOKIE_S,
    asking,
    end_present_session,
    give_session,
    keep_session,
)
from api.services import services
from api.signin import page, refusal_words
from components.signin_forms import message_page
from components.wording import text
from data.audit import AuditLine

# The secret stands in the address: no other page may learn it from a Referer header.
UNSEEN = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


def install(app: Starlette) -> None:
    """Add the route to the application."""
    app.state.kiosk_origins = OriginLimit(lambda: datetime.now(UTC))
    app.router.routes.append(Route("/kiosk/{token}", open_wall, methods=["GET"]))


async def open_wall(request: Request) -> Response:
    """Open the wall of a device link; it stays open until the link is revoked."""
    if request.method == "HEAD":  # a messenger that looks at the link opens no wall
        return Response(headers=UNSEEN)
    origins: OriginLimit = request.app.state.kiosk_origins
    origin = current_origin.get()
    try:
        origins.check(origin)
    except TooManyAttempts as refusal:
        return _closed(request, refusal_words(refusal), 429)
    parts = services(request)
    found = await asyncio.to_thread(find_kiosk, parts.store, request.path_params["token"])
    if found is None:
        origins.failed(origin)
        line = AuditLine("kiosk.open", "refused", "anonymous", origin=origin, detail="link")
        parts.audit.refused(line)
        return _closed(request, text("kiosk.closed_hint"), 404)
    await end_present_session(request)
    kiosk_id = found["kiosk_id"]
    opened = await asyncio.to_thread(parts.sessions.open_kiosk, kiosk_id, origin)
    line = AuditLine(
        "kiosk.open",
        "done",
        f"kiosk:{kiosk_id}",
        "wall",
        found["community_id"],
        subject_kind="kiosk",
        subject_id=kiosk_id,
        origin=origin,
    )
    parts.audit.record(line)
    query = urlencode({"community": found["community_id"]})
    response = RedirectResponse(f"/wall?{query}", 303, UNSEEN)
    give_session(request, response, opened, wall=True)
    return response


class WallCookie:
    """ASGI middleware inside the access guard: each page of a wall renews its cookie.

    Browsers drop a cookie after 400 days at the latest; a wall that is restarted now and then thus
    never loses its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the cookie to the page of a wall."""
        is_page = scope["type"] == "http" and scope["path"] == "/wall"
        session = scope["state"]["asking"].session if is_page else None
        if session is None or session.viewer.kind != "kiosk":
            await self._app(scope, receive, send)
            return
        request = Request(scope)

        async def send_renewed(message: Message) -> None:
            if message["type"] == "http.response.start":
                renewed = Response()
                keep_session(request, renewed, asking(request).token, WALL_COOKIE_S)
                headers = MutableHeaders(scope=message)
                for cookie in renewed.headers.getlist("set-cookie"):
                    headers.append("set-cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_renewed)


def _closed(request: Request, words: str, status: int) -> Response:
    response = page(request, message_page(text("kiosk.closed_title"), words), status)
    response.headers.update(UNSEEN)
    return response
