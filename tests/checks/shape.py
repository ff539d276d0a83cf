"""Decides how long a file or function may be and how a module begins (STYLE 4, 7, 9)."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterable
from pathlib import Path

from tests.checks.project import nodes, tree

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 50
MEDIAN_LINES = 120
EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "misc"})


def length_faults(path: Path, text: str) -> list[str]:
    """Return the fault of a file above the cap."""
    lines = len(text.splitlines())
    if lines <= MOST_LINES_OF_A_FILE:
        return []
    return [f"{path}:{lines}: {lines} lines, at most {MOST_LINES_OF_A_FILE}; split it by noun"]


def median_faults(lengths: Iterable[int]) -> list[str]:
    """Return the fault of a project whose files grow too long on the whole."""
    median = statistics.median(lengths)
    return [] if median <= MEDIAN_LINES else [f"median file {median} lines, at most {MEDIAN_LINES}"]


def function_faults(path: Path, text: str) -> list[str]:
    """Return every function above the cap, counted from `def` to its last line."""
    faults = []
    for node in nodes(text):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                faults.append(
                    f"{path}:{node.lineno}: {node.name} has {lines} lines, "
                    f"at most {MOST_LINES_OF_A_FUNCTION}"
                )
    return faults


def docstring_faults(path: Path, text: str) -> list[str]:
    """Return the faults of a first line: missing, or no sentence.

    A module, in Python and in the web assets alike, begins by saying what it decides or does.
    """
    if path.suffix == ".py":
        docstring = ast.get_docstring(tree(text))
        if not docstring:
            return [f"{path}:1: no module docstring"]
        first = docstring.splitlines()[0]
        whole = re.split(r"\n\s*\n", docstring)[0].rstrip()
        return [] if whole.endswith((".", ":", "。")) else [f"{path}:1: not a sentence: {first!r}"]
    if re.match(r"\s*(/\*|//)\s*\S", text):
        return []
    return [f"{path}:1: does not begin with a comment that says what it is for"]


def public_docstring_faults(path: Path, text: str) -> list[str]:
    """Return every public function or class of a module's top level without a docstring."""
    return [
        f"{path}:{node.lineno}: {node.name} is public and has no docstring"
        for node in tree(text).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not _is_overload(node)
        and not ast.get_docstring(node)
    ]


def name_faults(path: Path) -> list[str]:
    """Return the fault of a file or folder named for nothing it holds."""
    words = [part.partition(".")[0] for part in path.parts]
    bad = EMPTY_NAMES & {piece for word in words for piece in (word, *word.split("_"))}
    return [f"{path}:1: {name!r} says nothing; name it for what it holds" for name in sorted(bad)]


def _is_overload(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list)
