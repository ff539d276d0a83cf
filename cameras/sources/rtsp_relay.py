"""Carries RTSP between a decoder and the one checked address of a camera, and watches over it.

The decoder's own RTSP would follow a redirect wherever it leads and wait long for a dead camera;
here a redirect is refused, silence is cut, and TLS is checked against the camera's name.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import Callable
from typing import cast

from actions.outgoing import CheckedUrl
from cameras.reasons import Reason, SourceFailed
from cameras.sources.http import tls_context
from cameras.timing import Timing

_MOST_HEAD = 16 * 1024
_MOST_BODY = 256 * 1024
_STATUS = re.compile(rb"RTSP/\d\.\d (\d{3})")
_LENGTH = re.compile(rb"^content-length:\s*(\d{1,7})\s*$", re.IGNORECASE | re.MULTILINE)
_REFUSALS: dict[int, Reason] = {401: "unauthorized", 403: "unauthorized", 404: "not_found"}


class Replies:
    """Looks at what a camera answers until pictures are asked for.

    Attributes:
        status: Of the last reply.
        count: How many replies were whole.
    """

    def __init__(self) -> None:
        self.status = self.count = 0
        self._kept = bytearray()

    @property
    def begun(self) -> bool:
        """Tell whether there is a part of a reply that is not whole."""
        return bool(self._kept)

    def feed(self, data: bytes) -> None:
        """Look at some bytes from the camera.

        Raises:
            SourceFailed: A redirect, a head or body without end, or no RTSP.
        """
        kept = self._kept
        kept += data
        while len(kept) >= 4:
            size = self._whole()
            if size is None or len(kept) < size:
                return
            del kept[:size]

    def _whole(self) -> int | None:
        """Return the length of the first message, None while that cannot be known."""
        kept = self._kept
        if kept[0] == 0x24:  # "$": a packet between the replies
            return 4 + (kept[2] << 8 | kept[3])
        end = kept.find(b"\r\n\r\n", 0, _MOST_HEAD)
        if end < 0:
            if len(kept) >= _MOST_HEAD:
                raise SourceFailed("header_too_long")
            return None
        head = bytes(kept[:end])
        status, length = _STATUS.match(head), _LENGTH.search(head.replace(b"\r", b""))
        size = int(length[1]) if length else 0
        if size > _MOST_BODY:
            raise SourceFailed("part_too_large")
        if status is not None:  # else a request of the camera, as some send to keep alive
            self.status, self.count = int(status[1]), self.count + 1
            if 300 <= self.status < 400:
                raise SourceFailed("redirected")
        return end + 4 + size


class Relay:
    """One relay, for one connection.

    Attributes:
        port: Where the decoder finds it, on loopback.
        over: Done with the reason when either side has ended.
    """

    def __init__(self, timing: Timing) -> None:
        self.port = 0
        self.over: asyncio.Future[SourceFailed] = asyncio.get_running_loop().create_future()
        self._timing, self._replies = timing, Replies()
        self._asking, self._answered = True, 0
        self._server: asyncio.Server | None = None
        self._camera = _Side(self._from_camera, self._end)
        self._decoder = _Side(self._from_decoder, self._end)
        self._camera.peer, self._decoder.peer = self._decoder, self._camera
        self._moved_at = time.monotonic()
        self._watch: asyncio.Task[None] | None = None

    async def open(self, checked: CheckedUrl) -> None:
        """Connect to the camera and listen for the decoder.

        Raises:
            SourceFailed: No connection, or a certificate of somebody else.
        """
        loop = asyncio.get_running_loop()
        context = tls_context() if checked.scheme == "rtsps" else None
        try:
            async with asyncio.timeout(self._timing.connect_s):
                await loop.create_connection(
                    lambda: self._camera,
                    checked.address,
                    checked.port,
                    ssl=context,
                    server_hostname=checked.host if context else None,
                )
        except ssl.SSLError:
            raise SourceFailed("tls_failed") from None
        except (OSError, TimeoutError):
            raise SourceFailed("connect_failed") from None
        self._server = await loop.create_server(self._accepted, "127.0.0.1", 0, backlog=1)
        self.port = self._server.sockets[0].getsockname()[1]
        self._watch = asyncio.create_task(self._watched())

    def refusal(self) -> SourceFailed | None:
        """Return what the camera refused by its last reply, if it did."""
        if self._asking and self._replies.status in _REFUSALS:
            return SourceFailed(_REFUSALS[self._replies.status])
        return None

    def silence(self) -> SourceFailed | None:
        """Return what is wrong with a camera whose answer has not come, or not whole."""
        if not self._asking or self._replies.count > self._answered:
            return None
        return SourceFailed("too_slow" if self._replies.begun else "no_frame")

    def close(self) -> None:
        """Cut both sides; the decoder's thread ends by that."""
        self._end()
        if self._watch is not None:
            self._watch.cancel()
        if self._server is not None:
            self._server.close()
        for side in (self._camera, self._decoder):
            side.cut()

    def _accepted(self) -> asyncio.Protocol:
        if self._server is not None:
            # Nobody else on this machine gets the camera. Later, for it is just accepting this one.
            asyncio.get_running_loop().call_soon(self._server.close)
        self._moved_at = time.monotonic()
        return self._decoder

    def _from_camera(self, data: bytes) -> None:
        self._moved_at = time.monotonic()
        if self._asking:
            try:
                self._replies.feed(data)
            except SourceFailed as failed:
                self._end(failed)
                return
        self._decoder.send(data)

    def _from_decoder(self, data: bytes) -> None:
        self._answered = self._replies.count
        if data.startswith(b"PLAY "):
            self._asking = False
        self._camera.send(data)

    def _end(self, failed: SourceFailed | None = None) -> None:
        if not self.over.done():
            self.over.set_result(failed or SourceFailed("ended"))
            for side in (self._camera, self._decoder):
                side.finish()

    async def _watched(self) -> None:
        while time.monotonic() - self._moved_at < self._timing.restart_s:
            await asyncio.sleep(self._timing.restart_s / 10)
        self._end(SourceFailed("no_frame"))


class _Side(asyncio.Protocol):
    """One of the two connections; slows the other down when it cannot keep up."""

    def __init__(self, take: Callable[[bytes], None], lost: Callable[[], None]) -> None:
        self._take, self._lost = take, lost
        self.peer: _Side | None = None
        self._transport: asyncio.Transport | None = None
        self._early: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        for data in self._early:
            self._transport.write(data)

    def data_received(self, data: bytes) -> None:
        self._take(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost()

    def pause_writing(self) -> None:
        self._hold(True)

    def resume_writing(self) -> None:
        self._hold(False)

    def _hold(self, held: bool) -> None:
        reading = self.peer._transport if self.peer is not None else None
        if reading is not None and not reading.is_closing():
            if held:
                reading.pause_reading()
            else:
                reading.resume_reading()

    def send(self, data: bytes) -> None:
        if self._transport is None:
            self._early.append(data)
        elif not self._transport.is_closing():
            self._transport.write(data)

    def finish(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def cut(self) -> None:
        if self._transport is not None:
            self._transport.abort()


async def open_relay(checked: CheckedUrl, timing: Timing) -> Relay:
    """Return a relay to a camera that is connected; the caller closes it.

    Raises:
        SourceFailed: No connection, or a certificate of somebody else.
    """
    relay = Relay(timing)
    try:
        await relay.open(checked)
    except BaseException:
        relay.close()
        raise
    return relay
