"""Motion in a zone at hours when nobody should be there; nobody is followed or told apart."""

from __future__ import annotations

from dataclasses import replace

from cameras.scenes.model import Found
from cameras.scenes.motion import Blob, Motion
from cameras.scenes.picture import Light, Luma
from cameras.scenes.zone import zone_of
from rules.scenes import Scene

BEGIN_S = 0.8  # of motion within WITHIN_S
WITHIN_S = 2.0
END_S = 5.0
_MOVED = 6.0  # pixels of its part a thing must have moved within WITHIN_S


class NightMotion:
    """Watches one zone; one call per picture."""

    model = "zone-motion/1"

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.reason = "started"
        zone = zone_of(scene.points)
        share = 0.02 - 0.015 * scene.sensitivity
        self._least = max(12, round(share * zone.pixels))
        self._motion = Motion(zone, self._least, scene.sensitivity)
        self._seen: list[tuple[int, Blob]] = []
        self._found: Found | None = None
        self._last_ms = 0

    @property
    def learning(self) -> bool:
        """Tell whether the ground is being learned and nothing can be found."""
        return self._motion.learning

    def parameters(self) -> dict[str, float]:
        """Return what it is set to, for the record of a detection."""
        return {"sensitivity": self.scene.sensitivity, "least_pixels": float(self._least)}

    def relearn(self, at_ms: int, reason: str) -> None:
        """Learn the ground anew."""
        self.reason, self._seen = reason, []
        self._motion.relearn(at_ms)

    def due(self, at_ms: int) -> bool:
        """It uses every picture."""
        return True

    def look(self, luma: Luma, at_ms: int, light: Light) -> list[Found]:
        """Take one working picture; returns what began or ended with it."""
        if light.switched:
            self.relearn(at_ms, "light_switched")
        blobs = self._motion.look(luma, at_ms, light)
        if blobs:
            self._seen.append((at_ms, max(blobs, key=lambda blob: blob.pixels)))
        last_ms = self._seen[-1][0] if self._seen else None
        self._seen = [seen for seen in self._seen if at_ms - seen[0] <= WITHIN_S * 1_000]
        if self._found is None:
            return self._begun()
        if last_ms is not None and at_ms == last_ms:
            self._last_ms = at_ms
        if at_ms - self._last_ms < END_S * 1_000:
            return []
        over, self._found = replace(self._found, ended_ms=self._last_ms), None
        return [over]

    def _begun(self) -> list[Found]:
        """Tell of motion that has lasted and gone somewhere; leaves in the wind stay in place."""
        if len(self._seen) < 3 or self._seen[-1][0] - self._seen[0][0] < BEGIN_S * 1_000:
            return []
        blobs = [blob for _, blob in self._seen]
        wide = max(b.x for b in blobs) - min(b.x for b in blobs)
        high = max(b.y for b in blobs) - min(b.y for b in blobs)
        if max(wide, high) < _MOVED:
            return []
        last = blobs[-1]
        box = self._motion.zone.box(last.left, last.top, last.width, last.height)
        self._last_ms = self._seen[-1][0]
        self._found = Found(self._seen[0][0], None, box, last.confidence)
        return [self._found]
