"""The audit page in a real browser: lines, chain, filters, paging and a copy, and who sees what."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
REASON = "年度合规审计"


def test_the_privacy_role_reads_filters_turns_and_copies(
    demo_app: Any, watched: Callable[..., Any], tmp_path: Path
) -> None:
    page = watched(role="privacy").page
    page.goto(f"{demo_app.url}/audit?community=demo")
    expect(page.locator("#audit-chain .audit-chain-ok")).to_be_visible()
    rows = page.locator("#audit-lines tbody tr")
    expect(rows.first).to_contain_text("查看审计日志")
    expect(page.locator("#audit-summary table")).to_be_visible()
    page.locator(".audit-filter select[name=action]").select_option("audit.read")
    page.locator(".audit-filter button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"[?&]action=audit\.read&"))
    expect(page.locator(".audit-filter select[name=action]")).to_have_value("audit.read")
    expect(rows.first).to_contain_text("filters action")
    page.locator("#audit-check").click()
    expect(page.locator("#audit-chain .audit-chain-ok")).to_be_visible()
    page.locator("#audit-export").click()
    expect(page.locator("#audit-export-note")).to_contain_text("至少 6 个字符")
    page.locator("#audit-reason").fill(REASON)
    with page.expect_download() as started:
        page.locator("#audit-export").click()
    file = tmp_path / "audit.csv"
    started.value.save_as(file)
    content = file.read_text(encoding="utf-8-sig")
    assert REASON in content.splitlines()[0]
    assert "查看审计日志" in content
    page.locator(".audit-filter a.quiet").click()
    expect(rows.first).to_contain_text("查看审计日志")
    expect(page.locator("#audit-lines")).to_contain_text("导出审计日志")
    expect(page.locator("#audit-older")).to_be_disabled()


@pytest.mark.parametrize("role", ["secretary", "subdistrict"])
def test_counts_only_for_those_who_may_see_counts(
    demo_app: Any, watched: Callable[..., Any], role: str
) -> None:
    page = watched(role=role, language="en").page
    page.goto(f"{demo_app.url}/audit?community=demo")
    expect(page.locator("#audit-summary")).to_be_visible()
    expect(page.locator("#audit-lines")).to_have_count(0)
    expect(page.locator("#audit-export")).to_have_count(0)


def test_a_role_without_it_finds_neither_page_nor_link(
    demo_app: Any, watched: Callable[..., Any]
) -> None:
    page = watched(role="duty_officer", language="en").page
    page.goto(f"{demo_app.url}/audit?community=demo")
    expect(page.locator(".nothing-title")).to_be_visible()
    expect(page.locator("#audit-summary")).to_have_count(0)
    expect(page.locator("nav.nav a[href^='/audit']")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1920, 1080)])
def test_nothing_runs_over_the_edge(
    demo_app: Any, watched: Callable[..., Any], width: int, height: int
) -> None:
    page = watched(width=width, height=height, role="privacy", language="en").page
    page.goto(f"{demo_app.url}/audit?community=demo")
    expect(page.locator("#audit-lines tbody tr").first).to_be_visible()
    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert over <= 0
