"""The list: plain text cells, rows with what the scripts need, sorts the query knows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from components.case_list import SORTS, case_list, list_rows, place_of, sort_of
from data.queries import sql

AT = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


def case(**facts: Any) -> dict[str, Any]:
    return {
        "case_id": "c1",
        "event_id": "e1",
        "category": "noise",
        "urgency": "urgent",
        "status": "handling",
        "title": None,
        "reported_at": AT,
        "deadline_at": None,
        "closed_at": None,
        "lon": None,
        "lat": None,
        "locality": None,
        "address": None,
        "place_zh": None,
        "place_en": None,
        "area_zh": None,
        "area_en": None,
        **facts,
    }


def test_a_row_has_words_for_people_and_utc_times_for_scripts() -> None:
    [row] = list_rows([case(deadline_at=AT)])
    assert (row["shape"], row["category"], row["status"]) == ("▲", "噪声扰民", "处置中")
    assert row["deadline_at"] == "2026-03-10T04:00:00+00:00"
    assert row["title"] == ""
    assert row["finished"] is False
    json.dumps(row)


def test_a_finished_case_is_marked_so_that_its_time_stops() -> None:
    [row] = list_rows([case(status="closed", closed_at=AT)])
    assert row["finished"] is True


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"place_zh": "2号楼", "locality": "南门"}, "2号楼"),
        ({"locality": "南门", "address": "501"}, "南门"),
        ({"address": "3号楼 501", "area_zh": "网格1"}, "3号楼 501"),  # an address, for officers
        ({"area_zh": "网格1"}, "网格1"),
        ({}, ""),
    ],
)
def test_a_place_is_the_most_exact_name_there_is(facts: dict[str, str], place: str) -> None:
    assert place_of(case(**facts)) == place


def test_every_sort_is_one_the_query_knows() -> None:
    known = sql("desk/cases")
    assert all(f"when '{word}' then" in known for word in SORTS.values())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (None, ("due", False)),
        ([], ("due", False)),
        ([{"colId": "reported", "sort": "desc"}], ("reported", True)),
        ([{"colId": "title; drop", "sort": "asc"}], ("due", False)),
    ],
)
def test_an_unknown_sort_falls_back_to_overdue_first(
    asked: list[dict[str, str]] | None, expected: tuple[str, bool]
) -> None:
    assert sort_of(asked) == expected


def test_no_cell_is_drawn_as_html() -> None:
    grid = case_list()
    for column in grid.columnDefs:
        assert not {"cellRenderer", "cellRendererSelector", "dangerously_allow_code"} & set(column)
    assert "dangerously_allow_code" not in grid.to_plotly_json()["props"]
