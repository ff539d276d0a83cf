"""Decides what the text of a file may not contain: SQL, errors, network and page rules (STYLE)."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.checks.project import nodes

ALLOWED_ADDRESSES = ("http://www.w3.org/",)  # names of XML namespaces, never fetched
FOREIGN = re.compile(r"""(?:(?:https?|wss?):)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s"'`)]*""", re.I)
SQL_START = re.compile(
    r"^\s*(?:select\s.*\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|merge\s+into\s"
    r"|create\s+(?:or\s+replace\s+)?(?:table|view)\s|with\s+\w+\s+as\s*\()",
    re.I | re.S,
)
STAR = re.compile(
    r"(?:\bselect\s+(?:distinct\s+)?|,\s*)(?:\w+\.)?\*|^\s*(?:\w+\.)?\*\s*(?:,|$|from\b)", re.I
)
NOT_PORTABLE = re.compile(
    r"\bprimary\s+key\b|\bforeign\s+key\b|\breferences\s+\w+\s*\(|\bunique\b|\bon\s+conflict\b"
    r"|\binsert\s+or\s+(?:replace|ignore)\b|\bcreate\s+(?:unique\s+)?index\b"
    r"|\bcreate\s+(?:or\s+replace\s+)?sequence\b|\bnextval\b",
    re.I,
)
KEYWORD = re.compile(
    r"\b(?:SELECT|FROM|WHERE|JOIN|INSERT|MERGE|UPDATE|DELETE|WITH|GROUP BY|ORDER BY|HAVING|UNION)\b"
)
COLOUR = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl)a?\(", re.I)


def sql_faults(path: Path, text: str) -> list[str]:
    """Return the faults of a query or migration: header, star, portability, capitals."""
    faults = [] if text.startswith("-- ") else [f"{path}:1: does not begin with a header comment"]
    for number, line in enumerate(text.splitlines(), 1):
        code = re.sub(r"'[^']*'", "''", line).partition("--")[0]
        if STAR.search(code):
            faults.append(f"{path}:{number}: names its columns, never a star")
        if NOT_PORTABLE.search(code):
            faults.append(f"{path}:{number}: not portable to DuckLake (ADR 0002): {code.strip()}")
        if KEYWORD.search(code):
            faults.append(f"{path}:{number}: keywords are lower case")
    return faults


def error_faults(path: Path, text: str) -> list[str]:
    """Return every bare `except:` and every catch-all that does not say why."""
    caught = [node for node in nodes(text) if isinstance(node, ast.ExceptHandler)]
    comments = _comments(text) if caught else {}
    faults = []
    for node in caught:
        if node.type is None:
            faults.append(f"{path}:{node.lineno}: bare except; name what is caught")
        elif _catches_all(node.type) and not _says_why(comments, node):
            faults.append(f"{path}:{node.lineno}: a catch-all needs a comment that says why")
    return faults


def page_faults(path: Path, text: str) -> list[str]:
    """Return what must not be on a page: polling, raw HTML, addresses of other hosts."""
    faults = [
        f"{path}:{number}: {word}: {why}"
        for number, line in enumerate(text.splitlines(), 1)
        for word, why in (
            ("dcc.Interval", "data is pushed, not polled"),
            ("dangerously_allow_html", "text of residents would run as script"),
            ("innerHTML", "text of residents would run as script"),
        )
        if word in line
    ]
    return faults + [
        f"{path}:{number}: no page reaches another host: {found}"
        for number, code in _code_lines(path, text)
        for found in FOREIGN.findall(code)
        if not found.startswith(ALLOWED_ADDRESSES)
    ]


def composed_sql_faults(path: Path, text: str) -> list[str]:
    """Return every statement written in Python; each belongs in a .sql file."""
    return [
        f"{path}:{line}: SQL text belongs in data/sql/<noun>/<query>.sql"
        for line, value in _strings(text)
        if SQL_START.match(value)
    ]


def bare_id_faults(path: Path, text: str) -> list[str]:
    """Return every element whose id is a literal instead of a name of components/ids.py."""
    return [
        f"{path}:{node.value.lineno}: id {node.value.value!r} belongs in components/ids.py"
        for node in nodes(text)
        if isinstance(node, ast.keyword)
        and node.arg == "id"
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]


def colour_faults(path: Path, text: str) -> list[str]:
    """Return every colour written outside the theme."""
    return [
        f"{path}:{number}: colours come from components/theme.py or assets/tokens.css: {found}"
        for number, code in _code_lines(path, text)
        for found in COLOUR.findall(code)
    ]


def _catches_all(kind: ast.expr) -> bool:
    names = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(isinstance(n, ast.Name) and n.id in ("Exception", "BaseException") for n in names)


def _says_why(comments: dict[int, str], handler: ast.ExceptHandler) -> bool:
    if isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None:
        return True  # nothing is swallowed: it undoes and passes the error on
    first = handler.body[0].lineno
    said = " ".join(comments.get(line, "") for line in range(handler.lineno - 1, first + 1))
    return len(re.sub(r"noqa:?\s*[A-Z0-9, ]*", "", said).split()) >= 3


def _comments(text: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}


def _strings(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and value of every string that is no docstring."""
    prose = {
        id(node.value)
        for node in nodes(text)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in nodes(text):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def _code_lines(path: Path, text: str) -> Iterator[tuple[int, str]]:
    """Yield line number and text without comments; for Python only the strings."""
    if path.suffix == ".py":
        yield from _strings(text)
        return
    blank = re.sub(r"/\*.*?\*/", lambda c: "\n" * c.group().count("\n"), text, flags=re.S)
    for number, line in enumerate(blank.splitlines(), 1):
        yield number, re.sub(r"(^|\s)//.*", "", line)
