"""Every setting, page, command, source and API route is documented; every link leads somewhere."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute, APIWebSocketRoute

from api import application
from docs.generate import PAGES
from docs.generator.commands import commands
from docs.generator.models import entries
from docs.generator.tables import read_tables
from ingest.discovery import discover
from settings import Settings, variable
from tests.checks import documents, project

DOCS = project.ROOT / "docs"
FIRST_SCREEN_LINES = 50


@cache
def page(name: str) -> str:
    return (project.ROOT / name).read_text(encoding="utf-8")


def documents_of_the_project() -> list[Path]:
    return list(project.files(".md"))


def api_routes() -> set[str]:
    """Every endpoint of the routers of api/, as `METHOD /path` or `WEBSOCKET /path`."""
    routers = [
        part.router
        for part in vars(application).values()
        if isinstance(getattr(part, "router", None), APIRouter)
    ]
    found = set()
    for route in (route for router in routers for route in router.routes):
        if isinstance(route, APIWebSocketRoute):
            found.add(f"WEBSOCKET {route.path}")
        elif isinstance(route, APIRoute):
            found |= {f"{method} {route.path}" for method in route.methods or ()}
    return found


def page_paths() -> set[str]:
    """The address of every page, read from its call of register_page."""
    paths = set()
    for path in project.files(".py"):
        if path.parts[0] != "pages" or path.name == "registration.py":
            continue
        for node in ast.walk(ast.parse(project.read(path))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("register_page"):
                given = {word.arg: word.value for word in node.keywords}
                where = given.get("path_template") or given.get("path")
                assert isinstance(where, ast.Constant), f"{path}: register_page names its path"
                paths.add(str(where.value))
    return paths


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_up_to_date(name: str) -> None:
    assert page(f"docs/{name}") == PAGES[name](), "run: make docs"


def test_every_setting_and_its_variable_is_documented() -> None:
    keys = [entry.key for entry in entries(Settings)]
    names = [*keys, *filter(None, (variable(key) for key in keys))]
    assert "YIPING_STORE" in names
    assert documents.missing(names, page("docs/settings.md")) == []


def test_every_table_is_documented() -> None:
    schema = "\n".join(
        page(path.as_posix()) for path in project.files(".sql") if "schema" in path.parts
    )
    names = [f"[`{each.name}`](#{each.name})" for each in read_tables(schema)]
    assert "[`case_now`](#case_now)" in names
    assert [name for name in names if name not in page("docs/tables.md")] == []


def test_every_command_is_documented() -> None:
    names = [name for name, _ in commands()]
    assert {"run", "import", "key create"} <= set(names)
    assert documents.missing([f"python cli.py {n}" for n in names], page("docs/cli.md")) == []


def test_every_source_has_its_section() -> None:
    names = set(discover())
    assert {"http", "files"} <= names
    assert names <= documents.headings(page("docs/sources.md"))


def test_every_page_is_documented_under_its_address() -> None:
    paths = page_paths()
    assert {"/", "/wall"} <= paths
    assert documents.missing(paths, page("docs/pages.md")) == []


def test_every_api_route_is_documented() -> None:
    routes = api_routes()
    assert {"POST /api/v1/cases", "GET /api/v1/health", "WEBSOCKET /api/v1/live"} <= routes
    assert documents.missing(routes, page("docs/api.md")) == []


def test_no_page_or_route_is_documented_that_does_not_exist() -> None:
    heads = [line.removeprefix("### ").strip("`") for line in page("docs/api.md").splitlines()]
    told = {head for head in heads if head.partition(" ")[0] in ("GET", "POST", "WEBSOCKET")}
    assert told == api_routes()


def test_every_link_and_image_leads_to_a_file_and_heading() -> None:
    every = documents_of_the_project()
    faults = [f for p in every for f in documents.link_faults(p, project.read(p), project.ROOT)]
    assert not faults, "\n".join(faults)


def test_the_first_screen_of_the_readme_shows_what_it_is_and_how_to_start() -> None:
    first = "\n".join(page("README.md").splitlines()[:FIRST_SCREEN_LINES])
    assert "一屏" in first
    assert "![" in first and "docs/screenshots/wall-1920-zh.png" in first
    assert "make run" in first and "make test" in first
    assert "http://127.0.0.1:8050/wall" in first


def test_every_decision_record_has_the_one_shape_and_its_own_number() -> None:
    records = sorted((DOCS / "adr").glob("*.md"))
    faults = [
        f for path in records for f in documents.adr_faults(path.name, path.read_text("utf-8"))
    ]
    assert not faults, "\n".join(faults)
    numbers = [path.name[:4] for path in records]
    assert numbers == [f"{n:04d}" for n in range(1, len(records) + 1)]


def test_every_decision_record_that_code_names_exists() -> None:
    numbers = {path.name[:4] for path in (DOCS / "adr").glob("*.md")}
    every = project.files(".py", ".sql", ".js", ".css", ".md", ".toml")
    named = {n for path in every for n in re.findall(r"\bADR (\d{4})\b", project.read(path))}
    assert {"0002", "0003", "0005"} <= named
    assert named <= numbers


def test_every_brief_that_code_cites_is_explained() -> None:
    # A reader of the repository alone must be able to follow `DOMAIN R1`.
    texts = [project.read(p) for p in project.files(".py", ".sql", ".js", ".css", ".toml")]
    cited = {label for text in texts for label in documents.citations(text)}
    assert {"DOMAIN R1", "REFERENCE §2"} <= cited
    assert documents.missing(cited, page("docs/references.md")) == []


def test_a_change_for_operators_is_told_in_the_changelog() -> None:
    text = page("CHANGELOG.md")
    version = page("pyproject.toml").partition('version = "')[2].partition('"')[0]
    assert f"## {version}" in text
