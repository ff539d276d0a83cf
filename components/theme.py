"""Reads the colour tokens of assets/tokens.css and computes what makes text legible.

Contrast follows WCAG 2.2 (relative luminance); the distance rule is 22 minutes of arc.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

Theme = Literal["dark", "light"]

TOKENS_FILE = Path(__file__).parent.parent / "assets" / "tokens.css"
SMALLEST_TEXT_REM = 0.85
LEAST_CONTRAST = 4.5
# Source: 22 minutes of arc, tan(22/60 deg) = 1/156, the rule of thumb for characters on a wall.
VIEWING_DISTANCE_PER_CHARACTER = 156
PIXEL_PITCH_MM = 2.5
VIEWING_DISTANCE_M = 5.0

# Every text colour with every ground it is written on; checked for contrast in both themes.
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *(
        (text, ground)
        for text in ("text", "second", "muted", "attention-text", "warning-text", "information")
        for ground in ("ground", "panel", "raised")
    ),
    ("text", "attention-ground"),
    ("second", "attention-ground"),
    ("muted", "attention-ground"),
    ("attention-text", "attention-ground"),
    ("text", "warning-ground"),
    ("second", "warning-ground"),
    ("muted", "warning-ground"),
    ("warning-text", "warning-ground"),
    ("information", "information-ground"),
    ("text", "information-ground"),
    ("ribbon-text", "ribbon"),
    ("map-label", "map-ground"),
    ("map-label", "map-building"),
    ("map-label", "map-halo"),
    ("map-worker", "map-halo"),
    ("map-worker-old", "map-halo"),
)


@cache
def tokens(theme: Theme = "dark") -> dict[str, str]:
    """All custom properties of one theme, names without the leading dashes.

    The light theme overrides the dark one, so sizes are the same in both.
    """
    css = re.sub(r"/\*.*?\*/", "", TOKENS_FILE.read_text(encoding="utf-8"), flags=re.DOTALL)
    blocks = dict(re.findall(r"(:root|\[data-theme=\"light\"\])\s*\{([^}]*)\}", css))
    found = _properties(blocks[":root"])
    if theme == "light":
        found |= _properties(blocks['[data-theme="light"]'])
    return found


def token(name: str, theme: Theme = "dark") -> str:
    """One token's value, e.g. `token("panel")` → `#111a2e`, for code that cannot use CSS."""
    return tokens(theme)[name]


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two `#rrggbb` colours, 1 (same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def wall_rem_px(width_px: float, height_px: float) -> float:
    """Pixels of one rem on a wall of this size; the same rule as assets/wall.css."""
    return min(width_px / 120, height_px / 67.5)


def needed_text_mm(distance_m: float = VIEWING_DISTANCE_M) -> float:
    """Least height of a character that reads well from this distance, in millimetres."""
    return distance_m * 1000 / VIEWING_DISTANCE_PER_CHARACTER


def smallest_text_mm(width_px: float, height_px: float, pitch_mm: float = PIXEL_PITCH_MM) -> float:
    """Height of the smallest wall text on a wall with this pixel pitch, in millimetres."""
    return wall_rem_px(width_px, height_px) * SMALLEST_TEXT_REM * pitch_mm


def _properties(block: str) -> dict[str, str]:
    return {name: value.strip() for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", block)}


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
