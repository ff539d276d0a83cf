"""Decides which drawn outlines and positions can be taken, and what they cover of each other.

Everything is WGS-84 degrees once it is read; areas are in square metres on the sphere, good to half
a per cent at the size of a community.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.validation import explain_validity

from actions.setup.errors import (
    OutlineCrossing,
    OutlineEmpty,
    OutlineInParts,
    OutlineTooFew,
    OutlineTooLarge,
    OutlineTooMany,
    OutlineUnreadable,
    OutsideBoundary,
    Overlap,
    PositionFar,
    PositionUnreadable,
)
from rules.coordinates import EARTH_RADIUS_M, distance_m, to_wgs84

MOST_CORNERS = 2_000
MOST_SPAN_M = 50_000.0
# A drawn community that lies further than this from its centre was given in another frame or with
# longitude and latitude exchanged; the frames themselves differ by some hundred metres only.
FAR_M = 30_000.0
# Two outlines with a common border still cover slivers of each other by rounding.
SLIVER_M2 = 1.0
DIGITS = 8  # a millimetre
# A rough outline also touches gaps elsewhere; a piece this large is the one that was meant.
MEANT_SHARE = 0.9
_METRES_PER_DEGREE = math.radians(1) * EARTH_RADIUS_M
_MOST_NAMES = 3


class Centre(NamedTuple):
    """Middle of a community, degrees."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Named:
    """An outline that is there already: an area's id, its names and its shape."""

    area_id: str
    name_zh: str
    name_en: str | None
    shape: Any


def read_ring(typed: object, crs: str, centre: Centre | None) -> Any:
    """Read the corners of a drawn outline, convert them to WGS-84 and check that they enclose one.

    Args:
        typed: A list of [lon, lat], or a GeoJSON Polygon or Feature with one; as from a browser.
        crs: WGS84, GCJ02 or BD09: the frame the corners are in.
        centre: The community's middle, where known.

    Returns:
        A valid shapely Polygon, anticlockwise.

    Raises:
        SetupRefused: One of the outline errors; show its sentence.
        CrsUnknown: No such frame.
    """
    rings = [_corners(ring) for ring in _rings(typed)]
    if sum(len(ring) for ring in rings) > MOST_CORNERS:
        raise OutlineTooMany(most=MOST_CORNERS)
    if any(len(np.unique(np.round(ring, DIGITS), axis=0)) < 3 for ring in rings):
        raise OutlineTooFew()
    _check_span(rings[0])
    polygon = Polygon(*_converted(rings, crs))
    if not polygon.is_valid:
        raise OutlineCrossing(**_crossing(polygon))
    if square_metres(polygon) < SLIVER_M2:
        raise OutlineEmpty()
    if centre is not None:
        _check_near(polygon.centroid.x, polygon.centroid.y, centre)
    return shapely.orient_polygons(polygon)


def read_position(lon: object, lat: object, crs: str, centre: Centre | None) -> Centre:
    """Read a clicked or typed position and convert it to WGS-84.

    Raises:
        PositionUnreadable, PositionFar: Show the sentence.
        CrsUnknown: No such frame.
    """
    degrees = [_degrees(value) for value in (lon, lat)]
    if None in degrees or abs(degrees[0] or 0) > 180 or abs(degrees[1] or 0) > 90:
        raise PositionUnreadable()
    x, y = to_wgs84(float(degrees[0] or 0), float(degrees[1] or 0), crs)
    if centre is not None:
        _check_near(x, y, centre)
    return Centre(round(x, DIGITS), round(y, DIGITS))


def stored_shape(geometry: str | None) -> Any | None:
    """Return a stored geometry as a valid shapely shape; None where it encloses nothing."""
    return stored_shapes([geometry])[0]


def stored_shapes(geometries: Sequence[str | None]) -> list[Any | None]:
    """Return stored geometries as valid shapely shapes, all read at once; None as above.

    What a source drew crossed is mended, and what it drew unreadably stands in nobody's way.
    """
    found = shapely.from_geojson(list(geometries), on_invalid="ignore")
    encloses = np.isin(shapely.get_type_id(found), (3, 6))  # Polygon, MultiPolygon
    crossed = encloses & ~shapely.is_valid(found)
    found[crossed] = shapely.make_valid(found[crossed])
    return [shape if kept else None for shape, kept in zip(found, encloses, strict=True)]


def geometry_text(outline: Any) -> str:
    """Return an outline as GeoJSON text for the store, corners to a millimetre."""
    rounded = mapping(shapely.transform(outline, lambda xy: np.round(xy, DIGITS)))
    return json.dumps(rounded, separators=(",", ":"))


def square_metres(outline: Any) -> float:
    """Return the area of a shape given in degrees."""
    if outline.is_empty:
        return 0.0
    scale = math.cos(math.radians(outline.centroid.y)) * _METRES_PER_DEGREE**2
    return float(outline.area) * scale


