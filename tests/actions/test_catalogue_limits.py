"""The community's catalogue sets urgency and deadline; a change of it rewrites nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from data.store import Store
from tests.actions.test_catalogue_reading import ROW
from tests.case_desk import MORNING, CaseDesk

REPORTED = MORNING - timedelta(hours=1)  # 09:00 in the community


@pytest.fixture
def desk(store: Store) -> CaseDesk:
    """A community with people at work."""
    return CaseDesk(store).set_up()


def put(desk: CaseDesk, **facts: Any) -> None:
    """Write a row of the catalogue: by default an own category with two working hours."""
    desk.store.write(lambda tx: tx.append("category", [{**ROW, **facts}])).result()


def test_an_own_category_gives_urgency_and_deadline(desk: CaseDesk) -> None:
    put(desk)
    case = desk.case(desk.report(category="drone"))
    assert (case["urgency"], case["limit_value"], case["limit_kind"]) == ("hazard", 2, "work_hour")
    assert case["deadline_at"] == datetime(2026, 3, 10, 3, 0, tzinfo=UTC)


def test_a_changed_default_holds_for_new_cases_and_leaves_old_ones(desk: CaseDesk) -> None:
    old = desk.report("old", title="吵")
    before = desk.case(old)
    noise = {**ROW, "category_id": "demo:noise", "code": "noise", "limit_kind": "urgent_hour"}
    put(desk, **noise)
    assert desk.case(desk.report("new"))["deadline_at"] == REPORTED + timedelta(hours=2)
    desk.report("old", title="还在吵")  # its source sends it again, with another text
    after = desk.case(old)
    kept = ("deadline_at", "limit_value", "limit_kind", "urgency")
    assert [after[name] for name in kept] == [before[name] for name in kept]
    assert after["title"] == "还在吵"


def test_another_category_of_the_source_brings_its_own_limit(desk: CaseDesk) -> None:
    case_id = desk.report("r")
    desk.report("r", category="gas_leak")
    after = desk.case(case_id)
    assert (after["urgency"], after["deadline_at"]) == ("urgent", REPORTED + timedelta(hours=1))


def test_a_category_of_the_source_that_is_not_ours_has_no_limit(desk: CaseDesk) -> None:
    case = desk.case(desk.report(category="Pothole"))
    assert (case["urgency"], case["deadline_at"], case["limit_kind"]) == ("ordinary", None, None)
