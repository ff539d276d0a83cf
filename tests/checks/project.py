"""Finds the project's own files, leaving out environments, caches and other people's code."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = frozenset({"var", "node_modules", "build", "dist"})
VENDORED_SUFFIXES = (".min.js", ".min.css")
VENDORED = frozenset({"assets/00_plotly.js"})


def files(*suffixes: str, root: Path = ROOT) -> Iterator[Path]:
    """Yield our files with one of these suffixes, as paths relative to `root`, sorted."""
    return (path for path in _every(root) if path.suffix in suffixes)


@cache
def _every(root: Path) -> list[Path]:
    """All our files; folders of others, such as environments, are not even looked into."""
    found = []
    for folder, inner, names in os.walk(root):
        inner[:] = [name for name in inner if not name.startswith(".") and name not in NOT_OURS]
        here = Path(folder).relative_to(root)
        found += [here / name for name in names if _ours(here / name)]
    return sorted(found)


@cache
def read(relative: Path, root: Path = ROOT) -> str:
    """Return the text of one of our files."""
    return (root / relative).read_text(encoding="utf-8")


@cache
def tree(text: str) -> ast.Module:
    """Return the syntax tree of a Python text, parsed once for all checks."""
    return ast.parse(text)


@cache
def nodes(text: str) -> tuple[ast.AST, ...]:
    """Return every node of the syntax tree of a Python text, walked once for all checks."""
    return tuple(ast.walk(tree(text)))


def _ours(relative: Path) -> bool:
    if relative.name.startswith("."):
        return False
    return not relative.name.endswith(VENDORED_SUFFIXES) and relative.as_posix() not in VENDORED
