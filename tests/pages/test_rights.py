"""The desk for the people on record: found by a number, masked, answered step by step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from dash import no_update

from actions.access import NotAllowed, NotThere
from actions.deciding import decide
from actions.vault import Vault
from components.wording import Language, text
from data.store import Store
from rules.privacy import ROLES, may
from rules.rights import REQUEST_KINDS
from rules.viewer import Viewer
from tests.rights_stage import ID_NUMBER, NAME, PHONE, Stage, officer

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
As = Callable[..., Viewer]


@pytest.fixture
def given(page: Page, store: Store, vault: Vault, tmp_path: Path) -> Stage:
    return Stage(tmp_path, store, vault)


@pytest.fixture
def rights(page: Page, as_viewer: As, given: Stage) -> ModuleType:
    module = page("rights")
    as_viewer("privacy")
    return module


def press(page: ModuleType, action: str, object_id: str = "", **values: Any) -> tuple[Any, Any]:
    wish = {"action": action, "id": object_id, "values": {"community": "demo", **values}}
    answer: tuple[Any, Any] = page.answer_rights(wish)
    return answer


def assert_masked(shown: str) -> None:
    for clear in (NAME, PHONE, ID_NUMBER, "501"):
        assert clear not in shown


def test_an_empty_desk_says_how_it_works(
    rights: ModuleType, render: Render, language: Language
) -> None:
    shown = render(rights.layout(community="demo"))
    for code in ("rights.none_title", "rights.search", "rights.hint"):
        assert text(code) in shown


@pytest.mark.parametrize("role", ROLES)
def test_only_the_role_that_handles_them_sees_it(
    rights: ModuleType, as_viewer: As, render: Render, role: str
) -> None:
    as_viewer(role)
    if may(role, "rights.handle"):
        render(rights.layout(community="demo"))
        return
    with pytest.raises(NotAllowed):
        rights.layout(community="demo")


def test_a_person_is_found_masked_and_a_request_taken(
    rights: ModuleType, given: Stage, render: Render, language: Language
) -> None:
    person_id = given.person()
    notice, body = press(rights, "find", by="phone", number=PHONE)
    shown = render(body)
    assert notice is None and person_id in shown and "王**" in shown
    assert_masked(shown)
    today = given.now.date().isoformat()
    values = {"person": person_id, "kind": "copy", "requester": "self", "channel": "counter",
              "identity_check": "id_card", "received_on": today}  # fmt: skip
    notice, body = press(rights, "receive", **values)
    assert text("rights.received") in render(notice)
    assert text("rights.ask") in render(body)
    listed = render(rights.layout(community="demo"))
    assert "王**" in listed and text("request_state.open") in listed
    assert_masked(listed + render(body))


def test_nobody_found_can_be_answered_too(
    rights: ModuleType, given: Stage, render: Render, language: Language
) -> None:
    _, body = press(rights, "find", by="phone", number="19900009999")
    assert text("rights.found_none") in render(body)
    today = given.now.date().isoformat()
    values = {"person": "", "kind": "view", "requester": "self", "channel": "counter",
              "identity_check": "id_card", "received_on": today}  # fmt: skip
    _, body = press(rights, "receive", **values)
    assert text("rights.answered_none") in render(body)
    row = given.desk().requests()[0]
    notice, _ = press(rights, "hand_over", row["request_id"])
    assert text("rights.done") in render(notice)


@pytest.mark.parametrize("kind", REQUEST_KINDS)
def test_each_kind_shows_what_can_be_done_in_each_state(
    rights: ModuleType, given: Stage, render: Render, language: Language, kind: str
) -> None:
    more = {"correct": {"field": "door"}, "withdraw_consent": {"consent_purpose": "contact"}}
    request_id = given.request(kind, given.person(), **more.get(kind, {}))
    shown = render(rights.layout(community="demo", request=request_id))
    assert text(f"request_kind.{kind}") in shown and text("rights.refuse") in shown
    assert_masked(shown)
    if kind not in ("view", "copy", "delete"):
        return
    press(rights, "ask", request_id, reason="虚构的理由：本人到场")
    assert text("rights.waiting") in render(rights.layout(community="demo", request=request_id))
    row = given.desk().request(request_id)
    decide(given.approvals, officer("secretary"), row["approval_id"], True)
    shown = render(rights.layout(community="demo", request=request_id))
    if kind == "delete":
        assert text("rights.erased") in shown and text("request_state.done") in shown
    else:
        assert f"/rights/{request_id}/copy?format=pdf" in shown
        assert (f"/rights/{request_id}/copy?format=json" in shown) is (kind == "copy")
        notice, _ = press(rights, "hand_over", request_id)
        assert text("rights.done") in render(notice)


def test_deeds_are_done_and_refusals_explained(
    rights: ModuleType, given: Stage, render: Render, language: Language
) -> None:
    person_id = given.person()
    correct = given.request("correct", person_id, field="phone")
    notice, _ = press(rights, "correct", correct, value="call me", proof="id_document")
    assert text("error.value_invalid") in render(notice)
    notice, _ = press(rights, "correct", correct, value="19900000099", proof="id_document")
    assert text("rights.done") in render(notice)
    withdraw = given.request("withdraw_consent", person_id, consent_purpose="contact")
    press(rights, "withdraw_consent", withdraw)
    copy = given.request("copy", person_id)
    words = "虚构的答复：<b>法定</b>保存期未满"
    notice, body = press(rights, "refuse", copy, refusal="must_be_kept_by_law", reason=words)
    assert text("rights.refused") in render(notice)
    assert words in render(body) and "dangerously_allow_html" not in render(body)
    back = given.request("delete", person_id)
    press(rights, "take_back", back)
    states = {row["request_id"]: row["state"] for row in given.desk().requests()}
    assert [states[r] for r in (correct, withdraw, copy, back)] == [
        "done", "done", "refused", "withdrawn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        None,
        {"action": "find", "id": "", "values": {"community": "demo", "by": "name", "number": "王"}},
        {"action": "find", "id": "", "values": {"community": "demo", "number": "%"}},
        {"action": "receive", "id": "", "values": {"community": "demo", "received_on": "soon"}},
        {"action": "receive", "id": "", "values": {"community": "demo", "kind": "sing",
                                                   "received_on": "2026-01-01"}},
        {"action": "ask", "id": "no-such-request", "values": {"community": "demo"}},
        {"action": "erase everything", "id": "", "values": {"community": "demo"}},
    ],
)  # fmt: skip
def test_what_our_own_page_would_not_send_is_refused_in_words(
    rights: ModuleType, render: Render, data: Any
) -> None:
    notice, body = rights.answer_rights(data)
    assert "refused" in render(notice)
    assert body is no_update


def test_a_request_of_another_community_is_not_there(
    rights: ModuleType, given: Stage, as_viewer: As, render: Render
) -> None:
    request_id = given.request("copy", given.person())
    as_viewer("privacy", "other")
    assert text("request_kind.copy") not in render(rights.layout(community="demo"))
    with pytest.raises(NotThere):
        rights.layout(community="other", request=request_id)


def test_opening_a_request_is_in_the_audit(
    rights: ModuleType, given: Stage, render: Render
) -> None:
    person_id = given.person()
    request_id = given.request("copy", person_id)
    rights.layout(community="demo", request=request_id)
    assert [line[2] for line in given.audited("rights.open")] == [person_id]
