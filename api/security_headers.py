"""Puts the security headers on every answer: pages, API, assets and errors (ADR 0015)."""

from __future__ import annotations

import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.script_nonce import current_nonce

HSTS_S = 365 * 24 * 3600
FONT_S = 7 * 24 * 3600
FOR_EVER_S = 365 * 24 * 3600
PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'nonce-{nonce}'",
        "script-src-attr 'none'",
        # Libraries write styles into the page while it runs; ADR 0015 says which.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "worker-src 'self'",
        "object-src 'none'",
        "frame-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# What is no page runs nothing, whatever a browser takes it for.
OTHER_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # `no-referrer` would send forms with `Origin: null`, which the guard must refuse.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(self), "
    "payment=(), usb=(), serial=(), midi=(), hid=(), display-capture=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """ASGI middleware around all others, so that their refusals have the headers as well."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers; a page finds its nonce in `current_nonce`."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        token = current_nonce.set(nonce)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _guard(MutableHeaders(scope=message), scope, nonce)
            await send(message)

        try:
            await self._app(scope, receive, send_guarded)
        finally:
            current_nonce.reset(token)


def _guard(headers: MutableHeaders, scope: Scope, nonce: str) -> None:
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
    is_page = headers.get("content-type", "").partition(";")[0].strip().lower() == "text/html"
    policy = PAGE_POLICY.format(nonce=nonce) if is_page else OTHER_POLICY
    headers.setdefault("Content-Security-Policy", policy)
    # A browser keeps this for a year: said over plain HTTP, anybody on the way could say it.
    if scope["scheme"] == "https":
        headers.setdefault("Strict-Transport-Security", f"max-age={HSTS_S}")
    if "cache-control" not in headers:
        headers["Cache-Control"] = _caching(scope, headers)


def _caching(scope: Scope, headers: Headers) -> str:
    """What may be kept: our own files and Dash's; nothing that was made for a viewer."""
    path = scope["path"]
    if path.startswith("/assets/"):
        if scope["query_string"].startswith(b"m="):  # Dash adds the time of the file
            return f"public, max-age={FOR_EVER_S}"
        return f"public, max-age={FONT_S}" if path.endswith(".woff2") else "no-cache"
    if path.startswith("/_dash-component-suites/") and "etag" in headers:
        return "no-cache"
    return "no-store"
