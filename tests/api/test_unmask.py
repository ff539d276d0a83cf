"""POST /api/v1/unmask: the value travels once, to a person, and to nobody's cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from actions.users.session_state import csrf_token
from actions.users.sessions import Sessions
from actions.vault import Vault
from bench.session import open_session
from data.store import Store
from tests.files_stage import FilesStage, until

URL = "/api/v1/unmask"
Ask = Callable[..., httpx.Response]


@pytest.fixture
def person(store: Store, vault: Vault) -> str:
    """Somebody on record in demo."""
    return FilesStage(store, vault).set_up().wang()


@pytest.fixture
def ask(client: TestClient, store: Store, sessions: Sessions, person: str) -> Ask:
    """Ask as a signed-in role."""

    def send(role: str = "secretary", community: str = "demo", **changes: Any) -> httpx.Response:
        cookies = open_session(store, sessions, role, community)
        client.cookies.clear()
        client.cookies.update(cookies)
        wanted = {
            "subject_id": person,
            "field": "phone",
            "purpose": "case_handling",
            "reason": "居民来电核对",
            **changes,
        }
        headers = {"X-CSRFToken": csrf_token(cookies["yiping_session"])}
        return client.post(URL, json=wanted, headers=headers)

    return send


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_the_answer_holds_the_value_and_is_kept_by_nobody(ask: Ask) -> None:
    answer = ask()
    assert answer.status_code == 200
    assert answer.json()["value"] == "19900000001"
    assert answer.json()["shown_s"] == 300
    assert answer.headers["cache-control"] == "no-store"


def test_each_refusal_has_status_and_code(ask: Ask) -> None:
    assert code(ask(purpose="curiosity")) == (422, "purpose_unknown")
    assert code(ask(reason="看")) == (422, "reason_too_short")
    assert code(ask("duty_officer")) == (422, "case_needed")
    assert code(ask(field="employer")) == (422, "value_missing")
    assert code(ask(subject_id="nobody")) == (404, "not_found")
    assert code(ask("secretary", "other")) == (404, "not_found")
    assert code(ask("privacy")) == (403, "not_allowed")
    assert code(ask("wall")) == (403, "not_allowed")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'{"subject_id": 1}',
        b'{"subject_id": "x", "field": "phone", "purpose": "", "reason": "", "more": 1}',
        b'{"subject_id": "' + b"x" * 100 + b'", "field": "phone", "purpose": "", "reason": ""}',
        b"[" * 100_000,
        b'{"subject_id": "' + b"x" * 10_000 + b'"}',
        '{"subject_id": "\ud800"}'.encode("utf-8", "surrogatepass"),
    ],
)
def test_a_malformed_body_is_refused(client, store, sessions, person, body) -> None:
    cookies = open_session(store, sessions, "secretary", "demo")
    client.cookies.update(cookies)
    headers = {
        "X-CSRFToken": csrf_token(cookies["yiping_session"]),
        "Content-Type": "application/json",
    }
    answer = client.post(URL, content=body, headers=headers)
    assert answer.status_code in (400, 413)
    assert "error" in answer.json()


def test_strangers_keys_and_forged_forms_get_nothing(client, key, person, store, sessions) -> None:
    wanted = {"subject_id": person, "field": "phone", "purpose": "emergency", "reason": "核对电话"}
    assert client.post(URL, json=wanted).status_code == 401
    assert code(client.post(URL, json=wanted, headers=key("secretary"))) == (403, "not_allowed")
    client.cookies.update(open_session(store, sessions, "secretary", "demo"))
    assert code(client.post(URL, json=wanted)) == (403, "csrf_failed")
    assert code(client.post(URL, json=wanted, headers={"X-CSRFToken": "x" * 64})) == (
        403,
        "csrf_failed",
    )


def test_refused_attempts_stand_in_the_audit(ask: Ask, store: Store, person: str) -> None:
    ask("privacy")
    ask(purpose="curiosity")
    cursor = store.cursor()

    def lines() -> list[tuple[Any, ...]]:
        query = "select role, subject_id, detail from audit_event where result = 'refused'"
        return cursor.execute(query).fetchall()

    until(lambda: len(lines()) == 2)
    assert {(role, detail) for role, _, detail in lines()} == {
        ("privacy", "not_allowed"),
        ("secretary", "purpose_unknown"),
    }
    assert {subject for _, subject, _ in lines()} == {person}
    cursor.close()
