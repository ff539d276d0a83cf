"""Reports entered for a caller, and bodies that are none of our forms."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from actions.users.sessions import Sessions
from api.access import SESSION_COOKIE
from data.store import Store
from tests.case_desk import CaseDesk


def page_of(client: TestClient, sessions: Sessions, login: str) -> Any:
    token = sessions.open_account(f"a-{login}", "password", "127.0.0.1").token
    client.cookies.set(SESSION_COOKIE, token)
    return client.get("/report/desk?c=demo")


def test_an_officer_enters_a_report_for_a_caller(
    client: TestClient, store: Store, sessions: Sessions, places: dict[str, str]
) -> None:
    CaseDesk(store).set_up()
    page = page_of(client, sessions, "officer").text
    word = re.search(r'name="csrf" value="([^"]+)"', page)
    client_id = re.search(r'name="id" value="([^"]+)"', page)
    assert word is not None and client_id is not None
    fields = {
        "id": client_id.group(1),
        "c": "demo",
        "text": "来电：电梯不动了",
        "p": places["1号楼"],
        "number": "13900000001",
        "step": "send",
    }
    assert client.post("/report/desk", data=fields).status_code == 422  # another site's form
    answer = client.post("/report/desk", data={**fields, "csrf": word.group(1)})
    assert answer.headers["location"].startswith("/cases/")
    rows = store.cursor().execute(
        "select channel, category, actor from case_now where source = 'report'"
    )
    assert rows.fetchall() == [("phone", "lift_fault", "account:a-officer")]


def test_only_the_desk_enters_reports_for_others(
    client: TestClient, store: Store, sessions: Sessions
) -> None:
    assert client.get("/report/desk").headers["location"].startswith("/login")
    CaseDesk(store).set_up()
    for login in ("grid1", "privacy", "subdistrict"):
        assert page_of(client, sessions, login).status_code == 403, login


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"text": "x"}', "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"a=1&" * 5_000, "application/x-www-form-urlencoded"),
        (b"text=%ff%fe%00&id=" + b"a" * 32, "application/x-www-form-urlencoded"),
        (b"", "text/plain"),
    ],
)
def test_bodies_that_are_no_form_are_refused_quietly(
    client: TestClient, store: Store, places: dict[str, str], body: bytes, kind: str
) -> None:
    for path in ("/report", "/report/look"):
        answer = client.post(path, content=body, headers={"Content-Type": kind})
        assert answer.status_code < 500, (path, answer.text)
    assert store.cursor().execute("select count(*) from case_now").fetchall() == [(0,)]


def test_a_body_beyond_the_bound_is_turned_away(client: TestClient) -> None:
    for path, size in (("/report/look", 70_000), ("/r/" + "0" * 32, 70_000), ("/report", 41 << 20)):
        headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(size)}
        answer = client.post(path, content=b"x" * min(size, 80_000), headers=headers)
        assert answer.status_code in (413, 422), path
