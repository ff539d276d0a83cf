"""Refuses requests under a foreign host name or from a foreign page, before all else.

A page on another site can point its own name at our address (DNS rebinding), post to us or open a
websocket; the Host, Origin and Sec-Fetch-Site headers, which browsers do not let it forge, give it
away.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ApiError, error_response

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SECURE = frozenset({"https", "wss"})
PORTS = {"http": 80, "https": 443}


class HostGuard:
    """ASGI middleware for HTTP and websockets.

    Args:
        trusted_hosts: Names beside the loopback ones; without port, any case.
        public_url: The address people use; its pages may act, whatever Host the proxy sends.
    """

    def __init__(
        self, app: ASGIApp, trusted_hosts: Iterable[str] = (), public_url: str | None = None
    ) -> None:
        self._app = app
        self._public = _origin(public_url or "")
        public_name = self._public[1] if self._public else None
        names = (*trusted_hosts, public_name or "")
        self._trusted = frozenset(name.lower() for name in names if name)

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
        if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
            return None
        origins = headers.getlist("origin")
        foreign = any(not self._may_act(origin, scope, hosts[0]) for origin in origins)
        if foreign or headers.get("sec-fetch-site", "none") in ("cross-site", "same-site"):
            return ApiError(403, "origin_not_trusted", "Another site's page may not do this.")
        return None

    def _may_act(self, origin: str, scope: Scope, host: str) -> bool:
        found = _origin(origin)
        if found is None:
            return False
        scheme = "https" if scope["scheme"] in SECURE else "http"
        return found in (_origin(f"{scheme}://{host}"), self._public)

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


def _origin(text: str) -> tuple[str, str, int] | None:
    """Return scheme, name and port of an origin; None where it is none, as `null`."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port or PORTS[parts.scheme]
