"""Decides which area a position lies in and where a shape's label point stands.

Shapes are GeoJSON geometries (RFC 7946), positions are WGS-84 degrees. A point on an edge that two
areas share belongs to exactly one of them, so that no case is counted twice or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rules.shapes import (
    Bools,
    Edges,
    Floats,
    Geometry,
    GeometryInvalid,
    Ring,
    corners_of,
    crossing_x,
    edges_of,
    even_odd,
    listed,
    polygons_of,
    unwrapped,
)

__all__ = ["Areas", "GeometryInvalid", "centroid", "inside", "locate", "read_areas"]


@overload
def inside(lon: float, lat: float, polygon: Geometry) -> bool: ...
@overload
def inside(lon: ArrayLike, lat: ArrayLike, polygon: Geometry) -> bool | Bools: ...
def inside(lon: ArrayLike, lat: ArrayLike, polygon: Geometry) -> bool | Bools:
    """Say which points lie in a Polygon or MultiPolygon, its holes left out.

    Args:
        lon: Degrees east, scalar or array; NaN lies in nothing.
        lat: Degrees north, same shape.
        polygon: GeoJSON geometry, or a Feature holding one.

    Returns:
        A bool for scalars, otherwise booleans in the shape of the input.

    Raises:
        GeometryInvalid: The geometry is not a readable polygon; set its row aside.
    """
    parts = [edges_of(rings) for rings in polygons_of(polygon)]
    x, y = np.broadcast_arrays(np.asarray(lon, np.float64), np.asarray(lat, np.float64))
    flat_x, flat_y = x.ravel(), y.ravel()
    found = np.zeros(flat_x.shape, dtype=np.bool_)
    for edges in parts:  # part by part: overlapping parts must add up, not cancel out
        found |= even_odd(flat_x, flat_y, edges)
    return bool(found[0]) if x.ndim == 0 else found.reshape(x.shape)


@dataclass(frozen=True)
class Areas:
    """Outlines read once, for many searches; made by `read_areas`.

    Attributes:
        numbers: Index of the area that each part belongs to, ascending.
        parts: The edges of each part.
        bounds: West, south, east, north of each part, degrees, shape (parts, 4).
    """

    numbers: tuple[int, ...]
    parts: tuple[Edges, ...]
    bounds: Floats


def read_areas(areas: Sequence[Geometry | None]) -> Areas:
    """Read outlines for `locate`; worth keeping where single points are looked up often.

    Args:
        areas: GeoJSON polygons in order of preference; None for an area without a drawn outline.

    Raises:
        GeometryInvalid: One of the areas cannot be read.
    """
    found = [
        (number, edges_of(rings))
        for number, area in enumerate(areas)
        if area is not None
        for rings in polygons_of(area)
    ]
    bounds = np.array([edges.bounds for _, edges in found], dtype=np.float64).reshape(-1, 4)
    return Areas(tuple(n for n, _ in found), tuple(edges for _, edges in found), bounds)


def locate(
    lons: ArrayLike, lats: ArrayLike, areas: Areas | Sequence[Geometry | None]
) -> NDArray[np.int64]:
    """Find the first area that holds each point.

    Args:
        lons: One-dimensional degrees east; NaN is in no area.
        lats: One-dimensional degrees north, same length.
        areas: What `read_areas` made, or what it takes.

    Returns:
        int64 indices into the areas, -1 where no area holds the point.

    Raises:
        GeometryInvalid: One of the areas cannot be read.
    """
    known = areas if isinstance(areas, Areas) else read_areas(areas)
    x, y = np.atleast_1d(np.asarray(lons, np.float64)), np.atleast_1d(np.asarray(lats, np.float64))
    found = np.full(x.shape, -1, dtype=np.int64)
    order = np.argsort(y, kind="stable")
    sorted_x, sorted_y = x[order], y[order]
    west, south, east, north = known.bounds.T
    lows = np.searchsorted(sorted_y, south, side="left")
    highs = np.searchsorted(sorted_y, north, side="right")
    for part in np.flatnonzero(highs > lows).tolist():
        band = slice(lows[part], highs[part])
        beside = (sorted_x[band] >= west[part]) & (sorted_x[band] <= east[part])
        points = order[band][beside]
        points = points[found[points] < 0]
        if points.size:
            hit = even_odd(x[points], y[points], known.parts[part])
            found[points[hit]] = known.numbers[part]
    return found


def centroid(geometry: Geometry) -> tuple[float, float]:
    """Find a point that stands for a shape: where its label and its marker go.

    A polygon's point is its centre of mass where that lies inside (largest part first), otherwise
    the middle of its widest stretch across the tallest band without a corner, so that a U-shaped
    block is not marked in its yard. A line's point is half-way along its longest part; points give
    their mean.

    Args:
        geometry: GeoJSON Polygon, LineString or Point, their Multi forms, or a Feature.

    Returns:
        (lon, lat) in the degrees of the input.

    Raises:
        GeometryInvalid: The geometry is empty or malformed.
    """
    shape = unwrapped(geometry)
    kind, coordinates = shape["type"], shape["coordinates"]
    if kind in ("Polygon", "MultiPolygon"):
        return _polygon_point(max(polygons_of(shape), key=lambda rings: abs(_mass(rings[0])[0])))
    if kind in ("LineString", "MultiLineString"):
        parts = [coordinates] if kind == "LineString" else listed(coordinates, "lines")
        return _halfway(max((corners_of(part, 2) for part in parts), key=_length))
    if kind in ("Point", "MultiPoint"):
        mean = np.mean(corners_of([coordinates] if kind == "Point" else coordinates, 1), axis=0)
        return float(mean[0]), float(mean[1])
    raise GeometryInvalid(f"type {kind!r} has no representative point")


def _mass(ring: Ring) -> tuple[float, float, float]:
    """Signed area and centre of mass of a ring, reckoned from its first corner for precision."""
    points = np.array([*ring, ring[0]], dtype=np.float64)
    origin = points[0].copy()
    (x, y), (next_x, next_y) = (points[:-1] - origin).T, (points[1:] - origin).T
    cross = x * next_y - next_x * y
    area = float(cross.sum()) / 2
    if area == 0:
        middle = np.mean(points[:-1], axis=0)
        return 0.0, float(middle[0]), float(middle[1])
    lon = origin[0] + float(((x + next_x) * cross).sum()) / (6 * area)
    lat = origin[1] + float(((y + next_y) * cross).sum()) / (6 * area)
    return area, float(lon), float(lat)


def _polygon_point(rings: list[Ring]) -> tuple[float, float]:
    edges = edges_of(rings)
    masses = [_mass(ring) for ring in rings]
    signs = [1.0] + [-1.0] * (len(masses) - 1)
    weights = [sign * abs(mass[0]) for sign, mass in zip(signs, masses, strict=True)]
    total = sum(weights)
    if total > 0:
        lon = sum(w * mass[1] for w, mass in zip(weights, masses, strict=True)) / total
        lat = sum(w * mass[2] for w, mass in zip(weights, masses, strict=True)) / total
        if even_odd(np.array([lon]), np.array([lat]), edges)[0]:
            return lon, lat
    heights = np.unique(np.concatenate([edges.south_y, edges.north_y]))
    if heights.size == 1:  # a ring squashed to a line still gets a marker
        return masses[0][1], masses[0][2]
    # Between two neighbouring corner heights nothing bends, so a ray there has clean crossings.
    steps = np.diff(heights)
    tallest = int(np.argmax(steps))
    level = heights[tallest] + steps[tallest] / 2
    spans = np.flatnonzero((edges.south_y <= level) & (level < edges.north_y))
    crossings = np.sort(crossing_x(np.full(spans.shape, level), edges, spans))
    stretches = list(zip(crossings[::2], crossings[1::2], strict=False))
    left, right = max(stretches, key=lambda pair: float(pair[1] - pair[0]))
    return float(left + right) / 2, float(level)


def _length(line: Ring) -> float:
    return float(np.hypot(*np.diff(np.array(line), axis=0).T).sum())


def _halfway(line: Ring) -> tuple[float, float]:
    left = _length(line) / 2
    for start, end in pairwise(line):
        step = _length([start, end])
        if step > 0 and step >= left:
            share = left / step
            return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
        left -= step
    return line[0]
