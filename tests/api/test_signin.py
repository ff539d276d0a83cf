"""The door as a browser meets it: forms, cookies, where it leads, and what must not work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from typing import Any

import pyotp
import pytest
from fastapi import FastAPI
from httpx import Response
from starlette.testclient import TestClient

from actions.access import CLI
from actions.account_drafts import AccountDraft
from actions.accounts import Accounts
from actions.passwords import PasswordHashing
from actions.signin import SignIn
from actions.totp import FIELD, subject_of
from actions.vault import Vault
from api.form import local_path
from data.store import Store
from tests.actions.door import OTHER_PASSWORD, PASSWORD, QUICK

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def accounts(app: FastAPI, store: Store, vault: Vault) -> Iterator[Accounts]:
    """The accounts behind the door, which hashes quickly and answers at once."""
    hashing = PasswordHashing(QUICK)
    app.state.sign_in = SignIn(store, vault.audit, vault.keyring, hashing, floor_s=0)
    yield Accounts(store, vault.audit, CLI)
    hashing.close()


@pytest.fixture
def account(accounts: Accounts) -> Callable[..., str]:
    """Make an account with PASSWORD; returns its id."""

    def make(login: str = "duty1", role: str = "duty_officer", must_change: bool = False) -> str:
        draft = AccountDraft(login, role, "demo")
        return accounts.create(draft, QUICK.hash(PASSWORD), must_change)

    return make


def word(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found, page
    return found.group(1)


def post(client: TestClient, address: str, **fields: str) -> Response:
    """Fill in the form of a page and send it, without following where it leads."""
    form = {"csrf": word(client.get(address).text), **fields}
    return client.post(address, data=form, follow_redirects=False)


def sign_in(client: TestClient, login: str = "duty1", **more: str) -> Response:
    return post(client, "/login", login=login, password=PASSWORD, **more)


def cookies(answer: Response) -> dict[str, Any]:
    found: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        found.load(header)
    return dict(found)


def test_signing_in_gives_a_session_and_leads_on(
    client: TestClient, account: Callable[..., str]
) -> None:
    account()
    answer = sign_in(client)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/"
    kept = cookies(answer)
    session = kept["yiping_session"]
    assert session["httponly"] and session["samesite"] == "lax" and not session["secure"]
    assert session["path"] == "/" and not session["max-age"]
    assert not kept["_csrf_token"]["httponly"]
    assert session.value not in answer.headers["location"]
    assert client.get("/api/v1/cases?community=demo").status_code == 200


def test_over_https_every_cookie_is_secure(app: FastAPI, account: Callable[..., str]) -> None:
    account()
    with TestClient(app, base_url="https://wall.example") as client:
        shown = client.get("/login")
        assert cookies(shown)["__Host-yiping_form"]["secure"]
        kept = cookies(sign_in(client))
        assert kept["yiping_session"]["secure"] and kept["_csrf_token"]["secure"]


@pytest.mark.parametrize(("role", "home"), [("admin", "/accounts"), ("privacy", "/audit")])
def test_each_role_begins_where_its_work_is(
    client: TestClient, account: Callable[..., str], role: str, home: str
) -> None:
    account("post-1", role)
    assert sign_in(client, "post-1").headers["location"] == home
    assert client.get("/login", follow_redirects=False).headers["location"] == home


class TestWrong:
    """Refusals say one thing, and the form comes back."""

    def test_unknown_wrong_closed_and_paused_answer_alike(
        self, client: TestClient, account: Callable[..., str], accounts: Accounts
    ) -> None:
        account()
        account("paused1")
        accounts.close(account("closed1"))
        for _ in range(6):
            post(client, "/login", login="paused1", password="wrong and wrong again")
        answers = [
            post(client, "/login", login=login, password=password)
            for login, password in (
                ("duty1", "wrong and wrong again"),
                ("nobody", PASSWORD),
                ("closed1", PASSWORD),
                ("paused1", PASSWORD),
            )
        ]
        pages = {re.sub(r'value="(duty1|nobody|closed1|paused1)"', "", a.text) for a in answers}
        assert len(pages) == 1
        assert {a.status_code for a in answers} == {403}
        assert {tuple(sorted(a.headers.keys())) for a in answers} == {
            tuple(sorted(answers[0].headers.keys()))
        }
        assert all("yiping_session" not in a.headers.get("set-cookie", "") for a in answers)

    def test_what_was_typed_comes_back_escaped_and_the_password_not_at_all(
        self, client: TestClient, account: Callable[..., str]
    ) -> None:
        account()
        login = '"><script>alert(1)</script>'
        answer = post(client, "/login", login=login, password="wrong <b>and</b> wrong")
        assert "<script>alert" not in answer.text
        assert "&quot;&gt;&lt;script&gt;" in answer.text
        assert "and&lt;" not in answer.text and "<b>and" not in answer.text

    def test_too_many_from_one_address_are_told_to_wait(
        self, client: TestClient, account: Callable[..., str]
    ) -> None:
        account()
        for number in range(30):
            post(client, "/login", login=f"nobody{number}", password="x")
        answer = sign_in(client)
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= 600

    @pytest.mark.parametrize("language", ["zh-CN", "en"])
    def test_both_languages_say_it(self, client: TestClient, language: str) -> None:
        client.cookies.set("lang", language)
        answer = post(client, "/login", login="nobody", password="x")
        said = "not right" if language == "en" else "不对"
        assert said in answer.text
        assert f'lang="{language}"' in answer.text


class TestForm:
    """Only our own page, in the same browser, may send the form."""

    def test_without_the_browsers_cookie_nothing_happens(
        self, client: TestClient, account: Callable[..., str]
    ) -> None:
        account()
        shown = word(client.get("/login").text)
        client.cookies.clear()
        fields = {"csrf": shown, "login": "duty1", "password": PASSWORD}
        answer = client.post("/login", data=fields, follow_redirects=False)
        assert answer.status_code == 403
        assert "yiping_session" not in answer.headers.get("set-cookie", "")

    @pytest.mark.parametrize("csrf", ["", "0" * 64, "值", "x" * 10_000])
    def test_with_another_word_nothing_happens(
        self, client: TestClient, account: Callable[..., str], csrf: str
    ) -> None:
        account()
        client.get("/login")
        fields = {"csrf": csrf, "login": "duty1", "password": PASSWORD}
        answer = client.post("/login", data=fields, follow_redirects=False)
        assert answer.status_code == 403
        assert "duty1" in answer.text  # what was typed is not lost

    def test_another_sites_page_is_refused_whatever_it_knows(
        self, client: TestClient, account: Callable[..., str]
    ) -> None:
        account()
        fields = {"csrf": word(client.get("/login").text), "login": "duty1", "password": PASSWORD}
        answer = client.post("/login", data=fields, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403

    @pytest.mark.parametrize(
        ("body", "headers"),
        [
            (b"login=duty1", {"Content-Type": "application/json"}),
            (b'{"login": "duty1"}', {"Content-Type": "text/plain"}),
            (b"", {}),
            (b"login=%ff%fe&csrf=x", FORM),  # no UTF-8
            (b"login=\xff\xfe", FORM),
            (b"&".join(b"a=1" for _ in range(100)), FORM),  # too many fields
            (b"login=" + b"a" * 20_000, FORM),  # too large
            (b"--x\r\n\r\nx", {"Content-Type": "multipart/form-data; boundary=x"}),
        ],
    )
    def test_what_is_no_form_is_refused(
        self, client: TestClient, account: Callable[..., str], body: bytes, headers: dict[str, str]
    ) -> None:
        account()
        answer = client.post("/login", content=body, headers=headers)
        assert answer.status_code == 400
        assert "<form" in answer.text

    def test_the_page_is_kept_nowhere_and_runs_no_script_of_its_own(
        self, client: TestClient
    ) -> None:
        answer = client.get("/login")
        assert answer.headers["cache-control"] == "no-store"
        assert re.findall(r"<script\b[^>]*>", answer.text) == ['<script src="/assets/signin.js">']
        assert not re.search(r"\son\w+=|style=|javascript:", answer.text)
        assert 'autocomplete="current-password"' in answer.text  # password managers and pasting


class TestOnward:
    """After signing in only an address of this site is gone on to."""

    @pytest.mark.parametrize(
        "wanted",
        [
            "https://evil.example/",
            "//evil.example/",
            "///evil.example/",
            "/\\evil.example/",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "\t//evil.example",
            " //evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "http:evil.example",
            "evil.example",
            "./../evil",
            "/login",
            "/login/oidc",
            "/logout",
            "/kiosk/abc",
            "/值班",
            "/" + "a" * 5_000,
            "/%0d%0aSet-Cookie: x=1\r\nX: y",
            "//[bad",
            "",
        ],
    )
    def test_nothing_else(
        self, client: TestClient, account: Callable[..., str], wanted: str
    ) -> None:
        assert local_path(wanted) == ""
        account()
        answer = sign_in(client, next=wanted)
        assert answer.headers["location"] == "/"

    @pytest.mark.parametrize(
        "wanted", ["/health", "/health?community=demo", "/cases/abc?x=1&y=%2F%2Fz", "/wall#map"]
    )
    def test_an_address_of_ours_is_kept_through_the_form(
        self, client: TestClient, account: Callable[..., str], wanted: str
    ) -> None:
        account()
        page = client.get("/login", params={"next": wanted}).text
        kept = re.search(r'name="next" value="([^"]*)"', page)
        assert kept
        answer = sign_in(client, next=wanted)
        assert answer.headers["location"] == wanted

    def test_a_visitor_is_led_back_to_where_it_wanted(
        self, client: TestClient, account: Callable[..., str]
    ) -> None:
        account()
        turned = client.get("/login", params={"next": "/health"})
        assert 'value="/health"' in turned.text


class TestSession:
    """What signing in and out does to the sessions there are."""

    def test_a_token_planted_before_is_not_the_session_after(
        self, client: TestClient, account: Callable[..., str]
    ) -> None:
        account()
        client.cookies.set("yiping_session", "planted-by-an-attacker")
        answer = sign_in(client)
        assert cookies(answer)["yiping_session"].value != "planted-by-an-attacker"

    def test_signing_in_again_ends_the_session_there_was(
        self, client: TestClient, account: Callable[..., str], store: Store
    ) -> None:
        account()
        account("duty2")
        first = cookies(sign_in(client))["yiping_session"].value
        form = {"csrf": word(client.get("/login/totp").text), "login": "duty2"}
        client.post("/login", data={**form, "password": PASSWORD}, follow_redirects=False)
        rows = store.cursor().execute("select holder_id from session").fetchall()
        assert len(rows) == 1
        client.cookies.clear()
        client.cookies.set("yiping_session", first)
        assert client.get("/api/v1/cases?community=demo").status_code == 401

    def test_signing_out_ends_it_at_once_and_everywhere_it_was_copied_to(
        self, client: TestClient, account: Callable[..., str], store: Store
    ) -> None:
        account()
        token = cookies(sign_in(client))["yiping_session"].value
        shown = client.cookies["_csrf_token"]
        answer = client.post("/logout", headers={"X-CSRFToken": shown}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login?signed_out=1")
        gone = cookies(answer)
        assert gone["yiping_session"].value == "" and gone["yiping_session"]["max-age"] == "0"
        client.cookies.set("yiping_session", token)
        assert client.get("/api/v1/cases?community=demo").status_code == 401
        assert "您已退出" in client.get("/login?signed_out=1").text

    def test_signing_out_works_by_a_form_as_well(
        self, client: TestClient, account: Callable[..., str]
    ) -> None:
        account()
        sign_in(client)
        fields = {"csrf": client.cookies["_csrf_token"]}
        assert client.post("/logout", data=fields, follow_redirects=False).status_code == 303

    @pytest.mark.parametrize("shown", ["", "wrong", "值".encode().decode("latin-1")])
    def test_another_site_signs_nobody_out(
        self, client: TestClient, account: Callable[..., str], shown: str
    ) -> None:
        account()
        sign_in(client)
        headers = {"X-CSRFToken": shown.encode("latin-1")} if shown else {}
        assert client.post("/logout", headers=headers).status_code == 403
        assert client.get("/logout", follow_redirects=False).headers["location"] == "/"
        assert client.get("/api/v1/cases?community=demo").status_code == 200


class TestSteps:
    """Second factor and a password of one's own, on pages of their own."""

    def test_the_second_factor_stands_between(
        self, client: TestClient, account: Callable[..., str], store: Store, vault: Vault
    ) -> None:
        account_id = account()
        app = second_factor(store, vault, account_id)
        half = sign_in(client, next="/health")
        assert half.headers["location"] == "/login/totp?next=%2Fhealth"
        ticket = cookies(half)["yiping_ticket"]
        assert ticket["httponly"] and ticket["path"] == "/login"
        assert "yiping_session" not in cookies(half)
        assert client.get("/api/v1/cases?community=demo").status_code == 401
        wrong = post(client, "/login/totp", code="000000")
        assert wrong.status_code == 403 and "<form" in wrong.text
        done = post(client, "/login/totp", code=app.now(), next="/health")
        assert done.headers["location"] == "/health"
        assert cookies(done)["yiping_ticket"].value == ""
        assert client.get("/api/v1/cases?community=demo").status_code == 200

    def test_without_the_first_step_there_is_no_second(
        self, client: TestClient, account: Callable[..., str]
    ) -> None:
        account()
        for address, field in (("/login/totp", "code"), ("/login/password", "password")):
            answer = post(client, address, **{field: OTHER_PASSWORD})
            assert answer.status_code == 403
            assert 'action="/login"' in answer.text  # begin again

    def test_a_password_set_by_somebody_else_is_replaced_first(
        self, client: TestClient, account: Callable[..., str]
    ) -> None:
        account(must_change=True)
        half = sign_in(client)
        assert half.headers["location"] == "/login/password"
        poor = post(client, "/login/password", password="duty1duty1duty1")
        assert poor.status_code == 403 and "duty1duty1" not in poor.text
        done = post(client, "/login/password", password=OTHER_PASSWORD)
        assert done.status_code == 303
        assert client.get("/api/v1/cases?community=demo").status_code == 200


def second_factor(store: Store, vault: Vault, account_id: str) -> pyotp.TOTP:
    secret = pyotp.random_base32()
    vault.keyring.create([subject_of(account_id)])
    sealed = vault.keyring.seal(subject_of(account_id), FIELD, secret)

    def work(tx: Any) -> None:
        row = tx.rows("credential/of_account", account_id=account_id)[0]
        changed = {**row, "totp_sealed": sealed, "totp_confirmed": True}
        tx.run("credential/put", {"incoming": tx.table("credential", [changed])})

    store.write(work).result()
    return pyotp.TOTP(secret)
