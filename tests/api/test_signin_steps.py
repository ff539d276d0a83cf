"""Where a sign-in leads, what its session is worth, and its steps in order."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from actions.vault import Vault
from api.form import local_path
from data.store import Store
from tests.actions.door import OTHER_PASSWORD, PASSWORD
from tests.api.signing_in import cookies, post, second_factor, sign_in, word


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
