"""Signing in by a real OpenID Connect provider that runs on this machine (Canaille)."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from actions.access import CLI
from actions.users.account_drafts import AccountDraft
from actions.users.accounts import Accounts
from actions.users.sessions import Sessions
from actions.vault import Vault
from api.application import build
from api.services import Services
from data.cache import PayloadCache
from data.feed import Feed
from data.store import Store
from ingest.runner import Runner
from settings import Settings
from settings.sections import OidcSettings
from tests import oidc_provider
from tests.api.signing_in import cookies

HERE = "http://127.0.0.1:8050"
SCRIPT = Path(oidc_provider.__file__)
# It brings a package named `tests`, so it lives in an environment of its own.
PYTHON = Path(sys.prefix) / "provider" / "bin" / "python"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The provider's address."""
    if not PYTHON.exists():
        pytest.fail(f"{PYTHON} is missing: make .venv/.provider")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [str(PYTHON), str(SCRIPT), str(port), f"{HERE}/login/oidc/callback"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while True:
        try:
            if httpx.get(f"{address}/.well-known/openid-configuration", trust_env=False):
                break
        except httpx.TransportError:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.1)
    yield address
    process.kill()
    process.wait()


@pytest.fixture
def browser(
    provider: str,
    store: Store,
    runner: Runner,
    vault: Vault,
    sessions: Sessions,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[TestClient]:
    """A browser at an installation with the provider; `link_by_login` by indirect parameter."""
    secret = tmp_path / "secret"
    secret.touch(mode=0o600)
    secret.write_text(oidc_provider.CLIENT_SECRET)
    oidc = OidcSettings(
        issuer=provider,
        client_id=oidc_provider.CLIENT_ID,
        client_secret_file=secret,
        label="Canaille",
        link_by_login=getattr(request, "param", False),
    )
    parts = Services(
        store,
        Feed(store, runner.health),
        runner.health,
        runner.receive,
        PayloadCache(),
        sessions,
        vault.keyring,
        vault.audit,
        Settings(var=tmp_path, oidc=oidc),
    )
    with TestClient(build(parts), base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def account(store: Store, vault: Vault) -> Callable[..., str]:
    """Make an account that has no password here."""

    def make(login: str = "duty1", subject: str | None = None) -> str:
        draft = AccountDraft(login, "duty_officer", "demo", oidc_subject=subject)
        return Accounts(store, vault.audit, CLI).create(draft, None)

    return make


def proven(address: str, person: str = "duty1") -> str:
    """Sign in at the provider; returns the address it sends the browser back to."""
    with httpx.Client(trust_env=False, timeout=30) as client:
        answer = client.get(address)
        for _ in range(12):
            if answer.is_redirect:
                onward = answer.url.join(answer.headers["location"])
                if str(onward).startswith(HERE):
                    return str(onward)
                answer = client.get(onward)
                continue
            word = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.text)
            assert word, answer.text
            fields = {"csrf_token": word.group(1), "answer": "accept"}
            fields["login"], fields["password"] = person, oidc_provider.PASSWORD
            answer = client.post(answer.url, data=fields)
    raise AssertionError("the provider did not come to an end")


def test_a_linked_person_comes_in(
    browser: TestClient, provider: str, account: Callable[..., str], vault: Vault, store: Store
) -> None:
    account_id = account(subject=f"{provider}|duty1")
    shown = browser.get("/login?next=/health").text
    assert "Canaille" in shown and "/login/oidc?next=%2Fhealth" in shown
    left = browser.get("/login/oidc?next=/health")
    assert left.status_code == 303
    asked = httpx.URL(left.headers["location"]).params
    assert asked["code_challenge_method"] == "S256" and asked["response_type"] == "code"
    assert len(asked["state"]) >= 43 and len(asked["nonce"]) >= 43
    done = browser.get(proven(left.headers["location"]))
    assert done.headers["location"] == "/health"
    assert cookies(done)["yiping_session"]["httponly"]
    assert browser.get("/api/v1/cases?community=demo").status_code == 200
    row = store.rows("account/sessions", account_id=account_id)[0]
    assert row["method"] == "oidc"
    lines = store.cursor().execute("select action, detail from audit_event").fetchall()
    assert ("sign_in", "oidc") in lines


def test_a_person_nobody_linked_stays_outside_whatever_the_name(
    browser: TestClient, account: Callable[..., str]
) -> None:
    account("duty1")  # the same name, but not linked and not to be linked by itself
    left = browser.get("/login/oidc")
    answer = browser.get(proven(left.headers["location"]))
    assert answer.status_code == 403
    assert "yiping_session" not in cookies(answer)
    assert "找管理员" in answer.text


@pytest.mark.parametrize("browser", [True], indirect=True)
def test_where_the_setting_allows_it_the_login_is_linked_once(
    browser: TestClient, provider: str, account: Callable[..., str], store: Store
) -> None:
    account_id = account("duty1")
    answer = browser.get(proven(browser.get("/login/oidc").headers["location"]))
    assert answer.status_code == 303
    linked = store.rows("account/one", account_id=account_id)[0]["oidc_subject"]
    assert linked == f"{provider}|duty1"
    browser.cookies.clear()
    stranger = browser.get(proven(browser.get("/login/oidc").headers["location"], "stranger"))
    assert stranger.status_code == 403  # no account of that name, and none is made
    assert len(store.rows("account/list", community_ids=None)) == 1


def test_a_closed_account_stays_closed(
    browser: TestClient, provider: str, account: Callable[..., str], store: Store, vault: Vault
) -> None:
    account_id = account(subject=f"{provider}|duty1")
    Accounts(store, vault.audit, CLI).close(account_id)
    answer = browser.get(proven(browser.get("/login/oidc").headers["location"]))
    assert answer.status_code == 403 and "yiping_session" not in cookies(answer)


def test_an_answer_is_good_once_and_in_the_browser_that_asked(
    browser: TestClient, provider: str, account: Callable[..., str]
) -> None:
    account(subject=f"{provider}|duty1")
    back = proven(browser.get("/login/oidc").headers["location"])
    kept = browser.cookies["yiping_oidc"]
    browser.cookies.clear()
    assert browser.get(back).headers["location"] == "/login"  # another browser
    browser.get("/login/oidc")  # one that asked for something else
    assert browser.get(back).status_code == 403
    browser.cookies.clear()
    browser.cookies.set("yiping_oidc", kept)
    assert browser.get(back).status_code == 303
    browser.cookies.clear()
    browser.cookies.set("yiping_oidc", kept)
    assert browser.get(back).headers["location"] == "/login"  # used up


@pytest.mark.parametrize(
    "query",
    [
        "",
        "state=wrong&code=x",
        "code=x",
        "error=access_denied&state={state}",
        "state={state}",
        "state={state}&code=made-up&iss={iss}",
        "state={state}&code=made-up&iss=https://evil.example",
        "state={state}&code=made-up",  # without the issuer that this provider always names
        "state={state}&code=" + "x" * 5_000,
    ],
)
def test_an_answer_that_proves_nothing_opens_nothing(
    browser: TestClient, provider: str, account: Callable[..., str], query: str
) -> None:
    account(subject=f"{provider}|duty1")
    asked = httpx.URL(browser.get("/login/oidc").headers["location"]).params
    answer = browser.get("/login/oidc/callback?" + query.format(state=asked["state"], iss=provider))
    assert answer.status_code == 403
    assert "yiping_session" not in cookies(answer)
    assert "<form" in answer.text  # the password still works


def test_without_a_provider_its_addresses_lead_to_the_password(client: TestClient) -> None:
    for address in ("/login/oidc", "/login/oidc/callback?code=x&state=y"):
        answer = client.get(address, follow_redirects=False)
        assert answer.headers["location"] == "/login"
    assert "/login/oidc" not in client.get("/login").text
