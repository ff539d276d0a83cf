"""Makes the web server: address, HTTPS with renewal, and the limits of every connection."""

from __future__ import annotations

import contextlib
import logging
import ssl
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from api.proxy import ProxyTrust
from api.wire import Sockets, bounded
from settings import Settings

log = logging.getLogger(__name__)

KEEP_ALIVE_S = 15  # between two requests of one connection
# Our pages send a word now and then; nothing larger ever comes in over a websocket.
MOST_MESSAGE_BYTES = 64 * 1024
FILES_BESIDE_SOCKETS = 256


class TlsFiles:
    """The certificate in use; a renewed one is taken up without a restart.

    Args:
        cert: PEM file of the chain.
        key: PEM file of the key.
    """

    def __init__(self, cert: Path, key: Path) -> None:
        self._cert, self._key = cert, key
        self.context = _context(cert, key)
        self._seen = self._stamp()

    def renew(self) -> bool:
        """Take up changed files; connections that are open stay as they are.

        Returns:
            True where a new certificate is in use. Files that do not fit yet (a renewal writes one
            after the other) are tried again at the next call.
        """
        try:
            stamp = self._stamp()
            if stamp == self._seen:
                return False
            _context(self._cert, self._key)  # a broken pair must not spoil the one in use
            self.context.load_cert_chain(self._cert, self._key)
        except (OSError, ssl.SSLError) as failure:
            log.warning("the renewed certificate cannot be used yet: %s", failure)
            return False
        self._seen = stamp
        log.info("a renewed certificate is in use")
        return True

    def _stamp(self) -> tuple[int, int]:
        return self._cert.stat().st_mtime_ns, self._key.stat().st_mtime_ns


def tls_files(settings: Settings) -> TlsFiles | None:
    """Return the certificate to serve with, None where the app does no HTTPS.

    Raises:
        SettingsInvalid: It cannot be used; names file and reason.
    """
    if settings.tls_cert is None or settings.tls_key is None:
        return None
    from settings.certificate import read_certificate

    read_certificate(settings.tls_cert, settings.tls_key)
    return TlsFiles(settings.tls_cert, settings.tls_key)


def web_server(site: ASGIApp, settings: Settings, tls: TlsFiles | None = None) -> uvicorn.Server:
    """Return the server, ready to run."""
    limits = settings.limits
    trust = ProxyTrust(settings.trusted_proxies)
    sockets = Sockets(limits.sockets, limits.sockets_per_address, trust)
    http, websocket = bounded(sockets, limits.header_s, limits.body_s)
    secure: dict[str, Any] = {}
    if tls is not None:
        secure["ssl_context_factory"] = lambda config, default: tls.context
    _allow_files(limits.sockets + FILES_BESIDE_SOCKETS)
    return uvicorn.Server(
        uvicorn.Config(
            site,
            host=settings.host,
            port=settings.port,
            http=http,
            ws=websocket,
            ws_max_size=MOST_MESSAGE_BYTES,
            ws_per_message_deflate=False,  # costs ten times the CPU for nothing (CAMERAS)
            log_level=settings.log_level.lower(),
            access_log=False,
            # ProxyHeaders does it: uvicorn's own would believe every program on this machine.
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=3,
            **secure,
        )
    )


def _context(cert: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(cert, key)
    return context


def _allow_files(wanted: int) -> None:
    """Raise this process's own bound of open files, where the system has one and lets us."""
    try:
        import resource
    except ImportError:  # Windows has no such bound
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
