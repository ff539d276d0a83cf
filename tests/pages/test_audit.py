"""The audit page: every line for the privacy role, counts for two more, nothing for others."""

from __future__ import annotations

import csv
import io
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


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"action": "sign_in"}, [2]),
        ({"result": "refused"}, [3]),
        ({"actor": "account:1"}, [1]),
        ({"subject": "p9"}, [3]),
        ({"case": "c2"}, [2]),
        ({"since": "2000-01-01", "until": "2000-01-02"}, []),
        ({"until": "2000-01-02"}, []),
        ({"since": "2000-01-01"}, [3, 2, 1]),
        ({"since": "yesterday", "result": "made up", "action": ""}, [3, 2, 1]),
        ({"since": "9999-12-31", "until": "9999-12-31"}, []),
        ({"actor": "' or 1=1 --"}, []),
        ({"action": ["sign_in", "x"]}, [2]),
        ({"action": 7, "case": None}, [3, 2, 1]),
    ],
)
def test_filters_narrow_and_nonsense_is_left_out(
    audit: ModuleType, vault: Vault, as_viewer: As, wanted: dict[str, Any], found: list[int]
) -> None:
    vault.audit.record(told(1)).result()
    vault.audit.record(told(2, action="sign_in")).result()
    vault.audit.record(told(3, result="refused", subject_id="p9")).result()
    as_viewer("privacy")
    parameters = audit.audit_filter_of({**OPENED, **wanted}).parameters(audit._zone("demo"))
    rows = audit.read_block(audit.services().store, vault.audit, parameters)
    assert [row["seq"] for row in rows] == found


def test_paging_walks_there_and_back(audit: ModuleType, vault: Vault, as_viewer: As) -> None:
    store = audit.services().store
    store.write(lambda tx: vault.audit.note_many(tx, [told(n) for n in range(250)])).result()
    as_viewer("privacy")
    assert block(audit)[1] == {"first": 251, "last": 152}  # the opening itself is the newest
    _, place, oldest, newest = block(audit)
    assert (oldest, newest) == (False, True)
    _, place, oldest, newest = block(audit, ids.AUDIT_OLDER, place)
    assert (place, oldest, newest) == ({"first": 151, "last": 52}, False, False)
    _, place, oldest, newest = block(audit, ids.AUDIT_OLDER, place)
    assert (place, oldest, newest) == ({"first": 51, "last": 1}, True, False)
    _, place, oldest, newest = block(audit, ids.AUDIT_NEWER, place)
    assert place == {"first": 151, "last": 52}
    assert block(audit, ids.AUDIT_OLDER, {"last": "1; drop"})[1]["first"] == 251
    assert block(audit, ids.AUDIT_OLDER, {"last": 1})[2] is True


def test_reading_is_written_down_once_per_opening(
    audit: ModuleType, vault: Vault, as_viewer: As
) -> None:
    viewer = as_viewer("privacy")
    for _ in range(3):
        block(audit)
    audit.lines_block({**OPENED, "opening": "two", "subject": "p1", "result": "done"}, "", {})
    rows = lines(vault)
    assert [row["action"] for row in rows] == ["audit.read"] * 2
    assert {row["actor"] for row in rows} == {viewer.actor}
    assert rows[0]["detail"] is None
    assert (rows[1]["detail"], rows[1]["subject_id"]) == ("filters result, subject", "p1")


def test_an_opening_kept_for_long_or_by_somebody_else_counts_anew(
    audit: ModuleType, vault: Vault, as_viewer: As
) -> None:
    moment = [0.0]
    audit.openings.__init__(lambda: moment[0])
    as_viewer("privacy")
    block(audit)
    as_viewer("privacy", "demo", "elsewhere")  # the same account
    block(audit)
    moment[0] += 901
    block(audit)
    for number in range(2_000):
        audit.openings.first("account:x", str(number))
    block(audit)
    assert len(lines(vault)) == 3


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


def test_a_copy_needs_a_reason_is_marked_and_written_down(
    audit: ModuleType, vault: Vault, as_viewer: As, language: Language
) -> None:
    vault.keyring.create(["p1"])
    vault.audit.record(told(1)).result()
    vault.audit.record(told(2, subject_id="a1", reason="open", detail="=1+1")).result()
    viewer = as_viewer("privacy")
    for reason in (None, "", "   ", "short"):
        _, said = audit.export_lines(1, OPENED, reason)
        assert said == text("error.audit_reason_missing", None, shortest=6)
    assert len(lines(vault)) == 2
    file, _ = audit.export_lines(1, OPENED, "年度合规审计")
    rows = list(csv.reader(io.StringIO(file["content"].lstrip("\ufeff"))))
    assert viewer.label in rows[0][0]
    assert "年度合规审计" in rows[0][0]
    assert rows[1][0] == text("audit.column_seq")
    assert [row[0] for row in rows[2:]] == ["2", "1"]
    assert rows[2][-1] == "'=1+1"
    assert "虚构的理由" not in file["content"]
    assert text("audit.reason_sealed") in rows[3]
    last = lines(vault)[-1]
    assert (last["action"], last["reason"], last["detail"]) == (
        "audit.export",
        "年度合规审计",
        "lines 2",
    )
    assert file["filename"].startswith("audit-demo-")


def test_too_large_a_copy_is_refused_and_written_down(
    audit: ModuleType, vault: Vault, as_viewer: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    import actions.audit_reading as reading

    monkeypatch.setattr(reading, "MOST_EXPORTED", 2)
    for number in range(3):
        vault.audit.record(told(number)).result()
    as_viewer("privacy")
    _, said = audit.export_lines(1, OPENED, "a reason long enough")
    assert said == text("error.audit_too_many_lines", None, most=2)
    vault.audit.close()
    assert [(row["action"], row["result"]) for row in lines(vault)][-1] == (
        "audit.export",
        "refused",
    )
