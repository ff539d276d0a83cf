"""What hub and worker process send over their socket: length, kind, body (ADR 0027).

A message is 4 bytes of length of what follows, one byte of kind, and its body: JSON for orders and
news, binary for pictures. Both sides bound what they take.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any

from cameras.jpeg import MOST_BYTES

TOLD, FRAME, PUSHED = 1, 2, 3
MOST_MESSAGE = MOST_BYTES + 64
_HEAD = struct.Struct("!IB")
# Key of the camera, Unix milliseconds, width, height; the JPEG follows.
_FRAME = struct.Struct("!IQHH")
_PUSHED = struct.Struct("!I")

FramePart = tuple[int, int, int, int, bytes]


class MessageBroken(ValueError):
    """What came is no message; the other side is not to be trusted any more."""


def told(message: dict[str, Any]) -> bytes:
    """Return an order or news as a message."""
    body = json.dumps(message, separators=(",", ":")).encode()
    return _HEAD.pack(len(body) + 1, TOLD) + body


def frame_head(key: int, captured_ms: int, width: int, height: int, size: int) -> bytes:
    """Return what stands before the `size` bytes of a JPEG on their way to the hub."""
    head = _FRAME.pack(key, captured_ms, width, height)
    return _HEAD.pack(1 + len(head) + size, FRAME) + head


def pushed(key: int, jpeg: bytes) -> bytes:
    """Return a picture of a phone on its way to the worker."""
    return _HEAD.pack(1 + _PUSHED.size + len(jpeg), PUSHED) + _PUSHED.pack(key) + jpeg


def read_told(body: bytes) -> dict[str, Any]:
    """Return what `told` was given.

    Raises:
        MessageBroken: No JSON object.
    """
    try:
        message = json.loads(body)
    except ValueError:  # UnicodeDecodeError among them
        raise MessageBroken from None
    if not isinstance(message, dict):
        raise MessageBroken
    return message


def read_frame(body: bytes) -> FramePart:
    """Return key, Unix milliseconds, width, height and JPEG of a frame.

    Raises:
        MessageBroken: Too short for one.
    """
    if len(body) <= _FRAME.size:
        raise MessageBroken
    key, captured_ms, width, height = _FRAME.unpack_from(body)
    return key, captured_ms, width, height, body[_FRAME.size :]


def read_pushed(body: bytes) -> tuple[int, bytes]:
    """Return key and JPEG of a phone's picture.

    Raises:
        MessageBroken: Too short for one.
    """
    if len(body) <= _PUSHED.size:
        raise MessageBroken
    return _PUSHED.unpack_from(body)[0], body[_PUSHED.size :]


class MessageReader:
    """Cuts a stream of bytes into messages."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield kind and body of every message that is whole by now.

        Raises:
            MessageBroken: A length nobody sends.
        """
        kept = self._kept
        kept += data
        at, end = 0, len(kept)
        while end - at >= _HEAD.size:
            length, kind = _HEAD.unpack_from(kept, at)
            if not 1 <= length <= MOST_MESSAGE:
                raise MessageBroken
            stop = at + 4 + length
            if stop > end:
                break
            with memoryview(kept) as view:
                body = bytes(view[at + _HEAD.size : stop])
            at = stop
            yield kind, body
        del kept[:at]
