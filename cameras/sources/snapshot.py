"""A camera with an address that answers one JPEG at a time."""

from __future__ import annotations

import asyncio
import time

from cameras.jpeg import MOST_BYTES
from cameras.reasons import SourceFailed
from cameras.sources.feeding import Feeding
from cameras.sources.http import Connection, Fetcher
from cameras.sources.http_answer import Head
from cameras.sources.mjpeg import picture_of

_MOST_FPS = 2.0  # every picture is a connection of its own; small cameras stand no more


async def run(feeding: Feeding) -> None:
    """Ask for a picture again and again, as often as is wanted.

    Raises:
        SourceFailed: Why there are no more of them.
    """
    fetcher = Fetcher(feeding.source, feeding.timing.connect_s)
    while True:
        begun = time.monotonic()
        head, connection = await fetcher.get()
        try:
            async with asyncio.timeout(feeding.timing.restart_s):
                picture = picture_of(await _body(head, connection))
        except TimeoutError:
            raise SourceFailed("too_slow" if connection.received else "no_frame") from None
        finally:
            connection.close()
        if feeding.due():
            feeding.give(picture)
        interval_s = 1 / min(feeding.wish.fps, _MOST_FPS)
        await asyncio.sleep(max(0.0, begun + interval_s - time.monotonic()))


async def _body(head: Head, connection: Connection) -> bytes:
    length = head.get("content-length")
    if length and not (length.isdigit() and len(length) < 12):
        raise SourceFailed("not_jpeg")
    if length and int(length) > MOST_BYTES:
        raise SourceFailed("part_too_large")
    body = bytearray()

    def take(data: bytes) -> None:
        body.extend(data)
        if len(body) > MOST_BYTES:
            raise SourceFailed("part_too_large")
        if length and len(body) >= int(length):
            connection.close()

    connection.read(take)
    await connection.ended
    return bytes(body)
