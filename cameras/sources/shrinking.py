"""Makes the 80×45 luma picture that cameras/health.py looks at, the cheapest way there is."""

from __future__ import annotations

import cv2
import numpy as np
import simplejpeg

from cameras.jpeg import NotJpeg, PictureTooLarge, jpeg_size
from cameras.sources.feeding import Luma

WIDTH, HEIGHT = 80, 45
_WORKING = 320, 180  # what scenes are watched in, at least
# Small pictures in many threads already: OpenCV's own threads would only wait for each other.
cv2.setNumThreads(1)


def luma_of_jpeg(jpeg: bytes) -> Luma | None:
    """Return the luma of a JPEG, decoded at an eighth of its size; None where it cannot be.

    Returns:
        (45, 80) uint8, owned by the caller.
    """
    try:
        jpeg_size(jpeg)
        gray = simplejpeg.decode_jpeg(
            jpeg,
            "GRAY",
            fastdct=True,
            min_height=HEIGHT,
            min_width=WIDTH,
            min_factor=8,
            strict=False,
        )
    except (NotJpeg, PictureTooLarge, ValueError):
        return None
    return _shrunk(gray[:, :, 0])


def working_luma(jpeg: bytes) -> Luma | None:
    """Return the luma of a JPEG, decoded no larger than scenes need; None where it cannot be.

    Returns:
        (height, width) uint8, 320 by 180 or more where the picture is; owned by the caller.
    """
    try:
        jpeg_size(jpeg)
        gray = simplejpeg.decode_jpeg(
            jpeg,
            "GRAY",
            fastdct=True,
            min_width=_WORKING[0],
            min_height=_WORKING[1],
            min_factor=1,
            strict=False,
        )
    except (NotJpeg, PictureTooLarge, ValueError):
        return None
    return np.asarray(gray[:, :, 0], np.uint8)


def luma_of_bgr(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Luma:
    """Return the luma of a (height, width, 3) uint8 BGR picture as (45, 80) uint8."""
    small = cv2.resize(picture, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


def luma_of_plane(plane: Luma) -> Luma:
    """Return a (height, width) uint8 plane as (45, 80) uint8."""
    return _shrunk(plane)


def _shrunk(gray: Luma) -> Luma:
    return np.asarray(cv2.resize(gray, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
