"""Puts the guards of api/ around the whole application, its own error page included."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from api.body import BodyGuard
from api.guard import HostGuard
from api.kept_files import KeptFiles
from api.proxy import ProxyHeaders, ProxyTrust
from api.security_headers import SecurityHeaders
from settings import Settings

ANY_ADDRESS = frozenset({"0.0.0.0", "::"})


class GuardedApp(FastAPI):
    """FastAPI with our guards outside everything, in the order in which a request meets them.

    Starlette answers unexpected errors outside all added middleware, and Dash adds its own, which
    reads bodies, outside ours; both must stand behind the guards.

    Args:
        settings: Names, proxies and limits.
        more: What FastAPI takes.
    """

    def __init__(self, settings: Settings, **more: Any) -> None:
        super().__init__(**more)
        self._settings = settings

    def build_middleware_stack(self) -> ASGIApp:
        """Return proxy, headers, names, bodies, kept files, and then what Starlette builds."""
        self.user_middleware.sort(key=lambda each: _is_dash(each.cls))  # Dash's innermost
        settings = self._settings
        own = () if settings.host in ANY_ADDRESS else (settings.host,)
        stack: ASGIApp = KeptFiles(super().build_middleware_stack())
        stack = BodyGuard(stack, settings.limits.body_s)
        stack = HostGuard(stack, (*settings.trusted_hosts, *own), settings.public_url)
        stack = SecurityHeaders(stack)
        return ProxyHeaders(
            stack, ProxyTrust(settings.trusted_proxies), proxy_only=behind_proxy_only(settings)
        )


def behind_proxy_only(settings: Settings) -> bool:
    """Say whether others than the proxy and this machine are turned away: they have no HTTPS."""
    bare = not settings.tls and not settings.insecure_http and not settings.on_loopback
    return bare and bool(settings.trusted_proxies)


def _is_dash(kind: object) -> bool:
    return str(getattr(kind, "__module__", "")).startswith("dash.")
