"""Reads a GeoJSON FeatureCollection (RFC 7946) into a table of properties with geometries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ingest.files.encoding import detect_encoding
from ingest.files.failures import ColumnsMissing, CrsUnsupported, FileNotTable, FileTooLarge
from ingest.files.geometry import geometry_fault
from ingest.files.limits import Limits
from ingest.files.table import RAW_CHARS, BadRow, Member, Row, Table, Wanted
from ingest.files.xlsx_table import cell_text

# Last part of a `crs` name (GeoJSON 2008) → frame; EPSG:4490 is CGCS2000, within WGS-84's error.
FRAMES = {
    "CRS84": "WGS84",
    "CRS84H": "WGS84",
    "4326": "WGS84",
    "4490": "WGS84",
    "WGS84": "WGS84",
    "GCJ02": "GCJ02",
    "BD09": "BD09",
}
FRAME_HEADING = "crs"


def read_geojson(member: Member, wanted: Wanted, limits: Limits) -> Table:
    """Open a FeatureCollection; its header is every property name that occurs in it.

    The feature's own `id` and the collection's frame join the properties as `id` and `crs` where
    the properties do not have them.

    Raises:
        FileTooLarge: It exceeds `limits.geojson_bytes`.
        FileNotTable: It is no GeoJSON, or nested beyond sense.
        CrsUnsupported: It declares projected or unknown coordinates.
        ColumnsMissing: No feature has a property the mapping needs.
    """
    document = _load(member, limits)
    features = _features(document, member.name)
    frame = _frame(document, member.name)
    names: dict[str, None] = {}
    for feature in features:
        if isinstance(feature, dict) and isinstance(feature.get("properties"), dict):
            names.update(dict.fromkeys(feature["properties"]))
    if frame is not None:
        names.setdefault(FRAME_HEADING)
    if any(isinstance(feature, dict) and "id" in feature for feature in features):
        names.setdefault("id")
    header = list(names)
    if len(header) > limits.columns:
        reason = f"its features have {len(header)} properties, the limit is {limits.columns}"
        raise FileNotTable(file=member.name, reason=reason)
    missing = wanted.missing(header) if features else []
    if missing:
        raise ColumnsMissing(file=member.name, missing=missing, found=header[:40])
    rows = _rows(features, header, frame, limits)
    return Table(member.name, header, rows, member.size, ["GeoJSON"], pieces=len(features))


def _load(member: Member, limits: Limits) -> dict[str, Any]:
    if member.size > limits.geojson_bytes:
        raise FileTooLarge(file=member.name, bytes=member.size, limit=limits.geojson_bytes)
    with member.open() as stream:
        encoding = detect_encoding(stream)
    with member.open() as stream:
        data = stream.read()
    try:
        document = json.loads(data.decode(encoding))
    except RecursionError:
        raise FileNotTable(file=member.name, reason="it is nested too deeply") from None
    except (ValueError, UnicodeDecodeError) as error:
        raise FileNotTable(file=member.name, reason=f"it is no JSON: {error}") from None
    if not isinstance(document, dict):
        raise FileNotTable(file=member.name, reason="it is no FeatureCollection")
    return document


def _features(document: dict[str, Any], name: str) -> list[object]:
    if document.get("type") == "Feature":
        return [document]
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise FileNotTable(file=name, reason="it is no FeatureCollection")
    return features


def _frame(document: dict[str, Any], name: str) -> str | None:
    declared = document.get("crs")
    if declared is None:
        return None
    try:
        crs_name = str(declared["properties"]["name"])
    except (KeyError, TypeError):
        raise CrsUnsupported(file=name, crs=str(declared)[:80]) from None
    last = crs_name.upper().replace("/", ":").rsplit(":", 1)[-1].replace("-", "").strip()
    if last not in FRAMES:
        raise CrsUnsupported(file=name, crs=crs_name[:80])
    return FRAMES[last]


def _rows(
    features: list[object], header: list[str], frame: str | None, limits: Limits
) -> Iterator[Row | BadRow]:
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(feature, dict) or not isinstance(properties or {}, dict):
            yield BadRow(number, "feature_invalid", "is no GeoJSON feature", _raw(feature))
            continue
        values = {"id": feature.get("id"), FRAME_HEADING: frame} | (properties or {})
        cells = [_text(values.get(name)) for name in header]
        geometry = feature.get("geometry")
        fault = geometry_fault(geometry) if geometry is not None else None
        if any(len(cell) > limits.cell_chars for cell in cells):
            fault = ("cell_too_long", f"has a property beyond {limits.cell_chars} characters")
        if fault is not None:
            yield BadRow(number, fault[0], fault[1], _raw(feature))
        else:
            yield Row(number, cells, geometry)


def _text(value: object) -> str:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return cell_text(value)


def _raw(feature: object) -> str:
    text = json.dumps(feature, ensure_ascii=False)[:RAW_CHARS]
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
