"""Bounds what a connection may do before a request exists: its head, its time, their number.

uvicorn has no limit on the size of a request's head, none on how long it may take, and counts
connections in all but not by address (read in 0.54.0, ADR 0014). Its two protocol classes are
extended here by exactly that.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from api.proxy import ProxyTrust, read_address

MOST_HEAD_BYTES = 32 * 1024
MOST_HEADERS = 100
# The application answers a slow body itself; whoever goes on sending after that is cut off.
AFTER_BODY_S = 2.0


class Sockets:
    """The open connections, counted in all and by address.

    Args:
        most: Most connections in all.
        most_per_address: Most from one address.
        trust: Proxies, which speak for many and are counted in all only.
    """

    def __init__(self, most: int, most_per_address: int, trust: ProxyTrust) -> None:
        self._most = most
        self._most_per_address = most_per_address
        self._trust = trust
        self._addresses: dict[int, str] = {}
        self._counts: dict[str, int] = {}

    def __len__(self) -> int:
        """How many are open."""
        return len(self._addresses)

    def enter(self, key: int, peer: str) -> bool:
        """Count a new connection in; False where there are too many, and it is not counted."""
        address = read_address(peer)
        name = str(address) if address is not None else peer
        exempt = address in self._trust
        if len(self._addresses) >= self._most:
            return False
        if not exempt and self._counts.get(name, 0) >= self._most_per_address:
            return False
        self._addresses[key] = name
        self._counts[name] = self._counts.get(name, 0) + 1
        return True

    def leave(self, key: int) -> None:
        """Count a connection out; nothing where it was not in."""
        name = self._addresses.pop(key, None)
        if name is None:
            return
        self._counts[name] -= 1
        if not self._counts[name]:
            del self._counts[name]


class BoundedHttp(HttpToolsProtocol):
    """uvicorn's HTTP protocol with a bounded head; `bounded` gives it its limits."""

    sockets: Sockets
    header_s: float
    body_s: float

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._timer: asyncio.TimerHandle | None = None
        self._in_head = True
        self._head_bytes = 0
        self._unfit: HTTPStatus | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, or answer at once that there are too many."""
        super().connection_made(transport)
        if self.sockets.enter(id(transport), self.client[0] if self.client else ""):
            self._wait(self.header_s)
        else:
            self._turn_away(HTTPStatus.SERVICE_UNAVAILABLE, "too_many_connections")

    def connection_lost(self, exc: Exception | None) -> None:
        """Count the connection out."""
        self._stop_waiting()
        self.sockets.leave(id(self.transport))
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head has grown too long."""
        if self.transport.is_closing():
            return
        if self._in_head:
            if self._timer is None:  # a further request on the same connection
                self._wait(self.header_s)
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > MOST_HEAD_BYTES and self.parser is not None:
            self._refuse_head()

    def on_message_begin(self) -> None:
        """Begin to count a head."""
        super().on_message_begin()
        self._in_head = True

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, unless there are too many or they are too long.

        Headers behind a body (trailers) are dropped: uvicorn would add them to those a proxy has
        already looked at.
        """
        if not self._in_head:
            return
        super().on_header(name, value)
        size = sum(len(key) + len(text) for key, text in self.headers) + len(self.url)
        if len(self.headers) > MOST_HEADERS or size > MOST_HEAD_BYTES:
            self._unfit = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise ValueError("the head is too long")  # the parser hands it on as its own error

    def on_headers_complete(self) -> None:
        """Give the body its time."""
        self._in_head = False
        self._head_bytes = 0
        self._wait(self.body_s + AFTER_BODY_S)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole: its answer may take as long as it needs."""
        self._stop_waiting()
        self._in_head = True
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection over; it stays counted until the websocket ends."""
        self._stop_waiting()
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        """Answer a head that cannot be read."""
        if self._unfit is not None:
            self._refuse_head()
        else:
            self._turn_away(HTTPStatus.BAD_REQUEST, "request_malformed")

    def _refuse_head(self) -> None:
        self._turn_away(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "head_too_large")

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(seconds, self._late)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        if self._in_head and self._head_bytes:
            self._turn_away(HTTPStatus.REQUEST_TIMEOUT, "head_too_slow")
        else:
            self.transport.close()

    def _turn_away(self, status: HTTPStatus, code: str) -> None:
        """Answer in the shape of the API's errors, without an application, and close."""
        self._stop_waiting()
        if self.transport.is_closing():
            return
        cycle = self.cycle
        if cycle is not None and cycle.response_started and not cycle.response_complete:
            self.transport.close()  # a second answer in the midst of the first is no answer
            return
        body = json.dumps({"error": {"code": code, "message": status.phrase}}).encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\n"
            "content-type: application/json\r\ncache-control: no-store\r\n"
            "x-content-type-options: nosniff\r\nconnection: close\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()


class BoundedWebsocket(WebSocketsSansIOProtocol):
    """uvicorn's websocket protocol, counted out when it ends."""

    sockets: Sockets

    def connection_lost(self, exc: Exception | None) -> None:
        """Count the connection out."""
        self.sockets.leave(id(self.transport))
        super().connection_lost(exc)


def bounded(
    sockets: Sockets, header_s: float, body_s: float
) -> tuple[type[BoundedHttp], type[BoundedWebsocket]]:
    """Return the protocol classes for one server, with its limits."""
    limits = {"sockets": sockets, "header_s": header_s, "body_s": body_s}
    return (
        type("BoundHttp", (BoundedHttp,), limits),
        type("BoundWebsocket", (BoundedWebsocket,), {"sockets": sockets}),
    )
