"""Shares out looks among the cameras of a worker process, so that looking stays cheap."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

from cameras.condition import Finding
from cameras.health import Luma
from cameras.looking import Looker
from cameras.model import CameraSource
from cameras.timing import Timing

_MOST_A_SECOND = 20.0
# A snapshot may be the same file for a while without anything being wrong.
_PATIENCE = {"snapshot": 6.0}


class LookDesk:
    """What is known of the pictures of every camera; pass-through pictures are decoded here.

    Args:
        timing: How often one camera is looked at, at most.
    """

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._known: dict[int, tuple[CameraSource, Looker]] = {}
        # One at a time: a picture that takes long to decode delays looks, never pictures.
        self._decoder = ThreadPoolExecutor(1, thread_name_prefix="look")
        self.watched = 0

    @property
    def every_s(self) -> float:
        """Seconds between two looks at one watched camera."""
        return max(self._timing.health_s, self.watched / _MOST_A_SECOND)

    def looker(self, key: int, source: CameraSource) -> Looker:
        """Return what is known of a camera; nothing yet where its source is another now."""
        known = self._known.get(key)
        if known is None or known[0] != source:
            known = source, Looker(self._timing, _PATIENCE.get(source.kind, 1.0))
            self._known[key] = known
        return known[1]

    def forget(self, key: int) -> None:
        """Drop what is known of a camera that left the register."""
        self._known.pop(key, None)

    async def look(self, looker: Looker, jpeg: bytes, luma: Luma | None) -> Finding:
        """Look at a picture, decoding it first where nobody has."""
        if luma is None:
            loop = asyncio.get_running_loop()
            luma = await loop.run_in_executor(self._decoder, _decoded, jpeg)
        return looker.look(jpeg, luma, time.monotonic())


def _decoded(jpeg: bytes) -> Luma | None:
    # Here and not above: the decoders take half a second to load, and this is a thread.
    from cameras.sources.shrinking import luma_of_jpeg

    return luma_of_jpeg(jpeg)
