"""Checks GeoJSON geometries (RFC 7946), unites the pieces of one object and finds its centre."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

FAMILIES = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "polygon",
    "MultiPolygon": "polygon",
}
MAX_DEPTH = 4  # of coordinate lists: MultiPolygon, polygon, ring, position
# Pieces cut at tile edges meet within rounding; 1e-7 degrees is about a centimetre.
JOIN_GRID_DEG = 1e-7
DECIMALS = 8
NO_SHAPE = (shapely.errors.ShapelyError, ValueError, TypeError, IndexError, AttributeError)


def family(geometry: dict[str, Any]) -> str:
    """Name the family of a checked geometry: point, line or polygon."""
    return FAMILIES[geometry["type"]]


def geometry_fault(geometry: object) -> tuple[str, str] | None:
    """Say what is wrong with a geometry as received: (code, message), or None if sound."""
    if not isinstance(geometry, dict) or geometry.get("type") not in FAMILIES:
        kind = geometry.get("type") if isinstance(geometry, dict) else geometry
        return "geometry_unsupported", f"is no point, line or polygon: {str(kind)[:40]}"
    try:
        for lon, lat in _positions(geometry.get("coordinates")):
            if not (math.isfinite(lon) and math.isfinite(lat)):
                return "coordinate_not_finite", "holds a coordinate that is not a number"
            if not (-180 <= lon <= 180 and -90 <= lat <= 90):
                return "coordinate_out_of_range", f"holds {lon}, {lat}, which is not in degrees"
        shape = shapely.geometry.shape(geometry)
    except (
        shapely.errors.ShapelyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
    ) as error:
        return "geometry_invalid", f"does not form a {geometry['type']}: {str(error)[:120]}"
    return ("geometry_missing", "is empty") if shape.is_empty else None


def unite(geometries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Join the pieces of one object: polygons lose the edges they were cut at, lines run on.

    Args:
        geometries: Checked geometries of one family.

    Returns:
        One geometry; a lone piece comes back as it was, and so does the first of several points,
        because a label is repeated in each tile rather than cut.
    """
    if len(geometries) == 1 or family(geometries[0]) == "point":
        return geometries[0]
    shapes = [shapely.make_valid(shapely.geometry.shape(geometry)) for geometry in geometries]
    joined = shapely.union_all(shapes, grid_size=JOIN_GRID_DEG)
    if family(geometries[0]) == "line":
        joined = shapely.line_merge(joined)
    return _as_geojson(_only_family(joined, family(geometries[0])))


def centre(geometry: dict[str, Any]) -> tuple[float, float]:
    """Find a point on a checked geometry: (longitude, latitude) in its own frame."""
    shape = shapely.geometry.shape(geometry)
    if family(geometry) == "line":
        longest = max(shapely.get_parts(shape), key=lambda part: part.length)
        point = longest.interpolate(0.5, normalized=True)
    elif family(geometry) == "polygon":
        point = shapely.make_valid(shape).representative_point()
    else:
        point = shapely.get_parts(shape)[0]
    return round(point.x, DECIMALS), round(point.y, DECIMALS)


def _positions(coordinates: object, depth: int = 0) -> Iterator[tuple[float, float]]:
    """Walk all positions; raises ValueError where the nesting is not one of coordinates."""
    if not isinstance(coordinates, (list, tuple)) or depth > MAX_DEPTH:
        raise ValueError("coordinates are not lists of numbers")
    if coordinates and not isinstance(coordinates[0], (list, tuple)):
        lon, lat = coordinates[:2]
        if isinstance(lon, bool) or isinstance(lat, bool):
            raise ValueError("coordinates are not numbers")
        yield float(lon), float(lat)
        return
    for part in coordinates:
        yield from _positions(part, depth + 1)


def _only_family(shape: BaseGeometry, wanted: str) -> BaseGeometry:
    """Drop the slivers of lower dimension that a union may leave behind."""
    if shape.geom_type in FAMILIES and FAMILIES[shape.geom_type] == wanted:
        return shape
    parts = [p for p in shapely.get_parts(shape) if FAMILIES.get(p.geom_type) == wanted]
    return shapely.union_all(parts)


def _as_geojson(shape: BaseGeometry) -> dict[str, Any]:
    mapped = shapely.geometry.mapping(shape)
    return {"type": mapped["type"], "coordinates": _rounded(mapped["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, (list, tuple)):
        return [_rounded(part) for part in coordinates]
    return round(float(coordinates), DECIMALS)
