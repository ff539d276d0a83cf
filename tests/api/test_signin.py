"""The door as a browser meets it: forms, cookies, where it leads, and what must not work."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from actions.users.accounts import Accounts
from tests.actions.door import PASSWORD
from tests.api.signing_in import FORM, cookies, post, sign_in, word


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
