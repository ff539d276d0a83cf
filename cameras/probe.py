"""Looks once at a camera nobody watches: connect, one picture, let go."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from cameras.condition import Finding
from cameras.look_desk import LookDesk
from cameras.model import CameraSource, State, Wish
from cameras.reasons import SourceFailed
from cameras.sources.feeding import Picture
from cameras.sources.kinds import run_source
from cameras.timing import Timing

_WISH = Wish(width=320, fps=1.0, keyframes=True)


class _First:
    """A feeding that wants one picture."""

    def __init__(self, source: CameraSource, timing: Timing, folder: Path | None) -> None:
        self.source, self.timing, self.folder, self.wish = source, timing, folder, _WISH
        self.pushed: asyncio.Queue[bytes] = asyncio.Queue()
        self.picture: asyncio.Future[Picture] = asyncio.get_running_loop().create_future()

    def due(self) -> bool:
        return not self.picture.done()

    def look_due(self) -> bool:
        return True

    def give(self, picture: Picture) -> None:
        if not self.picture.done():
            self.picture.set_result(picture)


async def probe(
    key: int, source: CameraSource, timing: Timing, folder: Path | None, desk: LookDesk
) -> tuple[State, str]:
    """Return how a camera is, and why where it is not well; never longer than `probe_most_s`.

    Args:
        key: The hub's number of the camera.
        source: Where to read.
        timing: How long to wait for what.
        folder: Where video files may lie.
        desk: Knows the camera's earlier pictures.
    """
    first = _First(source, timing, folder)
    running = asyncio.ensure_future(run_source(first))
    either: list[asyncio.Future[Any]] = [running, first.picture]
    try:
        await asyncio.wait(either, timeout=timing.probe_most_s, return_when=asyncio.FIRST_COMPLETED)
        if not first.picture.done():
            return _failure(running)
        picture = first.picture.result()
    finally:
        running.cancel()
        first.picture.cancel()
    looker = desk.looker(key, source)
    finding: Finding = await desk.look(looker, picture.jpeg, picture.luma)
    return finding or "live", ""


def _failure(running: asyncio.Future[None]) -> tuple[State, str]:
    if not running.done() or running.cancelled():
        return "stalled", "no_frame"
    failed = running.exception()
    if isinstance(failed, SourceFailed):
        return ("refused" if failed.refused else "stalled"), failed.reason
    return "stalled", "decoder" if failed is not None else "ended"
