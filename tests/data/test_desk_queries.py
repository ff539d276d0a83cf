"""The desk's queries: tiny input, expected rows."""

from __future__ import annotations

from typing import Any

import pytest

from actions.intake.quarantine import QuarantinedRow, set_aside
from actions.intake.recording import record
from data.store import Store
from rules.vocabulary import CASE_STATUSES, FINISHED_STATUSES, OPEN_STATUSES
from tests.desk_store import NOW, case, fill


@pytest.fixture
def ids(store: Store) -> dict[str, str]:
    return fill(store)


def listed(store: Store, ids: dict[str, str], **wanted: Any) -> list[str]:
    """Source ids of the cases listed, in order."""
    asked = {
        "community_id": "demo",
        "statuses": list(CASE_STATUSES),
        "open_statuses": list(OPEN_STATUSES),
        "due_before": None,
        "category": None,
        "areas": None,
        "reach": None,
        "found": None,
        "now": NOW,
        "sort": "due",
        "descending": False,
        "offset": 0,
        "limit": 100,
        **wanted,
    }
    names = {case_id: source_id for source_id, case_id in ids.items()}
    return [names[row["case_id"]] for row in store.rows("desk/cases", **asked)]


def found(store: Store, ids: dict[str, str], **asked: Any) -> set[str]:
    names = {case_id: source_id for source_id, case_id in ids.items()}
    wanted = {"community_id": "demo", "categories": [], "readable": True, "limit": 10, **asked}
    return {names[row["case_id"]] for row in store.rows("desk/found", **wanted)}


def test_overdue_comes_first_then_time_left_then_what_has_no_limit(
    store: Store, ids: dict[str, str]
) -> None:
    open_first = listed(store, ids, statuses=list(OPEN_STATUSES))
    assert open_first[:2] == ["over", "soon"]
    assert set(open_first[2:4]) == {"calm", "hostile"}
    assert open_first[4:] == ["free"]


def test_finished_cases_come_after_every_open_one_with_a_limit(
    store: Store, ids: dict[str, str]
) -> None:
    everything = listed(store, ids)
    assert set(everything[4:]) == {"free", "done", "late"}


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [("urgency", "over", None), ("category", "free", "calm"), ("place", "free", None)],
)
def test_the_list_follows_the_column_asked_for(
    store: Store, ids: dict[str, str], sort: str, first: str, last: str | None
) -> None:
    rows = listed(store, ids, sort=sort)
    assert rows[0] == first
    if last:
        assert rows[-1] == last
        assert listed(store, ids, sort=sort, descending=True)[0] == last


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"statuses": list(FINISHED_STATUSES)}, {"done", "late"}),
        ({"statuses": list(OPEN_STATUSES), "due_before": NOW}, {"over"}),
        ({"category": "pets"}, {"calm"}),
        ({"category": "' or 1=1 --"}, set()),
        ({"found": []}, set()),
        ({"community_id": "elsewhere"}, set()),
    ],
)
def test_each_filter_leaves_only_its_cases(
    store: Store, ids: dict[str, str], wanted: dict[str, Any], expected: set[str]
) -> None:
    assert set(listed(store, ids, **wanted)) == expected


def test_areas_are_listed_by_id(store: Store, ids: dict[str, str]) -> None:
    grid = next(
        row["area_id"]
        for row in store.rows("desk/areas", community_id="demo")
        if row["name_zh"] == "网格1"
    )
    assert listed(store, ids, areas=[grid]) == ["over"]
    assert listed(store, ids, reach=[grid]) == ["over"]
    assert listed(store, ids, reach=[]) == []


def test_blocks_join_without_gap_or_overlap(store: Store, ids: dict[str, str]) -> None:
    whole = listed(store, ids)
    blocks = [listed(store, ids, offset=start, limit=3) for start in (0, 3, 6)]
    assert [name for block in blocks for name in block] == whole


