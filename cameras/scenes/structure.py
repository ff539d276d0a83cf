"""Tells a thing from light, by the texture of the ground and by whose edges are at the border.

Light and shadow change how bright the ground is and leave its texture and edges where they were. A
thing hides them and brings its own. What left a place takes its edges along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from cameras.scenes.picture import Luma, Plane

Verdict = Literal["thing", "light", "gone", "unclear"]
Mask = NDArray[np.bool_]

_WINDOW, _AREA = (7, 7), (15, 15)
_NEAR = np.ones((3, 3), np.uint8)
_WIDE = np.ones((5, 5), np.uint8)
_GAPS = np.ones((9, 9), np.uint8)
# How far around a region what is seen there can decide about it: half of _AREA, and of _WIDE.
_REACH = _AREA[0] // 2 + _WIDE.shape[0] // 2


@dataclass(frozen=True, slots=True)
class Changes:
    """Where and how a picture differs from the slow average.

    Attributes:
        changed: (rows, columns) bool, brighter, darker, or of another texture.
        lit: (rows, columns) bool, changed and yet the ground: its texture goes on.
        now: What is seen.
        ground: The slow average in the brightness of now.
        edges_now: Length of the gradient of what is seen.
        edges_ground: The same of the slow average, as bright as its place is now.
        noise: Standard deviation of a pixel of `now`.
    """

    changed: Mask
    lit: Mask
    now: Plane
    ground: Plane
    edges_now: Plane
    edges_ground: Plane
    noise: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a region is, with the three figures it was decided by.

    Attributes:
        verdict: thing, light, gone or unclear.
        texture: Correlation of the texture with that of the ground, 1 where it goes on.
        border: Edges at the region's border now over those of the ground there.
        edges: Share of its pixels that are edges now and were none before.
    """

    verdict: Verdict
    texture: float
    border: float
    edges: float

    @property
    def confidence(self) -> float:
        """How far above the thresholds a thing is, 0 to 1."""
        hidden = 1.0 - max(0.0, self.texture)
        sharp = min(1.0, max(0.0, (self.border - 1.0) / 2.0))
        return round(0.4 * hidden + 0.4 * sharp + 0.2 * min(1.0, self.edges / 0.2), 3)


def gradient(plane: Plane) -> Plane:
    """Return the length of the gradient in grey levels per two pixels."""
    right = cv2.Sobel(plane, cv2.CV_32F, 1, 0, scale=0.25)
    down = cv2.Sobel(plane, cv2.CV_32F, 0, 1, scale=0.25)
    return np.asarray(cv2.magnitude(right, down), np.float32)


def compare(
    now: Plane,
    slow: Plane,
    gain: float,
    noise: float,
    sensitivity: float,
    known: Mask | None = None,
) -> Changes:
    """Compare what is seen with the slow average of the ground.

    Args:
        now: (rows, columns) float32, 0 to 255.
        slow: The slow average, of the same shape.
        gain: Brightness of the whole picture now over that of the average.
        noise: Standard deviation of one pixel of `now`.
        sensitivity: 0 to 1.
        known: True where something has been found before: there less is enough.
    """
    ground = slow * np.float32(gain)
    mean_now = np.asarray(cv2.boxFilter(now, -1, _WINDOW), np.float32)
    mean_ground = np.asarray(cv2.boxFilter(ground, -1, _WINDOW), np.float32)
    apart = np.asarray(cv2.absdiff(mean_now, mean_ground), np.float32)
    least = np.float32(5.0 - 3.0 * sensitivity + 2.0 * noise)
    level = least + np.float32(0.05) * np.minimum(mean_now, mean_ground)
    if known is not None:
        np.multiply(level, np.float32(0.6), out=level, where=known)
    brighter = apart > level
    local = np.clip((mean_now + 4.0) / (mean_ground + 4.0), 0.25, 4.0)
    edges_now, edges_ground = gradient(now), gradient(ground) * local
    step = 4.0 + 2.0 * noise
    broken = edges_now > _beyond(edges_ground, step)
    broken |= edges_ground > _beyond(edges_now, step)
    lit = np.zeros(brighter.shape, np.bool_)
    here = _around(brighter)
    if here is not None:
        mine, theirs = now[here] - mean_now[here], ground[here] - mean_ground[here]
        lit[here] = brighter[here] & _goes_on(mine, theirs, brighter[here], broken[here], noise)
    return Changes((brighter | broken) & ~lit, lit, now, ground, edges_now, edges_ground, noise)


