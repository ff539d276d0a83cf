"""The administrator edits the catalogue, subscribes a program and reads the outbox."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def test_an_administrator_sets_up_catalogue_and_webhooks(demo_app: Any, watched: Opener) -> None:
    page: Page = watched(1440, 1000, role="admin").page
    page.goto(f"{demo_app.url}/catalogue?category=noise")
    form = page.locator("form.door-form:has(input[name=limit_value])")
    form.locator("input[name=limit_value]").fill("3")
    form.locator("[data-action=save]").click()
    expect(page.locator("#catalogue-notice")).to_contain_text("噪声扰民")
    expect(page.locator("[data-category=noise]")).to_contain_text("本社区")

    page.goto(f"{demo_app.url}/channels")
    hook = page.locator("form:has([data-action=add_webhook])")
    hook.locator("input[name=label]").fill("区平台")
    hook.locator("input[name=address]").fill("https://1.1.1.1/events")
    hook.locator("[data-action=add_webhook]").click()
    expect(page.locator("#channels-notice")).to_contain_text("whsec_")
    page.reload()
    expect(page.locator("#channels-body")).to_contain_text("区平台")
    assert not re.search(r"whsec_|1\.1\.1\.1", page.content())

    page.goto(f"{demo_app.url}/outbox")
    expect(page.locator("#outbox-body h1")).to_be_visible()
