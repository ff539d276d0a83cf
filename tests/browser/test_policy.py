"""HTTPS and the Content-Security-Policy in a real Chromium: all runs, and nothing injected does."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page

from actions.access import CLI
from actions.users.account_drafts import AccountDraft
from actions.users.accounts import Accounts
from actions.users.kiosks import Kiosks
from actions.vault import Vault
from data.store import Store
from tests.pem import write_pair

pytestmark = pytest.mark.timeout(900)  # loading the demo takes minutes on a busy machine

PASSWORD = "correct horse battery staple"
ROLES = ("duty_officer", "secretary", "privacy", "admin")
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOTE_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) => {
  const seen = JSON.parse(sessionStorage.getItem("violations") || "[]");
  seen.push([event.violatedDirective, event.blockedURI, event.sourceFile]);
  sessionStorage.setItem("violations", JSON.stringify(seen));
})"""
# Everything runs later, outside the evaluation of the debugger, which no policy binds.
ATTACKS = """() => new Promise((done) => setTimeout(() => {
  window.ran = [];
  const add = (html) => {
    const box = document.createElement("div");
    box["inner" + "HTML"] = html;
    document.body.append(box);
  };
  const script = document.createElement("script");
  script.textContent = "ran.push('inline script')";
  document.body.append(script);
  const foreign = document.createElement("script");
  foreign.src = "https://127.0.0.1:PORT/x.js";
  document.body.append(foreign);
  const local = document.createElement("script");
  local.src = "data:text/javascript,ran.push('data')";
  document.body.append(local);
  add("<img src=x onerror=\\"ran.push('handler')\\">");
  add("<svg onload=\\"ran.push('svg')\\"></svg>");
  add("<iframe srcdoc=\\"<script>parent.ran.push('frame')</script>\\"></iframe>");
  add("<object data='/assets/tokens.css'></object>");
  add("<base href='https://127.0.0.1:PORT/'>");
  const link = document.createElement("a");
  link.href = "javascript:ran.push('link')";
  document.body.append(link);
  link.click();
  try { eval("ran.push('eval')"); } catch (error) { /* refused */ }
  try { new Function("ran.push('function')")(); } catch (error) { /* refused */ }
  try { setTimeout("ran.push('timer')", 0); } catch (error) { /* refused */ }
  const form = document.createElement("form");
  form.action = "https://127.0.0.1:1/steal"; // Chromium greets its host before it is refused
  form.target = "_blank";
  document.body.append(form);
  form.submit();
  fetch("https://127.0.0.1:PORT/steal").then(() => ran.push("fetch"), () => {});
  setTimeout(() => done(window.ran), 1500);
}, 0))"""


@pytest.fixture(scope="module")
def secure_app(
    tmp_path_factory: pytest.TempPathFactory, app_class: Any, demo_folder: Path
) -> Iterator[Any]:
    """The demo over HTTPS of its own, with an account and a device link."""
    folder: Path = tmp_path_factory.mktemp("secure")
    app = app_class.copied(demo_folder, folder, YIPING_CONFIG=str(folder / "yiping.toml"))
    cert, key = write_pair(folder)
    (folder / "yiping.toml").write_text(
        f'tls_cert = "{cert}"\ntls_key = "{key}"\n[sources.simulator]\nenabled = false\n'
    )
    store = Store.open(f"duckdb:{app.database}")
    vault = Vault.open(folder / "keys", store)
    accounts = Accounts(store, vault.audit, CLI)
    for role in ROLES:
        accounts.create(AccountDraft(f"{role}-1", role, "demo"), QUICK.hash(PASSWORD), False)
    app.kiosk = Kiosks(store, vault.audit, CLI).create("demo", "hall").path
    vault.close()
    store.close()
    app.url = f"https://127.0.0.1:{app.port}"
    with pytest.MonkeyPatch.context() as trusting:
        trusting.setenv("SSL_CERT_FILE", str(cert))
        app.start()
    yield app
    app.kill()


def signed_in(browser: Browser, app: Any, role: str = "duty_officer") -> Page:
    """A page of somebody who has signed in; the test's certificate is nobody's."""
    context = browser.new_context(ignore_https_errors=True)
    context.add_init_script(NOTE_VIOLATIONS)
    opened = context.new_page()
    opened.set_default_timeout(90_000)
    opened.goto(f"{app.url}/login")
    opened.fill("#login", f"{role}-1")
    opened.fill("#password", PASSWORD)
    opened.click("button.go")
    opened.wait_for_selector("#page")
    return opened


