"""Makes the ground of a camera to draw scenes on: what stands there, without those who pass.

Small, grey and a median over six seconds: who is not allowed to watch cameras may still see where a
lane or a fence lies.
"""

from __future__ import annotations

import cv2
import numpy as np

from cameras.scenes.picture import Luma, working

PICTURES = 7
APART_MS = 900
_QUALITY = 85


class Ground:
    """Gathers pictures of one camera; nothing of them is kept once the ground is made."""

    def __init__(self) -> None:
        self._taken: list[Luma] = []
        self._at_ms: int | None = None

    def take(self, luma: Luma, at_ms: int) -> bytes | None:
        """Take a picture, and return the ground as JPEG of 320 by 180 once there are enough.

        Args:
            luma: (height, width) uint8.
            at_ms: When it was taken, Unix milliseconds; one too soon is passed over.
        """
        if self._at_ms is not None and 0 <= at_ms - self._at_ms < APART_MS:
            return None
        self._at_ms = at_ms
        self._taken.append(working(luma).copy())
        if len(self._taken) < PICTURES:
            return None
        ground = np.partition(np.stack(self._taken), PICTURES // 2, axis=0)[PICTURES // 2]
        self._taken = []
        done, coded = cv2.imencode(".jpg", ground, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        return coded.tobytes() if done else None
