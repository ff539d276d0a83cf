"""Draws QR codes (ISO/IEC 18004) as pictures that stand in the page itself; nothing is fetched."""

from __future__ import annotations

import segno


def qr_picture(content: str) -> str:
    """A QR code as a `data:` address of an SVG, black on white in either theme."""
    picture: str = segno.make(content, error="m", micro=False).svg_data_uri(
        scale=4, border=2, dark="black", light="white"
    )
    return picture
