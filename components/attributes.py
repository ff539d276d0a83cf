"""Attributes that HTML spells with a hyphen, which Python cannot write as arguments."""

from __future__ import annotations

from typing import Any


def dashed(**attributes: object) -> dict[str, Any]:
    """`dashed(aria_label="x")` → `{"aria-label": "x"}`, to be spread into an element."""
    return {name.replace("_", "-"): value for name, value in attributes.items()}
