"""Everything one user reaches, tried as somebody else: another community, nobody, a wall, a
session that is over. What is not theirs answers as if it did not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import dash
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from actions.intake.recording import record
from actions.users.keys import create_key, revoke_key
from actions.users.sessions import Sessions
from data.store import Store
from data.transaction import Transaction
from rules.records import AreaRecord, NoticeRecord, PlaceRecord
from tests.api.given import row

Cookies = dict[str, str]
MARK = "MARK-7f3a"  # stands in everything the demo community holds
SQUARE = {"type": "Polygon", "coordinates": [[[116.3, 39.9], [116.4, 39.9], [116.4, 40.0]]]}
WORKING_ROLES = ("duty_officer", "secretary", "admin", "privacy")


@pytest.fixture(scope="module")
def ids(store: Store, client: TestClient, key: Callable[..., dict[str, str]]) -> dict[str, str]:
    """One marked thing of each kind in the community demo; their ids by kind."""
    made: dict[str, str] = {}
    records: dict[str, Any] = {
        "areas": AreaRecord(source_id="g", level="grid", name_zh=MARK),
        "places": PlaceRecord(source_id="p", kind="building", name_zh=MARK, geometry=SQUARE),
        "notices": NoticeRecord(
            source_id="n", kind="safety", title_zh=MARK, published_at=datetime.now(UTC)
        ),
    }
    for kind, each in records.items():
        made[kind] = str(record(store, kind, "demo", "t", [each]).result()[0].id)
    marked = row("second-user", title=MARK, description=MARK, address=MARK, category=MARK)
    posted = client.post("/api/v1/cases", json=[marked], headers=key()).json()
    made["cases"] = posted[0]["case_id"]
    return made


def addresses(ids: dict[str, str]) -> list[str]:
    return [
        "/api/v1/cases?community=demo",
        f"/api/v1/cases/{ids['cases']}",
        "/api/v1/map/demo",
        f"/api/v1/map/demo/{ids['places']}",
        f"/api/v1/map/demo/{ids['areas']}",
        f"/api/v1/map/demo/{ids['cases']}",
        "/api/v1/plan/demo",
    ]


def cookie_header(cookies: Cookies) -> dict[str, str]:
    return {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": cookies.get("_csrf_token", ""),
    }


def page_call(pathname: str, search: str) -> dict[str, Any]:
    """What a browser sends to see a page: Dash asks its router for the layout."""
    return {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": pathname},
            {"id": "_pages_location", "property": "search", "value": search},
        ],
        "changedPropIds": ["_pages_location.pathname"],
        "parsedChangedPropsIds": ["_pages_location.pathname"],
    }


def pages(ids: dict[str, str]) -> Iterator[str]:
    """The path of every page; a template is filled with the marked things' ids."""
    for page in dash.page_registry.values():
        template = page.get("path_template")
        if not template:
            yield page["path"]
            continue
        for each in ids.values():
            yield "/".join(each if part.startswith("<") else part for part in template.split("/"))


def show(client: TestClient, cookies: Cookies, path: str, search: str = "?community=demo") -> Any:
    return client.post(
        "/_dash-update-component", json=page_call(path, search), headers=cookie_header(cookies)
    )


def test_a_user_of_the_community_sees_its_marked_things(
    client: TestClient, signed_in: Callable[..., Cookies], ids: dict[str, str]
) -> None:
    """Otherwise the tests below would find nothing because there is nothing."""
    cookies = signed_in("secretary")
    for address in addresses(ids):
        answer = client.get(address, headers=cookie_header(cookies))
        assert (answer.status_code, MARK in answer.text) == (200, True), address
    assert MARK in show(client, cookies, f"/cases/{ids['cases']}").text
    assert MARK in show(client, cookies, "/").text  # the filters name the areas


