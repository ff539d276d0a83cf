"""The page of gates: all off at first, secrets shown once, addresses never, steps audited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest
from dash import no_update

from actions.access import NotAllowed
from actions.approvals import Approvals
from actions.deciding import decide
from actions.gates.calls import end, ring
from actions.intake.recording import record_community
from actions.notify.posting import Guard
from actions.vault import Vault
from components.gate_door import WORDS, gate_page
from components.wording import Language, text
from data.store import Store
from rules.privacy import ROLES, may
from rules.records import CommunityRecord
from rules.viewer import Viewer

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
ADDRESS = "https://gate.example/open?key=aaaabbbb"


@pytest.fixture(autouse=True)
def community(store: Store) -> None:
    record_community(store, CommunityRecord(community_id="demo", name_zh="社区")).result()


@pytest.fixture
def gates(page: Page, as_viewer: Callable[..., Viewer], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The page; every name leads to a public address, and nothing is connected to."""
    as_viewer("admin")
    module = page("gates")
    guard = Guard(resolve=lambda host, port: ["93.184.216.34"])
    monkeypatch.setattr(module, "guard_of", lambda running: guard)
    monkeypatch.setattr(module, "own_address", lambda: "http://127.0.0.1:8050")
    return module


def press(page: ModuleType, action: str, object_id: str = "", **values: str) -> tuple[Any, Any]:
    wish = {"action": action, "id": object_id, "values": {"community": "demo", **values}}
    answer: tuple[Any, Any] = page.answer_gates(wish)
    return answer


def the_gate(store: Store) -> dict[str, Any]:
    rows = store.rows("gate/list", community_ids=["demo"], now=datetime.now(UTC))
    assert len(rows) == 1
    return rows[0]


def add(page: ModuleType, **values: str) -> tuple[Any, Any]:
    return press(page, "save", **{"name_zh": "东门", "kind": "http", "address": ADDRESS, **values})


def test_a_gate_is_added_off_and_its_secret_is_shown_this_once(
    gates: ModuleType, store: Store, render: Render, language: Language
) -> None:
    notice, body = add(gates)
    assert "whsec_" in render(notice)
    shown = render(body) + render(gates.layout(community="demo"))
    assert "东门" in shown and text("gates.switch_on") in shown
    assert text("gate_kind.simulated") not in shown  # this community is not made up
    assert "whsec_" not in shown and "aaaabbbb" not in shown


def test_the_switches_link_and_opening_of_a_gate(
    gates: ModuleType, store: Store, vault: Vault, render: Render, as_viewer: Callable[..., Viewer]
) -> None:
    add(gates)
    gate_id = the_gate(store)["gate_id"]
    press(gates, "calls_on", gate_id)
    assert the_gate(store)["calls_on"]
    notice, _ = press(gates, "link", gate_id)
    assert "http://127.0.0.1:8050/gate/" in render(notice)
    press(gates, "unlink", gate_id)
    assert not the_gate(store)["has_link"]
    refused, body = press(gates, "ask", gate_id, reason="x")
    assert 'data-code":"reason_needed' in render(refused).replace(" ", "") and body is no_update
    _, body = press(gates, "ask", gate_id, reason="夜间无门岗")
    assert text("gates.waiting") in render(body)
    second = as_viewer("secretary")
    approvals = Approvals(store, vault.keyring, vault.audit)
    asked = store.rows("approval/undecided_of", kind="gate_policy", subject_id=gate_id)[0]
    decide(approvals, second, asked["approval_id"], confirm=True)
    as_viewer("admin")
    assert the_gate(store)["opens_on"]
    press(gates, "stop", gate_id)
    assert not the_gate(store)["opens_on"]
    stale, unchanged = press(gates, "remove", gate_id, version="older")
    assert "changed_meanwhile" in render(stale) and unchanged is no_update
    press(gates, "remove", gate_id, version=the_gate(store)["version"])
    assert store.rows("gate/list", community_ids=["demo"], now=datetime.now(UTC)) == []


def test_the_latest_calls_stand_below_with_how_they_ended(
    gates: ModuleType, store: Store, vault: Vault, render: Render, language: Language
) -> None:
    add(gates)
    gate = store.rows("gate/one", gate_id=the_gate(store)["gate_id"])[0]
    end(store, vault.audit, ring(store, vault.audit, gate), "give_up", "nobody", None)
    shown = render(gates.layout(community="demo"))
    assert text("gate_state.missed") in shown and text("gate_reason.nobody") in shown


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"cli"}))
def test_only_who_may_write_settings_changes_gates(
    gates: ModuleType, store: Store, as_viewer: Callable[..., Viewer], role: str
) -> None:
    as_viewer(role)
    if may(role, "config.write"):
        add(gates)
        assert the_gate(store)["name_zh"] == "东门"
    else:
        with pytest.raises(NotAllowed):
            add(gates)


def test_the_page_at_the_gate_says_everything_in_both_languages(language: Language) -> None:
    page = gate_page({"name_zh": "东门<b>", "name_en": None})
    assert "东门&lt;b&gt;" in page and "<b>" not in page
    assert all(text(f"gate.{word}") for word in WORDS)
    assert text("gate.privacy") in page and text("gate.press") in page
