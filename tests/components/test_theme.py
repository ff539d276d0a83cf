"""Text on every screen is legible: contrast of all pairs in use, size of the smallest text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from components import theme
from components.theme import Theme

ASSETS = Path(theme.TOKENS_FILE).parent
TEXT_SIZES = ("--text-figure", "--text-body", "--text-title", "--text-small")


def wall_styles() -> str:
    names = ("wall.css", "ticker.css", "one_map.css", "frame.css")
    return "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in names)


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("pair", theme.TEXT_PAIRS, ids="-on-".join)
def test_every_text_pair_has_at_least_the_contrast_of_wcag(
    pair: tuple[str, str], name: Theme
) -> None:
    text, ground = (theme.token(part, name) for part in pair)
    assert theme.contrast(text, ground) >= theme.LEAST_CONTRAST


def test_contrast_is_known_for_the_extremes_and_for_a_published_pair() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#123456", "#123456") == pytest.approx(1)
    # The grey that WCAG gives as the lightest to pass on white.
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_every_text_colour_of_the_wall_is_in_the_checked_pairs() -> None:
    checked = {text for text, _ in theme.TEXT_PAIRS}
    used = set(re.findall(r"[{;\s]color:\s*var\(--([\w-]+)\)", wall_styles()))
    # Marks, not text: the shapes before a line and the wide bars of a chart.
    marks = {"bar", "attention", "warning"}
    assert used - marks <= checked


def test_the_marks_beside_text_stand_out_from_their_ground() -> None:
    # WCAG 1.4.11 asks 3 for graphical objects.
    for mark in ("attention", "warning", "bar", "map-case", "map-worker"):
        assert theme.contrast(theme.token(mark), theme.token("panel")) >= 3
        assert theme.contrast(theme.token(mark, "light"), theme.token("panel", "light")) >= 3


def test_the_light_theme_names_no_token_the_dark_one_lacks() -> None:
    assert theme.tokens("light").keys() == theme.tokens("dark").keys()
    assert theme.token("panel", "light") != theme.token("panel", "dark")


def test_no_style_but_the_tokens_names_a_colour() -> None:
    for file in ASSETS.glob("*.css"):
        if file.name in ("tokens.css", "fonts.css"):
            continue
        css = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)|\brgba?\(|\bhsla?\(", css), (
            file.name
        )


def test_the_wall_writes_nothing_smaller_than_its_small_text() -> None:
    sizes = re.findall(r"font-size:\s*([^;}]+)", wall_styles())
    fixed = [size for size in sizes if not any(f"var({name})" in size for name in TEXT_SIZES)]
    in_rem = [float(size.removesuffix("rem")) for size in fixed if size.endswith("rem")]
    assert min(in_rem) >= theme.SMALLEST_TEXT_REM
    # What remains is the root size itself and two shapes that are no text.
    others = {size for size in fixed if not size.endswith("rem")}
    assert others <= {"min(100vw / 120, 100vh / 67.5)", "0.75em"}


def test_the_smallest_text_reads_from_five_metres_on_the_default_wall() -> None:
    smallest = theme.smallest_text_mm(1920, 1080, pitch_mm=2.5)
    assert smallest >= theme.needed_text_mm(distance_m=5)


def test_the_distance_rule_agrees_with_its_source() -> None:
    # Source: UI.md, 6 m → 40 mm, rounded there.
    assert theme.needed_text_mm(6) == pytest.approx(40, abs=2)


def test_a_wall_twice_as_wide_and_high_writes_twice_as_large() -> None:
    assert theme.wall_rem_px(3840, 2160) == 2 * theme.wall_rem_px(1920, 1080)
    # An ultra-wide wall is bounded by its height.
    assert theme.wall_rem_px(7680, 2160) == theme.wall_rem_px(3840, 2160)
