"""Believes what a trusted proxy says of the client, and what nobody else says (ADR 0014).

X-Forwarded-For, -Proto and -Host of a trusted proxy become the request's client, scheme and Host.
From everybody else these headers are removed, so that nothing further in can be led astray.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ApiError, error_response

FORWARDED = frozenset(
    {b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"forwarded", b"x-real-ip"}
)
UNKNOWN = "unknown"
Address = IPv4Address | IPv6Address


class ProxyTrust:
    """Which addresses are our own proxies."""

    def __init__(self, trusted: Iterable[str] = ()) -> None:
        self._networks = [ip_network(text) for text in trusted]

    def __contains__(self, address: Address | None) -> bool:
        """True where the address is one of a trusted proxy."""
        return address is not None and any(
            address.version == network.version and address in network for network in self._networks
        )


class ProxyHeaders:
    """ASGI middleware in front of everything that looks at client, scheme or Host.

    Args:
        trust: Addresses of trusted proxies.
        proxy_only: Refuse who comes past the proxy: over plain HTTP from another machine.
    """

    def __init__(self, app: ASGIApp, trust: ProxyTrust, *, proxy_only: bool = False) -> None:
        self._app = app
        self._trust = trust
        self._proxy_only = proxy_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Rewrite the scope and pass it on."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        peer = read_address(scope["client"][0]) if scope.get("client") else None
        if peer is not None:
            scope["client"] = (str(peer), scope["client"][1])
        told = [(name, value) for name, value in scope["headers"] if name in FORWARDED]
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in FORWARDED]
        if peer in self._trust:
            self._believe(scope, told)
        elif told and peer is not None and peer.is_loopback:
            # A proxy on this machine that nobody told us of: its clients are not this machine.
            scope["client"] = (UNKNOWN, 0)
        elif self._proxy_only and (peer is None or not peer.is_loopback):
            await _refuse(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _believe(self, scope: Scope, told: list[tuple[bytes, bytes]]) -> None:
        client = self._client(_last(told, b"x-forwarded-for"))
        if client is not None:
            scope["client"] = (str(client), 0)
        proto = (_last(told, b"x-forwarded-proto") or [""])[-1].lower()
        if proto in ("http", "https"):
            secure = proto == "https"
            plain = "ws" if scope["type"] == "websocket" else "http"
            scope["scheme"] = f"{plain}s" if secure else plain
        host = (_last(told, b"x-forwarded-host") or [""])[-1]
        if host:
            others = [pair for pair in scope["headers"] if pair[0] != b"host"]
            scope["headers"] = [(b"host", host.encode("latin-1")), *others]

    def _client(self, hops: list[str]) -> Address | None:
        """Return the hop before our own proxies: what stands further left anybody can write."""
        client = None
        for hop in reversed(hops):
            address = read_address(hop)
            if address is None:
                return client
            client = address
            if address not in self._trust:
                return client
        return client


def read_address(text: str) -> Address | None:
    """Read an address with or without port; IPv4 in IPv6 becomes IPv4. None where it is none."""
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _last(told: list[tuple[bytes, bytes]], name: bytes) -> list[str]:
    """Return the items of a header that may stand several times, in order."""
    lines = [value.decode("latin-1") for key, value in told if key == name]
    return [part.strip() for part in ",".join(lines).split(",") if part.strip()]


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    refusal = ApiError(403, "proxy_required", "Come through the proxy: here is no HTTPS.")
    if scope["type"] == "http":
        await error_response(refusal)(scope, receive, send)
    else:
        await receive()
        await send({"type": "websocket.close", "code": 4403, "reason": refusal.code})
