"""The case page: everything about a case and its history, or that there is no such case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from actions.cases.clock import CaseClocks, clocks_of
from actions.intake.recording import record
from components.wording import Language, text
from data.calendars import work_calendar
from data.store import Store
from tests.desk_store import HOSTILE, NOW, case, fill

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]


@pytest.fixture
def case_page(page: Page, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = page("case")

    def frozen() -> datetime:
        return NOW

    monkeypatch.setattr(module, "now", frozen)
    return module


def test_an_unknown_case_says_so_and_leads_back_to_the_list(
    case_page: ModuleType, render: Render, language: Language
) -> None:
    shown = render(case_page.layout(case_id="nope", community="demo", status="all"))
    assert text("case.none_title") in shown
    assert text("case.none_hint", case_id="nope") in shown
    assert '"/?community=demo&status=all"' in shown


def test_the_page_shows_facts_and_history_in_local_time(
    case_page: ModuleType, store: Store, render: Render, language: Language
) -> None:
    ids = fill(store)
    closed = case("over", urgency="urgent", status="handling", area_id="g1", title="漏水")
    record(store, "cases", "demo", "test", [closed]).result()
    shown = render(case_page.layout(case_id=ids["over"], community="demo"))
    assert "2026-03-10 10:00" in shown  # 02:00 UTC in the community
    assert ids["over"] in shown
    assert text("case.history_count", n=2) in shown
    changed = text(
        "case.changed",
        field=text("case.field_status"),
        before=text("status.reported"),
        after=text("status.handling"),
    )
    assert changed in shown
    assert text("case.set", field=text("case.field_title"), after="漏水") in shown


def test_the_way_back_keeps_the_filters(
    case_page: ModuleType, store: Store, render: Render
) -> None:
    ids = fill(store)
    shown = render(
        case_page.layout(case_id=ids["done"], community="demo", status="finished", q="x&y")
    )
    assert '"/?community=demo&status=finished&q=x%26y"' in shown


def test_a_case_opened_by_its_bare_link_shows_its_own_community(
    case_page: ModuleType, store: Store, render: Render
) -> None:
    ids = fill(store)
    assert '"data-community": "demo"' in render(case_page.layout(case_id=ids["over"]))


def test_hostile_text_stays_text(case_page: ModuleType, store: Store, render: Render) -> None:
    ids = fill(store)
    layout = case_page.layout(case_id=ids["hostile"])
    shown = render(layout)
    assert text("category.other") in shown
    assert shown.count("onerror") == 3  # title, description and address, each a text child
    assert "dangerously_allow_html" not in shown
    assert '"type": "Markdown"' not in shown
    assert HOSTILE in str(layout)


@pytest.mark.parametrize(
    ("days_ahead", "kind", "provisional"),
    [
        (0, "work_day", False),  # a year whose holidays are known
        (2000, "work_day", True),  # a year nobody has announced yet
        (2000, "urgent_hour", False),  # holidays do not matter to a continuous clock
        (2000, "source", None),  # nor to a date the source set
    ],
)
def test_only_working_clocks_in_unknown_years_are_provisional(
    days_ahead: int, kind: str, provisional: bool | None
) -> None:
    reported_at = datetime(2026, 3, 10, tzinfo=UTC) + timedelta(days=days_ahead)
    found = clocks_of(facts(reported_at, 2.0, kind), work_calendar("Asia/Shanghai"), reported_at)
    explained = found.explanation
    assert (explained.due.provisional if explained else None) is provisional


def test_a_limit_our_clocks_cannot_reckon_is_shown_without_a_claim() -> None:
    found = clocks_of(facts(NOW, 99_999.0, "work_day"), work_calendar("Asia/Shanghai"), NOW)
    assert found == CaseClocks(None, None, None, None)


def facts(reported_at: datetime, value: float, kind: str) -> dict[str, Any]:
    """A case nobody has moved, with its limit."""
    return {
        "status": "reported",
        "category": "noise",
        "urgency": "ordinary",
        "reported_at": reported_at,
        "deadline_at": reported_at + timedelta(days=3),
        "limit_value": value,
        "limit_kind": kind,
        "clock_started_at": None,
        "clock_pauses": None,
        "clock_extensions": None,
        "step_started_at": None,
        "closed_at": None,
    }
