"""A suspended case is neither overdue nor due anywhere; one that was overdue before stays so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from actions.access import current_viewer
from components.case_light import case_light, time_words
from components.wording import text
from data.store import Store
from rules.vocabulary import OPEN_STATUSES
from tests.case_desk import MORNING, WHY, CaseDesk

LATER = MORNING + timedelta(days=30)
SHARED = {
    "community_id": "demo",
    "open_statuses": list(OPEN_STATUSES),
    "category": "parking",
    "areas": None,
    "reach": None,
    "found": None,
    "now": LATER,
}


@pytest.fixture
def desk(store: Store) -> Iterator[CaseDesk]:
    token = current_viewer.set(None)
    yield CaseDesk(store).set_up()
    current_viewer.reset(token)


def suspended(desk: CaseDesk, source_id: str, minutes: float) -> str:
    case_id = desk.report(source_id, category="parking")
    desk.to("filed", case_id)
    desk.move("officer", case_id, "ask_suspend", 3, text=WHY)
    desk.move("secretary", case_id, "suspend", minutes, text=WHY)
    return case_id


def listed(desk: CaseDesk, **more: Any) -> dict[str, dict[str, Any]]:
    wanted = {"statuses": list(OPEN_STATUSES), "due_before": None, "sort": "due", **more}
    page = {"descending": False, "offset": 0, "limit": 50}
    rows = desk.store.rows("desk/cases", **SHARED, **wanted, **page)
    return {row["case_id"]: row for row in rows}


def test_a_case_whose_clock_stands_is_not_overdue_in_any_view(desk: CaseDesk) -> None:
    in_time = suspended(desk, "p1", 10)
    too_late = suspended(desk, "p2", 60 * 24 * 20)  # its two work days were over long before
    (counted,) = desk.store.rows("desk/counts", **SHARED)
    assert (counted["n"], counted["overdue"]) == (2, 1)
    rows = listed(desk)
    assert list(rows) == [too_late, in_time]  # the overdue one first
    assert [(row["paused"], row["late"]) for row in rows.values()] == [(False, True), (True, False)]
    assert list(listed(desk, due_before=LATER)) == [too_late]
    ticker = {row["id"]: row for row in desk.store.rows("view/ticker", community_id="demo")}
    assert ticker[in_time]["deadline_at"] is None
    assert ticker[too_late]["deadline_at"] is not None
    lights = [case_light(desk.case(case_id), LATER) for case_id in (in_time, too_late)]
    assert lights == ["none", "over"]
    assert time_words(desk.case(in_time), LATER) == text("case_clock.paused")


def test_the_figures_count_it_as_open_and_not_as_overdue(desk: CaseDesk) -> None:
    moments = {"now": LATER, "day_start_at": LATER, "week_start_at": LATER}
    (before,) = desk.store.rows("view/figure_case", community_id="demo", **moments)
    suspended(desk, "p1", 10)
    (after,) = desk.store.rows("view/figure_case", community_id="demo", **moments)
    assert (after["open"], after["overdue"]) == (before["open"] + 1, before["overdue"])
    summed = desk.store.rows("view/summary_open", community_id="demo", now=LATER)
    assert [row["overdue"] for row in summed if row["category"] == "parking"] == [0]
