"""The desk: full, empty, unknown community, in both languages; its blocks, numbers and details."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from typing import Any

import pytest

from actions.access import NotThere
from components.wording import Language, text
from data.store import Store
from tests.desk_store import HOSTILE, NOW, fill

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
Become = Callable[..., Any]
FILTERS = {"community": "demo", "status": "open", "category": "", "area": "", "q": ""}


@pytest.fixture
def desk(page: Page, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = page("desk")

    def frozen() -> datetime:
        return NOW

    monkeypatch.setattr(module, "now", frozen)
    return module


def block(desk: ModuleType, start: int = 0, **filters: str) -> tuple[Any, ...]:
    request = {"startRow": start, "endRow": start + 100, "sortModel": []}
    answer: tuple[Any, ...] = desk.show_block(request, {**FILTERS, **filters})
    return answer


def test_the_desk_of_an_empty_store_says_what_to_do(
    desk: ModuleType, render: Render, language: Language
) -> None:
    shown = render(desk.layout())
    assert text("desk.no_community_title") in shown
    assert "{" not in text("desk.no_community_hint")


def test_the_desk_of_a_full_store_has_map_list_filters_and_details(
    desk: ModuleType, store: Store, render: Render, language: Language
) -> None:
    fill(store)
    shown = render(desk.layout())
    for part in ("one-map", "desk-list", "desk-search", "desk-details", "theme-switch"):
        assert f'"{part}"' in shown
    assert text("desk.pick_title") in shown
    assert text("status.reported") in shown


def test_an_unknown_community_is_named_not_shown_as_empty(
    desk: ModuleType, store: Store, render: Render, language: Language
) -> None:
    fill(store)
    shown = render(desk.layout(community="<b>nowhere</b>"))
    assert text("desk.no_such_community_title", community="<b>nowhere</b>") in shown
    assert '"desk-list"' not in shown


def test_the_address_alone_sets_the_filters(desk: ModuleType, store: Store, render: Render) -> None:
    fill(store)
    shown = render(desk.layout(community="demo", status="closed", category="pets", q="狗"))
    for choice in ('"data-chosen": "closed"', '"data-chosen": "pets"', '"value": "狗"'):
        assert choice in shown


def test_the_first_block_brings_rows_and_numbers(desk: ModuleType, store: Store) -> None:
    ids = fill(store)
    answer, segments, count, note = block(desk)
    assert answer["rowCount"] == 5
    assert [row["id"] for row in answer["rowData"]][:2] == [ids["over"], ids["soon"]]
    assert [button.children[1].children for button in segments] == ["5", "1", "2", "7"]
    assert count == text("desk.shown", matched="5", all="7")
    assert note is None


def test_later_blocks_bring_rows_only(desk: ModuleType, store: Store) -> None:
    fill(store)
    answer, *numbers = block(desk, start=3)
    assert len(answer["rowData"]) == 2
    assert "rowCount" not in answer
    assert all(number is desk.no_update for number in numbers)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"status": "overdue"}, {"over"}),
        ({"status": "finished"}, {"done", "late"}),
        ({"status": "closed", "q": "late"}, {"late"}),
        ({"q": "宠物"}, {"calm"}),  # the wording of a category in one language
        ({"q": "Pets"}, {"calm"}),  # and in the other
        ({"q": "DOG"}, {"calm"}),
        ({"status": "all", "category": "noise"}, {"over", "soon", "done", "late"}),
        ({"status": "nonsense"}, {"over", "soon", "calm", "free", "hostile"}),
    ],
)
def test_the_filters_reach_the_rows(
    desk: ModuleType, store: Store, filters: dict[str, str], expected: set[str]
) -> None:
    names = {case_id: name for name, case_id in fill(store).items()}
    answer = block(desk, **filters)[0]
    assert {names[row["id"]] for row in answer["rowData"]} == expected
    assert answer["rowCount"] == len(expected)


def test_a_zone_lists_the_cases_of_its_grids(desk: ModuleType, store: Store) -> None:
    ids = fill(store)
    zone = store.rows("desk/areas", community_id="demo")[0]["area_id"]
    assert [row["id"] for row in block(desk, area=zone)[0]["rowData"]] == [ids["over"]]


def test_nothing_found_says_so_and_an_empty_community_says_something_else(
    desk: ModuleType, store: Store, render: Render, language: Language, as_viewer: Become
) -> None:
    fill(store)
    as_viewer("duty_officer", "demo", "other")
    assert text("desk.none_title") in render(block(desk, q="no such words")[3])
    assert text("desk.empty_title") in render(block(desk, community="other")[3])


def test_another_community_answers_as_if_it_did_not_exist(
    desk: ModuleType, store: Store, as_viewer: Become
) -> None:
    ids = fill(store)
    as_viewer("duty_officer", "other")
    with pytest.raises(NotThere):
        block(desk)
    assert text("desk.pick_title") in str(desk.show_details(ids["over"], 0, FILTERS))


def test_a_grid_worker_sees_the_cases_of_the_own_grid_alone(
    desk: ModuleType, store: Store, as_viewer: Become
) -> None:
    ids = fill(store)
    zone = store.rows("desk/areas", community_id="demo")[0]["area_id"]
    as_viewer("grid_worker", "demo", areas=(zone,))
    answer = block(desk, status="all")
    assert [row["id"] for row in answer[0]["rowData"]] == [ids["over"]]
    assert answer[0]["rowCount"] == 1
    assert text("desk.pick_title") in str(desk.show_details(ids["calm"], 0, FILTERS))
    as_viewer("grid_worker", "demo")  # no grid, no case
    assert block(desk, status="all")[0]["rowData"] == []


def test_a_masked_viewer_reads_no_text_as_reported(
    desk: ModuleType, store: Store, as_viewer: Become
) -> None:
    ids = fill(store)
    as_viewer("subdistrict", "demo")
    assert HOSTILE not in str(block(desk, status="all"))
    assert HOSTILE not in str(desk.show_details(ids["over"], 0, FILTERS))
    assert block(desk, status="all", q=HOSTILE[:12])[0]["rowData"] == []


def test_too_many_finds_are_said_not_hidden(
    desk: ModuleType, store: Store, render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    monkeypatch.setattr(desk, "MOST_FOUND", 2)
    answer, _segments, _count, note = block(desk, status="all", q="n")
    assert answer["rowCount"] == 2
    assert text("desk.found_many", limit="2") in render(note)


def test_a_request_for_more_rows_than_allowed_is_cut(desk: ModuleType, store: Store) -> None:
    fill(store)
    answer = desk.show_block({"startRow": -5, "endRow": 10**9}, FILTERS)[0]
    assert len(answer["rowData"]) == 5


def test_the_details_show_the_case_and_keep_the_filters_in_the_way_onward(
    desk: ModuleType, store: Store, render: Render, language: Language
) -> None:
    ids = fill(store)
    shown = render(desk.show_details(ids["soon"], 1, {**FILTERS, "status": "all", "q": "a b"}))
    assert f"/cases/{ids['soon']}?community=demo&status=all&q=a+b" in shown
    assert text("time.left", age=text("time.minutes", minutes=12)) in shown


def test_details_of_no_case_or_a_vanished_one_say_what_would_be_there(
    desk: ModuleType, render: Render, language: Language
) -> None:
    for nobody in (None, "gone"):
        assert text("desk.pick_title") in render(desk.show_details(nobody, 0, FILTERS))


def test_hostile_text_stays_text(desk: ModuleType, store: Store, render: Render) -> None:
    ids = fill(store)
    row = next(r for r in block(desk)[0]["rowData"] if r["id"] == ids["hostile"])
    assert row["title"] == HOSTILE
    shown = render([desk.layout(), desk.show_details(ids["hostile"], 1, FILTERS)])
    assert "dangerously_allow_html" not in shown
    assert '"type": "Markdown"' not in shown
    assert '"cellRenderer"' not in shown
