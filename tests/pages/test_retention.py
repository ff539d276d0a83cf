"""The retention page: counts, a run on a word, proofs and holds; nothing deleted by looking."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from dash import no_update

from actions.access import NotAllowed
from actions.deciding import decide
from actions.rights.retention import progress_of
from actions.vault import Vault
from components.wording import Language, text
from data.store import Store
from rules.privacy import ROLES, may
from rules.retention import CLASSES
from rules.viewer import Viewer
from tests.rights_stage import NAME, Stage, officer

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
As = Callable[..., Viewer]


@pytest.fixture
def given(page: Page, store: Store, vault: Vault, tmp_path: Path) -> Stage:
    return Stage(tmp_path, store, vault)


@pytest.fixture
def retention(page: Page, as_viewer: As, given: Stage) -> ModuleType:
    module = page("retention")
    as_viewer("privacy")
    return module


def press(page: ModuleType, action: str, object_id: str = "", **values: Any) -> tuple[Any, Any]:
    wish = {"action": action, "id": object_id, "values": {"community": "demo", **values}}
    answer: tuple[Any, Any] = page.answer_retention(wish)
    return answer


def test_an_empty_page_lists_every_class_with_its_period(
    retention: ModuleType, render: Render, language: Language
) -> None:
    shown = render(retention.layout(community="demo"))
    for code in CLASSES:
        assert text(f"retention_class.{code}") in shown
    for code in ("retention.nothing", "retention.proofs_none", "holds.none"):
        assert text(code) in shown
    assert text("retention.audit_note", days="1,095") in shown


@pytest.mark.parametrize("role", ROLES)
def test_only_the_privacy_role_sees_it(
    retention: ModuleType, as_viewer: As, render: Render, role: str
) -> None:
    as_viewer(role)
    if may(role, "retention.run"):
        render(retention.layout(community="demo"))
        return
    with pytest.raises(NotAllowed):
        retention.layout(community="demo")


def test_what_is_due_is_deleted_on_a_word_and_proved(
    retention: ModuleType, given: Stage, render: Render, language: Language
) -> None:
    person_id = given.person()
    given.move_out(person_id)
    shown = render(retention.layout(community="demo"))
    assert text("retention.run") in shown and NAME not in shown
    assert given.state(person_id) == "moved_out"
    notice, _ = press(retention, "run", classes=["person_moved_out"], reason="虚构的理由：清理")
    assert text("retention.started") in render(notice)
    while not (progress_of(given.store) or pytest.fail()).finished:
        threading.Event().wait(0.02)
    assert given.state(person_id) == "erased"
    notice, body = press(retention, "refresh")
    assert notice is None
    assert text("retention.finished", done=1) in render(body)
    assert text("retention_class.person_moved_out") in render(body)


def test_a_run_without_a_reason_or_with_nothing_due_deletes_nothing(
    retention: ModuleType, given: Stage, render: Render, language: Language
) -> None:
    given.move_out(given.person())
    for values, code in (
        ({"classes": ["person_moved_out"], "reason": ""}, "error.reason_needed"),
        ({"classes": ["quarantine"], "reason": "虚构的理由"}, "error.nothing_due"),
        ({"classes": ["all of it"], "reason": "虚构的理由"}, "error.code_unknown"),
    ):
        notice, body = press(retention, "run", **values)
        words = text(code, None, least=4, most=200)
        assert words in render(notice)
        assert body is no_update
    assert given.sql("select count(*) from retention_run") == [(0,)]


def test_a_hold_is_asked_shown_and_released(
    retention: ModuleType, given: Stage, as_viewer: As, render: Render, language: Language
) -> None:
    person_id = given.person()
    until = given.now.date().replace(day=1, month=1, year=given.now.year + 1)
    values = {"subject_kind": "person", "subject_id": person_id, "basis": "dispute",
              "until": until.isoformat(), "reason": "虚构的理由：纠纷未了"}  # fmt: skip
    notice, body = press(retention, "hold", **values)
    assert text("holds.asked") in render(notice)
    assert text("hold_state.asked") in render(body) and person_id in render(body)
    row = given.sql("select hold_id, approval_id from legal_hold_now")[0]
    decide(given.approvals, officer("secretary"), row[1], True)
    assert text("hold_state.held") in render(retention.layout(community="demo"))
    notice, body = press(retention, "release", row[0], reason="虚构的理由：已结案")
    assert text("holds.released") in render(notice)
    assert text("hold_state.released") in render(body)


@pytest.mark.parametrize("until", ["", "tomorrow", "9999-12-31", "2000-01-01", "0001-01-01"])
def test_a_hold_without_a_day_that_can_be_is_refused(
    retention: ModuleType, given: Stage, render: Render, until: str
) -> None:
    values = {"subject_kind": "person", "subject_id": given.person(), "basis": "dispute",
              "until": until, "reason": "虚构的理由"}  # fmt: skip
    notice, _ = press(retention, "hold", **values)
    assert text("error.hold_invalid", days=366) in render(notice)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {"action": "run", "id": "", "values": {"community": "demo", "classes": "case_text"}},
        {"action": "run", "id": "", "values": {"community": "other", "classes": ["case_text"]}},
        {"action": "format", "id": "", "values": {"community": "demo"}},
        {"action": "release", "id": "no-such-hold", "values": {"community": "demo"}},
        {"action": "hold", "id": "", "values": {"community": "demo"}},
    ],
)
def test_what_our_own_page_would_not_send_is_refused_in_words(
    retention: ModuleType, render: Render, data: Any
) -> None:
    notice, body = retention.answer_retention(data)
    assert "refused" in render(notice)
    assert body is no_update
