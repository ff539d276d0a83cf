"""Zone occupied for longer than so many seconds by something that stands still (ADR 0030).

It reports an obstruction: a car, a pallet and a heap of snow are the same to it. What stood there
when the ground was learned is taken for ground until it leaves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from cameras.scenes.memory import LOOK_S, LOOKS, SETTLED_S, Memory
from cameras.scenes.model import Box, Found
from cameras.scenes.picture import Light, Luma, Plane
from cameras.scenes.structure import Changes, Evidence, Mask, cleaned, compare, judge
from cameras.scenes.zone import Zone, zone_of
from rules.scenes import Scene

CLEAR_S = 4.0  # how long it must be free: a passer-by hides a car for less
_SEEN_LATE_S = 0.9  # a thing enters the median of five looks with the third of them
_JUDGED_S = 3.0  # younger changes are not judged: half a car looks like nothing
_SLOW_S, _LIT_S, _UNCLEAR_S = 25.0, 6.0, 60.0
_DEPTH = 0.1  # of the side of a square as large as the zone: thinner is an edge of a shadow
_FAST_NOISE = 0.35  # of the noise of a single picture
_PROOF = 3  # looks in a row that must agree before light or a gap becomes ground


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that stands in the zone.

    Attributes:
        box: Where in the picture.
        age_s: Seconds since it stands there.
        evidence: What it was judged by.
        share: Part of the zone it covers, 0 to 1.
    """

    box: Box
    age_s: float
    evidence: Evidence
    share: float


