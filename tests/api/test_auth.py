"""Keys: who may do what, and that a key opens one community as if there were no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from actions.users.keys import revoke_key
from data.store import Store
from rules.privacy import ROLES, may, scope_of
from tests.api.given import row

Key = Callable[..., dict[str, str]]
URL = "/api/v1/cases"


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "Bearer nonsense",
        "Bearer yp_0000000000000000_" + "0" * 64,
        "Bearer yp_' or 1=1 --_x",
        "Bearer " + "y" * 5_000,
        "yp_a_b",
    ],
)
def test_without_a_valid_key_it_is_401_and_says_how_to_ask(
    client: TestClient, value: str | None
) -> None:
    header = {} if value is None else {"Authorization": value}
    for answer in (
        client.get(URL, headers=header),
        client.get(f"{URL}/x", headers=header),
        client.post(URL, json=[row("1")], headers=header),
    ):
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "key_required")
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_key_with_a_wrong_secret_is_refused(client: TestClient, key: Key) -> None:
    header = key()["Authorization"]
    wrong = header[:-1] + ("0" if header[-1] != "0" else "1")
    assert client.get(URL, headers={"Authorization": wrong}).status_code == 401


def test_a_revoked_key_is_refused_at_once(client: TestClient, key: Key, store: Store) -> None:
    header = key()
    assert client.get(URL, headers=header).status_code == 200
    revoke_key(store, header["Authorization"].split("_")[1])
    assert client.get(URL, headers=header).status_code == 401


@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_what_the_rules_grant_and_nothing_else(
    client: TestClient, key: Key, role: str
) -> None:
    header = key(role)
    listed = client.get(URL, headers=header).status_code
    posted = client.post(URL, json=[row("1")], headers=header).status_code
    followed = client.get("/api/v1/map/demo", headers=header).status_code
    assert listed == (200 if may(role, "case.read") else 403)
    # A grid worker, a property company and a resident report on pages of their own.
    batches = scope_of(role, "case.write") in ("community", "own_source")
    assert posted == (201 if batches else 403)
    assert followed == (200 if may(role, "feed.read") else 403)


def test_a_key_that_is_shown_counts_even_on_this_machine(client: TestClient) -> None:
    header = {"Authorization": "Bearer yp_wrong_key"}
    assert client.get("/api/v1/map/demo", headers=header).status_code == 401


def test_another_community_answers_as_if_it_did_not_exist(client: TestClient, key: Key) -> None:
    theirs = client.post(URL, json=[row("1")], headers=key("source", "other")).json()
    header = key()
    for address in (
        f"{URL}/{theirs[0]['case_id']}",
        f"{URL}?community=other",
        f"{URL}?community=nowhere",
        "/api/v1/map/other",
        "/api/v1/plan/other",
        "/api/v1/feed?community=other",
    ):
        answer = client.get(address, headers=header)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found"), address


@pytest.mark.parametrize("role", ["grid_worker", "property", "resident"])
def test_a_role_confined_to_areas_it_does_not_have_sees_no_case(
    client: TestClient, key: Key, role: str
) -> None:
    case_id = client.post(URL, json=[row("1")], headers=key()).json()[0]["case_id"]
    header = key(role)
    assert client.get(URL, headers=header).json()["cases"] == []
    assert client.get(f"{URL}/{case_id}", headers=header).status_code == 404


@pytest.mark.parametrize("address", ["127.0.0.1", "192.0.2.7"])
def test_the_wall_is_for_nobody_without_a_key(app: FastAPI, key: Key, address: str) -> None:
    with TestClient(app, base_url="http://127.0.0.1:8050", client=(address, 5000)) as distant:
        assert distant.get("/api/v1/map/demo").status_code == 401
        assert distant.get("/api/v1/map/demo", headers=key("wall")).status_code == 200
