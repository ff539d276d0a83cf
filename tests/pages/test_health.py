"""The health page: full and empty, in both languages; nothing that is missing looks well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

import dash
import pytest

from actions.intake.quarantine import QuarantinedRow, set_aside
from components.health_report import store_facts
from components.wording import Language, text
from data.store import Store
from rules.upkeep import UpkeepFacts, UpkeepWarning, Volume
from tests.desk_store import HOSTILE, NOW, fill

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]


@dataclass(frozen=True)
class Report:
    """What a runner tells of one source."""

    source: str
    state: str
    good_at: datetime | None
    error: str | None = None
    community_id: str | None = "demo"
    accepted: int = 1234
    quarantined: int = 2
    stale_after_s: float | None = 300.0


@pytest.fixture
def health(page: Page, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = page("health")

    def frozen() -> datetime:
        return NOW

    monkeypatch.setattr(module, "now", frozen)
    return module


def test_an_empty_installation_says_what_will_appear(
    health: ModuleType, render: Render, language: Language
) -> None:
    shown = render(health.layout())
    assert text("health.no_sources_title") in shown
    assert text("health.no_quarantine_title") in shown
    assert text("health.none_yet") in shown


def test_sources_show_state_age_and_counters(
    health: ModuleType, store: Store, render: Render, language: Language
) -> None:
    fill(store)
    reports = [
        Report("http", "waiting", NOW - timedelta(seconds=42)),
        Report("files:k1", "backoff", NOW - timedelta(hours=3), error="store_busy"),
        Report("simulator", "running", None),
    ]
    dash.get_app().server.state.services.runner_health = lambda: reports
    shown = render(health.layout(community="demo"))
    assert text("time.ago", age=text("time.seconds", seconds=42)) in shown
    assert text("health.stale") in shown
    assert text("health.never") in shown
    assert text("source_state.backoff") in shown
    assert text("source.files") + " · k1" in shown
    assert '"1,234"' in shown


def test_rows_set_aside_show_their_reason_in_the_communitys_time(
    health: ModuleType, store: Store, render: Render, language: Language
) -> None:
    fill(store)
    rows = [QuarantinedRow(7, "value_invalid", "reported_at", HOSTILE, HOSTILE)]
    set_aside(store, "demo", "files", "cases", "七月.csv", rows).result()
    shown = render(health.show_health({"tick": 1, "community": "demo"}))
    assert text("health.quarantine_total", n=1) in shown
    for part in ("七月.csv", "reported_at", "onerror"):
        assert part in shown
    assert "dangerously_allow_html" not in shown


def test_a_writer_that_stopped_is_marked(
    health: ModuleType, store: Store, render: Render, language: Language
) -> None:
    store.close()

    shown = render(store_facts(store.health(), NOW))
    assert text("health.not_writing") in shown
    assert '"className": "bad"' in shown


class Watching:
    """An upkeep that found one thing wrong."""

    def warnings(self) -> list[UpkeepWarning]:
        fields = {"folder": "var", "free_gb": "0.4", "percent": "1"}
        return [UpkeepWarning("disk_low", "alarm", fields), UpkeepWarning("backup_off", "warning")]

    def facts(self) -> UpkeepFacts:
        return UpkeepFacts(NOW, volumes=(Volume("var", 400 * 1024**2, 40 * 1024**3),))


def test_upkeep_warnings_are_listed_and_head_the_page(
    health: ModuleType, store: Store, render: Render, language: Language
) -> None:
    fill(store)
    assert text("warning.not_looked_title") in render(health.layout(community="demo"))
    dash.get_app().server.state.services.upkeep = Watching()
    shown = render(health.layout(community="demo"))
    said = text("warning.disk_low", folder="var", free_gb="0.4", percent="1")
    assert shown.count(said) == 2  # in the list, and in the strip
    assert text("warning.strip", count=2) in shown
    assert text("warning.backup_off") in shown
    assert text("upkeep.disk_free", free_gb="0.4", total_gb="40.0") in shown


def test_the_strip_is_for_those_who_read_health(
    health: ModuleType, page: Page, as_viewer: Callable[..., object], store: Store, render: Render
) -> None:
    fill(store)
    dash.get_app().server.state.services.upkeep = Watching()
    desk = page("desk")
    assert text("warning.open_health") in render(desk.layout(community="demo"))
    assert text("warning.open_health") in render(desk.show_warnings(1, {"community": "demo"}))
    as_viewer("grid_worker", areas=("g1",))
    assert text("warning.open_health") not in render(desk.layout(community="demo"))
    assert desk.show_warnings(1, {"community": "demo"}) is None
