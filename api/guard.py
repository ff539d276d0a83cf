"""Refuses requests under a foreign host name or from a foreign page, before all else.

A page on another site can point its own name at 127.0.0.1 (DNS rebinding) or open a websocket to
it; the Host and Origin headers, which browsers do not let it forge, give it away.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ApiError, error_response

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class HostGuard:
    """ASGI middleware for HTTP and websockets.

    Args:
        trusted_hosts: Names beside the loopback ones; without port, any case.
    """

    def __init__(self, app: ASGIApp, trusted_hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._trusted = frozenset(name.lower() for name in trusted_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is trusted; answer 400 or 403, or refuse the websocket."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await error_response(refusal)(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 4403, "reason": refusal.code})

    def _refusal(self, scope: Scope) -> ApiError | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._trusts(_name(hosts[0])):
            return ApiError(400, "host_not_trusted", "Add this host name to trusted_hosts.")
        origin = headers.get("origin")
        is_request = scope["type"] == "http" and scope["method"] in SAFE_METHODS
        if origin is not None and not is_request and not _same_place(origin, hosts[0]):
            return ApiError(403, "origin_not_trusted", "Another site's page may not do this.")
        return None

    def _trusts(self, name: str | None) -> bool:
        if name is None:
            return False
        if name == "localhost" or name in self._trusted:
            return True
        try:
            return ip_address(name).is_loopback
        except ValueError:
            return False


def _name(host: str) -> str | None:
    """Return the host name without port, in lower case; None where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # noqa: B018 - raises where the port is not a number
    except ValueError:
        return None
    return parts.hostname if parts.netloc == host and "@" not in host else None


def _same_place(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
