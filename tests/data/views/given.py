"""Rows the tests of the views are given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from rules.records import CaseRecord

# A Wednesday afternoon in Shanghai; the local week began on Monday 2026-03-09.
NOW = datetime(2026, 3, 11, 8, tzinfo=UTC)
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[116.30, 39.90], [116.32, 39.90], [116.32, 39.92], [116.30, 39.90]]],
}


def case(source_id: str, hours_ago: float = 1, **more: Any) -> CaseRecord:
    """A case reported some hours before NOW."""
    facts = {"category": "noise", "reported_at": NOW - timedelta(hours=hours_ago)}
    return CaseRecord(source_id=source_id, **{**facts, **more})
