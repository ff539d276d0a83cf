"""What a source is given: whom to give pictures to, how many of them are wanted, when to stop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from cameras.model import CameraSource, Wish
from cameras.timing import Timing

Luma = np.ndarray[Any, np.dtype[np.uint8]]
_BURST = 2.0  # frames that may follow each other at once: arrival jitters, the rate does not
_ALMOST = 0.97  # of a frame's turn: a source of exactly the wanted rate loses none to rounding


@dataclass(slots=True)
class Pace:
    """Lets frames through up to a rate.

    Attributes:
        clock: Monotonic seconds.
    """

    clock: Callable[[], float] = time.monotonic
    _left: float = 1.0
    _at: float = -1.0

    def due(self, fps: float) -> bool:
        """Say whether a frame is due now, and count it if so."""
        now = self.clock()
        if self._at >= 0:
            self._left = min(_BURST, self._left + (now - self._at) * fps)
        self._at = now
        if self._left < _ALMOST:
            return False
        self._left -= 1.0
        return True


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a source.

    Attributes:
        jpeg: The file.
        width: Pixels.
        height: Pixels.
        luma: (45, 80) uint8 where the source decoded anyway, owned by the receiver.
    """

    jpeg: bytes = field(repr=False)
    width: int
    height: int
    luma: Luma | None = None


class Feeding(Protocol):
    """What a source works with. `wish` changes while it runs; the rest does not.

    Attributes:
        source: Where to read.
        timing: How long to wait for what.
        folder: Where video files may lie; None for nowhere.
        wish: What the viewers want now.
        pushed: Pictures of a phone that nobody has looked at.
    """

    source: CameraSource
    timing: Timing
    folder: Path | None
    wish: Wish
    pushed: asyncio.Queue[bytes]

    def due(self) -> bool:
        """Say whether a frame is due now, and count it if so; on the loop or in one thread."""

    def look_due(self) -> bool:
        """Say whether the next picture should bring its luma along."""

    def give(self, picture: Picture) -> None:
        """Take a picture that was due; on the loop only."""
