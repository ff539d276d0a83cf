"""Hostile requests to the API and the pages: nothing executed, nothing leaked, a clear answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from data.store import Store
from tests.api.given import row
from tests.hostile.payloads import SQL, TRAVERSAL, XSS

Key = Callable[..., dict[str, str]]
Cookies = dict[str, str]
URL = "/api/v1/cases"
REFUSED = range(400, 500)


def tables(store: Store) -> list[dict[str, Any]]:
    """Count and hash of every table but those that write by themselves while tests run."""
    own = ("source_event", "source_now", "session", "audit_event")
    return [row for row in store.rows("store/fingerprint") if row["table_name"] not in own]


@pytest.mark.parametrize("text", SQL)
@pytest.mark.parametrize(
    "address",
    [
        URL + "?status={}",
        URL + "?community={}",
        URL + "?after={}",
        URL + "?updated_after={}",
        URL + "/{}",
        "/api/v1/map/{}",
        "/api/v1/map/demo/{}",
    ],
)
def test_sql_in_a_parameter_is_text(
    client: TestClient, key: Key, store: Store, address: str, text: str
) -> None:
    client.post(URL, json=[row("1")], headers=key())
    header, before = key("duty_officer"), tables(store)
    answer = client.get(address.format(quote(text, safe="")), headers=header)
    assert answer.status_code in REFUSED
    assert answer.json()["error"]["code"] in ("not_found", "parameter_invalid")
    assert tables(store) == before
    assert not Path("/tmp/yiping-stolen.csv").exists()


@pytest.mark.parametrize("text", SQL)
def test_sql_in_a_row_is_text(client: TestClient, key: Key, text: str) -> None:
    header = key()
    posted = client.post(URL, json=[row(text, title=text, address=text)], headers=header).json()
    assert posted[0]["result"] in ("new", "unchanged")
    shown = client.get(f"{URL}/{posted[0]['case_id']}", headers=header).json()
    assert (shown["title"], shown["address"]) == (text, text)


@pytest.mark.parametrize("text", TRAVERSAL)
@pytest.mark.parametrize(
    "folder", ["/assets/", "/kiosk/", "/cases/", "/api/v1/plan/", "/_dash-component-suites/dash/"]
)
def test_no_path_leads_out_of_what_is_served(
    client: TestClient, folder: str, text: str, key: Key
) -> None:
    answer = client.get(folder + text, follow_redirects=False)
    assert answer.status_code in (303, 307, *REFUSED)
    body = answer.text
    assert "root:" not in body
    assert "Composes settings" not in body  # app.py


@pytest.mark.parametrize("text", XSS)
def test_markup_comes_back_as_json_that_no_browser_renders(
    client: TestClient, key: Key, text: str
) -> None:
    header = key()
    posted = client.post(
        URL, json=[row(f"xss {text}"[:50], title=text, description=text)], headers=header
    ).json()
    if posted[0]["result"] == "rejected":  # control characters
        assert posted[0]["error"]["code"]
        return
    answer = client.get(f"{URL}/{posted[0]['case_id']}", headers=header)
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "body",
    [
        "[" * 200_000,
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        "[" + "[]," * 300_000 + "[]]",
        '[{"source_id":' + "9" * 10_000 + "}]",
        '[{"lon":1e999999}]',
        '[{"lon":-1e999999,"lat":NaN}]',
        '[{"title":"' + "a" * 3_000_000 + '"}]',
        "[" + ",".join(['{"source_id":"1"}'] * 10_001) + "]",
        '[{"a":1,"a":2}]',
        '["\\ud800"]',
        "[1,2,3]",
        '[{"__proto__":{"role":"admin"}}]',
        '[{"source_id":"1","category":"noise","title":"t","reported_at":"9999-99-99T99:99:99Z"}]',
        '[{"source_id":"1","category":"noise","title":"t","reported_at":"0001-01-01T00:00:00+23:59"}]',
    ],
    ids=range(14),
)
def test_a_bomb_of_json_is_refused_or_set_aside(
    client: TestClient, key: Key, store: Store, body: str
) -> None:
    before = len(store.rows("view/ticker", community_id="demo"))
    header = {**key(), "Content-Type": "application/json"}
    answer = client.post(URL, content=body.encode("utf-8", "surrogatepass"), headers=header)
    assert answer.status_code in (400, 413, 207)
    assert len(store.rows("view/ticker", community_id="demo")) == before
    assert client.get("/api/v1/health").json()["status"] == "ok"


@pytest.mark.parametrize(
    "change",
    [
        lambda token: "",
        lambda token: token[:-1],
        lambda token: token + "A",
        lambda token: token.swapcase(),
        lambda token: "A" * len(token),
        lambda token: token[::-1],
        lambda token: f'"{token}',
        lambda token: token + "%00",
        lambda token: "' or 1=1 --",
        lambda token: "../" + token,
        lambda token: "x" * 20_000,
        lambda token: token.encode().hex(),
    ],
    ids=range(12),
)
def test_a_tampered_session_cookie_is_nobody(
    client: TestClient, signed_in: Callable[..., Cookies], change: Callable[[str], str]
) -> None:
    token = signed_in("secretary")["yiping_session"]
    good = client.get(URL, headers={"Cookie": f"yiping_session={token}"})
    assert good.status_code == 200
    bad = client.get(URL, headers={"Cookie": f"yiping_session={change(token)}"})
    assert bad.status_code in (401, 431)


@pytest.mark.parametrize(
    "header",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-Host": "evil.example"},
        {"X-Original-URL": "/api/v1/health"},
        {"X-Rewrite-URL": "/api/v1/health"},
        {"X-HTTP-Method-Override": "GET"},
        {"X-User": "admin"},
        {"X-Role": "admin"},
        {"Cookie": "role=admin; account_id=1; yiping_session="},
        {"Authorization": "Basic YWRtaW46YWRtaW4="},
        {"Authorization": "Bearer null"},
        {"Authorization": "Bearer ' or 1=1 --"},
        {"Forwarded": "for=127.0.0.1;host=localhost"},
    ],
    ids=lambda header: next(iter(header)),
)
def test_no_header_makes_anybody_somebody(client: TestClient, header: dict[str, str]) -> None:
    assert client.get(URL, headers=header).status_code == 401
    assert client.get("/api/v1/map/demo", headers=header).status_code == 401


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:8050", "", "[::1", "a@127.0.0.1"],
)
def test_a_foreign_host_name_is_refused(client: TestClient, key: Key, host: str) -> None:
    assert client.get(URL, headers={**key(), "Host": host}).status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", [URL, "/_dash-update-component", "/", "/accounts"])
@pytest.mark.parametrize("word", [None, "", "wrong", "another"])
def test_a_change_without_the_sessions_own_word_is_refused(
    client: TestClient,
    signed_in: Callable[..., Cookies],
    method: str,
    address: str,
    word: str | None,
) -> None:
    cookies, other = signed_in("secretary"), signed_in("admin")
    shown = other["_csrf_token"] if word == "another" else word
    header = {"Cookie": f"yiping_session={cookies['yiping_session']}"}
    if shown is not None:
        header["X-CSRFToken"] = shown
    body: Any = {"output": "x"} if address.startswith("/_dash") else [row("1")]
    answer = client.request(method, address, headers=header, content=json.dumps(body))
    assert answer.status_code in (403, 404, 405)
    if answer.status_code == 403:
        assert answer.json()["error"]["code"] == "csrf_failed"


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8050", "http://127.0.0.1:9", ""]
)
def test_a_page_elsewhere_cannot_change_anything_with_the_browsers_session(
    client: TestClient,
    signed_in: Callable[..., Cookies],
    header_of: Callable[[Cookies], dict[str, str]],
    origin: str,
) -> None:
    header = {**header_of(signed_in("secretary")), "Origin": origin}
    answer = client.post(URL, json=[row("1")], headers=header)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "origin_not_trusted")


def test_its_own_page_can(
    client: TestClient,
    signed_in: Callable[..., Cookies],
    header_of: Callable[[Cookies], dict[str, str]],
) -> None:
    header = {**header_of(signed_in("secretary")), "Origin": "http://127.0.0.1:8050"}
    assert client.post(URL, json=[row("1")], headers=header).status_code == 201
