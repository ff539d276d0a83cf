"""HTTP MJPEG: every picture is passed on as it came; only its size is read."""

from __future__ import annotations

import asyncio
import time

from cameras.jpeg import NotJpeg, PictureTooLarge, jpeg_size
from cameras.reasons import SourceFailed
from cameras.sources.feeding import Feeding, Picture
from cameras.sources.http import Connection, Fetcher
from cameras.sources.multipart import PartReader, boundary_of

_CHECK_S = 0.25


async def run(feeding: Feeding) -> None:
    """Give the pictures of a stream until it ends or fails.

    Raises:
        SourceFailed: Why there are no more of them.
    """
    head, connection = await Fetcher(feeding.source, feeding.timing.connect_s).get()
    try:
        reading = _Reading(feeding, PartReader(boundary_of(head.get("content-type"))))
        connection.read(reading.take)
        await _watched(feeding, connection, reading)
    finally:
        connection.close()


class _Reading:
    """The pictures of one connection."""

    def __init__(self, feeding: Feeding, parts: PartReader) -> None:
        self._feeding, self._parts = feeding, parts
        self.newest_at = time.monotonic()

    def take(self, data: bytes) -> None:
        for jpeg in self._parts.feed(data):
            self.newest_at = time.monotonic()
            if self._feeding.due():
                self._feeding.give(picture_of(jpeg))


async def _watched(feeding: Feeding, connection: Connection, reading: _Reading) -> None:
    """Wait for the end; give up on a camera that sends nothing whole for too long."""
    seen = 0
    every_s = min(_CHECK_S, feeding.timing.restart_s / 4)
    while not connection.ended.done():
        await asyncio.wait([connection.ended], timeout=every_s)
        silent_s = time.monotonic() - reading.newest_at
        if silent_s < feeding.timing.restart_s / 2:
            seen = connection.received  # the end of a part may come a little after it
        elif silent_s > feeding.timing.restart_s:
            # Something comes, yet never a whole picture: that is no camera with a bad moment.
            raise SourceFailed("too_slow" if connection.received > seen else "no_frame")
    connection.ended.result()
    raise SourceFailed("ended")


def picture_of(jpeg: bytes) -> Picture:
    """Return a JPEG with its size.

    Raises:
        SourceFailed: It is none, or too large to be decoded by anybody.
    """
    try:
        width, height = jpeg_size(jpeg)
    except NotJpeg:
        raise SourceFailed("not_jpeg") from None
    except PictureTooLarge:
        raise SourceFailed("picture_too_large") from None
    return Picture(jpeg, width, height)
