"""Who asks: bearer keys (RFC 6750), and anonymous viewers of the wall projection on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from fastapi import Request
from starlette.requests import HTTPConnection

from actions.keys import ApiKey, find_key
from api.errors import ApiError, not_found
from api.services import services
from rules.privacy import Action, may


async def bearer_key(connection: HTTPConnection) -> ApiKey:
    """Return the key of a request.

    Raises:
        ApiError: 401 where it is missing, malformed, unknown or revoked; one answer for all, so
            that it tells nothing about which keys exist.
    """
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        key = await asyncio.to_thread(find_key, services(connection).store, token.strip())
        if key is not None:
            return key
    raise ApiError(
        401,
        "key_required",
        "Send a valid key: Authorization: Bearer yp_...",
        headers={"WWW-Authenticate": 'Bearer realm="yiping"'},
    )


def key_for(action: Action) -> Callable[[Request], Awaitable[ApiKey]]:
    """Return a dependency that asks for a key whose role may do `action`."""

    async def dependency(request: Request) -> ApiKey:
        key = await bearer_key(request)
        if not may(key.role, action):
            raise ApiError(403, "not_allowed", f"The role {key.role} may not do {action}.")
        return key

    return dependency


def in_own_community(key: ApiKey, community_id: str | None) -> str:
    """Return the community a key opens.

    Raises:
        ApiError: 404 where another one is asked for, as if that did not exist.
    """
    if community_id not in (None, "", key.community_id):
        raise not_found("community")
    return key.community_id


async def see_wall(connection: HTTPConnection, community_id: str) -> None:
    """Let pass who may see the wall projection of a community.

    Until accounts exist that is anyone on this machine, and every key with `feed.read` of that
    community from anywhere.

    Raises:
        ApiError: 401, 403 or 404.
    """
    if "authorization" not in connection.headers and _on_loopback(connection):
        return
    key = await bearer_key(connection)
    if not may(key.role, "feed.read"):
        raise ApiError(403, "not_allowed", f"The role {key.role} may not do feed.read.")
    in_own_community(key, community_id)


def _on_loopback(connection: HTTPConnection) -> bool:
    try:
        return connection.client is not None and ip_address(connection.client.host).is_loopback
    except ValueError:
        return False
