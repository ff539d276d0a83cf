"""Several cases of the list at once: each is moved as it was seen, or told why not."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from components.wording import Language, text
from data.store import Store
from pages.door_request import DoorRequestUnreadable
from rules.viewer import Viewer
from tests.case_desk import CaseDesk

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]


@pytest.fixture
def desk(page: Page, store: Store) -> CaseDesk:
    page("desk")
    return CaseDesk(store).set_up()


def test_marked_cases_are_accepted_and_the_others_say_why_not(
    page: Page, desk: CaseDesk, render: Render, language: Language
) -> None:
    cases = [desk.report(f"b{n}") for n in range(3)]
    seen = [[case_id, desk.case(case_id)["event_id"]] for case_id in cases]
    desk.move("second", cases[2], "accept")
    batch = page("desk_batch")
    shown = render(batch.answer_batch({"seq": 1, "action": "accept", "cases": seen}))
    action = text("case_action.accept")
    assert text("case_batch.done", n=2, action=action) in shown
    assert text("case_batch.refused", n=1, why=text("error.case_changed")) in shown
    assert [desk.case(case_id)["status"] for case_id in cases] == ["accepted"] * 3


@pytest.mark.parametrize(
    "data",
    [
        None,
        {"action": "close", "cases": []},
        {"action": "accept", "cases": [["a"]]},
        {"action": "accept", "cases": [["a", 1]]},
        {"action": "accept", "cases": [["a", "b"]] * 201},
    ],
)
def test_what_our_page_does_not_send_is_refused(page: Page, desk: CaseDesk, data: Any) -> None:
    with pytest.raises(DoorRequestUnreadable):
        page("desk_batch").answer_batch(data)


@pytest.mark.parametrize(("role", "offered"), [("duty_officer", True), ("subdistrict", False)])
def test_only_who_may_accept_is_offered_it(
    page: Page,
    desk: CaseDesk,
    render: Render,
    as_viewer: Callable[..., Viewer],
    role: str,
    offered: bool,
) -> None:
    as_viewer(role)
    assert ('"data-batch": "accept"' in render(page("desk").layout())) is offered
