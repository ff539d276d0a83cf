"""Signing in and out in a real browser: steps, walls, sessions that end while a page is open."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.actions.door import OTHER_PASSWORD

pytestmark = pytest.mark.browser
COUNT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def logins(app: Any) -> dict[str, str]:
    """The demo's passwords by login, and the link of its wall as `wall`, on the app's port."""
    found = {}
    for line in (app.folder / "demo-logins.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if line.startswith("  "):
            found[words[0]] = words[2]
        elif "/kiosk/" in line:
            found["wall"] = app.url + "/kiosk/" + line.rpartition("/kiosk/")[2]
    return found


def sign_in(page: Page, app: Any, login: str, password: str, onward: str = "") -> None:
    page.goto(app.url + (onward or "/login"))
    page.locator("#login").fill(login)
    page.locator("#password").fill(password)
    page.locator(".go").click()


@pytest.mark.parametrize(
    ("width", "language"),
    [
        (390, "zh-CN"),
        (1440, "en"),
        pytest.param(390, "en", marks=pytest.mark.exhaustive),
        pytest.param(1440, "zh-CN", marks=pytest.mark.exhaustive),
    ],
)
def test_the_sign_in_page_fits_and_says_what_is_wrong(
    demo_app: Any, watched: Callable[..., Any], language: str, width: int
) -> None:
    noted = watched(width, 800, language, role=None)
    page = noted.page
    page.goto(demo_app.url + "/health?x=1")
    expect(page).to_have_url(re.compile(r"/login\?next="))
    assert page.evaluate(COUNT) <= 0
    assert page.evaluate("document.activeElement.id") == "login"
    page.locator("#login").fill("duty")
    page.locator("#password").fill("not the password")
    page.locator(".show").click()
    expect(page.locator("#password")).to_have_attribute("type", "text")
    page.locator(".go").click()
    expect(page.locator(".notice")).to_contain_text("不对" if language == "zh-CN" else "not right")
    expect(page.locator("#login")).to_have_value("duty")
    expect(page.locator("#password")).to_have_value("")
    assert page.evaluate(COUNT) <= 0
    assert all("403" in error for error in noted.errors)
    noted.errors.clear()
    page.locator("#password").fill(logins(demo_app)["duty"])
    page.locator(".go").click()
    expect(page).to_have_url(demo_app.url + "/health?x=1")
    expect(page.locator(".own-login")).to_have_text("duty")
    page.locator("#sign-out").click()
    expect(page).to_have_url(re.compile("signed_out"))
    page.goto(demo_app.url + "/")
    expect(page).to_have_url(re.compile("/login"))


def test_without_scripts_one_still_signs_in(demo_app: Any, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo_app, "duty", logins(demo_app)["duty"])
    page.wait_for_url(demo_app.url + "/")
    assert any(each["name"] == "yiping_session" for each in context.cookies())
    context.close()


def test_an_administrator_makes_an_account_and_its_owner_takes_it_over(
    demo_app: Any, watched: Callable[..., Any]
) -> None:
    admin = watched(role="admin", language="en").page
    admin.goto(demo_app.url + "/accounts?account=new")
    admin.locator("input[name=login]").fill("second-desk")
    admin.locator("select[data-name=role]").select_option("secretary")
    admin.locator("[data-action=save]").click()
    password = admin.locator(".door-once code").inner_text()
    owner = watched(390, 844, role=None).page
    sign_in(owner, demo_app, "second-desk", password)
    expect(owner).to_have_url(re.compile("/login/password"))
    owner.locator("#password").fill(OTHER_PASSWORD)
    owner.locator(".go").click()
    expect(owner.locator(".own-login")).to_have_text("second-desk")
    admin.goto(demo_app.url + "/accounts")
    row = admin.locator("tr", has_text="second-desk")
    row.locator("a").click()
    close = admin.locator("[data-action=close]")
    close.click()
    expect(admin.locator(".door-notice")).to_have_count(0)  # asked once more, nothing done
    close.click()
    expect(admin.locator(".door-notice")).to_contain_text("closed")
    expect(owner.locator(".signed-out")).to_be_visible()
    expect(owner.locator("main")).to_be_hidden()


def test_a_second_factor_is_set_up_and_asked_for(
    demo_app: Any, watched: Callable[..., Any]
) -> None:
    noted = watched(390, 844, role=None)
    page = noted.page
    password = logins(demo_app)["secretary"]
    sign_in(page, demo_app, "secretary", password)
    page.goto(demo_app.url + "/account")
    form = page.locator("form", has=page.locator("[data-action=begin_factor]"))
    form.locator("input").fill(password)
    form.locator("button[type=submit]").click()
    expect(page.locator(".door-qr")).to_be_visible()
    assert page.evaluate("document.querySelector('.door-qr').naturalWidth") > 0
    app = pyotp.TOTP(page.locator(".door-once code").first.inner_text())
    page.locator("input[name=code]").fill(app.now())
    page.locator("[data-action=confirm_factor]").click()
    codes = page.locator(".door-codes code")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text()
    assert page.evaluate(COUNT) <= 0
    page.locator("#sign-out").click()
    expect(page).to_have_url(re.compile("signed_out"))
    sign_in(page, demo_app, "secretary", password, "/login?next=/health")
    page.locator("#code").fill(recovery)
    page.locator(".go").click()
    expect(page).to_have_url(demo_app.url + "/health")


def test_a_wall_opens_by_its_link_and_goes_dark_when_it_is_revoked(
    demo_app: Any, watched: Callable[..., Any]
) -> None:
    wall = watched(role=None).page
    wall.goto(logins(demo_app)["wall"])
    expect(wall).to_have_url(re.compile(r"/wall\?community=demo$"))
    wall.wait_for_function("document.documentElement.dataset.live === 'live'")
    expect(wall.locator("#wall")).to_be_visible()
    admin = watched(role="admin", language="en").page
    admin.goto(demo_app.url + "/kiosks")
    revoke = admin.locator("tr", has_text="demo").locator("[data-action=revoke]")
    revoke.click()
    revoke.click()
    expect(wall.locator(".signed-out")).to_contain_text("撤销")
    expect(wall.locator("#wall")).to_be_hidden()


def test_signing_in_again_leads_back_to_the_page_that_was_open(
    demo_app: Any, watched: Callable[..., Any]
) -> None:
    noted = watched(role=None)
    page = noted.page
    password = logins(demo_app)["duty"]
    sign_in(page, demo_app, "duty", password, "/login?next=/health")
    expect(page.locator(".own-login")).to_have_text("duty")
    page.wait_for_function("document.documentElement.dataset.live === 'live'")
    assert demo_app.cli("user", "sessions-end", "duty").returncode == 0
    expect(page.locator(".signed-out")).to_be_visible()
    page.locator(".signed-out a").click()
    expect(page).to_have_url(demo_app.url + "/login?next=%2Fhealth")
    page.locator("#login").fill("duty")
    page.locator("#password").fill(password)
    page.locator(".go").click()
    expect(page).to_have_url(demo_app.url + "/health")