def check_overlap(outline: Any, others: Sequence[Named]) -> None:
    """Refuse an outline that covers more than a sliver of others.

    Raises:
        Overlap: With the names of the first few and the area covered of all, in square metres.
    """
    measured = [(other, square_metres(outline & other.shape)) for other in others]
    covered = [(other, area) for other, area in measured if area > SLIVER_M2]
    if covered:
        named = [{"name_zh": o.name_zh, "name_en": o.name_en} for o, _ in covered[:_MOST_NAMES]]
        raise Overlap(named=named, n=len(covered), area_m2=_told(sum(area for _, area in covered)))


def check_inside(outline: Any, boundary: Any | None) -> None:
    """Refuse an outline that reaches out of the community, where its boundary is known.

    Raises:
        OutsideBoundary: With the area outside, in square metres.
    """
    outside = square_metres(outline - boundary) if boundary is not None else 0.0
    if outside > SLIVER_M2:
        raise OutsideBoundary(area_m2=_told(outside))


def fitted(outline: Any, others: Sequence[Named], boundary: Any | None) -> Any:
    """Cut an outline back to the boundary and to what its neighbours leave, so that no gap stays.

    Raises:
        OutlineEmpty: Nothing is left.
        OutlineInParts: What is left falls into pieces, and none is clearly the one meant.
    """
    left = outline if boundary is None else outline & boundary
    for other in others:
        left = left - other.shape
    parts = [part for part in parts_of(left) if square_metres(part) > SLIVER_M2]
    if not parts:
        raise OutlineEmpty()
    largest = max(parts, key=lambda part: float(part.area))
    if largest.area < MEANT_SHARE * sum(part.area for part in parts):
        raise OutlineInParts(n=len(parts))
    return shapely.orient_polygons(largest)


def gaps(grids: Iterable[Any], boundary: Any | None) -> list[Any]:
    """Return what no grid covers: within the boundary, or without one what grids enclose."""
    covered = shapely.union_all(list(grids))
    if covered.is_empty:
        return []
    whole = boundary
    if whole is None:
        whole = shapely.union_all([Polygon(part.exterior) for part in parts_of(covered)])
    return [part for part in parts_of(whole - covered) if square_metres(part) > SLIVER_M2]


def parts_of(found: Any) -> list[Any]:
    """Return the polygons of a shape; lines and points that cutting leaves behind are no parts."""
    if isinstance(found, Polygon):
        return [] if found.is_empty else [found]
    if isinstance(found, MultiPolygon) or found.geom_type == "GeometryCollection":
        return [part for inner in found.geoms for part in parts_of(inner)]
    return []


def _rings(typed: object) -> list[Any]:
    if isinstance(typed, dict) and typed.get("type") == "Feature":
        typed = typed.get("geometry")
    if isinstance(typed, dict):
        if typed.get("type") != "Polygon" or not isinstance(typed.get("coordinates"), list):
            raise OutlineUnreadable()
        rings: list[Any] = typed["coordinates"]
    else:
        rings = [typed]
    if not rings:
        raise OutlineTooFew()
    if len(rings) > MOST_CORNERS:
        raise OutlineTooMany(most=MOST_CORNERS)
    return rings


def _corners(ring: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    if not isinstance(ring, list):
        raise OutlineUnreadable()
    if len(ring) > 2 * MOST_CORNERS:
        raise OutlineTooMany(most=MOST_CORNERS)
    pairs = []
    for corner in ring:
        pair = corner if isinstance(corner, list) and len(corner) in (2, 3) else ()
        degrees = [_degrees(value) for value in pair[:2]]
        if len(degrees) != 2 or None in degrees:
            raise OutlineUnreadable()
        pairs.append(degrees)
    if len(pairs) > 1 and pairs[0] == pairs[-1]:
        pairs.pop()
    if not pairs:
        raise OutlineTooFew()
    corners = np.array(pairs, dtype=np.float64)
    if (np.abs(corners) > (180, 90)).any():
        raise OutlineUnreadable()
    return corners


def _degrees(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= 180 and math.isfinite(value) else None


def _check_span(ring: np.ndarray[Any, np.dtype[np.float64]]) -> None:
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    wide = (east - west) * math.cos(math.radians((south + north) / 2)) * _METRES_PER_DEGREE
    if max(wide, (north - south) * _METRES_PER_DEGREE) > MOST_SPAN_M:
        raise OutlineTooLarge(most_km=int(MOST_SPAN_M / 1_000))


def _converted(rings: list[Any], crs: str) -> tuple[Any, list[Any]]:
    found = []
    for ring in rings:
        lon, lat = to_wgs84(ring[:, 0], ring[:, 1], crs)
        found.append(np.round(np.column_stack([lon, lat]), DIGITS))
    return found[0], found[1:]


def _crossing(polygon: Any) -> dict[str, object]:
    """Where an outline crosses itself, as shapely's explanation ends with it: `…[lon lat]`."""
    where = explain_validity(polygon).rpartition("[")[2].rstrip("]").split()
    if len(where) != 2:
        return {"lon": None, "lat": None}
    return {"lon": round(float(where[0]), 6), "lat": round(float(where[1]), 6)}


def _check_near(lon: float, lat: float, centre: Centre) -> None:
    distance = distance_m(lon, lat, centre.lon, centre.lat)
    if distance > FAR_M:
        raise PositionFar(distance_km=round(distance / 1_000))


def _told(area_m2: float) -> str:
    return f"{max(1, round(area_m2)):,}"
