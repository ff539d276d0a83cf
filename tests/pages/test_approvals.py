"""The approvals page: what waits and for whom, decided once, words of officers never as markup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from dash import no_update

from actions.access import NotAllowed
from actions.approvals import Wish
from actions.deciding import let_time_pass
from actions.rights.legal_holds import HoldWish, ask_hold
from actions.vault import Vault
from components.wording import Language, text
from data.store import Store
from rules.approvals import KINDS, deciding_roles
from rules.privacy import ROLES, may
from rules.viewer import Viewer
from tests.rights_stage import Stage, officer

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
As = Callable[..., Viewer]
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def given(page: Page, store: Store, vault: Vault, tmp_path: Path) -> Stage:
    return Stage(tmp_path, store, vault)


@pytest.fixture
def approvals(page: Page) -> ModuleType:
    return page("approvals")


def asked(given: Stage, kind: str = "live_view", reason: str = "虚构的理由") -> str:
    wish = Wish(kind, "demo", "camera", "camera-1", "incident", reason)
    asker = "duty_officer" if may("duty_officer", KINDS[kind].asks[0]) else "privacy"
    asker = "admin" if kind == "gate_policy" else asker
    return given.approvals.ask(officer(asker, 7), wish)


def press(page: ModuleType, action: str, object_id: str = "", **values: Any) -> tuple[Any, Any]:
    wish = {"action": action, "id": object_id, "values": {"community": "demo", **values}}
    answer: tuple[Any, Any] = page.answer_approvals(wish)
    return answer


def test_an_empty_page_says_what_will_appear(
    approvals: ModuleType, given: Stage, as_viewer: As, render: Render, language: Language
) -> None:
    as_viewer("secretary")
    shown = render(approvals.layout(community="demo"))
    for code in ("approvals.none_title", "approvals.settled_none", "exports.none"):
        assert text(code) in shown
    as_viewer("subdistrict")  # approves exports, asks for none
    assert text("exports.ask") not in render(approvals.layout(community="demo"))


@pytest.mark.parametrize("role", ROLES)
def test_only_roles_that_approve_see_it(
    approvals: ModuleType, given: Stage, as_viewer: As, render: Render, role: str
) -> None:
    as_viewer(role)
    if may(role, "export.approve"):
        render(approvals.layout(community="demo"))
        return
    with pytest.raises(NotAllowed):
        approvals.layout(community="demo")


def test_what_waits_shows_who_why_and_until_when(
    approvals: ModuleType, given: Stage, as_viewer: As, render: Render, language: Language
) -> None:
    asked(given, reason=HOSTILE)
    as_viewer("secretary")
    shown = render(approvals.layout(community="demo"))
    for code in (
        "approval.live_view",
        "role.duty_officer",
        "purpose.incident",
        "approvals.confirm",
    ):
        assert text(code) in shown
    assert HOSTILE in shown and "dangerously_allow_html" not in shown
    assert '"badge"' not in shown and text("desk.nav_badge", n=1) in shown
    given.now = given.now + timedelta(minutes=11)
    let_time_pass(given.approvals)
    assert text("approvals.escalated") in render(approvals.layout(community="demo"))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_can_be_shown_to_every_role_that_decides_it(
    approvals: ModuleType,
    given: Stage,
    as_viewer: As,
    render: Render,
    language: Language,
    kind: str,
) -> None:
    asked(given, kind)
    for role in deciding_roles(kind):
        as_viewer(role)
        assert text(f"approval.{kind}") in render(approvals.layout(community="demo"))


def test_it_is_decided_once_and_then_listed_as_settled(
    approvals: ModuleType, given: Stage, as_viewer: As, render: Render, language: Language
) -> None:
    approval_id = asked(given)
    as_viewer("secretary")
    notice, body = press(approvals, "confirm", approval_id)
    assert text("approvals.done_confirmed") in render(notice)
    assert text("approval_state.confirmed") in render(body)
    notice, body = press(approvals, "confirm", approval_id)
    assert text("error.approval_settled") in render(notice)
    assert body is no_update


def test_a_refusal_says_why(
    approvals: ModuleType, given: Stage, as_viewer: As, render: Render, language: Language
) -> None:
    approval_id = asked(given)
    as_viewer("secretary")
    notice, _ = press(approvals, "refuse", approval_id, refusal="")
    assert text("error.code_unknown") in render(notice)
    notice, body = press(approvals, "refuse", approval_id, refusal="too_wide")
    assert text("approvals.done_refused") in render(notice)
    assert text("approval_refusal.too_wide") in render(body)


def test_ones_own_has_no_button_but_to_take_it_back(
    approvals: ModuleType, given: Stage, as_viewer: As, render: Render
) -> None:
    viewer = as_viewer("secretary")
    values = {"register": "persons", "purpose": "data_check", "reason": "虚构的理由"}
    notice, body = press(approvals, "export", **values)
    assert text("exports.asked") in render(notice)
    shown = render(body)
    assert text("approvals.own") in shown and text("approvals.confirm_sure") not in shown
    approval_id = given.approvals.listing(viewer, "demo")[0]["approval_id"]
    notice, _ = press(approvals, "confirm", approval_id)
    assert text("error.second_person_needed") in render(notice)
    notice, body = press(approvals, "withdraw", approval_id)
    assert text("approvals.done_withdrawn") in render(notice)
    assert text("export_state.refused") in render(body)


def test_an_allowed_export_shows_its_links_to_the_asker_alone(
    approvals: ModuleType, given: Stage, as_viewer: As, render: Render, language: Language
) -> None:
    viewer = as_viewer("secretary")
    press(approvals, "export", register="cases", purpose="data_check", reason="虚构的理由")
    approval_id = given.approvals.listing(viewer, "demo")[0]["approval_id"]
    as_viewer("subdistrict")
    _, body = press(approvals, "confirm", approval_id)
    assert "/exports/" not in render(body)
    as_viewer("secretary")
    shown = render(approvals.layout(community="demo"))
    assert shown.count("/exports/") == 2
    assert text("export_state.allowed") in shown


@pytest.mark.parametrize(
    "data",
    [
        None,
        "confirm",
        [],
        {},
        {"action": "confirm"},
        {"action": "confirm", "id": {"a": 1}, "values": {}},
        {"action": "export", "id": "", "values": {"register": ["persons"]}},
        {"action": "export", "id": "", "values": {"community": "demo", "since": "yesterday"}},
        {"action": "drop tables", "id": "", "values": {"community": "demo"}},
        {"action": "confirm", "id": "x" * 5_000, "values": {}},
        {"action": "confirm", "id": "no-such-approval", "values": {"community": "demo"}},
        {"action": "withdraw", "id": "no-such-approval", "values": {"community": "other"}},
    ],
)
def test_what_our_own_page_would_not_send_is_refused_in_words(
    approvals: ModuleType, given: Stage, as_viewer: As, render: Render, data: Any
) -> None:
    as_viewer("secretary")
    notice, body = approvals.answer_approvals(data)
    assert "refused" in render(notice)
    assert body is no_update


def test_another_community_shows_and_decides_nothing(
    approvals: ModuleType, given: Stage, as_viewer: As, render: Render
) -> None:
    approval_id = asked(given)
    as_viewer("secretary", "other")
    assert text("approval.live_view") not in render(approvals.layout(community="demo"))
    notice, _ = press(approvals, "confirm", approval_id)
    assert text("error.not_found") in render(notice)


def test_a_role_that_may_not_decide_a_kind_is_turned_away(
    approvals: ModuleType, given: Stage, as_viewer: As
) -> None:
    approval_id = asked(given)
    as_viewer("subdistrict")
    with pytest.raises(NotAllowed):
        press(approvals, "confirm", approval_id)


def test_facts_of_a_hold_are_in_words(
    approvals: ModuleType, given: Stage, as_viewer: As, render: Render, language: Language
) -> None:
    wish = HoldWish("person", given.person(), "dispute", "虚构的理由", given.now + timedelta(9))
    ask_hold(given.approvals, officer("privacy", 3), "demo", wish)
    as_viewer("secretary")
    assert text("hold_basis.dispute") in render(approvals.layout(community="demo"))
