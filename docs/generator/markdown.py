"""Writes Markdown tables whose cells may hold any text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with one line per row; bars and line ends in cells are made harmless."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(map(cell, line)) + " |" for line in lines)


def cell(text: str) -> str:
    """Return text that stays within one cell; what is not set as code cannot become a tag."""
    pieces = text.replace("|", "\\|").split("`")
    pieces[::2] = [piece.replace("<", "&lt;") for piece in pieces[::2]]
    return " ".join("`".join(pieces).split())


def code(text: str) -> str:
    """Return text set as code, nothing where there is none."""
    return f"`{text}`" if text else ""
