"""Fetches the checked address of a camera over HTTP and hands its body on as it comes.

An address is checked and resolved once per connection and on every redirect, and the connection
goes to the address that was checked (actions/outgoing.py). Blocking look-ups are done in threads.
"""

from __future__ import annotations

import asyncio
import functools
import socket
import ssl
from collections.abc import Callable
from typing import cast
from urllib.parse import urljoin

from actions.outgoing import AddressRefused, CheckedUrl, UrlHostUnknown, check_url
from cameras.model import CameraSource
from cameras.reasons import Reason, SourceFailed
from cameras.sources.digest import Challenge, authorization, challenge_of
from cameras.sources.http_answer import Dechunker, Head, HeadReader

MOST_REDIRECTS = 3
_BUFFER = 128 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FAILURES: dict[int, Reason] = {
    401: "unauthorized",
    403: "unauthorized",
    404: "not_found",
    410: "not_found",
    429: "server_error",
}


class Connection(asyncio.Protocol):
    """One connection: its head as a future, its body to a callable.

    Attributes:
        head: Done with the head of the answer.
        ended: Done when the connection or the body ends; with the failure of who reads it.
        received: Bytes of the body so far.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.head: asyncio.Future[Head] = loop.create_future()
        self.ended: asyncio.Future[None] = loop.create_future()
        self.received = 0
        self._reader: HeadReader | None = HeadReader()
        self._chunks: Dechunker | None = None
        self._early: list[bytes] = []
        self._take: Callable[[bytes], None] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.Transport, transport)
        connected = transport.get_extra_info("socket")
        if connected is not None:
            # What waits here unread grows old: on a busy machine skip pictures, not show late ones.
            connected.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)

    def data_received(self, data: bytes) -> None:
        """Read the head, then hand the body on; a reader's failure ends the connection."""
        try:
            if self._reader is None:
                self._body(data)
            elif (found := self._reader.feed(data)) is not None:
                head, rest = found
                self._reader = None
                self._chunks = Dechunker() if head.chunked else None
                self.head.set_result(head)
                self._body(rest)
        except SourceFailed as failed:
            self._end(failed)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        self._end(None)

    def read(self, take: Callable[[bytes], None]) -> None:
        """Hand the body to `take` from now on; it may raise SourceFailed."""
        early, self._early, self._take = self._early, [], take
        try:
            for piece in early:
                take(piece)
        except SourceFailed as failed:
            self._end(failed)

    def send(self, data: bytes) -> None:
        """Send a request."""
        if self._transport is not None:
            self._transport.write(data)

    def close(self) -> None:
        """Close at once; harmless when done twice."""
        self._end(None)

    def _body(self, data: bytes) -> None:
        self.received += len(data)
        if self._chunks is None:
            self._piece(data)
            return
        for piece in self._chunks.feed(data):
            self._piece(piece)
        if self._chunks.ended:
            self._end(None)

    def _piece(self, piece: bytes) -> None:
        if self._take is not None:
            self._take(piece)
        elif piece:
            self._early.append(piece)
            if len(self._early) > 64 and self._transport is not None:
                self._transport.pause_reading()

    def _end(self, failed: SourceFailed | None) -> None:
        if not self.head.done():
            self.head.set_exception(failed or SourceFailed("ended"))
            self.head.exception()  # seen, whether or not anybody waits
        if not self.ended.done():
            if failed is None:
                self.ended.set_result(None)
            else:
                self.ended.set_exception(failed)
                self.ended.exception()
        if self._transport is not None:
            self._transport.abort()


