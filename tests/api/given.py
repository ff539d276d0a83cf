"""Rows the tests of the API post."""

from __future__ import annotations

from typing import Any


def row(source_id: str, **more: Any) -> dict[str, Any]:
    """A good row of a batch."""
    return {
        "source_id": source_id,
        "category": "noise",
        "title": "夜间施工",
        "reported_at": "2026-03-12T08:00:00Z",
        **more,
    }
