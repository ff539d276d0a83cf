"""The ticker: every unfinished case, down to the building, its light reckoned by the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from data.views.cases import ticker
from data.views.view import Question
from rules.records import PlaceRecord
from rules.vocabulary import CASE_STATUSES, FINISHED_STATUSES
from tests.data.views.given import NOW, case

Put = Callable[..., list[str]]
Ask = Callable[..., Question]


def test_every_unfinished_case_is_on_the_ticker_and_no_finished_one(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put("cases", *(case(status, status=status) for status in CASE_STATUSES))
    shown = {row["status"] for row in ticker(ask())}
    assert shown == set(CASE_STATUSES) - set(FINISHED_STATUSES)


def test_the_next_due_comes_first_and_what_has_no_limit_last(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put(
        "cases",
        case("later", deadline_at=NOW + timedelta(hours=5)),
        case("none", category="a word of the source's own"),
        case("overdue", deadline_at=NOW - timedelta(hours=5)),
        case("soon", deadline_at=NOW + timedelta(hours=1)),
    )
    rows = ticker(ask())
    assert [row["deadline_at"] for row in rows] == [
        "2026-03-11T03:00:00Z",
        "2026-03-11T09:00:00Z",
        "2026-03-11T13:00:00Z",
        None,
    ]
    assert rows[3]["limit_kind"] is None and rows[3]["yellow_at"] is None


def test_a_case_is_placed_by_building_else_by_locality_else_by_grid(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put(
        "cases",
        case("1", place_id="b1", locality="北门"),
        case("2", hours_ago=2, locality="北门", area_id="g1"),
        case("3", hours_ago=3, area_id="g1"),
        case("4", hours_ago=4),
    )
    rows = sorted(ticker(ask()), key=lambda row: row["reported_at"], reverse=True)
    assert [(row["place_zh"], row["place_en"]) for row in rows] == [
        ("3号楼", "Building 3"),
        ("北门", "北门"),
        ("第一网格", "Grid 1"),
        (None, None),
    ]


def test_names_are_read_again_when_the_register_changed(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put("cases", case("1", place_id="b1"))
    before = ask()
    frozen = replace(before, version=lambda nouns: -1)
    assert ticker(frozen)[0]["place_zh"] == "3号楼"
    put("places", PlaceRecord(source_id="b1", kind="building", name_zh="新3号楼"))
    assert ticker(frozen)[0]["place_zh"] == "3号楼"
    assert ticker(replace(before, version=lambda nouns: -2))[0]["place_zh"] == "新3号楼"


def test_a_default_point_of_a_source_is_no_position(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put("cases", case("1", lon=116.31, lat=39.91, location_flag="default_location"))
    assert [(row["lon"], row["lat"]) for row in ticker(ask())] == [(None, None)]


def test_a_working_clock_does_not_turn_yellow_overnight(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    # Reported 17:00 local, 4 work hours: due next day 11:00, of which 80 % is 3 h 12 min of work.
    put("cases", case("1", category="waste_overflow", hours_ago=-1))
    (row,) = ticker(ask())
    assert (row["reported_at"], row["deadline_at"]) == (
        "2026-03-11T09:00:00Z",
        "2026-03-12T03:00:00Z",
    )
    assert row["yellow_at"] == "2026-03-12T02:12:00Z"


def test_a_deadline_set_by_the_source_runs_without_a_break(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put("cases", case("1", hours_ago=10, deadline_at=NOW))
    (row,) = ticker(ask())
    assert (row["limit_kind"], row["yellow_at"]) == ("source", "2026-03-11T06:00:00Z")


def test_another_community_has_its_own_ticker(put: Put, ask: Ask, town: dict[str, str]) -> None:
    put("cases", case("1"), community_id="other")
    assert ticker(ask()) == []
    assert len(ticker(ask("other"))) == 1
