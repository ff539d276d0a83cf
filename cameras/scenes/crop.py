"""Cuts the picture of a detection out of the working picture, as a small grey JPEG."""

from __future__ import annotations

import cv2

from cameras.scenes.model import Box
from cameras.scenes.picture import HEIGHT, WIDTH, Luma
from rules.detections import MOST_PICTURE_BYTES

_AROUND = 6  # pixels
_QUALITIES = (80, 60, 40, 20)  # the first that is small enough; nearly always the first of all


def crop_of(luma: Luma, box: Box) -> bytes:
    """Return a JPEG of a box and a little around it; empty where noise makes it too large.

    Args:
        luma: (180, 320) uint8, a working picture: too small for a face or a plate to be read.
        box: In fractions of the picture.
    """
    left = max(0, int(box.left * WIDTH) - _AROUND)
    top = max(0, int(box.top * HEIGHT) - _AROUND)
    right = min(WIDTH, int(box.right * WIDTH) + _AROUND)
    bottom = min(HEIGHT, int(box.bottom * HEIGHT) + _AROUND)
    part = luma[top : max(bottom, top + 1), left : max(right, left + 1)]
    for quality in _QUALITIES:
        done, coded = cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if done and coded.size <= MOST_PICTURE_BYTES:
            return coded.tobytes()
    return b""
