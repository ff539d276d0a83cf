"""What the hub keeps of one camera: its viewers, its newest frame, what is known of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cameras.condition import Facts
from cameras.model import CameraSource, Frame, Wish

if TYPE_CHECKING:
    from cameras.hub import CameraHub

_SMOOTH = 0.1


@dataclass(eq=False, slots=True)
class Tracked:
    """One camera of the hub.

    Attributes:
        camera_id: Our id of it.
        key: Its number on the socket to the worker.
        source: Where its pictures come from; None once it has left the register.
        facts: What is known of it.
        watches: Who watches.
        wish: The largest of their wishes, or the last one while it lingers.
        frame: The newest picture while somebody watches.
        count: Frames so far.
        letting_go: Ends the source some seconds after the last viewer.
        looked_at: When it was last looked at, monotonic seconds.
    """

    camera_id: str
    key: int
    source: CameraSource | None
    facts: Facts
    watches: set[CameraWatch] = field(default_factory=set)
    wish: Wish = field(default_factory=Wish)
    frame: Frame | None = None
    count: int = 0
    letting_go: asyncio.TimerHandle | None = None
    looked_at: float = 0.0

    def take(self, captured_ms: int, width: int, height: int, jpeg: bytes) -> Frame:
        """Keep a new frame as the newest and return it."""
        facts, before = self.facts, self.facts.frame_ms
        gap_ms = captured_ms - before if before is not None else 0
        # A pause is a pause, not a slow camera.
        if before is None or gap_ms > 3_000:
            facts.live_ms, facts.interval_ms = captured_ms, 1_000 / self.wish.fps
        else:
            facts.interval_ms += _SMOOTH * (gap_ms - facts.interval_ms)
        facts.frame_ms = captured_ms
        facts.trouble, facts.refused = "", False
        facts.trouble_ms = facts.recovering_ms = None
        self.count += 1
        self.frame = Frame(jpeg, captured_ms, self.count, width, height)
        return self.frame

    def forget(self, now_ms: int) -> None:
        """Drop the picture and all that belongs to being watched."""
        self.frame = None
        self.facts = Facts(now_ms, looked=self.facts.looked)


@dataclass(eq=False, slots=True)
class CameraWatch:
    """One viewer's hold on one camera.

    Attributes:
        wish: What it wants.
        on_frame: Called with every new frame.
    """

    _hub: CameraHub
    _camera: Tracked
    wish: Wish
    on_frame: Callable[[Frame], None] | None

    def change(self, wish: Wish) -> None:
        """Want something else from now on."""
        if self in self._camera.watches and wish != self.wish:
            self.wish = wish
            self._hub.merge(self._camera)

    def close(self) -> None:
        """Let go; harmless when done twice."""
        if self in self._camera.watches:
            self._camera.watches.discard(self)
            self._hub.merge(self._camera)


def merged(wishes: list[Wish]) -> Wish:
    """Return what satisfies every wish of a list that is not empty."""
    return Wish(
        max(wish.width for wish in wishes),
        max(wish.fps for wish in wishes),
        all(wish.keyframes for wish in wishes),
    )
