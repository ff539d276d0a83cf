"""The audit page: every line for the privacy role, counts for two more, nothing for others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere
from actions.vault import Vault
from components import ids
from components.wording import Language, text
from data.store import Store
from rules.privacy import ACCOUNT_ROLES, ROLES, may
from rules.viewer import Viewer
from tests.data.audit_given import line
from tests.desk_store import HOSTILE, fill

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
As = Callable[..., Viewer]
OPENED = {"community": "demo", "opening": "one"}


@pytest.fixture
def audit(page: Page, store: Store) -> ModuleType:
    fill(store)
    module = page("audit")
    module.openings.__init__()  # what another test opened was another page
    return module


def told(number: int, **more: Any) -> Any:
    return replace(line(number), community_id="demo", **more)


def lines(vault: Vault) -> list[dict[str, Any]]:
    return vault.audit._store.rows("audit/chain")


def block(audit: ModuleType, pressed: str = "", place: dict[str, Any] | None = None) -> Any:
    return audit.lines_block(OPENED, pressed, place or {})


def test_an_empty_log_says_what_will_appear(
    audit: ModuleType, vault: Vault, as_viewer: As, render: Render, language: Language
) -> None:
    as_viewer("privacy")
    shown = render(audit.layout(community="demo"))
    for words in ("audit.chain", "audit.lines", "audit.export", "audit.summary"):
        assert text(words) in shown
    table, place, oldest, newest = audit.lines_block({**OPENED, "action": "sign_in"}, "", {})
    assert text("audit.none_title") in render(table)
    assert (place, oldest, newest) == ({}, True, True)
    assert text("audit.summary_none_title") not in render(audit.show_summary(OPENED))  # its opening


def test_every_fact_of_a_line_is_shown_in_words(
    audit: ModuleType, vault: Vault, as_viewer: As, render: Render, language: Language
) -> None:
    vault.keyring.create(["p1"])
    vault.audit.record(told(7)).result()
    vault.audit.record(told(8, result="refused", action="some.new_code")).result()
    as_viewer("privacy")
    shown = render(block(audit)[0])
    for part in (
        text("audit.action.person.unmask"),
        text("audit.result.refused"),
        text("audit.subject.person"),
        text("role.secretary"),
        "some.new_code",
        "虚构的理由 7",
        "account:7",
        "192.0.2.7",
        "n=7",
        "/cases/c7",
    ):
        assert part in shown
    vault.keyring.erase(["p1"])
    shown = render(block(audit)[0])
    assert "虚构的理由" not in shown
    assert text("audit.reason_gone") in shown


def test_hostile_text_stays_text(
    audit: ModuleType, vault: Vault, as_viewer: As, render: Render
) -> None:
    hostile = told(1, actor=HOSTILE, action=HOSTILE, detail=HOSTILE, subject_id=HOSTILE)
    vault.audit.record(replace(hostile, reason=HOSTILE, case_id="javascript:alert(1)")).result()
    as_viewer("privacy")
    shown = render(block(audit)[0])
    assert "onerror" in shown
    assert "dangerously" not in shown
    assert '"href": "/cases/javascript%3Aalert%281%29"' in shown


@pytest.mark.parametrize("role", ROLES)
def test_only_the_privacy_role_sees_lines_chain_and_copy(
    audit: ModuleType, vault: Vault, as_viewer: As, render: Render, role: str
) -> None:
    vault.audit.record(told(7)).result()
    as_viewer(role)
    for ask in (
        lambda: block(audit),
        lambda: audit.show_chain(OPENED, 1),
        lambda: audit.export_lines(1, OPENED, "a reason long enough"),
    ):
        if may(role, "audit.read"):
            ask()
        else:
            with pytest.raises(NotAllowed):
                ask()
    if may(role, "audit.summary") and not may(role, "audit.read"):
        shown = render(audit.layout(community="demo"))
        assert text("audit.summary") in shown
        assert ids.AUDIT_LINES not in shown
        assert ids.AUDIT_EXPORT not in shown
        counts = render(audit.show_summary(OPENED))
        assert text("audit.action.person.unmask") in counts
        for secret in ("p1", "account:7", "虚构的理由", "192.0.2.7", "c7"):
            assert secret not in counts
    elif not may(role, "audit.summary"):
        with pytest.raises(NotAllowed):
            audit.show_summary(OPENED)


def test_both_roles_of_the_summary_and_no_other_may_open_the_page() -> None:
    allowed = {role for role in ACCOUNT_ROLES if may(role, "audit.summary")}
    assert allowed == {"secretary", "subdistrict", "privacy"}


def test_another_community_is_as_if_it_were_not_there(
    audit: ModuleType, vault: Vault, as_viewer: As, render: Render
) -> None:
    vault.audit.record(told(1, actor="account:elsewhere")).result()
    as_viewer("privacy", "other")
    for ask in (
        lambda: block(audit),
        lambda: audit.show_summary(OPENED),
        lambda: audit.show_chain(OPENED, 1),
        lambda: audit.export_lines(1, OPENED, "a reason long enough"),
    ):
        with pytest.raises(NotThere):
            ask()
    assert "account:elsewhere" not in render(audit.layout(community="demo"))
    as_viewer("privacy")
    vault.audit.record(replace(told(2), community_id="other", actor="account:other")).result()
    vault.audit.record(replace(told(3), community_id="", actor="account:nowhere")).result()
    shown = render(block(audit)[0])
    assert "account:other" not in shown
    assert "account:nowhere" in shown  # of the whole installation, e.g. failed sign-ins


def test_the_chain_is_checked_and_a_fault_is_said_with_its_place(
    audit: ModuleType, vault: Vault, store: Store, as_viewer: As, render: Render, language: Language
) -> None:
    vault.audit.record(told(1)).result()
    vault.audit.record(told(2)).result()
    as_viewer("privacy")
    shown = render(audit.show_chain(OPENED, None))
    assert "audit-chain-ok" in shown
    cursor = store.cursor()
    cursor.execute("update audit_event set actor = 'x' where seq = 2")
    cursor.close()
    assert "audit-chain-ok" in render(audit.show_chain(OPENED, None))  # checked just now
    shown = render(audit.show_chain(OPENED, 1))
    event = lines(vault)[1]["event_id"]
    assert text("audit.fault.changed", seq=2, event=event, columns="actor") in shown


def test_an_old_verdict_is_not_shown_as_news(
    audit: ModuleType, vault: Vault, store: Store, as_viewer: As, render: Render
) -> None:
    as_viewer("privacy")
    vault.audit.record(told(1)).result()
    audit.show_chain(OPENED, None)
    assert vault.audit.verdict is not None
    old = vault.audit.verdict.checked_at - timedelta(hours=1)
    vault.audit.verdict = replace(vault.audit.verdict, checked_at=old)
    audit.show_chain(OPENED, None)
    assert vault.audit.verdict.checked_at > old