@pytest.mark.parametrize(
    ("text", "categories", "expected"),
    [
        ("dog", [], {"calm"}),  # a title, whatever its case
        ("南门", [], {"free"}),  # the public name of the place
        ("pothole", [], {"free"}),  # the source's own word for a category
        ("soon", [], {"soon"}),  # the source's id
        ("", ["pets"], {"over", "soon", "calm", "free", "hostile", "done", "late"}),
        ("nothing of the kind", ["pets"], {"calm"}),  # the wording of a category
        ("%", [], set()),  # no wildcard
        ("_", [], set()),
        ('onerror="alert(1)"', [], {"hostile"}),
        ("' or '1'='1", [], set()),
    ],
)
def test_a_text_is_found_wherever_a_case_says_it(
    store: Store, ids: dict[str, str], text: str, categories: list[str], expected: set[str]
) -> None:
    assert found(store, ids, text=text, categories=categories) == expected


def test_whoever_may_not_read_texts_finds_nothing_by_them(
    store: Store, ids: dict[str, str]
) -> None:
    assert found(store, ids, text="dog") == {"calm"}
    assert found(store, ids, text="dog", readable=False) == set()


def test_a_search_is_bounded_and_keeps_the_newest(store: Store, ids: dict[str, str]) -> None:
    assert found(store, ids, text="", limit=2) == {"late", "done"}


def test_counts_know_each_status_and_what_is_overdue(store: Store, ids: dict[str, str]) -> None:
    asked: dict[str, Any] = {"category": None, "areas": None, "reach": None, "found": None}
    rows = store.rows(
        "desk/counts", community_id="demo", open_statuses=list(OPEN_STATUSES), now=NOW, **asked
    )
    assert {row["status"]: (row["n"], row["overdue"]) for row in rows} == {
        "closed": (2, 0),
        "reported": (5, 1),
    }


def test_categories_come_commonest_first(store: Store, ids: dict[str, str]) -> None:
    rows = store.rows("desk/categories", community_id="demo", reach=None)
    assert rows[0] == {"category": "noise", "n": 4}
    assert {row["category"] for row in rows} == {"noise", "pets", "Pothole", "other"}
    assert store.rows("desk/categories", community_id="demo", reach=[]) == []


def test_areas_list_zones_before_their_grids(store: Store, ids: dict[str, str]) -> None:
    rows = store.rows("desk/areas", community_id="demo")
    assert [row["name_zh"] for row in rows] == ["一片区", "网格1", "网格2"]
    assert rows[1]["parent_id"] == rows[0]["area_id"]


def test_a_case_carries_the_names_behind_its_references(store: Store, ids: dict[str, str]) -> None:
    [soon] = store.rows("desk/case", case_id=ids["soon"])
    assert (soon["place_zh"], soon["place_en"]) == ("2号楼", "Building 2")
    assert (soon["community_zh"], soon["timezone"], soon["is_demo"]) == (
        "石榴社区",
        "Asia/Shanghai",
        True,
    )
    [calm] = store.rows("desk/case", case_id=ids["calm"])
    assert (calm["title"], calm["area_zh"]) == ("Large DOG off the lead", "网格2")
    assert store.rows("desk/case", case_id="unknown") == []


def test_the_history_of_a_case_has_every_event_in_order_with_the_text_it_brought(
    store: Store, ids: dict[str, str]
) -> None:
    changed = case("calm", category="pets", area_id="g2", title="Two dogs", status="handling")
    record(store, "cases", "demo", "test", [changed]).result()
    events = store.rows("desk/case_history", case_id=ids["calm"])
    assert [row["status"] for row in events] == ["reported", "handling"]
    assert [row["title"] for row in events] == ["Large DOG off the lead", "Two dogs"]
    assert all(row["has_text"] for row in events)
    [calm] = store.rows("desk/case", case_id=ids["calm"])
    assert calm["title"] == "Two dogs"


def test_rows_set_aside_are_counted_and_listed_newest_first(store: Store) -> None:
    rows = [QuarantinedRow(n, "value_invalid", "lon", f"row {n}", "x" * 500) for n in (2, 3)]
    set_aside(store, "demo", "files", "cases", "a.csv", rows).result()
    [total] = store.rows("desk/quarantine_total", communities=["demo"])
    assert (total["community_id"], total["source"], total["kind"], total["n"]) == (
        "demo",
        "files",
        "cases",
        2,
    )
    [last] = store.rows("desk/quarantine_last", limit=1, communities=["demo"])
    assert (last["row_number"], last["code"], last["field"]) == (3, "value_invalid", "lon")
    assert len(last["raw"]) == 200
    assert store.rows("desk/quarantine_total", communities=["other"]) == []
    assert store.rows("desk/quarantine_last", limit=1, communities=["other"]) == []
