"""Finds the project's own files, leaving out environments, caches and other people's code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = frozenset({"var", "node_modules", "build", "dist"})
VENDORED_SUFFIXES = (".min.js", ".min.css")
VENDORED = frozenset({"assets/00_plotly.js"})


def files(*suffixes: str, root: Path = ROOT) -> Iterator[Path]:
    """Yield our files with one of these suffixes, as paths relative to `root`, sorted."""
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if path.suffix in suffixes and path.is_file() and _ours(relative):
            yield relative


def read(relative: Path, root: Path = ROOT) -> str:
    """Return the text of one of our files."""
    return (root / relative).read_text(encoding="utf-8")


@cache
def tree(text: str) -> ast.Module:
    """Return the syntax tree of a Python text, parsed once for all checks."""
    return ast.parse(text)


def _ours(relative: Path) -> bool:
    if any(part.startswith(".") or part in NOT_OURS for part in relative.parts):
        return False
    return not relative.name.endswith(VENDORED_SUFFIXES) and relative.as_posix() not in VENDORED
