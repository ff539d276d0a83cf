"""What the worker process sends to the hub: at most the newest picture of each camera waits."""

from __future__ import annotations

import asyncio
from typing import Any

from cameras import messages
from cameras.sources.feeding import Picture

_HIGH_WATER = 1024 * 1024


class Outbox:
    """Pictures and news on their way; a hub that is busy gets fewer pictures, never older ones."""

    def __init__(self) -> None:
        self._transport: asyncio.WriteTransport | None = None
        self._waiting: dict[int, tuple[bytes, bytes]] = {}
        self._paused = False

    def open(self, transport: asyncio.WriteTransport) -> None:
        """Send over this transport from now on."""
        transport.set_write_buffer_limits(high=_HIGH_WATER)
        self._transport = transport

    def pause(self) -> None:
        """Keep pictures back: the hub does not read."""
        self._paused = True

    def resume(self) -> None:
        """Send what waits, as far as the hub takes it."""
        self._paused = False
        while self._waiting and not self._paused:
            key = next(iter(self._waiting))
            self._send(*self._waiting.pop(key))

    def picture(self, key: int, picture: Picture, captured_ms: int) -> None:
        """Send a picture, or put it in the place of an older one of its camera."""
        jpeg = picture.jpeg
        head = messages.frame_head(key, captured_ms, picture.width, picture.height, len(jpeg))
        if self._paused:
            self._waiting[key] = head, jpeg
        else:
            self._send(head, jpeg)

    def tell(self, message: dict[str, Any]) -> None:
        """Send news; they are few and short."""
        self._send(messages.told(message))

    def forget(self, key: int) -> None:
        """Drop the waiting picture of a camera nobody watches any more."""
        self._waiting.pop(key, None)

    def _send(self, *parts: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.writelines(parts)
