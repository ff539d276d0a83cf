"""Has the operator's own model name what an obstruction looks like, once for each detection.

What it says stands beside the detection and decides nothing (ADR 0030). It sees the part of the
picture around what was found; its outputs for persons are never read.
"""

from __future__ import annotations

import logging
import time

import cv2
import numpy as np
import simplejpeg

from cameras.detector_file import DetectorFile, DetectorRefused
from cameras.jpeg import NotJpeg, PictureTooLarge, jpeg_size
from cameras.scenes.detector import Detector, Thing
from cameras.scenes.model import Box

log = logging.getLogger(__name__)
SLOW_S = 3.0  # ours: so long the other scenes of the process wait for it
_AROUND = 0.5  # of the box on each side: a model knows a car better with the road around it
_WIDEST = 1280


class SecondLook:
    """A loaded model; for one thread.

    Args:
        file: The model and how it is asked.

    Raises:
        DetectorRefused: It cannot be read or run, or takes longer than SLOW_S; do without it.
    """

    def __init__(self, file: DetectorFile) -> None:
        self._detector = Detector(file.read(), dict(file.classes), file.size)
        empty = np.full((file.size, file.size, 3), 114, np.uint8)
        started = time.monotonic()
        self._detector.look(empty)
        if time.monotonic() - started > SLOW_S:
            raise DetectorRefused("detector_slow")

    def look(self, jpeg: bytes, box: Box) -> Thing | None:
        """Return the surest thing whose middle lies in a box; None where there is none.

        Args:
            jpeg: The picture as it came from the camera; not kept.
            box: Where something was found.
        """
        try:
            jpeg_size(jpeg)
            picture = simplejpeg.decode_jpeg(
                jpeg, "BGR", fastdct=True, min_width=_WIDEST, min_height=1, strict=False
            )
            part, within = _cut(picture, box)
            things = self._detector.look(part)
        except (NotJpeg, PictureTooLarge, ValueError, cv2.error, DetectorRefused) as fault:
            log.warning("the model could not look at a detection: %s", type(fault).__name__)
            return None
        return next((thing for thing in things if _middle_in(thing.box, within)), None)


def _cut(picture: np.ndarray, box: Box) -> tuple[np.ndarray, Box]:
    """Return the part around a box, and where in that part the box lies."""
    height, width = picture.shape[:2]
    wide, high = box.right - box.left, box.bottom - box.top
    left = int(max(0.0, box.left - _AROUND * wide) * width)
    top = int(max(0.0, box.top - _AROUND * high) * height)
    right = max(left + 2, int(min(1.0, box.right + _AROUND * wide) * width))
    bottom = max(top + 2, int(min(1.0, box.bottom + _AROUND * high) * height))
    part = np.ascontiguousarray(picture[top:bottom, left:right])
    shown_h, shown_w = part.shape[:2]
    within = Box(
        (box.left * width - left) / shown_w,
        (box.top * height - top) / shown_h,
        (box.right * width - left) / shown_w,
        (box.bottom * height - top) / shown_h,
    )
    return part, within


def _middle_in(thing: Box, box: Box) -> bool:
    x, y = (thing.left + thing.right) / 2, (thing.top + thing.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom
