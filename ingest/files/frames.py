"""Converts areas given in GCJ-02 or BD-09 to WGS-84; other kinds keep their raw values."""

from __future__ import annotations

from typing import Any, cast

from rules.coordinates import to_wgs84
from rules.records import Crs


def to_wgs84_geometry(values: dict[str, object], frame: str) -> None:
    """Convert `lon`, `lat` and `geometry` of a row in place (rules/coordinates)."""
    crs = cast(Crs, frame)
    lon, lat = values.get("lon"), values.get("lat")
    if isinstance(lon, float) and isinstance(lat, float):
        values["lon"], values["lat"] = _converted([lon, lat], crs)
    geometry = values.get("geometry")
    if isinstance(geometry, dict):
        coordinates = _converted(geometry["coordinates"], crs)
        values["geometry"] = {"type": geometry["type"], "coordinates": coordinates}


def _converted(part: Any, crs: Crs) -> list[Any]:
    if part and isinstance(part[0], (int, float)):
        lon, lat = to_wgs84(part[0], part[1], crs)
        return [float(lon), float(lat)]
    return [_converted(inner, crs) for inner in part]
