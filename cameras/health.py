"""Tells faults of a camera apart on an 80×45 luma picture: black, covered, moved, too quiet.

Pure: pictures and what is known of the camera in, what is found out. Thresholds were measured on
real clips and made faults; a switch to infrared, night and rain pass as clean (ADR 0027).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

Luma = np.ndarray[Any, np.dtype[np.uint8]]
Edges = np.ndarray[Any, np.dtype[np.float32]]

WIDTH, HEIGHT = 80, 45
# Standard deviation, grey levels: black or white 0 to 1, clean 10 and more.
BLACK_DEVIATION = 2.5
# Edges beside the reference's: covered 0.06 to 0.10, clean 0.64 and more. By night all edges shrink
# together with the contrast, so contrast is taken out as well.
COVERED_RATIO, COVERED_SHARE = 0.25, 0.6
# Correlation of edges: moved -0.03 to 0.15, clean 0.7; a scene without texture had 0.13 by itself.
MOVED_CORRELATION, MOVED_SHARE = 0.35, 0.5
# Of the least difference between two of its pictures that this camera has ever had.
QUIET_SHARE, LEAST_FLOOR = 0.2, 0.02
LEARNED_AFTER = 8
FLOOR_AFTER = 30
_ADAPT_S = 600.0  # dusk takes longer than that, somebody who turns a camera does not


@dataclass(frozen=True, slots=True)
class Reference:
    """What a camera usually sees.

    Attributes:
        edges: (45, 80) float32, mean size of the edges.
        share: Mean of edges beside contrast.
        usual: Mean correlation of its pictures with `edges`.
        floor: Least mean difference between two pictures one after the other, grey levels.
        looks: How many pictures went into it.
        at_s: When the last one did, seconds.
    """

    edges: Edges
    share: float
    usual: float
    floor: float
    looks: int
    at_s: float

    @property
    def learned(self) -> bool:
        """True where it can be compared with."""
        return self.looks >= LEARNED_AFTER


def edges_of(luma: Luma) -> Edges:
    """Return how strong the edges are, (45, 80) float32, 0 at the border."""
    wide = luma.astype(np.float32)
    found = np.zeros_like(wide)
    across = np.abs(wide[1:-1, 2:] - wide[1:-1, :-2])
    down = np.abs(wide[2:, 1:-1] - wide[:-2, 1:-1])
    found[1:-1, 1:-1] = across + down
    return found


def black(luma: Luma) -> bool:
    """Say whether there is nothing to see: all black, white or grey."""
    return float(luma.std()) < BLACK_DEVIATION


def covered(luma: Luma, reference: Reference) -> bool:
    """Say whether the edges are gone: something is before the lens, or it is blurred."""
    edges = edges_of(luma)
    ratio = float(edges.mean()) / max(float(reference.edges.mean()), 1e-6)
    return ratio < COVERED_RATIO and _share(luma, edges) < COVERED_SHARE * reference.share


def moved(luma: Luma, reference: Reference) -> bool:
    """Say whether the edges are elsewhere: the camera looks at another scene."""
    bound = min(MOVED_CORRELATION, MOVED_SHARE * reference.usual)
    return correlation(edges_of(luma), reference.edges) < bound


def correlation(one: Edges, other: Edges) -> float:
    """Return Pearson's correlation of two edge pictures, 0 where one of them has no edges."""
    a, b = one - one.mean(), other - other.mean()
    size = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / size if size > 1e-6 else 0.0


def difference(luma: Luma, before: Luma) -> float:
    """Return the mean difference of two pictures, grey levels."""
    return float(np.abs(luma.astype(np.int16) - before.astype(np.int16)).mean())


def too_quiet(found: float, reference: Reference) -> bool:
    """Say whether a difference is far below this camera's own noise: perhaps the picture stands."""
    known = reference.looks >= FLOOR_AFTER and reference.floor >= LEAST_FLOOR
    return known and found < QUIET_SHARE * reference.floor


def begun(luma: Luma, now_s: float) -> Reference:
    """Return the reference after a camera's first picture."""
    edges = edges_of(luma)
    return Reference(edges, _share(luma, edges), 1.0, 255.0, 1, now_s)


def followed(reference: Reference, luma: Luma, found: float | None, now_s: float) -> Reference:
    """Return the reference with one more clean picture in it.

    Args:
        reference: What was known.
        luma: The picture.
        found: Its difference from the one before; None where there was none lately.
        now_s: Seconds.
    """
    edges = edges_of(luma)
    if reference.learned:
        weight = min(1.0, max(0.0, now_s - reference.at_s) / _ADAPT_S)
    else:
        weight = 1 / (reference.looks + 1)
    alike = correlation(edges, reference.edges)
    usual = alike if reference.looks == 1 else _mixed(reference.usual, alike, max(weight, 0.02))
    return replace(
        reference,
        edges=(reference.edges + weight * (edges - reference.edges)).astype(np.float32),
        share=_mixed(reference.share, _share(luma, edges), weight),
        usual=usual,
        floor=min(reference.floor, found) if found is not None else reference.floor,
        looks=reference.looks + 1,
        at_s=now_s,
    )


def _mixed(known: float, new: float, weight: float) -> float:
    return known + weight * (new - known)


def _share(luma: Luma, edges: Edges) -> float:
    return float(edges.mean()) / (float(luma.std()) + 2.0)
