"""The page of the week: full, empty, in both languages, and nobody's business of others."""

from __future__ import annotations

import pytest

from components.wording import text
from tests.desk_store import HOSTILE, fill


def test_the_week_shows_each_figure_with_n_and_definition(store, page, render, language):
    fill(store)
    shown = render(page("week").layout(week="2026-W11", community="demo"))
    assert text("week.define_on_time", language) in shown
    assert text("week.rate", language, rate="25.0 %", n="4") in shown
    assert f"/week.xlsx?community=demo&week=2026-W11&lang={language}" in shown
    assert "2026-W10" in shown
    assert HOSTILE not in shown


def test_a_week_without_cases_says_no_data_not_zero(store, page, render):
    fill(store)
    shown = render(page("week").layout(week="2020-W01", community="demo"))
    assert text("week.no_rate") in shown
    assert text("week.nothing_overdue") in shown


@pytest.mark.parametrize("week", ["2026-W99", "<script>", "x" * 500])
def test_an_unknown_week_is_said(store, page, render, week):
    fill(store)
    assert text("week.unknown_title") in render(page("week").layout(week=week, community="demo"))
    assert text("week.none_title") in render(page("week").layout(community="elsewhere"))
