"""Navigation follows the page registry; the frame says where one is and what may be reached."""

from __future__ import annotations

from typing import Any, cast

from components.navigation import community_choice, frame, navigation, with_community

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
    links = navigation(PAGES, "/", "a b")[1].children
    assert [link.href for link in links] == [
        "/wall?community=a+b",
        "/?community=a+b",
        "/health?community=a+b",
    ]
    current = [link.to_plotly_json()["props"].get("aria-current") for link in links]
    assert current == [None, "page", None]


def test_pages_of_a_group_stand_in_its_menu_and_their_badges_add_up() -> None:
    pages = [
        *PAGES,
        {"name": "audit", "path": "/audit", "order": 12, "group": "oversight", "badge": 2},
        {"name": "approvals", "path": "/approvals", "order": 10, "group": "oversight", "badge": 3},
        {"name": "files", "path": "/files", "order": 5, "group": "people"},
    ]
    opener, bar = cast("list[Any]", navigation(pages, "/audit", ""))
    assert opener.to_plotly_json()["props"]["aria-controls"] == bar.id
    *_, alone, menu = bar.children
    assert alone.href == "/files"  # a menu of one page would be a click too many
    summary, links = menu.children
    assert summary.to_plotly_json()["props"]["data-here"] == "true"
    assert summary.children[0].children == "监督" and summary.children[1].children == "5"
    assert [link.href for link in links.children] == ["/approvals", "/audit"]
    _, elsewhere = navigation(pages, "/", "")
    assert "data-here" not in elsewhere.children[-1].children[0].to_plotly_json()["props"]


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
