"""Writes the sheets that hang at places: a QR code to report there, both languages, as PDF."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import segno
import typst

from components.wording import text
from exports.paper_fonts import fonts_for

TEMPLATE = Path(__file__).with_name("place_sheets.typ")
ASSETS = Path(__file__).parent.parent / "assets"
MOST_SHEETS = 2_000
Row = Mapping[str, Any]


def report_address(public_url: str, place_id: str) -> str:
    """Return where the code of a place leads."""
    return f"{public_url.rstrip('/')}/report?p={quote(place_id, safe='')}"


def place_sheets(places: Sequence[Row], community: Row, public_url: str, kept_fonts: Path) -> bytes:
    """Return one A4 page per place.

    Args:
        places: place_id, name_zh and name_en of each.
        community: name_zh and name_en.
        public_url: Address under which phones reach this installation.
        kept_fonts: Folder where unpacked fonts are kept.
    """
    english = community["name_en"] or ""
    document: dict[str, Any] = {
        "title": text("sheet.title", "zh-CN"),
        "author": " · ".join(name for name in (community["name_zh"], english) if name),
        **{
            f"{part}_{end}": text(f"sheet.{part}", lang)
            for part in ("call", "steps")
            for end, lang in (("zh", "zh-CN"), ("en", "en"))
        },
        "sheets": [
            {
                "name_zh": place["name_zh"] or "",
                "name_en": place["name_en"] or "",
                "address": report_address(public_url, place["place_id"]),
                "qr": _qr(report_address(public_url, place["place_id"])),
            }
            for place in places[:MOST_SHEETS]
        ],
        "families": [],
    }
    words = json.dumps(document, ensure_ascii=False)
    fonts = fonts_for(words, ASSETS, kept_fonts)
    document["families"] = list(fonts.families)
    content = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(fonts.folder)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"doc": content},
    )
    return made


def _qr(address: str) -> str:
    """A code that still reads when a quarter of it is worn off (level Q)."""
    picture = io.BytesIO()
    segno.make(address, error="q", micro=False).save(picture, kind="svg", border=2, xmldecl=False)
    return picture.getvalue().decode("ascii")