@pytest.fixture
def page(browser: Browser, secure_app: Any) -> Iterator[Page]:
    """A page of an officer who has signed in."""
    opened = signed_in(browser, secure_app)
    yield opened
    opened.context.close()


def violations(page: Page) -> list[list[str]]:
    found: list[list[str]] = json.loads(
        page.evaluate("sessionStorage.getItem('violations')") or "[]"
    )
    return found


def live(page: Page) -> None:
    page.wait_for_function("document.documentElement.dataset.live === 'live'")


@pytest.mark.browser
def test_desk_case_health_and_wall_run_without_a_violation(page: Page, secure_app: Any) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{secure_app.url}/?community=demo")
    page.wait_for_selector(".ag-row[row-id]")
    live(page)  # the websocket came through: wss of the same host
    case_id = page.get_attribute(".ag-row[row-id]", "row-id")
    page.goto(f"{secure_app.url}/cases/{case_id}?community=demo")
    page.wait_for_selector(".case-section")
    page.goto(f"{secure_app.url}/health?community=demo")
    page.wait_for_selector(".upkeep .upkeep-facts")
    page.goto(f"{secure_app.url}/wall?community=demo")
    page.wait_for_selector("#react-entry-point #wall .leaflet-container canvas")
    live(page)
    assert violations(page) == []
    assert errors == []


@pytest.mark.browser
def test_a_wall_opened_by_its_link_runs_without_a_violation(
    browser: Browser, secure_app: Any
) -> None:
    context = browser.new_context(ignore_https_errors=True)
    context.add_init_script(NOTE_VIOLATIONS)
    wall = context.new_page()
    wall.set_default_timeout(90_000)
    wall.goto(secure_app.url + secure_app.kiosk)
    wall.wait_for_selector("#react-entry-point #wall .leaflet-container canvas")
    live(wall)
    assert violations(wall) == []
    secret = secure_app.kiosk.rpartition("/")[2]
    assert secret not in wall.url and secret not in wall.evaluate("document.referrer")
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/?community=demo", "/wall?community=demo"])
def test_nothing_that_is_injected_runs_or_leaves(page: Page, secure_app: Any, path: str) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    attacks = ATTACKS.replace("PORT", str(listener.getsockname()[1]))
    page.goto(secure_app.url + path)
    live(page)
    assert page.evaluate(attacks) == []
    refused = {violation[0] for violation in violations(page)}
    assert {
        "script-src-elem",
        "script-src-attr",
        "base-uri",
        "form-action",
        "connect-src",
    } <= refused
    # object-src, or default-src of the frame; the word differs between versions
    assert refused & {"script-src", "object-src", "frame-src"}
    with listener, pytest.raises(BlockingIOError):  # nobody has come
        listener.accept()


@pytest.mark.browser
def test_every_page_runs_without_a_violation_for_the_first_role_that_is_offered_it(
    browser: Browser, secure_app: Any
) -> None:
    seen: set[str] = set()
    for role in ROLES[1:]:
        page = signed_in(browser, secure_app, role)
        here = offered(page)
        assert here
        walk(page, here - seen)
        seen |= here
        page.context.close()


@pytest.mark.browser
@pytest.mark.exhaustive
@pytest.mark.parametrize("role", ROLES[1:])
def test_every_page_a_role_is_offered_runs_without_a_violation(
    browser: Browser, secure_app: Any, role: str
) -> None:
    page = signed_in(browser, secure_app, role)
    walk(page, offered(page))
    page.context.close()


def offered(page: Page) -> set[str]:
    """Addresses the navigation offers."""
    return set(page.eval_on_selector_all(".nav a", "links => links.map((link) => link.href)"))


def walk(page: Page, addresses: set[str]) -> None:
    """Open pages one after the other; none may do what the policy refuses."""
    for address in sorted(addresses):
        page.goto(address)
        page.wait_for_selector("#react-entry-point #page, #react-entry-point #wall")
        page.wait_for_timeout(1_000)  # what a page adds once it stands
        assert violations(page) == [], address


@pytest.mark.browser
def test_cookies_are_for_https_alone(page: Page) -> None:
    kept = {cookie["name"]: cookie for cookie in page.context.cookies()}
    session = kept["yiping_session"]
    assert session["secure"] and session["httpOnly"] and session["sameSite"] in ("Lax", "Strict")
