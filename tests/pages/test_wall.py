"""The wall's page: every id its scripts look for, in both languages, before any data."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import dash
import pytest

from components import ids, wording
from components.one_map import LAYERS
from components.wall_panels import FIGURES, wall_frame

ASSETS = Path(__file__).parents[2] / "assets"
SCRIPTS = ("frame.js", "ticker.js", "one_map*.js", "wall_*.js")


def elements(node: Any) -> Iterator[Any]:
    yield node
    children = getattr(node, "children", None)
    for child in children if isinstance(children, list | tuple) else [children]:
        if hasattr(child, "to_plotly_json"):
            yield from elements(child)


def ids_of(node: Any) -> set[str]:
    return {element.id for element in elements(node) if getattr(element, "id", None)}


def script_text() -> str:
    files = [file for pattern in SCRIPTS for file in ASSETS.glob(pattern)]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_the_wall_is_a_registered_page(page: Callable[[str], ModuleType]) -> None:
    module = importlib.reload(page("wall"))
    entry = dash.page_registry["pages.wall"]
    assert (entry["path"], entry["action"]) == ("/wall", "feed.read")
    assert ids.WALL in ids_of(module.layout(community="demo"))


def test_every_element_the_scripts_look_for_is_on_the_wall() -> None:
    wanted = set(re.findall(r"(?:getElementById|part|whenPresent)\(\"([\w-]+)\"", script_text()))
    assert {"wall-figures", "ticker-top", "one-map-lock", "live-state", "map-note"} <= wanted
    assert not wanted - ids_of(wall_frame("demo")) - {ids.FIRST_PAINT, "react-entry-point"}


def test_no_id_is_given_twice() -> None:
    given = [element.id for element in elements(wall_frame("")) if getattr(element, "id", None)]
    assert len(given) == len(set(given))


def test_every_key_figure_of_the_page_is_computed_by_the_script() -> None:
    script = (ASSETS / "wall_figures.js").read_text(encoding="utf-8")
    block = script[script.index("const FIGURES") : script.index("const known")]
    assert set(re.findall(r"^    (\w+): \(\{", block, re.MULTILINE)) == set(FIGURES)


def test_the_layer_chips_of_page_and_script_are_the_same() -> None:
    script = (ASSETS / "one_map.js").read_text(encoding="utf-8")
    found = re.search(r"const CHIPS = \[([^\]]+)\]", script)
    assert found
    assert tuple(re.findall(r"\"(\w+)\"", found[1])) == LAYERS


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_the_empty_wall_reads_in_its_language_and_follows_a_switch(lang: wording.Language) -> None:
    token = wording.current_language.set(lang)
    try:
        wall = wall_frame("demo")
    finally:
        wording.current_language.reset(token)
    said = {}
    for element in elements(wall):
        props = element.to_plotly_json()["props"]
        if "data-say" in props:
            said[props["data-say"]] = element.children
    assert {"wall.cameras", "map.title", "ticker.title", "figure.overdue"} <= said.keys()
    assert said == {code: wording.text(code, lang) for code in said}


def test_figures_read_as_missing_until_a_number_arrives() -> None:
    values = [
        element.children
        for element in elements(wall_frame("demo"))
        if getattr(element, "className", "") == "figure-value"
    ]
    assert values == ["—"] * len(FIGURES)
