"""A hub without cameras: tests say which frame comes and how each camera is."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cameras.model import CameraSource, CameraUnknown, Condition, Frame, State, Wish
from cameras.tally import SeenTally

JPEG = b"\xff\xd8 a picture \xff\xd9"


@dataclass
class FakeWatch:
    """One hold; `wish` is the last one, `open` whether it still holds."""

    camera_id: str
    wish: Wish
    on_frame: Callable[[Frame], None] | None
    open: bool = True
    changes: list[Wish] = field(default_factory=list)

    def change(self, wish: Wish) -> None:
        """Keep the wish."""
        self.wish = wish
        self.changes.append(wish)

    def close(self) -> None:
        """Let go."""
        self.open = False


class FakeHub:
    """As cameras.model.Hub; `known` are the cameras that have a source."""

    def __init__(self, *known: str) -> None:
        self.known = set(known)
        self.watches: list[FakeWatch] = []
        self.frames: dict[str, Frame] = {}
        self.conditions: dict[str, Condition] = {}
        self.tally = SeenTally()
        self._number = 0

    async def start(self) -> None:
        """Nothing to begin."""

    async def stop(self) -> None:
        """Nothing to end."""

    def configure(self, sources: Mapping[str, CameraSource]) -> None:
        """Know exactly these."""
        self.known = set(sources)

    def watch(
        self, camera_id: str, wish: Wish, on_frame: Callable[[Frame], None] | None = None
    ) -> FakeWatch:
        """Hold a camera."""
        if camera_id not in self.known:
            raise CameraUnknown(camera_id)
        watch = FakeWatch(camera_id, wish, on_frame)
        self.watches.append(watch)
        return watch

    def frame(self, camera_id: str) -> Frame | None:
        """The newest frame given."""
        return self.frames.get(camera_id)

    def condition(self, camera_id: str) -> Condition:
        """As said, else live."""
        return self.conditions.get(camera_id, Condition("live", 1))

    def held(self) -> dict[str, Wish]:
        """Which cameras are held now, with the last wish of each."""
        return {watch.camera_id: watch.wish for watch in self.watches if watch.open}

    def say(self, camera_id: str, state: State, reason: str = "") -> None:
        """From now on a camera is so."""
        self.conditions[camera_id] = Condition(state, 5, None, reason)

    def show(self, camera_id: str, jpeg: bytes = JPEG, age_s: float = 0.0) -> Frame:
        """A new frame of a camera comes; call it on the loop."""
        self._number += 1
        captured = round((time.time() - age_s) * 1000)
        frame = self.frames[camera_id] = Frame(jpeg, captured, self._number, 640, 360)
        for watch in list(self.watches):
            if watch.open and watch.camera_id == camera_id and watch.on_frame is not None:
                watch.on_frame(frame)
        return frame
