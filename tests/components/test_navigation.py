"""Navigation follows the page registry; the frame says where one is and what may be reached."""

from __future__ import annotations

from typing import Any

from components.navigation import community_choice, frame, icon, navigation, with_community

PAGES: list[dict[str, Any]] = [
    {"name": "health", "path": "/health", "order": 3},
    {"name": "wall", "path": "/wall", "order": None},
    {"name": "desk", "path": "/", "order": 2},
    {"name": "case", "path": "/cases/none", "order": None},  # has no name to be listed under
]
COMMUNITIES = [
    {"community_id": "a", "name_zh": "甲", "name_en": "A", "timezone": "Asia/Shanghai"},
    {"community_id": "b", "name_zh": "乙", "name_en": None, "timezone": "America/New_York"},
]


def test_pages_with_a_name_are_listed_in_their_order() -> None:
    links = navigation(PAGES, "/", "a b").children
    assert [link.href for link in links] == [
        "/wall?community=a+b",
        "/?community=a+b",
        "/health?community=a+b",
    ]
    current = [link.to_plotly_json()["props"].get("aria-current") for link in links]
    assert current == [None, "page", None]


def test_an_unknown_icon_is_a_plain_page() -> None:
    assert icon("desk").className == "icon icon-desk"
    assert icon("nonsense").className == "icon icon-page"


def test_an_address_without_community_stays_bare() -> None:
    assert with_community("/wall", "") == "/wall"


def test_the_choice_names_each_community_in_the_readers_language() -> None:
    choice = community_choice(COMMUNITIES, "b")
    assert [option.children for option in choice.children] == ["甲", "乙"]
    assert choice.to_plotly_json()["props"]["data-chosen"] == "b"
    assert community_choice([], "").hidden is True


def test_the_frame_carries_the_zone_of_the_community_shown() -> None:
    shown = frame(PAGES, "/", COMMUNITIES, "b", "body")
    props = shown.to_plotly_json()["props"]
    assert (props["data-community"], props["data-timezone"]) == ("b", "America/New_York")


def test_the_frame_of_an_unknown_community_follows_none() -> None:
    props = frame(PAGES, "/", COMMUNITIES, "nowhere", "body").to_plotly_json()["props"]
    assert props["data-community"] == ""
