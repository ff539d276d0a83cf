"""Gives the PDF writer the fonts of our screens: unpacks those slices whose characters are needed.

assets/fonts.css says which slice holds which characters; a slice is unpacked once and kept. Each
gets a family name of its own, because one document asks many slices of one face.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

_FACE = re.compile(r"src:url\((fonts/[\w.-]+\.woff2)\)[^}]*unicode-range:([^}]+)\}")
_LATIN = "noto-sans-sc-latin"
# Names of a font: family, style, whole name, PostScript name; and the typographic family and style.
_FAMILY, _STYLE, _WHOLE, _POSTSCRIPT = 1, 2, 4, 6
_TYPOGRAPHIC = (16, 17, 21, 22, 25)
_WINDOWS = (3, 1, 0x409)


@dataclass(frozen=True, slots=True)
class PaperFonts:
    """Fonts for one document.

    Attributes:
        folder: Where they lie.
        families: Their names in the order they are asked.
    """

    folder: Path
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Slice:
    file: Path
    ranges: tuple[tuple[int, int], ...]

    def holds(self, point: int) -> bool:
        return any(first <= point <= last for first, last in self.ranges)


def fonts_for(text: str, assets: Path, kept: Path) -> PaperFonts:
    """Return the fonts that together have every character of a text.

    Args:
        text: Everything the document will show.
        assets: Folder with fonts.css and fonts/.
        kept: Folder where unpacked fonts are kept; made when missing. The first document of an
            installation takes some seconds longer.
    """
    slices = _slices(assets)
    needed = {file for file in (_slice_of(ord(sign), slices) for sign in set(text)) if file}
    needed.add(assets / "fonts" / f"{_LATIN}.woff2")  # the face that leads
    kept.mkdir(parents=True, exist_ok=True)
    for file in needed:
        _unpack(file, kept)
    ordered = sorted(needed, key=lambda file: (file.stem != _LATIN, file.stem))
    return PaperFonts(kept, tuple(family_of(file) for file in ordered))


def family_of(file: Path) -> str:
    """Return the family name a slice gets."""
    return "Paper " + file.stem.removeprefix("noto-sans-sc-").replace("-", " ")


@cache
def _slices(assets: Path) -> tuple[_Slice, ...]:
    """Return the slices in the order they are asked: where ranges overlap, the later rule first."""
    css = (assets / "fonts.css").read_text(encoding="utf-8")
    found = [
        _Slice(assets / name, tuple(_ranges(ranges.split(","))))
        for name, ranges in _FACE.findall(css)
    ]
    return tuple(reversed(found))


def _ranges(parts: Iterable[str]) -> Iterable[tuple[int, int]]:
    for part in parts:
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield int(first, 16), int(last or first, 16)


def _slice_of(point: int, slices: tuple[_Slice, ...]) -> Path | None:
    return next((each.file for each in slices if each.holds(point)), None)


def _unpack(file: Path, kept: Path) -> None:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    target = kept / f"{file.stem}-{digest}.ttf"
    if target.exists():
        return
    font = TTFont(file)
    font.flavor = None
    names = font["name"]
    for number in _TYPOGRAPHIC:
        names.removeNames(nameID=number)
    family = family_of(file)
    for number, words in (
        (_FAMILY, family),
        (_STYLE, "Regular"),
        (_WHOLE, family),
        (_POSTSCRIPT, family.replace(" ", "-")),
    ):
        names.setName(words, number, *_WINDOWS)
    staged = target.with_suffix(f".{os.getpid()}.part")
    font.save(staged)
    staged.replace(target)
