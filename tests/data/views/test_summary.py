"""The summary: unfinished cases by status, category and zone, and the last seven local days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from data.views.summary import by_zone, summary
from data.views.view import Question, Row
from rules.records import AreaRecord
from tests.data.views.given import NOW, case

Put = Callable[..., list[str]]
Ask = Callable[..., Question]


def test_the_six_largest_categories_are_shown_with_what_is_overdue_of_them(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    due = NOW - timedelta(hours=1)
    put(
        "cases",
        *(case(f"a{n}", category="a", deadline_at=due if n < 2 else None) for n in range(5)),
        *(case(f"{word}{n}", category=word) for word in "bcdefg" for n in range(2)),
        case("done", category="g", status="closed"),
    )
    shown = summary(ask())["by_category"]
    assert shown[0] == {"category": "a", "n": 5, "overdue": 2}
    assert [row["category"] for row in shown] == ["a", "b", "c", "d", "e", "f"]


def test_statuses_are_counted_most_first(put: Put, ask: Ask, town: dict[str, str]) -> None:
    put("cases", case("1"), case("2"), case("3", status="suspended"), case("4", status="closed"))
    assert summary(ask())["by_status"] == [
        {"status": "reported", "n": 2},
        {"status": "suspended", "n": 1},
    ]


def test_a_case_counts_for_the_zone_above_its_grid_or_building(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put(
        "areas",
        AreaRecord(source_id="u1", level="building", name_zh="3号楼", parent_id="g1"),
        AreaRecord(source_id="z2", level="zone", name_zh="西片区"),
    )
    put(
        "cases",
        case("grid", area_id="g1", deadline_at=NOW - timedelta(hours=1)),
        case("building", area_id="u1"),
        case("zone itself", area_id="z2"),
        case("nowhere"),
    )
    shown = {row["name_zh"]: (row["open"], row["overdue"]) for row in summary(ask())["by_zone"]}
    assert shown == {"东片区": (2, 1), "西片区": (1, 0)}


def test_areas_whose_parents_run_in_a_loop_belong_to_no_zone() -> None:
    def area(area_id: str, parent_id: str | None, level: str = "grid") -> Row:
        return {
            "area_id": area_id,
            "parent_id": parent_id,
            "level": level,
            "name_zh": area_id,
            "name_en": None,
        }

    areas = [area("z", None, "zone"), area("a", "b"), area("b", "a"), area("c", "gone")]
    groups = [{"area_id": name, "n": 1, "overdue": 0} for name in ("z", "a", "c", None)]
    assert [row["open"] for row in by_zone(groups, areas)] == [1]


def test_days_are_local_even_where_one_has_23_hours(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    # In New York clocks go forward on Sunday 2026-03-08.
    now = datetime(2026, 3, 10, 16, tzinfo=UTC)
    put(
        "cases",
        case("sat 23:30", reported_at=datetime(2026, 3, 8, 4, 30, tzinfo=UTC)),
        case("sun 00:30", reported_at=datetime(2026, 3, 8, 5, 30, tzinfo=UTC)),
        case("sun 23:30", reported_at=datetime(2026, 3, 9, 3, 30, tzinfo=UTC)),
        case("mon 00:30", reported_at=datetime(2026, 3, 9, 4, 30, tzinfo=UTC)),
        case(
            "closed",
            reported_at=datetime(2026, 2, 1, tzinfo=UTC),
            closed_at=datetime(2026, 3, 9, 3, 30, tzinfo=UTC),
        ),
    )
    days = summary(ask(now=now, timezone="America/New_York"))["by_day"]
    assert days[0]["date"] == "2026-03-04"
    assert {row["date"]: (row["new"], row["closed"]) for row in days[3:]} == {
        "2026-03-07": (1, 0),
        "2026-03-08": (2, 1),
        "2026-03-09": (1, 0),
        "2026-03-10": (0, 0),
    }


def test_the_eight_cases_that_changed_last_are_listed_newest_first(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put("cases", *(case(str(n), hours_ago=n, place_id="b1") for n in range(1, 11)))
    recent = summary(ask())["recent"]
    assert len(recent) == 8
    assert recent[0]["at"] == "2026-03-11T07:00:00Z"
    assert recent[0]["place_zh"] == "3号楼"
    assert [row["at"] for row in recent] == sorted((row["at"] for row in recent), reverse=True)
