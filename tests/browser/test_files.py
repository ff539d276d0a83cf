"""Files in a real browser: found, masked, opened for five minutes, hostile names as plain words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]
HOSTILE = "<img src=x onerror='window.__hacked=1'><script>window.__hacked=1</script>"


def open_first_file(app: Any, page: Page) -> None:
    page.goto(f"{app.url}/files?community=demo")
    expect(page.locator(".file-table").first).to_be_visible()
    page.locator(".file-table a.file-link").first.click()
    expect(page.locator(".file-values")).to_be_visible()


def open_phone(page: Page) -> str:
    page.locator("[data-unmask=phone]").click()
    dialog = page.locator("dialog.unmask-dialog")
    expect(dialog).to_be_visible()
    dialog.locator("textarea").fill("居民来电，核对联系电话")
    dialog.locator(".unmask-confirm").click()
    expect(page.locator(".file-opened")).to_be_visible()
    return page.locator(".file-opened").inner_text()


def test_a_value_opens_with_a_reason_and_goes_after_five_minutes(
    demo_app: Any, watched: Opener
) -> None:
    page: Page = watched(1280, 900, role="secretary").page
    page.clock.install()
    open_first_file(demo_app, page)
    assert "1990000" not in page.content()
    value = open_phone(page)
    assert value.startswith("1990000") and page.content().count(value) == 1
    expect(page.locator("dialog")).to_have_count(0)
    page.clock.fast_forward(298_000)
    expect(page.locator(".file-opened")).to_be_visible()
    page.clock.fast_forward(4_000)
    expect(page.locator(".file-opened")).to_have_count(0)
    assert value not in page.content()
    expect(page.locator("[data-unmask=phone]")).to_be_visible()


def test_a_value_goes_with_paper_with_another_page_and_with_a_page_left_alone(
    demo_app: Any, watched: Opener
) -> None:
    page: Page = watched(1280, 900, role="secretary").page
    page.clock.install()
    open_first_file(demo_app, page)
    value = open_phone(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert value not in page.content()
    open_phone(page)
    page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    page.clock.fast_forward(31_000)
    assert value not in page.content()
    open_phone(page)
    page.locator(".file-hide").click()
    assert value not in page.content()
    open_phone(page)
    page.goto(f"{demo_app.url}/care?community=demo")
    page.go_back()
    expect(page.locator(".file-values")).to_be_visible()
    assert value not in page.content()


def test_a_hostile_name_is_a_name(demo_app: Any, watched: Opener, tmp_path: Path) -> None:
    file = tmp_path / "firms.csv"
    file.write_text(f'编号,单位名称,行业\nx1,"{HOSTILE}","{HOSTILE}"\n', encoding="utf-8")
    done = demo_app.cli(
        "import", "enterprises", str(file), "--mapping", "enterprises", "--community", "demo"
    )
    assert '"new": 1' in done.stdout
    page: Page = watched(1280, 900, role="duty_officer").page
    page.goto(f"{demo_app.url}/files?community=demo&kind=enterprise")
    expect(page.locator(".file-table").first).to_be_visible()
    page.fill("#files-search", "onerror")
    page.keyboard.press("Enter")
    expect(page.locator(".file-table a.file-link")).to_have_text([HOSTILE])
    page.locator(".file-table a.file-link").click()
    expect(page.locator("h1.page-title")).to_have_text(HOSTILE)
    assert page.evaluate("window.__hacked") is None


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_files_fit_a_phone(demo_app: Any, watched: Opener, language: str) -> None:
    page: Page = watched(390, 844, language, role="secretary").page
    for path in ("/files", "/care", "/counts"):
        page.goto(f"{demo_app.url}{path}?community=demo")
        expect(page.locator(".file-table").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    open_first_file(demo_app, page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
