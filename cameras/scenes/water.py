"""Water on the ground line: the ground's texture along it is gone, and nothing stands there.

A thing hides the ground too, but brings edges of its own. Wet ground is darker and keeps its
texture.
"""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np

from cameras.scenes.memory import LOOK_S, LOOKS, SETTLED_S, Memory
from cameras.scenes.model import Box, Found
from cameras.scenes.picture import Light, Luma, Plane
from cameras.scenes.structure import Mask, gradient
from cameras.scenes.zone import pixels_of, zone_of
from rules.scenes import Scene

BAND = 7  # pixels on either side of the line
DRY_S = 5.0  # of dry ground until a piece counts as dry
CLEAR_S = 3.0
_PIECE = 14.0  # pixels of the line that are judged together
_GROUND_S = 60.0
_LEAST_TEXTURE = 1.6  # times the noise: a smoother piece of ground cannot be watched
_FAST_NOISE = 0.35


class Water:
    """Watches one line; one call per picture, of which it uses one in 0.6 s."""

    model = "lost-texture/1"

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.reason = "started"
        self.least_share = 0.55 - 0.3 * scene.sensitivity
        self._zone = zone_of(scene.points, band=BAND)
        self._pieces = _pieces(scene, self._zone.left, self._zone.top, self._zone.mask > 0)
        self._wet_s = np.zeros(len(self._pieces))
        self._memory = Memory()
        self._look_ms: int | None = None
        self._learning_ms: int | None = None
        self._free_ms: int | None = None
        self._found: Found | None = None

    @property
    def learning(self) -> bool:
        """Tell whether the ground is being learned and nothing can be found."""
        return self._learning_ms is not None or self._memory.slow is None

    def parameters(self) -> dict[str, float]:
        """Return what it is set to, for the record of a detection."""
        return {
            "seconds": self.scene.seconds,
            "sensitivity": self.scene.sensitivity,
            "least_share": round(self.least_share, 3),
        }

    def relearn(self, at_ms: int, reason: str) -> None:
        """Learn the dry ground anew."""
        self._learning_ms, self.reason = at_ms, reason
        self._memory.forget_looks()

    def due(self, at_ms: int) -> bool:
        """Tell whether it will use a picture of this time."""
        return self._look_ms is None or at_ms - self._look_ms >= LOOK_S * 1_000 - 20

    def look(self, luma: Luma, at_ms: int, light: Light) -> list[Found]:
        """Take one working picture; returns what began or ended with it."""
        if light.switched and self._found is None:  # under water there is no dry ground to learn
            self.relearn(at_ms, "light_switched")
        if not self.due(at_ms):
            return []
        elapsed_s = 0.0 if self._look_ms is None else (at_ms - self._look_ms) / 1_000
        self._look_ms = at_ms
        if light.unsettled:
            return []
        self._memory.take(self._zone.cut(luma, light.shift), light.noise, light.gain)
        if self.learning:
            self._learn(at_ms)
            return []
        if self._memory.fast is None or self._memory.slow is None or not self._memory.filled:
            return []
        elapsed_s = min(elapsed_s, LOOKS * LOOK_S)
        self._judge(self._memory.fast, self._memory.slow, elapsed_s, light)
        return self._told(at_ms)

    def _learn(self, at_ms: int) -> None:
        self._learning_ms = at_ms if self._learning_ms is None else self._learning_ms
        if self._memory.filled and at_ms - self._learning_ms >= SETTLED_S * 1_000:
            self._memory.learn_all()
            self._learning_ms = None

    def _judge(self, fast: Plane, slow: Plane, elapsed_s: float, light: Light) -> None:
        """Count for each piece of the line how long its ground has been hidden by nothing."""
        noise = light.noise * _FAST_NOISE
        now, ground = _texture(fast), _texture(slow * np.float32(self._memory.gain))
        edges_now, edges_ground = gradient(fast), gradient(slow * np.float32(self._memory.gain))
        dry, longest = np.zeros(fast.shape, np.bool_), self.scene.seconds + LOOK_S
        for number, piece in enumerate(self._pieces):
            mine, theirs = now[piece], ground[piece]
            known = float(theirs.std())
            power = max(float(mine @ mine) - noise**2 * mine.size, 0.2 * mine.size)
            alike = float(mine @ theirs) / (power * float(theirs @ theirs) + 1e-6) ** 0.5
            calmer = float(edges_now[piece].mean()) < 1.1 * float(edges_ground[piece].mean()) + 1.0
            watched = known > _LEAST_TEXTURE * noise + 0.5
            if watched and alike < 0.35 and calmer:
                self._wet_s[number] = min(longest, self._wet_s[number] + elapsed_s)
            else:
                lost = elapsed_s * longest / DRY_S
                self._wet_s[number] = max(0.0, self._wet_s[number] - lost)
            if self._wet_s[number] == 0:
                dry |= piece
        self._memory.learn(dry, self._memory.gain, min(1.0, elapsed_s / _GROUND_S))

    def _told(self, at_ms: int) -> list[Found]:
        wet = self._wet_s >= self.scene.seconds
        share = float(wet.mean())
        if self._found is None:
            if share < self.least_share:
                return []
            began_ms = at_ms - round(self.scene.seconds * 1_000)
            self._found = Found(began_ms, None, self._box(wet), round(min(1.0, share), 3))
            return [self._found]
        if float((self._wet_s > 0).mean()) >= 0.5 * self.least_share:
            self._free_ms = None
            return []
        self._free_ms = at_ms if self._free_ms is None else self._free_ms
        if at_ms - self._free_ms < CLEAR_S * 1_000:
            return []
        over, self._found = replace(self._found, ended_ms=self._free_ms), None
        self._free_ms = None
        return [over]

    def _box(self, wet: np.ndarray) -> Box:
        both = np.zeros(self._zone.mask.shape, np.uint8)
        for piece, is_wet in zip(self._pieces, wet, strict=True):
            if is_wet:
                both[piece] = 1
        x, y, width, height = cv2.boundingRect(both)
        return self._zone.box(x, y, width, height)


def _texture(plane: Plane) -> Plane:
    return plane - np.asarray(cv2.boxFilter(plane, -1, (9, 9)), np.float32)


def _pieces(scene: Scene, left: int, top: int, band: Mask) -> list[Mask]:
    """Cut the band of a line into pieces of about _PIECE pixels, from its first end on."""
    (x0, y0), (x1, y1) = pixels_of(scene.points)
    length = math.hypot(x1 - x0, y1 - y0) or 1.0
    rows, columns = np.mgrid[0 : band.shape[0], 0 : band.shape[1]]
    along = ((columns + left - x0) * (x1 - x0) + (rows + top - y0) * (y1 - y0)) / length**2
    number = max(1, round(length / _PIECE))
    index = np.floor(along * number)
    return [piece for n in range(number) if (piece := band & (index == n)).sum() >= 40]
