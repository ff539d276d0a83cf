"""Keeps the source of one watched camera going inside the worker process."""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path

from cameras.backoff import Ladder
from cameras.condition import stalled_after_ms
from cameras.look_desk import LookDesk
from cameras.model import CameraSource, Wish
from cameras.outbox import Outbox
from cameras.reasons import Reason, SourceFailed
from cameras.scene_desk import SceneDesk
from cameras.sources.feeding import Pace, Picture
from cameras.sources.kinds import run_source
from cameras.timing import Timing

log = logging.getLogger(__name__)
_MOST_PUSHED = 2
_PATIENCE = 1.5


class Keeper:
    """One camera: runs its source, starts it anew with growing waits, tells what goes wrong.

    Args:
        key: The hub's number of the camera.
        source: Where to read.
        wish: What is wanted at first.
        timing: How long to wait for what.
        folder: Where video files may lie.
        outbox: Takes pictures and news.
        desk: Looks at some of the pictures.
        scenes: Watches what is drawn on them.
    """

    def __init__(
        self,
        key: int,
        source: CameraSource,
        wish: Wish,
        timing: Timing,
        folder: Path | None,
        outbox: Outbox,
        desk: LookDesk,
        scenes: SceneDesk,
    ) -> None:
        self.source, self.wish, self.timing, self.folder = source, wish, timing, folder
        self._key, self._outbox, self._desk, self._scenes = key, outbox, desk, scenes
        self._looked_at, self._looking, self._told = 0.0, False, ""
        self.pushed: asyncio.Queue[bytes] = asyncio.Queue(_MOST_PUSHED)
        self._pace, self._given, self._arrived_at = Pace(), 0, 0.0
        self._looks: set[asyncio.Task[None]] = set()
        self._task = asyncio.create_task(self._keep())

    def due(self) -> bool:
        """Say whether a frame is due now, and count it if so."""
        self._arrived_at = time.monotonic()
        return self._pace.due(self.wish.fps)

    def look_due(self) -> bool:
        """Say whether the next picture should bring its luma along."""
        return time.monotonic() - self._looked_at >= self._desk.every_s

    def give(self, picture: Picture) -> None:
        """Send a picture on."""
        if self._task.done():
            return  # a thread's last picture, after its end
        self._given += 1
        captured_ms = int(time.time() * 1_000)
        self._outbox.picture(self._key, picture, captured_ms)
        self._scenes.offer(self._key, picture.jpeg, captured_ms)
        if self.look_due() and not self._looking:
            self._looked_at, self._looking = time.monotonic(), True
            looking = asyncio.create_task(self._look(picture))
            self._looks.add(looking)
            looking.add_done_callback(self._looks.discard)

    def push(self, jpeg: bytes) -> None:
        """Take a picture of a phone; the oldest that waits makes room."""
        if self.pushed.full():
            self.pushed.get_nowait()
        self.pushed.put_nowait(jpeg)

    def stop(self) -> None:
        """Let the source go."""
        self._task.cancel()
        self._outbox.forget(self._key)

    async def _look(self, picture: Picture) -> None:
        try:
            looker = self._desk.looker(self._key, self.source)
            finding = await self._desk.look(looker, picture.jpeg, picture.luma)
        finally:
            self._looking = False
        if finding != self._told and not self._task.done():
            self._told = finding
            self._outbox.tell({"is": "found", "key": self._key, "finding": finding})

    async def _keep(self) -> None:
        ladder = Ladder(self.timing.ladder_s)
        while True:
            begun, given = time.monotonic(), self._given
            reason, refused = await self._run_once()
            if self._given > given and time.monotonic() - begun > self.timing.restart_s:
                ladder.leave()
            if refused:
                ladder.climb_to_top()
            news = {"is": "trouble", "key": self._key, "reason": reason, "refused": refused}
            self._outbox.tell(news)
            await asyncio.sleep(ladder.wait_s())

    async def _run_once(self) -> tuple[Reason, bool]:
        """Run the source until it ends; returns why and whether it was refused."""
        try:
            await self._watched_over()
        except SourceFailed as failed:
            return failed.reason, failed.refused
        except Exception as failure:  # noqa: BLE001 - a fault in one source must not end the others
            # Not its text: decoders put the address with its password there.
            log.error("a source of kind %s failed: %s", self.source.kind, type(failure).__name__)
            return "decoder", False
        return "ended", False

    async def _watched_over(self) -> None:
        """Run the source, and cancel it where it brings no frame although it seems well.

        Raises:
            SourceFailed: Its own failure, or `no_frame`.
        """
        # Until then the source itself knows better why nothing comes.
        self._arrived_at = time.monotonic() + self.timing.connect_s
        task = asyncio.create_task(run_source(self))
        try:
            while not task.done():
                await asyncio.wait([task], timeout=self.timing.restart_s / 8)
                wanted_s = stalled_after_ms(self.wish, self.timing) / 1_000
                patience_s = _PATIENCE * max(self.timing.restart_s, wanted_s)
                if time.monotonic() - self._arrived_at > patience_s:
                    raise SourceFailed("no_frame")
            task.result()
        finally:
            task.cancel()