class Fetcher:
    """Connections to one camera; remembers what it asked for, so that it need not ask each time."""

    def __init__(self, source: CameraSource, connect_s: float) -> None:
        self._source, self._connect_s = source, connect_s
        self._challenge: Challenge | None = None

    async def get(self) -> tuple[Head, Connection]:
        """Return the answer to a GET of the camera's address; the caller closes the connection.

        Raises:
            SourceFailed: No address of ours, no connection, or another answer than 200.
        """
        try:
            async with asyncio.timeout(self._connect_s):
                return await self._follow()
        except TimeoutError:
            raise SourceFailed("connect_failed") from None

    async def _follow(self) -> tuple[Head, Connection]:
        checked = await self._check(self._source.url, ("http", "https"))
        first, led = checked, 0
        while True:
            ours = (checked.scheme, checked.authority) == (first.scheme, first.authority)
            head, connection = await self._ask(checked, ours)
            if head.status == 200:
                return head, connection
            connection.close()
            if head.status in _REDIRECTS and head.get("location"):
                led += 1
                if led > MOST_REDIRECTS:
                    raise SourceFailed("too_many_redirects")
                schemes = ("https",) if checked.scheme == "https" else ("http", "https")
                checked = await self._check(_joined(checked.url, head.get("location")), schemes)
            elif head.status != 401 or not ours or not self._challenged(head):
                raise SourceFailed(_reason_of(head.status))

    def _challenged(self, head: Head) -> bool:
        """Keep what the camera asks; False where the answer to just that was refused."""
        asked = challenge_of(head.all("www-authenticate"))
        if asked is None or not self._source.user:
            return False
        before, self._challenge = self._challenge, asked
        if before is None or before.scheme != asked.scheme:
            return True
        if asked.scheme == "basic":
            return False
        stale = asked.fields.get("stale", "").lower() == "true"
        return stale and asked.fields["nonce"] != before.fields["nonce"]

    async def _ask(self, checked: CheckedUrl, ours: bool) -> tuple[Head, Connection]:
        context = tls_context() if checked.scheme == "https" else None
        loop = asyncio.get_running_loop()
        try:
            _, connection = await loop.create_connection(
                Connection,
                checked.address,
                checked.port,
                ssl=context,
                server_hostname=checked.host if context else None,
            )
        except ssl.SSLError:
            raise SourceFailed("tls_failed") from None
        except OSError:
            raise SourceFailed("connect_failed") from None
        lines = [f"GET {checked.target} HTTP/1.1", f"Host: {checked.authority}"]
        lines += ["Accept: multipart/x-mixed-replace, image/jpeg", "User-Agent: Yiping"]
        lines += ["Accept-Encoding: identity", "Connection: close"]
        if ours and self._challenge is not None:
            user, password = self._source.user, self._source.password
            answer = authorization(self._challenge, user, password, checked.target)
            lines.append(f"Authorization: {answer}")
        try:
            connection.send("\r\n".join([*lines, "", ""]).encode("latin-1", "replace"))
            return await connection.head, connection
        except BaseException:
            connection.close()
            raise

    async def _check(self, url: str, schemes: tuple[str, ...]) -> CheckedUrl:
        return await checked_address(self._source, url, schemes)


async def checked_address(source: CameraSource, url: str, schemes: tuple[str, ...]) -> CheckedUrl:
    """Return an address of a camera that may be connected to now.

    Raises:
        SourceFailed: `address` where it may not; `connect_failed` where its name leads nowhere now.
    """
    check = functools.partial(
        check_url,
        url,
        schemes=schemes,
        allowed_networks=source.networks,
        allowed_ports=source.ports,
    )
    try:
        return await asyncio.to_thread(check)
    except UrlHostUnknown:
        raise SourceFailed("connect_failed") from None
    except (AddressRefused, ValueError):
        raise SourceFailed("address") from None


def _reason_of(status: int) -> Reason:
    return _FAILURES.get(status, "server_error" if status >= 500 else "http_status")


def _joined(url: str, onward: str) -> str:
    try:
        return urljoin(url, onward)
    except ValueError:
        raise SourceFailed("address") from None


@functools.cache
def tls_context() -> ssl.SSLContext:
    """Return the checks of certificates, by the authorities this machine trusts."""
    return ssl.create_default_context()
