"""Holds the last seconds of a few named cameras in memory, and nothing on disk (ADR 0032).

A ring is bounded in seconds, in pictures and in bytes; the oldest go first. What is left of the
memory by cameras with small pictures is not given to others, so that one camera that sends large
ones shortens no ring but its own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial

from cameras.model import CameraUnknown, Frame, Watch, Wish

SMALL = Wish(width=640, fps=2.0)
# A camera that others watch brings more pictures than are wished for here.
PAUSE_MS = 400
MOST_RING_BYTES = 8 * 1024 * 1024

Hold = Callable[[str, Wish, Callable[[Frame], None]], Watch]


@dataclass(eq=False, slots=True)
class _Ring:
    """The last pictures of one camera, the oldest first."""

    frames: deque[Frame] = field(default_factory=deque)
    size_bytes: int = 0
    watch: Watch | None = None

    def drop(self) -> None:
        """Forget the oldest picture."""
        self.size_bytes -= len(self.frames.popleft().jpeg)

    def clear(self) -> None:
        """Forget all pictures."""
        self.frames.clear()
        self.size_bytes = 0


class PreEventRings:
    """The rings of one process; on the event loop.

    Args:
        hold: Holds a camera, as cameras.model.Hub.watch.
        seconds: How far back a ring reaches.
        most_bytes: Of all rings together.
    """

    def __init__(self, hold: Hold, seconds: int, most_bytes: int) -> None:
        self._hold, self._seconds, self._most_bytes = hold, seconds, most_bytes
        self._rings: dict[str, _Ring] = {}

    @property
    def size_bytes(self) -> int:
        """Bytes of all pictures held now."""
        return sum(ring.size_bytes for ring in self._rings.values())

    @property
    def held(self) -> frozenset[str]:
        """The cameras that are held."""
        return frozenset(self._rings)

    def configure(self, wanted: Collection[str]) -> None:
        """Hold exactly these cameras; of any other, everything is forgotten at once."""
        for camera_id in self._rings.keys() - set(wanted):
            ring = self._rings.pop(camera_id)
            ring.clear()
            if ring.watch is not None:
                ring.watch.close()
        for camera_id in sorted(set(wanted) - self._rings.keys()):
            ring = _Ring()
            try:
                ring.watch = self._hold(camera_id, SMALL, partial(self._take, ring))
            except CameraUnknown:
                continue  # it left the register in this moment; the next change says so
            self._rings[camera_id] = ring
        for ring in self._rings.values():
            self._bound(ring)

    def taken(self, now_ms: int) -> dict[str, tuple[Frame, ...]]:
        """Return the pictures of each camera that has any, the oldest first."""
        self.expire(now_ms)
        return {
            camera_id: tuple(ring.frames) for camera_id, ring in self._rings.items() if ring.frames
        }

    def expire(self, now_ms: int) -> None:
        """Forget what is too old, also of a camera that gives no more pictures."""
        oldest_ms = now_ms - self._seconds * 1_000
        for ring in self._rings.values():
            while ring.frames and ring.frames[0].captured_ms < oldest_ms:
                ring.drop()

    def _take(self, ring: _Ring, frame: Frame) -> None:
        if ring.frames:
            passed_ms = frame.captured_ms - ring.frames[-1].captured_ms
            if 0 <= passed_ms < PAUSE_MS:
                return
            if passed_ms < 0:
                ring.clear()  # the clock was set back
        if len(frame.jpeg) > self._share():
            return
        ring.frames.append(frame)
        ring.size_bytes += len(frame.jpeg)
        self._bound(ring)

    def _bound(self, ring: _Ring) -> None:
        share = self._share()
        most = self._seconds * 1_000 // PAUSE_MS + 1
        while ring.frames and (
            ring.size_bytes > share
            or len(ring.frames) > most
            or ring.frames[-1].captured_ms - ring.frames[0].captured_ms > self._seconds * 1_000
        ):
            ring.drop()

    def _share(self) -> int:
        return min(MOST_RING_BYTES, self._most_bytes // max(1, len(self._rings)))
