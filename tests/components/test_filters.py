"""Filters: read from an address, written back to one, safe against nonsense."""

from __future__ import annotations

import pytest

from components.filters import CaseFilter, areas_below, categories_worded, filter_of
from rules.vocabulary import CASE_STATUSES, FINISHED_STATUSES, OPEN_STATUSES


def test_an_empty_address_asks_for_the_open_cases() -> None:
    wanted = filter_of({})
    assert wanted == CaseFilter()
    assert wanted.statuses == OPEN_STATUSES
    assert not wanted.narrowed


@pytest.mark.parametrize(
    ("status", "statuses", "overdue"),
    [
        ("open", OPEN_STATUSES, False),
        ("overdue", OPEN_STATUSES, True),
        ("finished", FINISHED_STATUSES, False),
        ("all", CASE_STATUSES, False),
        ("suspended", ("suspended",), False),
        ("'; drop table case_now", OPEN_STATUSES, False),  # nonsense falls back to the open cases
    ],
)
def test_a_status_is_a_group_or_a_single_status(
    status: str, statuses: tuple[str, ...], overdue: bool
) -> None:
    wanted = filter_of({"status": status})
    assert (wanted.statuses, wanted.overdue) == (statuses, overdue)


def test_an_address_and_its_filter_say_the_same() -> None:
    wanted = CaseFilter("demo", "closed", "pets & co", "area-1", "南门 #3?")
    address = wanted.address("/cases/1")
    path, _, query = address.partition("?")
    from_address = dict(pair.split("=") for pair in query.split("&"))
    assert path == "/cases/1"
    assert from_address["category"] == "pets+%26+co"
    assert set(from_address) == {"community", "status", "category", "area", "q"}


def test_what_is_not_narrowed_is_left_out_of_the_address() -> None:
    assert CaseFilter().address() == "/"
    assert CaseFilter("demo").address() == "/?community=demo"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(["a", "b"], "a"), ([], ""), (None, ""), (7, ""), ("  x  ", "x"), ("y" * 500, "y" * 100)],
)
def test_text_from_an_address_is_one_short_word(value: object, expected: str) -> None:
    assert filter_of({"q": value}).text == expected


def test_a_category_is_found_by_its_name_in_either_language() -> None:
    assert categories_worded("噪声") == ["noise"]
    assert categories_worded("NOISE") == ["noise"]
    assert categories_worded("no such word") == []


def test_an_area_brings_everything_below_it_even_in_a_broken_hierarchy() -> None:
    areas = [
        {"area_id": "zone", "parent_id": "loop"},
        {"area_id": "grid", "parent_id": "zone"},
        {"area_id": "loop", "parent_id": "grid"},  # a source that makes a ring of parents
        {"area_id": "other", "parent_id": None},
    ]
    assert set(areas_below(areas, "zone") or []) == {"zone", "grid", "loop"}
    assert areas_below(areas, "other") == ["other"]
    assert areas_below(areas, None) is None
