"""Draws what a stream shows of a camera that has no live picture: a dark one that says so."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

SIZE = (640, 360)
GROUND, WORDS, SMALL = (17, 26, 46), (255, 217, 138), (169, 187, 214)  # tokens.css


@lru_cache(maxsize=64)
def no_picture(state: str, since_ms: int) -> bytes:
    """Return a JPEG of 640 × 360 pixels; in English, for the built-in type knows no Chinese.

    Args:
        state: How the camera is.
        since_ms: Since when, Unix milliseconds; 0 where nobody knows.
    """
    picture = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(picture)
    middle = (SIZE[0] / 2, SIZE[1] / 2)
    words = f"NO LIVE PICTURE: {state.upper()}"
    draw.text(middle, words, WORDS, ImageFont.load_default(26), anchor="mm")
    if since_ms:
        since = datetime.fromtimestamp(since_ms / 1000, UTC)
        below = (middle[0], middle[1] + 36)
        text = f"since {since:%Y-%m-%d %H:%M:%S} UTC"
        draw.text(below, text, SMALL, ImageFont.load_default(18), anchor="mm")
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=80)
    return held.getvalue()
