"""A worker's phone as a camera: its pictures come through the web process, unread."""

from __future__ import annotations

import asyncio

from cameras.jpeg import MOST_BYTES
from cameras.reasons import SourceFailed
from cameras.sources.feeding import Feeding
from cameras.sources.mjpeg import picture_of


async def run(feeding: Feeding) -> None:
    """Give the phone's pictures as they come.

    Raises:
        SourceFailed: `no_frame` where none came for a while, `part_too_large` or what else is wrong
            with one of them.
    """
    while True:
        try:
            async with asyncio.timeout(feeding.timing.restart_s):
                jpeg = await feeding.pushed.get()
        except TimeoutError:
            raise SourceFailed("no_frame") from None
        if len(jpeg) > MOST_BYTES:
            raise SourceFailed("part_too_large")
        picture = picture_of(jpeg)
        if feeding.due():
            feeding.give(picture)
