"""What a zone looked like lately and always: the fast and the slow average of a part (ADR 0030).

The fast one is the median of five looks within three seconds, then averaged: what passes within a
second, a beam of light or a wheel, never enters it. The slow one learns only where nothing changed.
"""

from __future__ import annotations

import cv2
import numpy as np

from cameras.scenes.picture import Luma, Plane
from cameras.scenes.structure import Mask

LOOK_S = 0.6
LOOKS = 5
SETTLED_S = LOOK_S * (LOOKS + 1)


class Memory:
    """The two averages of one part of the picture."""

    def __init__(self) -> None:
        self._looks: list[Luma] = []
        self._gains: list[float] = []
        self.slow: Plane | None = None
        self.fast: Plane | None = None
        self.steady: Mask | None = None

    @property
    def filled(self) -> bool:
        """Tell whether all looks are there."""
        return len(self._looks) == LOOKS

    @property
    def gain(self) -> float:
        """The middle one of the gains of its looks: that which belongs to `fast`."""
        return sorted(self._gains)[len(self._gains) // 2] if self._gains else 1.0

    def take(self, part: Luma, noise: float, gain: float) -> None:
        """Take one look; `fast` and `steady` are of it and the four before."""
        self._looks = [*self._looks[-(LOOKS - 1) :], part]
        self._gains = [*self._gains[-(LOOKS - 1) :], gain]
        if not self.filled:
            return
        median = _median(self._looks)
        plane = median.astype(np.float32)
        if self.fast is None:
            self.fast = plane
        else:
            apart = plane - self.fast
            near = np.abs(apart) < 8.0 + 2.0 * noise
            self.fast = np.where(near, self.fast + np.float32(0.4) * apart, plane)
        allowed = cv2.convertScaleAbs(median, alpha=0.12, beta=6.0 + 2.5 * noise)
        alike = sum((cv2.absdiff(look, median) <= allowed).astype(np.uint8) for look in self._looks)
        self.steady = np.asarray(alike >= 3, np.bool_)

    def forget_looks(self) -> None:
        """Begin to look anew, as after a switch to infrared."""
        self._looks, self._gains, self.fast = [], [], None

    def learn_all(self) -> None:
        """Take what is seen as the ground everywhere."""
        if self.fast is not None:
            self.slow = self.fast.copy()

    def learn(self, where: Mask, gain: float, share: float) -> None:
        """Let the slow average follow: what is seen where it may, the light alone elsewhere.

        Args:
            where: True where the ground is seen.
            gain: Brightness now over that of the average.
            share: How much of the way, 0 to 1.
        """
        if self.slow is None or self.fast is None:
            return
        target = np.where(where, self.fast, self.slow * np.float32(gain))
        self.slow += np.float32(share) * (target - self.slow)

    def follow(self, where: Mask, share: float) -> None:
        """Let the slow average follow there alone, as where a shadow lies on the ground."""
        if self.slow is not None and self.fast is not None:
            self.slow[where] += np.float32(share) * (self.fast[where] - self.slow[where])

    def copy_now(self, where: Mask) -> None:
        """Take what is seen as the ground there, at once."""
        if self.slow is not None and self.fast is not None:
            self.slow[where] = self.fast[where]


def _median(looks: list[Luma]) -> Luma:
    """Return the median of five pictures by the shortest network of exchanges."""
    p = list(looks)

    def order(a: int, b: int) -> None:
        lower, upper = cv2.min(p[a], p[b]), cv2.max(p[a], p[b])
        p[a], p[b] = np.asarray(lower, np.uint8), np.asarray(upper, np.uint8)

    for a, b in ((0, 1), (3, 4), (0, 3), (1, 4), (1, 2), (2, 3), (1, 2)):
        order(a, b)
    return p[2]