class Occupancy:
    """Watches one zone; one call per picture, of which it uses one in 0.6 s.

    Attributes:
        standing: The oldest thing in the zone, whatever its age; None where there is none.
        occupied: What it has told last.
        reason: Why the ground was learned last.
    """

    model = "two-averages/1"

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.zone: Zone = zone_of(scene.points)
        self.least_share = 0.11 - 0.1 * scene.sensitivity
        self._least_depth = _DEPTH * self.zone.pixels**0.5
        self._inside: Mask = self.zone.mask > 0
        self._memory = Memory()
        shape = self.zone.mask.shape
        self._age: Plane = np.zeros(shape, np.float32)
        self._held: Mask = np.zeros(shape, np.bool_)
        self._not_thing: Plane = np.zeros(shape, np.float32)
        self._look_ms: int | None = None
        self._learning_ms: int | None = None
        self._free_ms: int | None = None
        self.standing: Standing | None = None
        self.occupied = False
        self._found: Found | None = None
        self.reason = "started"

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
            "clear_s": CLEAR_S,
        }

    def relearn(self, at_ms: int, reason: str) -> None:
        """Learn the ground anew; what stands there by then goes on standing."""
        self._learning_ms, self.reason = at_ms, reason
        self._memory.forget_looks()

    def due(self, at_ms: int) -> bool:
        """Tell whether it will use a picture of this time."""
        return self._look_ms is None or at_ms - self._look_ms >= LOOK_S * 1_000 - 20

    def look(self, luma: Luma, at_ms: int, light: Light) -> list[Found]:
        """Take one working picture; returns what began or ended with it."""
        if light.switched:
            self.relearn(at_ms, "light_switched")
        if not self.due(at_ms):
            return []
        elapsed_s = 0.0 if self._look_ms is None else (at_ms - self._look_ms) / 1_000
        self._look_ms = at_ms
        if light.unsettled:
            self._wait(elapsed_s)
            return []
        self._memory.take(self.zone.cut(luma, light.shift), light.noise, light.gain)
        if self.learning:
            self._wait(elapsed_s)
            self._learn(at_ms)
            return []
        if not self._memory.filled:
            return []
        self._find(min(elapsed_s, LOOKS * LOOK_S), light)
        return self._told(at_ms)

    def _wait(self, elapsed_s: float) -> None:
        """Let time pass for what stands there, without looking."""
        self._age[self._age > 0] += np.float32(elapsed_s)

    def _learn(self, at_ms: int) -> None:
        """End the learning once the fast average is of the new light alone."""
        if self._learning_ms is None:
            self._learning_ms = at_ms
        if not self._memory.filled or at_ms - self._learning_ms < SETTLED_S * 1_000:
            return
        self._memory.learn_all()
        thing = self._age >= _JUDGED_S
        self._held = thing & (self._not_thing < 1)
        self._age[~self._held] = 0
        self._learning_ms = None

    def _find(self, elapsed_s: float, light: Light) -> None:
        fast, slow, steady = self._memory.fast, self._memory.slow, self._memory.steady
        if fast is None or slow is None or steady is None:
            return
        noise = light.noise * _FAST_NOISE
        known = self._age > _JUDGED_S
        gain = self._memory.gain
        changes = compare(fast, slow, gain, noise, self.scene.sensitivity, known)
        self._let_go(changes)
        here = cleaned(changes.changed | self._held)
        self._grow_older(here > 0, steady, elapsed_s)
        self.standing = self._clearest(changes, here)
        ground = (here == 0) & (self._age == 0)
        self._memory.learn(ground & ~changes.lit, gain, min(1.0, elapsed_s / _SLOW_S))
        self._memory.follow(changes.lit & ground, min(1.0, elapsed_s / _LIT_S))

    def _grow_older(self, changed: Mask, steady: Mask, elapsed_s: float) -> None:
        """Count how long each pixel has shown something else; flicker does not end it."""
        counted = changed & (steady | self._held | (self._age > 0)) | ~steady & (self._age > 0)
        fresh = counted & (self._age == 0)
        np.add(self._age, np.float32(elapsed_s), out=self._age, where=counted)
        self._age[fresh] = np.float32(_SEEN_LATE_S)
        np.subtract(self._age, np.float32(2 * elapsed_s), out=self._age, where=~counted)
        np.maximum(self._age, 0, out=self._age)

    def _let_go(self, changes: Changes) -> None:
        """Notice that what was there through a switch of the light has left."""
        held = int(np.count_nonzero(self._held))
        if held and np.count_nonzero(changes.changed & self._held) > 0.6 * held:
            self._memory.copy_now(self._held)
            self._age[self._held] = 0
            changes.changed[self._held] = False
            self._held[:] = False

    def _clearest(self, changes: Changes, here: Luma) -> Standing | None:
        """Judge every region that covers enough of the zone; returns the oldest thing."""
        if not here.any():
            return None
        number, labels, stats, _ = cv2.connectedComponentsWithStats(here, connectivity=8)
        best: Standing | None = None
        least = self.least_share * max(1, self.zone.pixels)
        for index in range(1, number):
            if stats[index, cv2.CC_STAT_AREA] < least:
                continue
            region = np.asarray(labels == index, np.bool_)
            within = region & self._inside
            share = np.count_nonzero(within) / max(1, self.zone.pixels)
            if share < self.least_share:
                continue
            found = self._judged(changes, region, within, share, stats[index])
            if found is not None and (best is None or found.age_s > best.age_s):
                best = found
        return best

    def _judged(
        self, changes: Changes, region: Mask, within: Mask, share: float, stats: np.ndarray
    ) -> Standing | None:
        age_s = float(np.quantile(self._age[within], 0.65))
        if age_s < _JUDGED_S:
            return None
        if _depth(region) < self._least_depth:
            self._memory.follow(region, LOOK_S / _UNCLEAR_S)
            return None
        held = np.count_nonzero(self._held & region) > 0.5 * np.count_nonzero(region)
        evidence = Evidence("thing", 0.0, 2.0, 0.1) if held else judge(changes, region)
        if evidence.verdict in ("light", "gone"):
            self._not_thing[region] += 1
            if float(self._not_thing[region].mean()) >= _PROOF:
                self._memory.copy_now(region)
                self._age[region] = 0
                self._not_thing[region] = 0
            return None
        self._not_thing[region] = 0
        if evidence.verdict == "unclear":
            self._memory.follow(region, LOOK_S / _UNCLEAR_S)
            return None
        x, y, width, height = (float(value) for value in stats[:4])
        return Standing(self.zone.box(x, y, width, height), age_s, evidence, round(share, 3))

    def _told(self, at_ms: int) -> list[Found]:
        """Say what changed: a thing has stood long enough, or has been away for a while."""
        standing = self.standing
        if standing is not None:
            self._free_ms = None
            if self.occupied or standing.age_s < self.scene.seconds:
                return []
            self.occupied = True
            began_ms = at_ms - round(standing.age_s * 1_000)
            self._found = Found(began_ms, None, standing.box, standing.evidence.confidence)
            return [self._found]
        if not self.occupied or self._found is None:
            return []
        self._free_ms = at_ms if self._free_ms is None else self._free_ms
        if at_ms - self._free_ms < CLEAR_S * 1_000:
            return []
        self.occupied, ended_ms, self._free_ms = False, self._free_ms, None
        return [replace(self._found, ended_ms=ended_ms)]


def _depth(region: Mask) -> float:
    """Return how far the innermost pixel of a region is from its border."""
    inner = cv2.distanceTransform(np.pad(region.astype(np.uint8), 1), cv2.DIST_L2, 3)
    return float(inner.max())
