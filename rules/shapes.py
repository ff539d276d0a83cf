"""Reads GeoJSON geometries (RFC 7946) into rings and edges that arithmetic can use.

Coordinates are WGS-84 degrees, longitude first. Small faults that leave no doubt are mended (an
unclosed ring, a height behind the pair); everything else is refused with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.errors import RuleViolation

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Geometry = Mapping[str, Any]
Ring = list[tuple[float, float]]

# Points times edges up to which one matrix is quicker than a walk over the edges.
MATRIX_CELLS = 400_000
# Wider than ±180 for shapes drawn across the date line; metres of a projection are far beyond.
LON_LIMIT, LAT_LIMIT = 360.0, 90.0


class GeometryInvalid(RuleViolation):
    """A geometry that cannot be read; quarantine the row with `reason` and go on."""

    code = "geometry_invalid"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


@dataclass(frozen=True)
class Edges:
    """Straight edges of closed rings, each stored from its southern to its northern end.

    One direction for both neighbours of a shared edge makes their arithmetic identical.
    """

    south_x: Floats
    south_y: Floats
    north_x: Floats
    north_y: Floats
    bounds: tuple[float, float, float, float]  # west, south, east, north


def edges_of(rings: Sequence[Ring]) -> Edges:
    """Turn rings into edges; an unclosed ring is closed.

    Args:
        rings: Rings of at least three (lon, lat) corners, outer ones and holes in any order.
    """
    starts = np.array([corner for ring in rings for corner in ring], dtype=np.float64)
    ends = np.array([c for ring in rings for c in (*ring[1:], ring[0])], dtype=np.float64)
    swap = (ends[:, 1] < starts[:, 1]) | (
        (ends[:, 1] == starts[:, 1]) & (ends[:, 0] < starts[:, 0])
    )
    south = np.where(swap[:, None], ends, starts)
    north = np.where(swap[:, None], starts, ends)
    (west, low), (east, high) = starts.min(axis=0).tolist(), starts.max(axis=0).tolist()
    return Edges(
        south[:, 0].copy(),
        south[:, 1].copy(),
        north[:, 0].copy(),
        north[:, 1].copy(),
        (west, low, east, high),
    )


def even_odd(lon: Floats, lat: Floats, edges: Edges) -> Bools:
    """Say for each point whether a ray to the west crosses an odd number of edges.

    Args:
        lon: One-dimensional degrees east; NaN is outside.
        lat: One-dimensional degrees north, same length.
        edges: All rings of the shape; holes count out by themselves.
    """
    west, south, east, north = edges.bounds
    near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    inside = np.zeros(lon.shape, dtype=np.bool_)
    if not near.size:
        return inside
    x, y = lon[near], lat[near]
    at_height = np.flatnonzero((edges.south_y <= y.max()) & (edges.north_y > y.min()))
    if near.size * at_height.size <= MATRIX_CELLS:
        row = y[:, None]
        point, place = np.nonzero(
            (edges.south_y[at_height] <= row) & (row < edges.north_y[at_height])
        )
        crossed = crossing_x(y[point], edges, at_height[place]) < x[point]
        inside[near] = np.bincount(point, weights=crossed, minlength=near.size) % 2 == 1
        return inside
    # Sorted by latitude, every edge sees one contiguous slice of the points and no others.
    order = np.argsort(y, kind="stable")
    x, y = x[order], y[order]
    lows = np.searchsorted(y, edges.south_y, side="left")
    highs = np.searchsorted(y, edges.north_y, side="left")
    odd = np.zeros(near.size, dtype=np.bool_)
    for number in at_height.tolist():
        part = slice(lows[number], highs[number])
        odd[part] ^= crossing_x(y[part], edges, number) < x[part]
    inside[near[order]] = odd
    return inside


def crossing_x(y: Floats, edges: Edges, edge: Any) -> Floats:
    """Find the longitude at which the numbered edges cross the latitudes `y`.

    Level edges have none; callers pick edges that span `y` first.
    """
    share = (y - edges.south_y[edge]) / (edges.north_y[edge] - edges.south_y[edge])
    crossing: Floats = edges.south_x[edge] + share * (edges.north_x[edge] - edges.south_x[edge])
    return crossing


def unwrapped(geometry: Any) -> Geometry:
    """Take the geometry out of a Feature and check that it has a type and coordinates.

    Raises:
        GeometryInvalid: It has not; set its row aside.
    """
    if isinstance(geometry, Mapping) and geometry.get("type") == "Feature":
        geometry = geometry.get("geometry")
    if not isinstance(geometry, Mapping) or not isinstance(geometry.get("type"), str):
        raise GeometryInvalid("not a GeoJSON geometry")
    if "coordinates" not in geometry:
        raise GeometryInvalid("no coordinates")
    return geometry


def polygons_of(geometry: Any) -> list[list[Ring]]:
    """Read a Polygon or MultiPolygon as a list of parts, each its outer ring and then its holes.

    Raises:
        GeometryInvalid: It is something else, empty or broken; set its row aside.
    """
    shape = unwrapped(geometry)
    if shape["type"] not in ("Polygon", "MultiPolygon"):
        raise GeometryInvalid(f"type {shape['type']!r} is not a polygon")
    single = shape["type"] == "Polygon"
    parts = [shape["coordinates"]] if single else listed(shape["coordinates"], "polygons")
    return [[_ring(ring) for ring in listed(part, "rings")] for part in parts]


def listed(value: Any, what: str) -> Sequence[Any]:
    """Pass a non-empty list on; `what` names its members when it is not one.

    Raises:
        GeometryInvalid: It is no list, or an empty one.
    """
    if not isinstance(value, list | tuple) or not value:
        raise GeometryInvalid(f"no {what}")
    return value


def corners_of(value: Any, least: int) -> Ring:
    """Read a list of positions as (lon, lat) pairs; a height behind the pair is dropped.

    Raises:
        GeometryInvalid: A position is no pair of degrees, or there are fewer than `least`.
    """
    try:
        corners = [(float(corner[0]), float(corner[1])) for corner in listed(value, "corners")]
    except (TypeError, ValueError, LookupError, OverflowError):
        raise GeometryInvalid("a corner is not a pair of numbers") from None
    if not all(abs(lon) <= LON_LIMIT and abs(lat) <= LAT_LIMIT for lon, lat in corners):
        raise GeometryInvalid("a corner is not in degrees")
    if len(corners) < least:
        raise GeometryInvalid(f"fewer than {least} corners")
    return corners


def _ring(value: Any) -> Ring:
    corners = corners_of(value, 3)
    ring = corners[:-1] if corners[0] == corners[-1] else corners
    if len(set(ring)) < 3:
        raise GeometryInvalid("fewer than 3 corners")
    return ring
