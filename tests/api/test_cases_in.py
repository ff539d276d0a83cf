"""POST /api/v1/cases: what is on disk before the answer, and every way to be refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.body import MAX_BODY_BYTES
from data.errors import StoreBusy, StoreClosed
from data.store import Store
from ingest.runner import Runner
from tests.api.given import row

Key = Callable[..., dict[str, str]]
URL = "/api/v1/cases"


def codes(answer: Any) -> tuple[int, str]:
    """Status and code of an error, which must have the one shape."""
    error = answer.json()["error"]
    assert set(error) <= {"code", "message", "field"} and error["message"]
    return answer.status_code, error["code"]


def test_a_batch_is_on_disk_when_it_is_answered(client: TestClient, key: Key, store: Store) -> None:
    answer = client.post(URL, json=[row("1"), row("2")], headers=key("source"))
    assert answer.status_code == 201
    assert [set(each) for each in answer.json()] == [{"source_id", "case_id", "result"}] * 2
    shown = {each["id"] for each in store.rows("view/ticker", community_id="demo")}
    assert {each["case_id"] for each in answer.json()} == shown


def test_one_bad_row_makes_it_207_and_says_which_and_why(client: TestClient, key: Key) -> None:
    answer = client.post(URL, json=[row("1"), {**row("2"), "lon": 999}], headers=key())
    assert answer.status_code == 207
    good, bad = answer.json()
    assert (good["result"], bad["result"], bad["case_id"]) == ("new", "rejected", None)
    assert (bad["error"]["code"], bad["error"]["field"]) == ("field_invalid", "lon")


def test_a_batch_of_bad_rows_only_is_207_too(client: TestClient, key: Key) -> None:
    answer = client.post(URL, json=[1, {}], headers=key())
    assert answer.status_code == 207
    assert [each["result"] for each in answer.json()] == ["rejected", "rejected"]


def test_an_empty_batch_is_answered_with_an_empty_list(client: TestClient, key: Key) -> None:
    answer = client.post(URL, json=[], headers=key())
    assert (answer.status_code, answer.json()) == (201, [])


def test_a_batch_sent_twice_changes_nothing(client: TestClient, key: Key) -> None:
    header = key("source")
    first = client.post(URL, json=[row("1", version=1)], headers=header).json()
    again = client.post(URL, json=[row("1", version=1)], headers=header).json()
    assert again == [{**first[0], "result": "unchanged"}]


def test_the_key_decides_the_community(client: TestClient, key: Key, store: Store) -> None:
    client.post(URL, json=[row("1")], headers=key("source", "other"))
    assert store.rows("view/ticker", community_id="demo") == []
    assert len(store.rows("view/ticker", community_id="other")) == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "json_invalid"),
        (b"[{", 400, "json_invalid"),
        (b"[NaN]", 400, "json_number"),
        (b'[{"a":1,"a":2}]', 400, "json_repeated_name"),
        (b"\x80", 400, "not_utf8"),
        (b"[" * 100_000, 400, "json_too_deep"),
        (b'{"source_id":"1"}', 400, "not_a_list"),
        (b"[" + b",".join([b"1"] * 10_001) + b"]", 413, "too_many_rows"),
        (b" " * (MAX_BODY_BYTES + 1), 413, "body_too_large"),
    ],
)
def test_a_body_that_is_no_batch_is_refused_with_a_clear_code(
    client: TestClient, key: Key, store: Store, body: bytes, status: int, code: str
) -> None:
    header = {**key(), "Content-Type": "application/json"}
    assert codes(client.post(URL, content=body, headers=header)) == (status, code)
    assert store.rows("view/ticker", community_id="demo") == []


def test_a_stream_without_a_length_is_cut_off_at_the_limit(client: TestClient, key: Key) -> None:
    sent = 0

    def parts() -> Iterator[bytes]:
        nonlocal sent
        while sent < 3 * MAX_BODY_BYTES:
            sent += 1 << 20
            yield b" " * (1 << 20)

    header = {**key(), "Content-Type": "application/json"}
    assert codes(client.post(URL, content=parts(), headers=header)) == (413, "body_too_large")


@pytest.mark.parametrize(
    "header",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=gb18030"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {"Content-Type": ""},
    ],
)
def test_anything_but_plain_json_is_415(
    client: TestClient, key: Key, header: dict[str, str]
) -> None:
    answer = client.post(URL, content=b"[]", headers={**key(), **header})
    assert answer.status_code == 415


def test_json_with_its_charset_named_is_taken(client: TestClient, key: Key) -> None:
    header = {**key(), "Content-Type": "application/json; charset=UTF-8"}
    assert client.post(URL, content=json.dumps([row("1")]), headers=header).status_code == 201


def test_a_lone_surrogate_in_a_row_is_answered(client: TestClient, key: Key) -> None:
    header = {**key(), "Content-Type": "application/json"}
    answer = client.post(URL, content=b'[{"source_id":"\\udc00"}]', headers=header)
    assert answer.status_code == 207
    assert answer.json()[0]["source_id"] == "?"


def test_a_report_from_the_future_is_rejected_and_a_late_one_taken(
    client: TestClient, key: Key
) -> None:
    rows = [
        row("future", reported_at="2199-01-01T00:00:00Z"),
        row("late", reported_at="2001-01-01T00:00:00Z"),
    ]
    future, late = client.post(URL, json=rows, headers=key()).json()
    assert (future["result"], late["result"]) == ("rejected", "new")


def test_an_unknown_place_rejects_its_row(client: TestClient, key: Key) -> None:
    (bad,) = client.post(URL, json=[row("1", place_id="nowhere")], headers=key()).json()
    assert (bad["result"], bad["error"]["field"]) == ("rejected", "place_id")


@pytest.mark.parametrize(
    ("failure", "code"),
    [(StoreBusy(), "store_busy"), (StoreClosed(), "store_closed"), (TimeoutError(), "unavailable")],
)
def test_a_store_that_cannot_take_rows_acknowledges_nothing(
    app: FastAPI, client: TestClient, key: Key, failure: Exception, code: str
) -> None:
    def refuse(body: bytes, community_id: str, sender: str) -> Future[Any]:
        failed: Future[Any] = Future()
        failed.set_exception(failure)
        return failed

    header = key()
    object.__setattr__(app.state.services, "receive", refuse)
    answer = client.post(URL, json=[row("1")], headers=header)
    assert codes(answer) == (503, code)
    assert answer.headers["retry-after"] == "2"


def test_a_stopped_source_answers_503(client: TestClient, key: Key, runner: Runner) -> None:
    header = key()
    runner.stop()
    assert codes(client.post(URL, json=[row("1")], headers=header)) == (503, "unavailable")


def test_a_failure_of_the_server_tells_nothing_about_its_inside(
    app: FastAPI, client: TestClient, key: Key
) -> None:
    def fail(body: bytes, community_id: str, sender: str) -> Future[Any]:
        raise ZeroDivisionError("secret path")

    header = key()
    object.__setattr__(app.state.services, "receive", fail)
    answer = client.post(URL, json=[row("1")], headers=header)
    assert codes(answer) == (500, "internal_error")
    assert "secret" not in answer.text
