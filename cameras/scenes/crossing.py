"""Line crossed by something that moves, and which way.

Only the band around the line is looked at. A thing is followed there from look to look by where it
is, for as long as it is in the band; nothing of it is kept afterwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from cameras.scenes.model import Found
from cameras.scenes.motion import Blob, Motion
from cameras.scenes.picture import Light, Luma
from cameras.scenes.zone import pixels_of, zone_of
from rules.scenes import Direction, Scene

BAND = 30  # pixels on either side of the line
FORGET_S = 1.5  # a thing that is not seen for so long is another one
_BESIDE = 2.0  # pixels from the line at which a side is certain
_LEAST_LOOKS = 2  # on each side
_LEAST_WAY = 8.0  # pixels
_NEAREST = 45.0  # pixels from one look to the next at most
_QUIET_S = 4.0  # a second crossing at the same place within this is the same


@dataclass
class _Track:
    """Something in the band.

    Attributes:
        blob: As it was seen last.
        seen_ms: When.
        sides: Signed distances from the line, oldest first: positive to the right.
    """

    blob: Blob
    seen_ms: int
    sides: list[float] = field(default_factory=list)
    crossed: bool = False


class Crossing:
    """Watches one line; one call per picture."""

    model = "band-blobs/1"

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.reason = "started"
        zone = zone_of(scene.points, band=BAND)
        (x0, y0), (x1, y1) = pixels_of(scene.points)
        self._start = (x0 - zone.left, y0 - zone.top)
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        self._along, self._length = ((x1 - x0) / length, (y1 - y0) / length), length
        self._least = round(90 - 60 * scene.sensitivity)
        self._motion = Motion(zone, self._least, scene.sensitivity)
        self._tracks: list[_Track] = []
        self._told: list[tuple[int, Blob]] = []

    @property
    def learning(self) -> bool:
        """Tell whether the ground is being learned and nothing can be found."""
        return self._motion.learning

    def parameters(self) -> dict[str, float]:
        """Return what it is set to, for the record of a detection."""
        return {
            "sensitivity": self.scene.sensitivity,
            "least_pixels": float(self._least),
            "band": float(BAND),
        }

    def relearn(self, at_ms: int, reason: str) -> None:
        """Learn the ground anew."""
        self.reason = reason
        self._tracks = []
        self._motion.relearn(at_ms)

    def due(self, at_ms: int) -> bool:
        """It uses every picture."""
        return True

    def look(self, luma: Luma, at_ms: int, light: Light) -> list[Found]:
        """Take one working picture; a crossing is told when it has happened, ended at once."""
        if light.switched:
            self.relearn(at_ms, "light_switched")
        blobs = self._motion.look(luma, at_ms, light)
        self._tracks = [t for t in self._tracks if at_ms - t.seen_ms <= FORGET_S * 1_000]
        self._told = [told for told in self._told if at_ms - told[0] <= _QUIET_S * 1_000]
        for blob in blobs:
            self._follow(blob, at_ms)
        return [found for track in self._tracks for found in self._crossed(track, at_ms)]

    def _follow(self, blob: Blob, at_ms: int) -> None:
        """Give a blob to the thing that was nearest, or begin to follow it."""
        near = [t for t in self._tracks if t.seen_ms < at_ms and _apart(t.blob, blob) < _NEAREST]
        track = min(near, key=lambda t: _apart(t.blob, blob), default=None)
        if track is None:
            track = _Track(blob, at_ms)
            self._tracks.append(track)
        track.blob, track.seen_ms = blob, at_ms
        beside, along = self._place(blob)
        if -5 <= along <= self._length + 5:
            track.sides.append(beside)

    def _place(self, blob: Blob) -> tuple[float, float]:
        """Return how far it is to the right of the line, and how far along it, in pixels."""
        x, y = blob.x - self._start[0], blob.y - self._start[1]
        ahead, down = self._along
        return y * ahead - x * down, x * ahead + y * down

    def _crossed(self, track: _Track, at_ms: int) -> list[Found]:
        sides = track.sides
        if track.crossed or track.seen_ms != at_ms or len(sides) < 2 * _LEAST_LOOKS:
            return []
        left = [number for number, side in enumerate(sides) if side < -_BESIDE]
        right = [number for number, side in enumerate(sides) if side > _BESIDE]
        if len(left) < _LEAST_LOOKS or len(right) < _LEAST_LOOKS:
            return []
        if max(sides) - min(sides) < _LEAST_WAY:
            return []
        way: Direction = "to_right" if right[-1] > left[-1] else "to_left"
        came, went = (left, right) if way == "to_right" else (right, left)
        if came[0] > went[0]:  # it began on the side it is on: it only looked over the line
            return []
        track.crossed = True
        if any(_apart(blob, track.blob) < _NEAREST for _, blob in self._told):
            return []
        self._told.append((at_ms, track.blob))
        if self.scene.direction not in ("any", way):
            return []
        blob = track.blob
        box = self._motion.zone.box(blob.left, blob.top, blob.width, blob.height)
        return [Found(at_ms, at_ms, box, blob.confidence, way)]


def _apart(one: Blob, other: Blob) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)
