"""Plane geometry of the demo plan in metres: curves, cuts that leave no gap, insets, projection.

x points east and y north of the plan's centre; polygons are open rings, anticlockwise.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import atan2, ceil, cos, degrees, hypot, inf, radians, sin

import numpy as np

Point = tuple[float, float]
Line = list[Point]
Polygon = list[Point]

_EPSILON = 1e-9


def smooth(controls: Sequence[Point], step_m: float = 24.0, *, closed: bool = False) -> Line:
    """Draw a Catmull-Rom curve through control points, one vertex about every `step_m` metres."""
    count = len(controls)
    spans = count if closed else count - 1
    curve: Line = []
    for i in range(spans):
        p1, p2 = controls[i], controls[(i + 1) % count]
        p0 = controls[(i - 1) % count] if closed or i else p1
        p3 = controls[(i + 2) % count] if closed or i + 2 < count else p2
        pieces = max(1, ceil(hypot(p2[0] - p1[0], p2[1] - p1[1]) / step_m))
        curve.extend(_spline(p0, p1, p2, p3, k / pieces) for k in range(pieces))
    return curve if closed else [*curve, controls[-1]]


def _spline(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def along(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t * t
            + (3 * b - a - 3 * c + d) * t**3
        )

    return along(p0[0], p1[0], p2[0], p3[0]), along(p0[1], p1[1], p2[1], p3[1])


def signed_area(ring: Polygon) -> float:
    """Return the area in square metres, positive for an anticlockwise ring."""
    total = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))
    return total / 2


def centroid(ring: Polygon) -> Point:
    """Return the centre of mass of a ring."""
    twice = cx = cy = 0.0
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        twice += cross
        cx += (a[0] + b[0]) * cross
        cy += (a[1] + b[1]) * cross
    return cx / (3 * twice), cy / (3 * twice)


def contains(ring: Polygon, point: Point) -> bool:
    """Tell whether a point lies inside a ring (ray casting; the edge belongs to either side)."""
    x, y = point
    inside = False
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        if (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]):
            inside = not inside
    return inside


def distances(points: Sequence[Point], line: Sequence[Point]) -> list[float]:
    """Return each point's distance to a polyline, metres."""
    if not points:
        return []
    p, ends = np.asarray(points)[:, None, :], np.asarray(line)
    start, step = ends[:-1], np.diff(ends, axis=0)
    squared = np.maximum((step**2).sum(axis=1), _EPSILON)
    share = np.clip(((p - start) * step).sum(axis=2) / squared, 0.0, 1.0)
    offset = p - start - share[:, :, None] * step
    nearest: list[float] = np.sqrt((offset**2).sum(axis=2)).min(axis=1).tolist()
    return nearest


