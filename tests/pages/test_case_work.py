"""Working on a case at its page: buttons for what may be done, one answer for each press."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from components.case_moves import KEYS, NEXT
from components.wording import Language, text
from data.store import Store
from rules.case_transitions import MOVES
from rules.viewer import Viewer
from rules.vocabulary import CASE_ACTIONS
from tests.case_desk import WHY, CaseDesk

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
Become = Callable[..., Viewer]


@pytest.fixture
def desk(page: Page, store: Store) -> CaseDesk:
    page("case")
    return CaseDesk(store).set_up()


def press(
    case_page: ModuleType, desk: CaseDesk, case_id: str, action: str, **values: str
) -> tuple[Any, Any]:
    version = desk.case(case_id)["event_id"]
    wish = {"seq": 1, "action": action, "id": version, "values": values}
    answer: tuple[Any, Any] = case_page.answer_case(wish, case_id)
    return answer


def offered(shown: str) -> set[str]:
    """The moves for which the page has a button or a form."""
    return {action for action in (*CASE_ACTIONS, "undo") if f'"data-action": "{action}' in shown}


def test_every_move_of_staff_has_a_key_and_no_two_beside_each_other_share_one() -> None:
    reporters = {action for action, rule in MOVES.items() if rule.roles == ("resident",)}
    assert set(KEYS) == {*MOVES, "undo"} - reporters
    assert all(action in KEYS for actions in NEXT.values() for action in actions)
    approving = {"ask_suspend", "suspend", "resume", "ask_extend", "extend", "ask_cancel", "cancel"}
    own = [key for action, key in KEYS.items() if action not in approving]
    assert len(set(own)) == len(own)


def test_the_page_offers_what_the_viewer_may_do_now(
    page: Page, desk: CaseDesk, render: Render, language: Language
) -> None:
    case_id = desk.report()
    shown = render(page("case").layout(case_id=case_id))
    assert offered(shown) == {"check_report", "accept", "reject", "merge", "ask_cancel"}
    assert text("case_work.title") in shown
    assert '"data-move-key": "a"' in shown


def test_who_may_only_look_is_offered_nothing(
    page: Page, desk: CaseDesk, render: Render, as_viewer: Become
) -> None:
    case_id = desk.report()
    as_viewer("privacy")
    shown = render(page("case").layout(case_id=case_id))
    assert offered(shown) == set()
    assert text("case_work.none") in shown


def test_a_case_is_worked_off_press_by_press(
    page: Page, desk: CaseDesk, render: Render, language: Language
) -> None:
    case_page, case_id = page("case"), desk.report()
    for action, values in (
        ("check_report:exists", {}),
        ("accept", {}),
        ("file", {}),
        ("dispatch", {"assignee": desk.workers["w1"], "also": ""}),
        ("start", {}),
        ("feed_back", {"text": "已疏通"}),
        ("verify", {}),
        ("verify_fix:pass", {}),
        ("close", {"text": "已办结", "outcome": "solved"}),
        ("call_back:no", {}),
    ):
        notice, body = press(case_page, desk, case_id, action, **values)
        assert "refused" not in render(notice), action
    now = desk.case(case_id)
    assert (now["status"], now["verification"], now["reached"]) == ("closed", "pass", False)
    shown = render(body)
    for action in ("accept", "dispatch", "close"):
        assert text(f"case_action.{action}") in shown
    assert text("case.quoted", text="已疏通") in shown
    assert "网格1-甲" in shown


def test_what_is_missing_is_said_and_the_form_stays(
    page: Page, desk: CaseDesk, render: Render, language: Language
) -> None:
    from dash import no_update

    case_id = desk.report()
    notice, body = press(page("case"), desk, case_id, "reject", text="")
    assert text("error.case_text_needed", least=2, most=2_000) in render(notice)
    assert body is no_update


def test_whoever_is_second_sees_the_present_state(
    page: Page, desk: CaseDesk, render: Render, language: Language
) -> None:
    case_page, case_id = page("case"), desk.report()
    old = desk.case(case_id)["event_id"]
    press(case_page, desk, case_id, "accept")
    wish = {"seq": 2, "action": "reject", "id": old, "values": {"text": WHY}}
    notice, body = case_page.answer_case(wish, case_id)
    assert text("error.case_changed") in render(notice)
    assert text("case_work.present_state", status=text("status.accepted")) in render(notice)
    assert desk.case(case_id)["event_id"] in render(body)


def test_a_slip_is_taken_back_with_one_press(page: Page, desk: CaseDesk, render: Render) -> None:
    case_page, case_id = page("case"), desk.report()
    notice, _body = press(case_page, desk, case_id, "accept")
    assert offered(render(notice)) == {"undo"}
    notice, _body = press(case_page, desk, case_id, "undo")
    assert offered(render(notice)) == set()
    assert desk.case(case_id)["status"] == "reported"


def test_an_extension_is_asked_for_and_granted_with_one_choice(
    page: Page, desk: CaseDesk, render: Render, as_viewer: Become, language: Language
) -> None:
    case_page, case_id = page("case"), desk.report()
    desk.to("filed", case_id)
    shown = json.loads(render(case_page.layout(case_id=case_id)))
    first = next(each for each in _options(shown) if "T" in each and "+00:00" in each)
    press(case_page, desk, case_id, "ask_extend", text=WHY, deadline_at=first)
    as_viewer("secretary")
    shown_now = render(case_page.layout(case_id=case_id))
    assert {"extend", "decline"} <= offered(shown_now)
    who, what = "account:duty_officer-1", text("case_asked.extend")
    assert text("case_work.waiting", who=who, what=what) in shown_now
    press(case_page, desk, case_id, "extend", text=WHY, deadline_at=first)
    now = desk.case(case_id)
    assert now["deadline_at"].isoformat() == first
    granted = text("case_clock.extension", at="{at}", until="{until}").partition("{")[0]
    assert granted in render(case_page.layout(case_id=case_id))


def test_a_changed_case_is_shown_anew_without_touching_the_notice(
    page: Page, desk: CaseDesk, render: Render
) -> None:
    case_id = desk.report()
    desk.move("second", case_id, "accept")
    assert desk.case(case_id)["event_id"] in render(page("case").renew_case(1, case_id))


def test_masked_roles_read_neither_texts_nor_notes(
    page: Page, desk: CaseDesk, render: Render, as_viewer: Become
) -> None:
    case_page, case_id = page("case"), desk.report(title="王五家漏水")
    desk.report(title="王五家又漏水", version=2)
    press(case_page, desk, case_id, "reject", text=WHY)
    for role, readable in (("subdistrict", False), ("duty_officer", True)):
        as_viewer(role)
        shown = render(case_page.layout(case_id=case_id))
        assert ("又漏水" in shown, WHY in shown) == (readable, readable)


def _options(node: Any) -> list[str]:
    """Values of every option in a rendered layout."""
    if isinstance(node, list):
        return [value for each in node for value in _options(each)]
    if not isinstance(node, dict):
        return []
    own = [str(node["props"]["value"])] if node.get("type") == "Option" else []
    return own + [value for each in node.values() for value in _options(each)]
