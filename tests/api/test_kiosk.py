"""A wall's device link as a browser meets it: open for ever, read-only, closed at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from actions.access import CLI
from actions.users.kiosks import Kiosks, NewKiosk
from actions.vault import Vault
from api.access import RULES
from data.store import Store
from tests.api.signing_in import cookies

SOCKET = "ws://127.0.0.1:8050/api/v1/live"


@pytest.fixture
def kiosks(app: FastAPI, store: Store, vault: Vault) -> Kiosks:
    """The links of every community."""
    return Kiosks(store, vault.audit, CLI)


@pytest.fixture
def made(kiosks: Kiosks) -> NewKiosk:
    """A link of the demo community."""
    return kiosks.create("demo", "room")


@pytest.fixture
def wall(client: TestClient, made: NewKiosk) -> Iterator[TestClient]:
    """A browser that has opened the link."""
    assert client.get(made.path, follow_redirects=False).status_code == 303
    yield client


def test_opening_the_link_leads_to_the_wall_and_keeps_the_browser(
    client: TestClient, made: NewKiosk
) -> None:
    answer = client.get(made.path, follow_redirects=False)
    assert answer.headers["location"] == "/wall?community=demo"
    assert answer.headers["referrer-policy"] == "no-referrer"
    session = cookies(answer)["yiping_session"]
    assert session["httponly"] and int(session["max-age"]) == 400 * 24 * 3600
    assert made.secret not in answer.headers["location"]


def test_each_page_of_the_wall_renews_its_cookie(
    app: FastAPI, wall: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def page(_request: Request) -> Response:
        return Response("the pages are mounted elsewhere")

    for path in ("/wall", "/health"):
        monkeypatch.setitem(RULES, path, "page")
        app.router.routes.append(Route(path, page))
    token = wall.cookies["yiping_session"]
    renewed = cookies(wall.get("/wall?community=demo"))
    assert renewed["yiping_session"].value == token
    assert int(renewed["yiping_session"]["max-age"]) == 400 * 24 * 3600
    assert "set-cookie" not in wall.get("/health").headers


def test_a_wall_sees_its_projection_and_nothing_more(wall: TestClient) -> None:
    assert wall.get("/api/v1/plan/demo").status_code == 200
    assert wall.get("/api/v1/plan/other").status_code == 404
    for address in ("/api/v1/cases", "/api/v1/cases?community=demo"):
        assert wall.get(address).status_code == 403
    sent = {"X-CSRFToken": wall.cookies["_csrf_token"]}
    answer = wall.post("/api/v1/cases", json=[], headers=sent)
    assert answer.status_code == 403


def test_a_revoked_link_closes_the_open_wall_at_once(
    wall: TestClient, made: NewKiosk, kiosks: Kiosks
) -> None:
    with wall.websocket_connect(f"{SOCKET}?community=demo") as socket:
        assert socket.receive_json()["t"] == "hello"
        kiosks.revoke(made.kiosk_id)
        with pytest.raises(WebSocketDisconnect) as closed:
            while True:
                socket.receive_json()
        assert closed.value.code == 4401
    assert wall.get("/api/v1/plan/demo").status_code == 401
    answer = wall.get(made.path, follow_redirects=False)
    assert answer.status_code == 404 and "yiping_session" not in cookies(answer)


@pytest.mark.parametrize("secret", ["x", "y" * 43, "y" * 5_000, "%2e%2e", "a%00b", "值"])
def test_what_is_no_link_gets_a_clear_page(client: TestClient, secret: str) -> None:
    answer = client.get(f"/kiosk/{secret}", follow_redirects=False)
    assert answer.status_code == 404
    assert "大屏链接已失效" in answer.text
    assert "set-cookie" not in answer.headers or "yiping_session" not in cookies(answer)


def test_guessing_links_is_slowed_down_and_audited(
    client: TestClient, made: NewKiosk, vault: Vault, store: Store
) -> None:
    for number in range(30):
        client.get(f"/kiosk/{number:043d}")
    answer = client.get(made.path, follow_redirects=False)
    assert answer.status_code == 429
    vault.audit.close()
    rows = store.cursor().execute("select count(*) from audit_event where action = 'kiosk.open'")
    assert rows.fetchall() == [(30,)]


def test_looking_at_a_link_opens_no_wall(client: TestClient, made: NewKiosk, store: Store) -> None:
    assert client.head(made.path).status_code == 200
    assert store.cursor().execute("select count(*) from session").fetchall() == [(0,)]


def test_a_wall_signs_in_as_nobody_else(wall: TestClient, key: Callable[..., object]) -> None:
    answer = wall.get("/login", follow_redirects=False)
    assert answer.status_code == 200  # staff may sign in at the wall's machine
