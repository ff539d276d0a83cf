"""Where a scene lies in the working picture: the part cut out of it, and the masks within."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from cameras.scenes.model import Box
from cameras.scenes.picture import HEIGHT, WIDTH, Luma
from rules.scenes import Point

MARGIN = 12  # pixels around a zone: a thing stands half outside it
_MOST_PIXELS = 17_000  # a larger part is halved, to stay within the time per picture


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the working picture.

    Attributes:
        left: First column of the part.
        top: Its first row.
        right: Column after its last.
        bottom: Row after its last.
        halved: True where it is worked on in half the size.
        mask: (rows, columns) uint8, 255 within the drawn zone, in the size it is worked on.
    """

    left: int
    top: int
    right: int
    bottom: int
    halved: bool
    mask: Luma

    @property
    def pixels(self) -> int:
        """Pixels of the drawn zone, in the size it is worked on."""
        return int(cv2.countNonZero(self.mask))

    def cut(self, luma: Luma, shift: tuple[int, int] = (0, 0)) -> Luma:
        """Return the part of a working picture, moved back by the trembling of the camera."""
        width, height = self.right - self.left, self.bottom - self.top
        x = min(max(0, self.left + shift[0]), WIDTH - width)
        y = min(max(0, self.top + shift[1]), HEIGHT - height)
        part = luma[y : y + height, x : x + width]
        if not self.halved:
            return np.ascontiguousarray(part)
        size = (self.mask.shape[1], self.mask.shape[0])
        return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        """Return a rectangle of the part in fractions of the picture."""
        scale = 2 if self.halved else 1
        return Box(
            (self.left + x * scale) / WIDTH,
            (self.top + y * scale) / HEIGHT,
            min(1.0, (self.left + (x + width) * scale) / WIDTH),
            min(1.0, (self.top + (y + height) * scale) / HEIGHT),
        )


def pixels_of(points: tuple[Point, ...]) -> list[tuple[float, float]]:
    """Return points in pixels of the working picture."""
    return [(x * WIDTH, y * HEIGHT) for x, y in points]


def zone_of(points: tuple[Point, ...], *, band: int = 0) -> Zone:
    """Cut out a polygon, or a line with a band of so many pixels on either side."""
    corners = np.array(pixels_of(points), np.float32)
    margin = max(MARGIN, band + 2)
    left, top = np.floor(corners.min(axis=0)).astype(int) - margin
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + margin
    left, top = max(0, int(left)), max(0, int(top))
    right, bottom = min(WIDTH, int(right)), min(HEIGHT, int(bottom))
    mask = np.zeros((bottom - top, right - left), np.uint8)
    drawn = np.round(corners - (left, top)).astype(np.int32)
    if band:
        ends = [tuple(int(v) for v in end) for end in drawn]
        cv2.line(mask, ends[0], ends[1], 255, 2 * band + 1)
    else:
        cv2.fillPoly(mask, [drawn], 255)
    halved = mask.size > _MOST_PIXELS and not band
    if halved:
        size = (mask.shape[1] // 2, mask.shape[0] // 2)
        mask = np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    return Zone(left, top, right, bottom, halved, mask)