def _beyond(edges: Plane, step: float) -> Plane:
    """Return what an edge must be stronger than where there were edges near by already."""
    least = np.asarray(cv2.dilate(edges, _WIDE), np.float32)
    least *= 1.3
    least += step
    return least


def _around(mask: Mask) -> tuple[slice, slice] | None:
    """Return rows and columns that hold all of a mask and what is near it; None of an empty one."""
    left, top, width, height = cv2.boundingRect(mask.view(np.uint8))
    if not width:
        return None
    rows = slice(max(0, top - _REACH), top + height + _REACH)
    return rows, slice(max(0, left - _REACH), left + width + _REACH)


def _goes_on(mine: Plane, theirs: Plane, brighter: Mask, broken: Mask, noise: float) -> Mask:
    """Tell where the texture of the ground goes on, up to the edge of a shadow.

    What lies near an edge that came or went, and what is as bright as ever, is left out of the
    sums, so that each side of the edge is judged by itself; where little is left, nothing is known.
    """
    near = cv2.dilate(broken.astype(np.uint8), _WIDE) > 0
    free = (brighter & ~near).astype(np.float32)
    mine, theirs = mine * free, theirs * free
    share, both, my_power, their_power = (
        np.asarray(cv2.boxFilter(plane, -1, _AREA), np.float32)
        for plane in (free, mine * theirs, mine * mine, theirs * theirs)
    )
    least, off = np.float32(0.5 + 0.3 * noise**2), np.float32(0.9 * noise**2)
    power = np.maximum(my_power - off * share, least * share)
    power *= np.maximum(their_power, least * share)
    return np.asarray((both > np.float32(0.6) * np.sqrt(power)) & (share > 0.2), np.bool_)


def judge(changes: Changes, region: Mask) -> Evidence:
    """Say what a region is.

    Args:
        changes: Of the part it lies in.
        region: (rows, columns) bool, True within it.
    """
    here = _around(region) or np.s_[:, :]
    region, now, ground = region[here], changes.now[here], changes.ground[here]
    edges_now, edges_ground = changes.edges_now[here], changes.edges_ground[here]
    whole = region.view(np.uint8)
    smaller = np.asarray(cv2.erode(whole, _WIDE), np.uint8)
    rim = (np.asarray(cv2.dilate(whole, _WIDE), np.uint8) - smaller).view(np.bool_)
    inner = smaller.view(np.bool_)
    if np.count_nonzero(inner) < 30:
        inner = region
    floor = 1.0 + changes.noise
    at_rim_now = float(edges_now[rim].mean()) + floor
    at_rim_before = float(edges_ground[rim].mean()) + floor
    border = at_rim_now / at_rim_before
    texture = _correlation(now, ground, inner, changes.noise)
    new = edges_now > _beyond(edges_ground, 4.0) + 1.5 * changes.noise
    edges = float(new[inner].mean())
    return Evidence(_verdict(texture, border, edges), round(texture, 3), round(border, 3), edges)


def _verdict(texture: float, border: float, edges: float) -> Verdict:
    if border < 0.8 and edges < 0.05:
        return "gone"
    if texture > 0.6 and edges < 0.06:
        return "light"
    if (border > 1.15 and edges > 0.05) or (border > 1.1 and texture < 0.25) or edges > 0.1:
        return "thing"
    return "unclear"


def _correlation(now: Plane, ground: Plane, inner: Mask, deviation: float) -> float:
    """Correlate the textures, with what noise takes from it given back."""
    mine, theirs = _texture(now)[inner], _texture(ground)[inner]
    noise = deviation**2 * mine.size * 0.9
    mine_size = float(mine @ mine)
    theirs_size = float(theirs @ theirs)
    least = 0.15 * noise + 0.2 * mine.size
    power = max(mine_size - noise, least) * max(theirs_size - 0.1 * noise, least)
    return float(np.clip(float(mine @ theirs) / power**0.5, -1.0, 1.0))


def _texture(plane: Plane) -> Plane:
    return plane - np.asarray(cv2.boxFilter(plane, -1, (9, 9)), np.float32)


def cleaned(changed: Mask) -> Luma:
    """Return regions without crumbs and with their gaps closed, uint8 of 0 and 1."""
    if not changed.any():
        return np.zeros(changed.shape, np.uint8)
    solid = cv2.morphologyEx(changed.view(np.uint8), cv2.MORPH_OPEN, _NEAR)
    return np.asarray(cv2.morphologyEx(solid, cv2.MORPH_CLOSE, _GAPS), np.uint8)
