"""The project's own files against the directions of imports, the caps and the rules of writing.

tests/checks/test_checks.py proves on small snippets that every one of these checks can fail.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.checks import imports, project, shape, writing

ON_SCREEN = ("pages", "phone", "components")


@cache
def python_texts() -> dict[Path, str]:
    return {path: project.read(path) for path in project.files(".py")}


def product_texts() -> dict[Path, str]:
    outside = imports.OUTSIDE
    return {path: text for path, text in python_texts().items() if path.parts[0] not in outside}


def on_screen_texts() -> dict[Path, str]:
    """Everything a browser gets: Python that builds pages, and the assets."""
    python = {path: text for path, text in python_texts().items() if path.parts[0] in ON_SCREEN}
    assets = (path for path in project.files(".js", ".css", ".svg", ".html"))
    return python | {path: project.read(path) for path in assets if path.parts[0] == "assets"}


@cache
def sources() -> frozenset[str]:
    """Folders of ingest/ that set SOURCE."""
    return frozenset(
        path.parts[1]
        for path, text in python_texts().items()
        if path.match("ingest/*/__init__.py") and "\nSOURCE" in text
    )


def test_imports_go_only_in_the_allowed_directions() -> None:
    pages = imports.page_modules_of(python_texts())
    faults = [
        fault
        for path, text in python_texts().items()
        for fault in imports.import_faults(path, text, pages, sources())
    ]
    assert not faults, "\n".join(faults)


def test_the_checks_see_the_layers_pages_and_sources_there_are() -> None:
    layers = {path.parts[0].removesuffix(".py") for path in python_texts()}
    assert {"rules", "data", "actions", "ingest", "api", "pages", "components"} <= layers
    assert "pages.wall" in imports.page_modules_of(python_texts())
    assert {"http", "files"} <= sources()


def test_no_file_is_longer_than_the_cap_and_the_median_stays_small() -> None:
    texts = {path: project.read(path) for path in project.files(".py", ".js", ".css", ".sql")}
    faults = [fault for path, text in texts.items() for fault in shape.length_faults(path, text)]
    faults += shape.median_faults(len(text.splitlines()) for text in product_texts().values())
    assert not faults, "\n".join(faults)


def test_no_function_is_longer_than_the_cap() -> None:
    faults = [f for path, text in python_texts().items() for f in shape.function_faults(path, text)]
    assert not faults, "\n".join(faults)


def test_every_module_begins_by_saying_what_it_does() -> None:
    texts = python_texts() | {path: project.read(path) for path in project.files(".js", ".css")}
    faults = [fault for path, text in texts.items() for fault in shape.docstring_faults(path, text)]
    assert not faults, "\n".join(faults)


def test_every_public_function_and_class_of_the_product_is_described() -> None:
    faults = [
        fault
        for path, text in product_texts().items()
        for fault in shape.public_docstring_faults(path, text)
    ]
    assert not faults, "\n".join(faults)


def test_every_file_is_named_for_what_it_holds() -> None:
    every = project.files(".py", ".js", ".css", ".sql", ".toml", ".md")
    faults = [fault for path in every for fault in shape.name_faults(path)]
    assert not faults, "\n".join(faults)


def test_every_query_has_a_header_names_its_columns_and_is_portable() -> None:
    queries = list(project.files(".sql"))
    faults = [f for path in queries for f in writing.sql_faults(path, project.read(path))]
    assert queries
    assert not faults, "\n".join(faults)


def test_python_composes_no_sql_text() -> None:
    faults = [
        fault
        for path, text in product_texts().items()
        for fault in writing.composed_sql_faults(path, text)
    ]
    assert not faults, "\n".join(faults)


def test_no_error_is_swallowed_without_a_reason() -> None:
    faults = [f for path, text in python_texts().items() for f in writing.error_faults(path, text)]
    assert not faults, "\n".join(faults)


def test_no_page_polls_runs_raw_html_or_reaches_another_host() -> None:
    faults = [
        f for path, text in on_screen_texts().items() for f in writing.page_faults(path, text)
    ]
    assert not faults, "\n".join(faults)


def test_element_ids_and_colours_come_from_their_one_place() -> None:
    faults = []
    for path, text in on_screen_texts().items():
        if path.suffix == ".py":
            faults += writing.bare_id_faults(path, text)
        if path.as_posix() not in ("components/theme.py", "assets/tokens.css"):
            faults += writing.colour_faults(path, text)
    assert not faults, "\n".join(faults)
