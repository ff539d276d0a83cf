"""Makes a case of one request of an Open311 answer (GeoReport v2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.intake.recording import RowError
from ingest.open311.config import Open311Config
from rules.errors import RowRejected
from rules.open311 import Open311Refused, moment_of
from rules.records import CaseRecord, parse_record

STATUS = {"open": "reported", "closed": "closed"}
WORD_CHARS = 120
RAW_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class ParsedRequest:
    """One request: the record, or why there is none.

    Attributes:
        version: Milliseconds of its last update, 0 where the server does not say.
        raw: The request as received, as JSON.
    """

    source_id: str
    version: int
    record: CaseRecord | None
    error: RowError | None
    raw: str


def parse_request(row: Mapping[str, object], config: Open311Config) -> ParsedRequest:
    """Read one request.

    A text of the server stays its text; its service is our category where the settings say so.
    """
    raw = json.dumps(row, ensure_ascii=True, default=str)[:RAW_CHARS]
    source_id = (_text(row, "service_request_id") or "")[:200]
    try:
        facts, version = _facts(row, config)
        record = parse_record("cases", facts)
    except RowRejected as refusal:
        error = RowError(refusal.code, refusal.field, refusal.message)
        return ParsedRequest(source_id, 0, None, error, raw)
    assert isinstance(record, CaseRecord)
    return ParsedRequest(record.source_id, version, record, None, raw)


def _facts(row: Mapping[str, object], config: Open311Config) -> tuple[dict[str, Any], int]:
    status = STATUS.get((_text(row, "status") or "").lower())
    if status is None:
        raise RowRejected("field_invalid", "status", "is neither open nor closed")
    updated_at = _moment(row, "updated_datetime")
    code, name = _text(row, "service_code") or "", _text(row, "service_name") or ""
    lon, lat = _position(row)
    version = int(updated_at.timestamp() * 1000) if updated_at else 0
    facts = {
        "source_id": _text(row, "service_request_id"),
        "version": version or None,
        "category": config.categories.get(code) or (name or code)[:WORD_CHARS],
        "title": name or code,
        "description": _text(row, "description"),
        "address": _text(row, "address"),
        "lon": lon,
        "lat": lat,
        "reported_at": _moment(row, "requested_datetime"),
        "deadline_at": _moment(row, "expected_datetime"),
        "status": status,
        "closed_at": updated_at if status == "closed" else None,
        "channel": "superior",
    }
    return {name: value for name, value in facts.items() if value is not None}, version


def _text(row: Mapping[str, object], name: str) -> str | None:
    """Return a text; numbers count, as some servers send ids and codes so."""
    value = row.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RowRejected("field_invalid", name, "is no text")
    # A lone surrogate, which JSON can spell and UTF-8 cannot carry.
    return str(value).strip().encode("utf-8", "replace").decode() or None


def _moment(row: Mapping[str, object], name: str) -> datetime | None:
    text = _text(row, name)
    if text is None:
        return None
    try:
        return moment_of(text, name)
    except Open311Refused as refusal:
        raise RowRejected("field_invalid", name, refusal.description) from None


def _position(row: Mapping[str, object]) -> tuple[float | None, float | None]:
    lon, lat = _text(row, "long"), _text(row, "lat")
    if lon is None and lat is None:
        return None, None
    try:
        x, y = float(lon or ""), float(lat or "")
    except ValueError:
        raise RowRejected("field_invalid", "lat", "needs both lat and long in degrees") from None
    # The Gulf of Guinea stands for "unknown" in more than one city's system.
    return (None, None) if x == 0 and y == 0 else (x, y)
