"""Hands a browser its session and takes it back: the cookies and what each is allowed to do."""

from __future__ import annotations

import asyncio
from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from actions.users.session_state import Opened, csrf_token
from api.access import CSRF_COOKIE, SESSION_COOKIE, Asking
from api.form import is_secure
from api.services import services

# Browsers keep no cookie longer than 400 days (RFC 6265bis §5.5); each page of the wall renews it.
WALL_COOKIE_S = 400 * 24 * 3600


def asking(request: Request) -> Asking:
    """Return who a request comes from, as api/access.py found out."""
    return cast(Asking, request.state.asking)


def give_session(request: Request, response: Response, opened: Opened, wall: bool = False) -> None:
    """Set the cookies of a new session: a fresh token, so that none can be planted beforehand.

    Args:
        request: The request that is answered.
        response: Where the cookies are set.
        opened: The session.
        wall: Keep it when the browser is closed; a wall is not signed in again by anybody.
    """
    keep_session(request, response, opened.token, WALL_COOKIE_S if wall else None)


def keep_session(request: Request, response: Response, token: str, age_s: int | None) -> None:
    """Set the cookies of a session, for so long or for as long as the browser runs."""
    secure = is_secure(request)
    response.set_cookie(
        SESSION_COOKIE, token, max_age=age_s, httponly=True, secure=secure, samesite="lax"
    )
    # Read by Dash's renderer, which sends it back as a header.
    response.set_cookie(
        CSRF_COOKIE, csrf_token(token), max_age=age_s, secure=secure, samesite="lax"
    )


def forget_session(request: Request, response: Response) -> None:
    """Take the cookies of a session away."""
    for name in (SESSION_COOKIE, CSRF_COOKIE):
        response.delete_cookie(name, secure=is_secure(request), samesite="lax")


async def end_present_session(request: Request) -> None:
    """End the session this browser shows, if any: a new one never joins an old one."""
    present = asking(request).session
    if present is not None:
        await asyncio.to_thread(services(request).sessions.end, present.session_id)
