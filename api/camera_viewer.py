"""Holds the cameras one page looks at and hands it their newest pictures, never an old one.

A mailbox for each camera: what a slow page has not taken is replaced by what is newer. At most
WINDOW messages are on their way; the page acknowledges one when it has drawn it. ADR 0028.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from api.camera_wire import Part, Want, pack
from cameras.model import CameraUnknown, Condition, Frame, Hub, Watch

TICK_S = 0.03
WINDOW = 2
MOST_MESSAGE_BYTES = 4_000_000
BYTES_PER_S = 24_000_000.0  # 64 tiles of 640 × 360 at 5 fps are 12 MB/s
NOT_CONNECTED = Condition("unknown", 0, None, "no_source")


@dataclass(slots=True)
class Tile:
    """One camera of a page.

    Attributes:
        watch: Its hold on the hub; None while the hub does not know the camera.
        frame: The newest frame the page has not been sent.
        due_at: Not to be sent before, on the loop's clock.
        told: What the page was last told of its condition.
    """

    want: Want
    watch: Watch | None = None
    frame: Frame | None = None
    due_at: float = 0.0
    told: Condition | None = None

    def put(self, frame: Frame) -> None:
        """Take a newer frame in place of the one that waits."""
        if self.frame is None or frame.number >= self.frame.number:
            self.frame = frame


class CameraViewer:
    """One page's cameras; everything on the event loop.

    Args:
        hub: Where the frames come from.
        bytes_per_s: More than so much is not sent; frames are skipped instead.
        clock: Seconds that only go forward; replaceable in tests.
    """

    def __init__(
        self,
        hub: Hub,
        bytes_per_s: float = BYTES_PER_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hub = hub
        self._clock = clock
        self._bytes_per_s = bytes_per_s
        self._tiles: dict[str, Tile] = {}
        self._stir = asyncio.Event()
        self._number = 0
        self._drawn = 0
        self._next_at = 0.0
        self._wakes_at: float | None = None  # when `next` looks again by itself

    @property
    def tiles(self) -> int:
        """How many cameras are held."""
        return len(self._tiles)

    def want(self, wants: Iterable[Want]) -> None:
        """Hold exactly these cameras from now on; what stays is not interrupted."""
        wanted = {want.camera_id: want for want in wants}
        for camera_id in [each for each in self._tiles if each not in wanted]:
            self._drop(self._tiles.pop(camera_id))
        for camera_id, want in wanted.items():
            tile = self._tiles.get(camera_id)
            if tile is None or tile.want.tile != want.tile:
                if tile is not None:
                    self._drop(tile)
                self._tiles[camera_id] = self._hold(Tile(want))
            elif tile.want != want:
                tile.want = want
                tile.due_at = 0.0
                if tile.watch is not None:
                    tile.watch.change(want.wish)
        self._stir.set()

    def acknowledge(self, number: int) -> None:
        """The page has drawn everything up to this message; a number never sent counts for none."""
        if self._drawn < number <= self._number:
            self._drawn = number
            self._stir.set()

    def conditions(self) -> list[tuple[int, Condition]]:
        """Return tile and condition of every camera that is not as the page was last told."""
        changed = []
        for tile in self._tiles.values():
            if tile.watch is None:
                self._hold(tile)
            condition = self._condition(tile)
            if tile.told is None or _word(tile.told) != _word(condition):
                tile.told = condition
                changed.append((tile.want.tile, condition))
        return changed

    async def next(self) -> bytes:
        """Wait for pictures that are due, and for the page to be ready; return them packed."""
        while True:
            self._stir.clear()
            wait_s = self._wait_s()
            self._wakes_at = None if wait_s is None else self._clock() + wait_s
            if wait_s == 0.0:
                message = self._message()
                if message is not None:
                    return message
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._stir.wait()

    def close(self) -> None:
        """Let go of every camera."""
        self.want(())

    def _wait_s(self) -> float | None:
        """Seconds until something can be sent; None until something else happens."""
        if self._number - self._drawn >= WINDOW:
            return None
        waiting = [tile.due_at for tile in self._tiles.values() if tile.frame is not None]
        if not waiting:
            return None
        return max(0.0, max(self._next_at, min(waiting)) - self._clock())

    def _wake_for(self, tile: Tile) -> None:
        """Have `next` look again for a frame, unless it will in time: 300 come in a second."""
        full = self._number - self._drawn >= WINDOW
        at = max(self._next_at, tile.due_at)
        if not full and (self._wakes_at is None or self._wakes_at > at):
            self._stir.set()

    def _message(self) -> bytes | None:
        now, size = self._clock(), 0
        parts: list[Part] = []
        for tile in self._due(now):
            frame = tile.frame
            if frame is None or (parts and size + len(frame.jpeg) > MOST_MESSAGE_BYTES):
                continue
            tile.frame = None
            # One frame may come early, so that a rate that wavers does not lose every second one.
            tile.due_at = max(tile.due_at + 1 / tile.want.wish.fps, now)
            state = self._condition(tile).state
            parts.append(Part(tile.want.tile, state, frame.captured_ms, frame.jpeg))
            size += len(frame.jpeg)
        if not parts:
            return None
        self._number += 1
        self._next_at = now + max(TICK_S, size / self._bytes_per_s)
        return pack(self._number, time.time() * 1000, parts)

    def _due(self, now: float) -> Sequence[Tile]:
        """Return tiles to send, those that waited longest first."""
        due = [tile for tile in self._tiles.values() if tile.frame and tile.due_at <= now]
        return sorted(due, key=lambda tile: tile.due_at)

    def _condition(self, tile: Tile) -> Condition:
        return NOT_CONNECTED if tile.watch is None else self._hub.condition(tile.want.camera_id)

    def _hold(self, tile: Tile) -> Tile:
        def take(frame: Frame) -> None:
            tile.put(frame)
            self._wake_for(tile)

        camera_id = tile.want.camera_id
        with contextlib.suppress(CameraUnknown):  # it has no source yet; asked again
            tile.watch = self._hub.watch(camera_id, tile.want.wish, take)
            newest = self._hub.frame(camera_id)
            if newest is not None:
                take(newest)
        return tile

    @staticmethod
    def _drop(tile: Tile) -> None:
        if tile.watch is not None:
            tile.watch.close()
            tile.watch = None
        tile.frame = None


def _word(condition: Condition) -> tuple[str, int, str]:
    return condition.state, condition.since_ms, condition.reason
