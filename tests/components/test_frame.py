"""The page around the pages: language, theme, words, early scripts, and only what a screen uses."""

from __future__ import annotations

import json
import re

import dash
import pytest
from dash import html

from components import wording
from components.frame import (
    Library,
    Shell,
    demo_ribbon,
    index_html,
    libraries_of,
    said,
    screen_of,
)
from components.words_script import words_address, words_script

PARTS = {
    "favicon": '<link rel="icon" href="/favicon.ico">',
    "css": '<link rel="stylesheet" href="/assets/tokens.css">',
    "app_entry": '<div id="react-entry-point"><div class="_dash-loading">Loading...</div></div>',
    "config": '<script id="_dash-config" type="application/json">{}</script>',
    "renderer": '<script id="_dash-renderer">var renderer = 1;</script>',
    "scripts": "\n".join(
        [
            '<script src="/_dash-component-suites/dash/deps/react.js"></script>',
            '<script src="/_dash-component-suites/dash_ag_grid/dash_ag_grid.js"></script>',
            '<script src="/_dash-component-suites/dash_leaflet/dash_leaflet.js"></script>',
            '<script src="/_dash-component-suites/dash_table/bundle.js"></script>',
            '<script src="/assets/00_words.js?m=1"></script>',
            '<script src="/assets/one_map.js?m=1"></script>',
            '<script src="/assets/live.js?m=1"></script>',
            '<script src="/assets/wall.js?m=1"></script>',
            "<script>window.inline = 1;</script>",
        ]
    ),
}


def shell(build: str = "b1") -> Shell:
    return Shell(lambda asked: "demo", build, pitch_mm=2.5, distance_m=5)


def wall(community: str = "demo", parts: dict[str, str] | None = None) -> str:
    return index_html(shell(), "wall", community, parts or PARTS, ("map",))


@pytest.mark.parametrize(
    ("path", "screen"),
    [
        ("/wall", "wall"),
        ("/wall/", "wall"),
        ("/", "desk"),
        ("/cases/01a", "desk"),
        ("/wallpaper", "desk"),
    ],
)
def test_the_path_decides_which_screen_a_page_is(path: str, screen: str) -> None:
    assert screen_of(path) == screen


def test_our_words_and_the_live_link_load_before_the_component_libraries() -> None:
    page = wall()
    assert page.index("/assets/words.js?m=") < page.index("00_words.js") < page.index("live.js")
    assert page.index("live.js") < page.index("</head>") < page.index("react.js")
    assert page.index("wall.js") < page.index("yiping.live.begin()") < page.index("react.js")
    assert page.count("live.js") == 1


@pytest.mark.parametrize(
    ("libraries", "sent"),
    [
        ((), set()),
        (("map",), {"dash_leaflet", "one_map.js"}),
        (("grid", "map"), {"dash_ag_grid", "dash_leaflet", "one_map.js"}),
    ],
)
def test_a_page_loads_only_the_libraries_it_named(
    libraries: tuple[Library, ...], sent: set[str]
) -> None:
    page = index_html(shell(), "desk", "demo", PARTS, libraries)
    optional = ("dash_ag_grid", "dash_leaflet", "one_map.js", "dash_table")
    assert {part for part in optional if part in page} == sent
    assert "wall.js" in page


def test_the_libraries_of_a_page_are_found_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {
        "pages.a": {"path": "/", "libraries": ("grid",)},
        "pages.b": {"path": "/plans/none", "path_template": "/plans/<run>", "libraries": ("map",)},
        "pages.c": {"path": "/plans", "path_template": None},
    }
    monkeypatch.setattr(dash, "page_registry", pages)
    assert libraries_of("/") == ("grid",)
    assert libraries_of("/plans/0a-1/") == ("map",)
    assert libraries_of("/plans") == libraries_of("/plans/0a/b") == libraries_of("/nowhere") == ()


def test_inline_scripts_of_callbacks_stay_behind_the_libraries() -> None:
    page = wall()
    assert page.index("react.js") < page.index("window.inline = 1")


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_the_page_says_its_language(lang: wording.Language) -> None:
    token = wording.current_language.set(lang)
    try:
        page = wall()
    finally:
        wording.current_language.reset(token)
    assert f'<html lang="{lang}"' in page


def test_the_script_of_words_has_both_languages_and_an_address_of_its_content() -> None:
    name, _, content = words_script().partition(" = ")
    assert name == "window.yipingWords"
    words = json.loads(content.rstrip(";\n"))
    assert words == {each: wording.dictionary(each) for each in wording.LANGUAGES}
    assert re.fullmatch(r"/assets/words\.js\?m=[0-9a-f]{16}", words_address())


def test_a_hostile_community_name_in_the_address_stays_text() -> None:
    page = wall('"><script>alert(1)</script>')
    assert "<script>alert(1)" not in page


def test_the_page_tells_the_scripts_the_build_and_the_distance_rule() -> None:
    page = wall()
    assert 'data-build="b1"' in page
    # 5 m ÷ 156 = 32.05 mm; at 2.5 mm a pixel that is 12.8 px.
    assert "--needed-text: 12.8px" in page


def test_the_page_asks_no_other_host_for_anything() -> None:
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", wall())


def test_a_sentence_element_names_its_code_for_the_language_switch() -> None:
    element = said("wall.notices", html.H2)
    assert element.children == wording.text("wall.notices")
    assert element.to_plotly_json()["props"]["data-say"] == "wall.notices"


def test_the_demo_ribbon_is_in_words_and_hidden_until_the_community_is_known() -> None:
    ribbon = demo_ribbon()
    assert ribbon.to_plotly_json()["props"]["hidden"] is True
    assert "演示" in wording.text("ribbon.demo", "zh-CN")
    assert "DEMO" in wording.text("ribbon.demo", "en")