@pytest.mark.parametrize("role", WORKING_ROLES)
def test_a_user_of_another_community_finds_nothing(
    client: TestClient, signed_in: Callable[..., Cookies], ids: dict[str, str], role: str
) -> None:
    cookies = signed_in(role, "other")
    for address in addresses(ids):
        answer = client.get(address, headers=cookie_header(cookies))
        assert answer.status_code in (403, 404), address
        assert MARK not in answer.text
    for path in pages(ids):
        for search in ("?community=demo", "", "?community=other"):
            answer = show(client, cookies, path, search)
            assert answer.status_code in (200, 204, 403, 404), (path, search)
            assert MARK not in answer.text, (path, search)


def test_nobody_reaches_nothing(
    client: TestClient, ids: dict[str, str], signed_in: Callable[..., Cookies]
) -> None:
    for address in addresses(ids):
        assert client.get(address).status_code == 401
    for path in pages(ids):
        answer = client.get(f"{path}?community=demo", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"][:12]) == (303, "/login?next=")
        assert show(client, {}, path).status_code == 401
    for address in ("/_dash-layout", "/_dash-dependencies", "/_reload-hash"):
        assert client.get(address).status_code == 401


def test_a_wall_sees_its_projection_and_nothing_else(
    client: TestClient, signed_in: Callable[..., Cookies], ids: dict[str, str]
) -> None:
    cookies = signed_in("wall")
    header = cookie_header(cookies)
    for address in addresses(ids)[:2]:
        assert client.get(address, headers=header).status_code == 403
    for address in addresses(ids)[2:]:
        assert client.get(address, headers=header).status_code == 200
    card = client.get(f"/api/v1/map/demo/{ids['cases']}", headers=header).json()
    assert not {"title", "description", "address"} & set(card)
    for path in pages(ids):
        if path != "/wall":
            assert MARK not in show(client, cookies, path).text, path
    assert client.post("/api/v1/cases", json=[row("1")], headers=header).status_code == 403
    assert client.get("/api/v1/map/other", headers=header).status_code == 404


@pytest.mark.parametrize("how", ["revoked", "expired", "account closed"])
def test_a_session_that_is_over_is_nobody(
    client: TestClient, app: FastAPI, store: Store, ids: dict[str, str], how: str
) -> None:
    sessions: Sessions = app.state.services.sessions
    account_id = f"leaver-{how}"
    facts = {
        "event_kind": "created",
        "actor": "test",
        "community_id": "demo",
        "account_id": account_id,
        "login": account_id,
        "role": "secretary",
    }
    store.write(lambda tx: tx.append("account", [{**facts, "happened_at": tx.now}])).result()
    opened = sessions.open_account(account_id, "password")
    header = cookie_header({"yiping_session": opened.token})
    assert client.get("/api/v1/map/demo", headers=header).status_code == 200
    if how == "revoked":
        sessions.end(opened.session_id)
    elif how == "account closed":
        closed = {**facts, "event_kind": "closed"}
        store.write(
            lambda tx: tx.append(
                "account", [{**closed, "happened_at": tx.now, "removed_at": tx.now}]
            )
        ).result()
    else:
        _let_expire(store, opened.session_id)
    for address in addresses(ids):
        assert client.get(address, headers=header).status_code == 401
    assert show(client, {"yiping_session": opened.token}, "/").status_code == 401


def _let_expire(store: Store, session_id: str) -> None:
    """Have the session begin thirteen hours ago, which is longer than any may last."""
    began = datetime.now(UTC) - timedelta(hours=13)

    def work(tx: Transaction) -> None:
        row = next(r for r in tx.rows("session/live") if r["session_id"] == session_id)
        columns = {**row, "origin": None, "created_at": began}
        names = tx.table("session", []).column_names
        tx.run(
            "session/end",
            session_ids=[session_id],
            holder_kind=None,
            holder_id=None,
            except_id=None,
        )
        table = tx.table("session", [{name: columns[name] for name in names}])
        tx.run("session/open", {"incoming": table})
        tx.touch("session", "")

    store.write(work).result()


def test_a_revoked_key_is_nobody(
    client: TestClient, store: Store, ids: dict[str, str], app: FastAPI
) -> None:
    token = create_key(store, "duty_officer", "demo")
    header = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/map/demo", headers=header).status_code == 200
    revoke_key(store, token.split("_")[1])
    for address in addresses(ids):
        assert client.get(address, headers=header).status_code == 401
