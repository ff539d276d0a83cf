"""Looks at the pictures of one camera about once a second and says what is wrong with them."""

from __future__ import annotations

import zlib

from cameras import health
from cameras.condition import Finding
from cameras.health import Luma, Reference
from cameras.timing import Timing

# A fault that lasts one picture is a cut or a flash.
_LEAST_LOOKS = {"black": 2, "covered": 3, "moved": 5, "suspected": 10, "frozen": 3}
# What was learned before a long pause says nothing about the light of now.
_STALE_S = 1_800.0
# A camera turned on purpose is at home in its new view after this long.
_SETTLED_S = 3_600.0


class Looker:
    """What is known of the pictures of one camera; its first ones say how it usually looks.

    Args:
        timing: `frozen_s` and `moved_s` count.
        patience: Longer for sources that renew their picture seldom, times `frozen_s`.
    """

    def __init__(self, timing: Timing, patience: float = 1.0) -> None:
        self._timing, self._patience = timing, patience
        self._reference: Reference | None = None
        self._before: tuple[float, int, Luma] | None = None
        self._suspicion: Finding = ""
        self._since_s, self._looks = 0.0, 0
        self.finding: Finding = ""

    def relearn(self) -> None:
        """Take what is seen from now on for what the camera should see."""
        self._reference, self._suspicion, self.finding = None, "", ""

    def look(self, jpeg: bytes, luma: Luma | None, now_s: float) -> Finding:
        """Look at a picture and return what is found by now.

        Args:
            jpeg: The file.
            luma: (45, 80) uint8 of it; None where it could not be decoded.
            now_s: Monotonic seconds.
        """
        if luma is None:
            return self.finding
        mark = zlib.crc32(jpeg)
        suspicion = self._suspected(mark, luma, now_s)
        if suspicion != self._suspicion:
            self._suspicion, self._since_s, self._looks = suspicion, now_s, 0
        self._looks += 1
        self._before = now_s, mark, luma
        self.finding = self._concluded(now_s)
        return self.finding

    def _suspected(self, mark: int, luma: Luma, now_s: float) -> Finding:
        """Say what a single picture looks like, and learn from it where it looks clean."""
        before = self._before
        found = health.difference(luma, before[2]) if before is not None else None
        if health.black(luma):
            return "black"
        if before is not None and before[1] == mark:
            return "frozen"
        reference = self._reference
        if reference is None or before is None or now_s - before[0] > _STALE_S:
            self._reference = health.begun(luma, now_s)
            return ""
        if reference.learned:
            if health.covered(luma, reference):
                return "covered"
            if health.moved(luma, reference):
                return "moved"
            if found is not None and health.too_quiet(found, reference):
                return "suspected"
        self._reference = health.followed(reference, luma, found, now_s)
        return ""

    def _concluded(self, now_s: float) -> Finding:
        suspicion, lasted_s = self._suspicion, now_s - self._since_s
        if not suspicion:
            return ""
        if suspicion in ("moved", "covered") and lasted_s > _SETTLED_S:
            self.relearn()
            return ""
        if self._looks < _LEAST_LOOKS[suspicion]:
            return self.finding if self.finding == suspicion else ""
        least_s = {
            "black": 0.0,
            "frozen": self._timing.frozen_s * self._patience,
            "covered": self._timing.moved_s / 4,
            "moved": self._timing.moved_s,
            "suspected": self._timing.moved_s,
        }[suspicion]
        return suspicion if lasted_s >= least_s else ""