def _to_segment(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length2 = dx * dx + dy * dy
    t = 0.0 if length2 == 0 else ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2
    t = min(1.0, max(0.0, t))
    return hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


def _crossing(a: Point, b: Point, c: Point, d: Point) -> tuple[float, Point] | None:
    """Return where segment ab crosses cd as (share along ab, point), or None."""
    rx, ry, sx, sy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    cross = rx * sy - ry * sx
    if abs(cross) < _EPSILON:
        return None
    t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross
    u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross
    if -_EPSILON <= t < 1 - _EPSILON and -_EPSILON <= u < 1 - _EPSILON:
        return t, (a[0] + t * rx, a[1] + t * ry)
    return None


def split(ring: Polygon, line: Sequence[Point]) -> list[Polygon]:
    """Cut a ring along a polyline; parts share the cut's vertices exactly.

    A line that does not pass right through leaves the ring whole; one that passes several times
    gives as many more parts.
    """
    hits = _hits(ring, line)
    for first, second in itertools.pairwise(hits):
        between = [line[k] for k in range(int(first[0]) + 1, ceil(second[0] - _EPSILON))]
        chord = [first[2], *between, second[2]]
        middle = (
            chord[len(chord) // 2]
            if between
            else ((chord[0][0] + chord[1][0]) / 2, (chord[0][1] + chord[1][1]) / 2)
        )
        if contains(ring, middle):
            parts = _divide(ring, chord, first[1], second[1])
            return [piece for part in parts for piece in split(part, line[ceil(second[0]) :])]
    return [ring]


def _hits(ring: Polygon, line: Sequence[Point]) -> list[tuple[float, int, Point]]:
    """Return where a line crosses a ring, along the line: (position, edge of the ring, point)."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    west, east, south, north = min(xs), max(xs), min(ys), max(ys)
    hits: list[tuple[float, int, Point]] = []
    for i, (a, b) in enumerate(itertools.pairwise(line)):
        if max(a[0], b[0]) < west or min(a[0], b[0]) > east:
            continue
        if max(a[1], b[1]) < south or min(a[1], b[1]) > north:
            continue
        for j, (c, d) in enumerate(zip(ring, ring[1:] + ring[:1], strict=True)):
            found = _crossing(a, b, c, d)
            if found:
                hits.append((i + found[0], j, found[1]))
    return sorted(hits)


def _divide(ring: Polygon, chord: Line, enters: int, leaves: int) -> list[Polygon]:
    """Divide a ring by a chord that starts on edge `enters` and ends on edge `leaves`."""
    count = len(ring)

    def walk(start: int, stop: int) -> Polygon:
        steps = (stop - start) % count
        return [ring[(start + 1 + k) % count] for k in range(steps)]

    if enters == leaves:
        nearer = hypot(chord[0][0] - ring[enters][0], chord[0][1] - ring[enters][1])
        further = hypot(chord[-1][0] - ring[enters][0], chord[-1][1] - ring[enters][1])
        loop = chord if nearer < further else chord[::-1]
        around = [ring[(enters + 1 + k) % count] for k in range(count)]
        return [_tidy(loop[::-1]), _tidy([*around, *loop])]
    return [
        _tidy([*chord[::-1], *walk(enters, leaves)]),
        _tidy([*chord, *walk(leaves, enters)]),
    ]


def _tidy(ring: Polygon) -> Polygon:
    kept = [
        p
        for p, q in zip(ring, ring[1:] + ring[:1], strict=True)
        if hypot(p[0] - q[0], p[1] - q[1]) > 1e-6
    ]
    return kept if signed_area(kept) > 0 else kept[::-1]


def weld(rings: Sequence[Polygon]) -> list[Polygon]:
    """Give neighbours every vertex they share, so that rounding cannot open a gap between them."""
    snapped = _snap(rings)
    corners = sorted({p for ring in snapped for p in ring})
    return [_with_corners(ring, corners) for ring in snapped]


def _snap(rings: Sequence[Polygon]) -> list[Polygon]:
    """Make vertices that lie within a few millimetres of each other the same."""
    known: dict[tuple[int, int], Point] = {}

    def representative(p: Point) -> Point:
        cell = round(p[0] * 100), round(p[1] * 100)
        around = [(cell[0] + i, cell[1] + j) for i in (0, -1, 1) for j in (0, -1, 1)]
        found = next((known[c] for c in around if c in known), None)
        if found is None:
            found = known[cell] = p
        return found

    return [[representative(p) for p in ring] for ring in rings]


def _with_corners(ring: Polygon, corners: Sequence[Point]) -> Polygon:
    whole: Polygon = []
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        left, right = min(a[0], b[0]) - 1e-3, max(a[0], b[0]) + 1e-3
        between = [
            (hypot(p[0] - a[0], p[1] - a[1]), p)
            for p in corners[bisect_left(corners, (left, -inf)) : bisect_left(corners, (right,))]
            if p not in (a, b) and _to_segment(p, a, b) < 1e-3
        ]
        whole += [a, *(p for _, p in sorted(between))]
    return whole


def inset(ring: Polygon, by_m: float) -> Polygon:
    """Shrink a ring by a distance; corners that would fold over are dropped."""
    closed = [*ring, ring[0]]
    shrunk: Polygon = []
    for a, b in pairwise(closed):
        span = hypot(b[0] - a[0], b[1] - a[1])
        nx, ny = -(b[1] - a[1]) / span * by_m, (b[0] - a[0]) / span * by_m
        shrunk += [(a[0] + nx, a[1] + ny), (b[0] + nx, b[1] + ny)]
    clear = zip(shrunk, distances(shrunk, closed), strict=True)
    return _untangled([p for p, away in clear if away > by_m - 0.2 and contains(ring, p)])


def _untangled(ring: Polygon) -> Polygon:
    """Cut off the small loops that offset edges make where they overlap at a corner."""
    kept: Polygon = []
    for p in ring:
        if not kept or hypot(p[0] - kept[-1][0], p[1] - kept[-1][1]) > 0.5:
            kept.append(p)
    start = 0
    while start < len(kept):
        turned = kept[start:] + kept[:start]
        for gap in range(2, min(9, len(turned) - 1)):
            found = _crossing(turned[0], turned[1], turned[gap], turned[gap + 1])
            if found:
                kept, start = [turned[0], found[1], *turned[gap + 1 :]], -1
                break
        start += 1
    return kept


def parallel(line: Line, by_m: float) -> Line:
    """Shift a polyline to its left by a distance (negative: to its right)."""
    shifted: Line = []
    for i, p in enumerate(line):
        a, b = line[max(0, i - 1)], line[min(len(line) - 1, i + 1)]
        length = hypot(b[0] - a[0], b[1] - a[1])
        shifted.append((p[0] - (b[1] - a[1]) / length * by_m, p[1] + (b[0] - a[0]) / length * by_m))
    return shifted


def place(origin: Point, angle_deg: float, shape: Iterable[Point]) -> list[Point]:
    """Turn a shape anticlockwise about its own zero and move it to `origin`."""
    c, s = cos(radians(angle_deg)), sin(radians(angle_deg))
    return [(origin[0] + u * c - v * s, origin[1] + u * s + v * c) for u, v in shape]


def local(origin: Point, angle_deg: float, point: Point) -> Point:
    """Undo `place` for one point: metres along and across a turned frame."""
    return place((0.0, 0.0), -angle_deg, [(point[0] - origin[0], point[1] - origin[1])])[0]


def rectangle(width_m: float, depth_m: float) -> Polygon:
    """Return an upright rectangle about zero."""
    w, d = width_m / 2, depth_m / 2
    return [(-w, -d), (w, -d), (w, d), (-w, d)]


def length(line: Sequence[Point]) -> float:
    """Return the length of a polyline, metres."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(line))


def along(line: Sequence[Point], at_m: float) -> tuple[Point, float]:
    """Return the point `at_m` metres along a polyline and its heading, degrees from north."""
    return _string(line, [at_m])[0]


def beads(
    line: Sequence[Point], spacing_m: float, first_m: float = 0.0
) -> list[tuple[Point, float]]:
    """String points along a polyline: (point, heading in degrees from north) every spacing."""
    count = max(0, int((length(line) - first_m) // spacing_m) + 1)
    return _string(line, [first_m + k * spacing_m for k in range(count)])


def _string(line: Sequence[Point], ascending_m: Sequence[float]) -> list[tuple[Point, float]]:
    found: list[tuple[Point, float]] = []
    edge, passed_m = 0, 0.0
    span = hypot(line[1][0] - line[0][0], line[1][1] - line[0][1])
    for at_m in ascending_m:
        while at_m > passed_m + span and edge < len(line) - 2:
            edge, passed_m = edge + 1, passed_m + span
            a, b = line[edge], line[edge + 1]
            span = hypot(b[0] - a[0], b[1] - a[1])
        a, b = line[edge], line[edge + 1]
        share = min(1.0, max(0.0, (at_m - passed_m) / span))
        point = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        found.append((point, degrees(atan2(b[0] - a[0], b[1] - a[1])) % 360))
    return found
