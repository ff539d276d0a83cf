"""Decides which layer may import which: the directions of the design, written as one table.

A fault is a line `file:line: what is wrong`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.checks.project import nodes

# What each layer may import beside itself. Arrows point from the edges inwards; rules are the core.
ALLOWED: dict[str, frozenset[str]] = {
    "settings": frozenset(),
    "rules": frozenset(),
    "data": frozenset({"rules"}),
    "actions": frozenset({"rules", "data", "cameras.model"}),
    "cameras": frozenset({"actions.outgoing", "rules"}),
    "components": frozenset({"rules"}),
    "ingest": frozenset({"actions", "data", "rules", "settings"}),
    "api": frozenset({"actions", "cameras", "components", "data", "exports", "rules", "settings"}),
    "pages": frozenset({"actions", "components", "data", "rules"}),
    "phone": frozenset({"actions", "api", "components", "data", "rules"}),
    "exports": frozenset({"components.figures", "components.wording", "data", "rules"}),
    "commands": frozenset({"ingest", "actions", "data", "exports", "rules", "settings"}),
    "app": frozenset(
        {
            *("settings", "data", "actions", "ingest", "cameras", "api", "pages", "phone"),
            *("components", "commands"),
        }
    ),
    "cli": frozenset({"app", "commands", "ingest", "data", "settings"}),
}
# These stand outside the product: they may look at everything, and nothing looks at them.
OUTSIDE = frozenset({"tests", "bench", "docs"})
# Third-party packages that have one home, so that the day they are exchanged touches one layer.
HOMES: dict[str, frozenset[str]] = {
    "duckdb": frozenset({"data"}),
    "flask_caching": frozenset({"data"}),
    "typer": frozenset({"cli", "commands"}),
    "uvicorn": frozenset({"app", "api"}),
    "fastapi": frozenset({"app", "api", "phone"}),
    "dash": frozenset({"app", "api", "pages", "components"}),
    "dash_leaflet": frozenset({"components"}),
    "dash_ag_grid": frozenset({"components"}),
    "plotly": frozenset({"components", "exports"}),
    "cv2": frozenset({"cameras"}),
    "av": frozenset({"cameras"}),
    "simplejpeg": frozenset({"cameras"}),
}
PURE_THIRD_PARTY = frozenset({"pydantic", "pydantic_core", "numpy"})


class Import(NamedTuple):
    """One imported module and the line it stands on."""

    line: int
    module: str


def import_faults(
    path: Path, text: str, page_modules: frozenset[str], sources: frozenset[str]
) -> list[str]:
    """Return every import of a file that goes against the directions.

    Args:
        path: Path of the file from the top of the project; decides its layer.
        text: Its Python text.
        page_modules: Dotted names of the modules that register a page.
        sources: Names of the source folders of `ingest/`.
    """
    layer = path.parts[0].removesuffix(".py")
    if layer in OUTSIDE:
        return []
    if layer not in ALLOWED:
        return [f"{path}:1: the layer {layer} is unknown; add it to ALLOWED in tests/checks"]
    by_line: dict[int, str] = {}
    for found in imports(path, text):
        fault = _fault(path, layer, found.module, page_modules, sources)
        if fault:
            by_line.setdefault(found.line, fault)
    return [f"{path}:{line}: {fault}" for line, fault in sorted(by_line.items())]


def imports(path: Path, text: str) -> Iterator[Import]:
    """Yield every module a file imports, also inside functions and for type checking only."""
    for node in nodes(text):
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            yield Import(node.lineno, base)
            yield from (Import(node.lineno, f"{base}.{alias.name}") for alias in node.names)


def page_modules_of(texts: dict[Path, str]) -> frozenset[str]:
    """Return the dotted names of the modules that register a page."""
    return frozenset(
        ".".join(path.with_suffix("").parts)
        for path, text in texts.items()
        if path.parts[0] == "pages" and "\nregister_page(" in text
    )


def _absolute(path: Path, node: ast.ImportFrom) -> str:
    """Return the module a `from` statement names, with leading dots resolved."""
    if not node.level:
        return node.module or ""
    above = path.parts[: -node.level]
    return ".".join([*above, *([node.module] if node.module else [])])


def _fault(
    path: Path, layer: str, module: str, page_modules: frozenset[str], sources: frozenset[str]
) -> str | None:
    top = module.partition(".")[0]
    if module in page_modules and not _same_module(path, module):
        return f"nothing imports a page, yet this imports {module}"
    if top in OUTSIDE:
        return f"the product never imports {top}/"
    if top not in ALLOWED:
        return _third_party_fault(layer, top)
    if top == layer:
        return _source_fault(path, module, sources)
    if not any(module == allowed or module.startswith(f"{allowed}.") for allowed in ALLOWED[layer]):
        return f"{layer} may not import {module}"
    return None


def _same_module(path: Path, module: str) -> bool:
    return ".".join(path.with_suffix("").parts) == module


def _source_fault(path: Path, module: str, sources: frozenset[str]) -> str | None:
    """One source never leans on another, so that its folder can be taken away."""
    parts = module.split(".")
    if path.parts[0] != "ingest" or len(parts) < 2 or parts[1] not in sources:
        return None
    if len(path.parts) > 2 and path.parts[1] != parts[1] and path.parts[1] in sources:
        return f"the source {path.parts[1]} may not import the source {parts[1]}"
    return None


def _third_party_fault(layer: str, top: str) -> str | None:
    if not top or top in sys.stdlib_module_names:
        return None
    if layer == "rules" and top not in PURE_THIRD_PARTY:
        return f"rules are pure: standard library, pydantic and numpy only, not {top}"
    if top in HOMES and layer not in HOMES[top]:
        return f"{top} belongs in {' or '.join(sorted(HOMES[top]))}, not in {layer}"
    return None
