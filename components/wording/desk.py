"""Sentences of the desk and of the case page, as (Chinese, English)."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "desk.title": ("值班台", "Duty desk"),
}
