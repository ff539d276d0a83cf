"""The case page says whom to send and why, and one button sends whoever is marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from actions.intake.recording import record
from components.dispatch_words import gap_words, reason_words, way_words
from components.wording import Language, current_language, text
from data.store import Store
from rules.dispatch import Gap, Reason
from rules.records import PositionRecord
from rules.viewer import Viewer
from tests.case_desk import CaseDesk

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
Become = Callable[..., Viewer]


@pytest.fixture
def desk(page: Page, store: Store) -> CaseDesk:
    page("case")
    made = CaseDesk(store).set_up()
    row = PositionRecord(worker_id="w1", lon=113.401, lat=33.3, located_at=datetime.now(UTC))
    record(store, "positions", "demo", "test", [row]).result()
    return made


def reported(desk: CaseDesk) -> str:
    return desk.report(category="hazard", lon=113.4, lat=33.3, area_id="g1")


def press(page: Page, desk: CaseDesk, case_id: str, *chosen: str, key: str = "k" * 12) -> Any:
    version = desk.case(case_id)["event_id"]
    values = {"key": key, "assignees": list(chosen)}
    wish = {"seq": 1, "action": "send", "id": version, "values": values}
    return page("case").answer_case(wish, case_id)


def test_the_page_says_whom_to_send_and_why(
    page: Page, desk: CaseDesk, render: Render, language: Language
) -> None:
    shown = render(page("case").layout(case_id=reported(desk)))
    assert text("dispatch.title") in shown
    assert "网格1-甲" in shown
    assert f"{text('dispatch_reason.distance')} {way_words(93.0)}" in shown
    assert f'"data-value": "{desk.workers["w1"]}"' in shown
    assert '"aria-checked": "true"' in shown


def test_one_press_sends_whoever_is_marked(page: Page, desk: CaseDesk, render: Render) -> None:
    case_id = reported(desk)
    notice, body = press(page, desk, case_id, desk.workers["w1"])
    assert text("dispatch.sent", n=1) in render(notice)
    assert text("dispatch.add") in render(body)
    assert desk.case(case_id)["status"] == "dispatched"
    assert desk.tasks(case_id) == [(desk.workers["w1"], "sent")]


def test_nobody_marked_and_an_old_page_are_refused(
    page: Page, desk: CaseDesk, render: Render
) -> None:
    case_id = reported(desk)
    assert "refused" in render(press(page, desk, case_id)[0])
    desk.move("second", case_id, "accept", 1)
    old = {
        "seq": 1,
        "action": "send",
        "id": "0" * 8,
        "values": {"key": "k" * 9, "assignees": ["x"]},
    }
    notice, _ = page("case").answer_case(old, case_id)
    assert "case_changed" in render(notice)
    assert desk.tasks(case_id) == []


@pytest.mark.parametrize("role", ["privacy", "subdistrict"])
def test_who_sends_nobody_is_told_of_nobody(
    page: Page, desk: CaseDesk, render: Render, as_viewer: Become, role: str
) -> None:
    case_id = reported(desk)
    as_viewer(role)
    assert text("dispatch.title") not in render(page("case").layout(case_id=case_id))


def test_words_of_reasons_and_gaps() -> None:
    token = current_language.set("en")
    try:
        assert reason_words(Reason("distance", 93.4), {}) == "Distance 90 m"
        assert reason_words(Reason("distance", 1_234.0), {}) == "Distance 1.2 km"
        assert reason_words(Reason("own_grid"), {}) == "Own grid"
        assert reason_words(Reason("load", 2), {}) == "2 open tasks"
        assert reason_words(Reason("stand_in", "w9"), {"w9": "G09"}) == "Stands in G09"
        assert reason_words(Reason("service", "lift"), {}).startswith("Offers ")
        assert reason_words(Reason("position_fresh", 130.0), {}).startswith("Position from 2")
        assert gap_words(Gap("patrol", "nobody_on_shift", 1)) == "Patrol: Nobody on duty"
        assert gap_words(Gap(None, "case_place_unknown")) == "Place of the case unknown"
    finally:
        current_language.reset(token)
