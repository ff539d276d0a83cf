"""The real clip: people on a campus road, and a rectangle of its own pixels laid on the road.

The van of the clip's upper right corner, frozen, stands in the zone from 15 s to 62 s. The people
are real and walk behind it and through the zone; the pixels and their noise are the camera's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from tests.cameras.scenes.drawing import Luma

CLIP = Path("video_pedestrians_opencv_vtest") / "vtest.avi"
ROAD = ((0.56, 0.46), (0.9, 0.5), (0.98, 0.78), (0.6, 0.62))
STANDING = (15.0, 62.0)
_VAN = (slice(40, 102), slice(648, 740))  # rows, columns of the frozen rectangle
_PLACE = (300, 520)  # row, column of its upper left corner on the road
_FPS = 10.0


def pictures(folder: Path, *, parked: bool) -> Iterator[tuple[float, Luma]]:
    """Yield (second, luma of 768 by 576), every other picture of the clip.

    Args:
        folder: Where the real data lies.
        parked: Whether the frozen rectangle stands in the zone.
    """
    capture = cv2.VideoCapture(str(folder / CLIP))
    frozen = None
    number = 0
    while True:
        read, picture = capture.read()
        if not read:
            break
        second = number / _FPS
        if frozen is None:
            frozen = picture[_VAN].copy()
        if parked and STANDING[0] <= second < STANDING[1]:
            rows, columns = frozen.shape[:2]
            top, left = _PLACE
            picture[top : top + rows, left : left + columns] = frozen
        if number % 2 == 0:
            yield second, np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
        number += 1
    capture.release()
