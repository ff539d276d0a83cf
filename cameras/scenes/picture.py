"""The working picture of a camera and its light: gain, switches to infrared, trembling, noise.

What holds for the whole picture is measured once for all scenes of a camera.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 320, 180
Luma = NDArray[np.uint8]
Plane = NDArray[np.float32]

_COARSE = (80, 45)  # averages of 4 by 4 pixels, for the light
_EVEN = (80, 40)  # phase correlation pads to a size it likes, and an odd one is half a cell off
_DARK = 8.0  # added to both sides of a ratio, so that noise in the dark does not rule it
_SWITCHED_SHARE = 0.48
_SWITCHED_S = 1.2
_SLOW_S, _RECENT_S = 20.0, 1.0
_LEAST_SHIFT, _MOST_SHIFT = 1.4, 6.0  # pixels; less is noise, and the comparison bears it


@dataclass(frozen=True, slots=True)
class Light:
    """What holds for the whole picture at one look.

    Attributes:
        gain: Brightness now over that of the slow average.
        switched: True at the look at which the picture is known to be another one: infrared, lamps
            switched on, a camera turned.
        unsettled: True while much of it differs and nobody knows yet whether it will last.
        shift: Pixels right and down by which the camera trembles against its rest.
        noise: Standard deviation of one pixel from one picture to the next.
    """

    gain: float = 1.0
    switched: bool = False
    unsettled: bool = False
    shift: tuple[int, int] = (0, 0)
    noise: float = 2.0


def working(luma: Luma) -> Luma:
    """Return a luma plane of any size, (height, width) uint8, as the working picture."""
    if luma.shape == (HEIGHT, WIDTH):
        return luma
    return np.asarray(cv2.resize(luma, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)


class Lighting:
    """Follows the light of one camera; one call per look."""

    def __init__(self) -> None:
        self._slow: Plane | None = None
        self._recent: Plane | None = None
        self._rest: tuple[Luma, Plane] | None = None
        self._before: Luma | None = None
        self._noise = 2.0
        self._differs_s = 0.0
        self._window = np.asarray(cv2.createHanningWindow(_EVEN, cv2.CV_32F), np.float32)

    def look(self, luma: Luma, elapsed_s: float) -> Light:
        """Measure one picture.

        Args:
            luma: A working picture.
            elapsed_s: Seconds since the look before.
        """
        coarse = np.asarray(cv2.resize(luma, _COARSE, interpolation=cv2.INTER_AREA), np.float32)
        self._measure_noise(luma)
        if self._slow is None or self._recent is None:
            self._slow, self._recent = coarse, coarse.copy()
            return Light(noise=self._noise)
        jumped = self._jumped(coarse)
        self._differs_s = self._differs_s + elapsed_s if jumped else 0.0
        if self._differs_s >= _SWITCHED_S:
            self._slow, self._recent, self._rest = coarse, coarse.copy(), None
            self._differs_s = 0.0
            return Light(switched=True, noise=self._noise)
        if jumped:
            return Light(unsettled=True, noise=self._noise)
        self._recent += np.float32(min(1.0, elapsed_s / _RECENT_S)) * (coarse - self._recent)
        self._slow += np.float32(min(1.0, elapsed_s / _SLOW_S)) * (coarse - self._slow)
        shift = self._shift(luma, coarse)
        return Light(_gain(coarse, self._slow), shift=shift, noise=self._noise)

    def _jumped(self, coarse: Plane) -> bool:
        """Tell whether much of the picture differs at once, other than by being brighter."""
        if self._recent is None:
            return False
        gain = np.float32(_gain(coarse, self._recent))
        sample = coarse[::2, ::2]
        apart = np.abs(sample - self._recent[::2, ::2] * gain) > np.float32(0.1) * sample + 5
        return bool(np.count_nonzero(apart) > _SWITCHED_SHARE * apart.size)

    def _measure_noise(self, luma: Luma) -> None:
        sample = luma[3::8, 3::8]
        if self._before is not None:
            apart = np.sort(cv2.absdiff(sample, self._before), axis=None)
            # What moves and what beams light is in the larger half. The mean of the smaller half of
            # |a - b| of two normal values is 0.459 of their deviation.
            measured = float(apart[: apart.size // 2].mean()) / 0.459
            rate = 0.2 if measured < self._noise else 0.05
            self._noise += rate * (min(10.0, max(0.5, measured)) - self._noise)
        self._before = sample.copy()

    def _shift(self, luma: Luma, coarse: Plane) -> tuple[int, int]:
        """Return by how much the picture has moved against the last one that was at rest."""
        coarse = coarse[: _EVEN[1]]
        if self._rest is None:
            self._rest = (luma, coarse)
            return (0, 0)
        # It multiplies its arguments by the window in place (OpenCV 5.0), so it gets copies.
        still, moved = self._rest[1].copy(), coarse.copy()
        (right, down), sure = cv2.phaseCorrelate(still, moved, self._window)
        right, down = right * WIDTH / _COARSE[0], down * HEIGHT / _COARSE[1]
        x, y = round(right), round(down)
        likely = sure > 0.15 and _LEAST_SHIFT <= max(abs(right), abs(down)) <= _MOST_SHIFT
        if likely and _fits_better(self._rest[0], luma, x, y):
            return x, y
        if _alike(self._rest[0], luma, 0, 0) < _alike(self._rest[0], luma, 1, 1):
            self._rest = (luma, coarse)
        return (0, 0)


def _fits_better(rest: Luma, luma: Luma, x: int, y: int) -> bool:
    """Tell whether a picture is more like that at rest when it is moved back; people move too."""
    return _alike(rest, luma, x, y) < 0.85 * _alike(rest, luma, 0, 0)


def _alike(rest: Luma, luma: Luma, x: int, y: int) -> float:
    """Return the mean difference of two pictures of which the second has moved by (x, y)."""
    edge = round(_MOST_SHIFT)
    rows, columns = HEIGHT - edge, WIDTH - edge
    mine = rest[edge:rows:4, edge:columns:4]
    theirs = luma[edge + y : rows + y : 4, edge + x : columns + x : 4]
    return float(cv2.norm(mine, theirs, cv2.NORM_L1)) / mine.size


def _gain(now: Plane, known: Plane) -> float:
    """Return how much brighter a coarse picture is than another, by the median of its cells."""
    ratio = (now[::2, ::2] + np.float32(_DARK)) / (known[::2, ::2] + np.float32(_DARK))
    middle = ratio.size // 2
    return float(np.partition(ratio, middle, axis=None)[middle])
