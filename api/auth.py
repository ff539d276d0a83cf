"""What a handler asks about its viewer: the key of other software, and the community it opens."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import cast

from fastapi import Request
from starlette.requests import HTTPConnection

from api.access import Asking
from api.errors import ApiError, not_found
from api.services import services
from rules.privacy import Action, may
from rules.viewer import Viewer


def asking(connection: HTTPConnection) -> Asking:
    """Return who a request comes from, as the access guard found out."""
    return cast(Asking, connection.scope["state"]["asking"])


def viewer_for(action: Action) -> Callable[[Request], Awaitable[Viewer]]:
    """Return a dependency that asks for a viewer whose role may do `action`."""

    async def dependency(request: Request) -> Viewer:
        viewer = asking(request).viewer
        if viewer is None:
            raise ApiError(
                401,
                "key_required",
                "Send a valid key: Authorization: Bearer yp_...",
                headers={"WWW-Authenticate": 'Bearer realm="yiping"'},
            )
        if not may(viewer.role, action):
            raise ApiError(403, "not_allowed", f"The role {viewer.role} may not do {action}.")
        return viewer

    return dependency


def own_community(viewer: Viewer, community_id: str | None) -> str:
    """Return the community a request is about: the one named, or the viewer's only one.

    Raises:
        ApiError: 404 where another one is asked for, as if that did not exist; 400 where a viewer
            of several names none.
    """
    if community_id:
        if community_id not in viewer.community_ids:
            raise not_found("community")
        return community_id
    if len(viewer.community_ids) != 1:
        raise ApiError(400, "parameter_invalid", "Name one of your communities.", "community")
    return next(iter(viewer.community_ids))


def see_wall(connection: HTTPConnection, community_id: str) -> None:
    """Let pass who may see the wall projection of a community.

    Raises:
        ApiError: 401, 403 or 404.
    """
    viewer = asking(connection).viewer
    if viewer is None:
        raise ApiError(401, "key_required", "Sign in, or send a valid key.")
    if not may(viewer.role, "feed.read"):
        raise ApiError(403, "not_allowed", f"The role {viewer.role} may not do feed.read.")
    if community_id not in viewer.community_ids:
        raise not_found("community")


def watch_viewer(connection: HTTPConnection, gone: Callable[[], None]) -> Callable[[], None]:
    """Call `gone` on this event loop when the viewer's session or key is over.

    Returns:
        Call it when the connection ends.
    """
    loop = asyncio.get_running_loop()
    found = asking(connection)
    watched = found.session.session_id if found.session else found.viewer.id if found.viewer else ""

    def over() -> None:
        with contextlib.suppress(RuntimeError):  # the server has stopped meanwhile
            loop.call_soon_threadsafe(gone)

    return services(connection).sessions.watch(watched, over)
