"""Finds what moves in a part of the picture, and leaves out light, shadow, rain and trembling.

A moving thing is a region that differs from the ground, hides its texture and has edges of its own.
Regions are followed for the second or two in which they are in the part, and then forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from cameras.scenes.picture import Light, Luma, Plane
from cameras.scenes.structure import Changes, cleaned, compare, judge
from cameras.scenes.zone import Zone

LEARN_S = 2.0
_GROUND_S, _HIDDEN_S = 3.0, 20.0
_NOISE = 0.8  # of a single picture, after the box average of the comparison


@dataclass(frozen=True, slots=True)
class Blob:
    """One moving thing at one look, in pixels of the part it was found in.

    Attributes:
        x: Column of its middle.
        y: Row of its middle.
        left: First column.
        top: First row.
        width: Columns.
        height: Rows.
        pixels: How many of its pixels lie within the zone.
        confidence: 0 to 1.
    """

    x: float
    y: float
    left: int
    top: int
    width: int
    height: int
    pixels: int
    confidence: float


class Motion:
    """Watches one part of the picture for what moves.

    Args:
        zone: The part.
        least: Pixels of the smallest thing that counts.
        sensitivity: 0 to 1.
    """

    def __init__(self, zone: Zone, least: int, sensitivity: float) -> None:
        self.zone = zone
        self._least = least
        self._sensitivity = sensitivity
        self._ground: Plane | None = None
        self._looks = 0
        self._since_ms: int | None = None
        self._before_ms: int | None = None

    @property
    def learning(self) -> bool:
        """Tell whether the ground is being learned."""
        return self._since_ms is not None or self._ground is None

    def relearn(self, at_ms: int) -> None:
        """Learn the ground anew from the next pictures."""
        self._since_ms, self._looks = at_ms, 0

    def look(self, luma: Luma, at_ms: int, light: Light) -> list[Blob]:
        """Return what moves in one working picture, nothing while the ground is being learned."""
        elapsed_s = 0.0 if self._before_ms is None else (at_ms - self._before_ms) / 1_000
        self._before_ms = at_ms
        if light.unsettled:
            return []
        now = self.zone.cut(luma, light.shift).astype(np.float32)
        if self._ground is None or self._since_ms is not None:
            self._learn(now, at_ms)
            return []
        changes = compare(now, self._ground, light.gain, light.noise * _NOISE, self._sensitivity)
        here = cleaned(changes.changed)
        blobs = self._blobs(changes, here)
        target = np.where(here > 0, self._ground * np.float32(light.gain), now)
        share = min(1.0, elapsed_s / _GROUND_S)
        self._ground += np.float32(share) * (target - self._ground)
        hidden = np.float32(min(1.0, elapsed_s / _HIDDEN_S))
        self._ground += hidden * (now - self._ground)
        return blobs

    def _learn(self, now: Plane, at_ms: int) -> None:
        """Average the pictures of the learning time."""
        self._since_ms = at_ms if self._since_ms is None else self._since_ms
        if self._ground is None or self._looks == 0:
            self._ground = now
        self._looks += 1
        self._ground += (now - self._ground) / np.float32(self._looks)
        if at_ms - self._since_ms >= LEARN_S * 1_000:
            self._since_ms = None

    def _blobs(self, changes: Changes, here: Luma) -> list[Blob]:
        if not here.any():
            return []
        number, labels, stats, centres = cv2.connectedComponentsWithStats(here, connectivity=8)
        blobs = []
        for index in range(1, number):
            left, top, width, height, size = (int(value) for value in stats[index])
            if size < self._least:
                continue
            region = np.asarray(labels == index, np.bool_)
            evidence = judge(changes, region)
            pixels = int(np.count_nonzero(region & (self.zone.mask > 0)))
            if evidence.verdict == "thing" and pixels:
                x, y = (float(value) for value in centres[index])
                blobs.append(Blob(x, y, left, top, width, height, pixels, evidence.confidence))
        return blobs
