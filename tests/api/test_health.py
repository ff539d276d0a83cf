"""GET /api/v1/health: 200 while the store reads and writes, 503 otherwise, without a key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from data.errors import StoreClosed
from data.store import Store
from ingest.base import SourceHealth
from tests.api.given import row

URL = "/api/v1/health"


def source(state: Any, age_s: float | None, stale_after_s: float | None) -> SourceHealth:
    good_at = None if age_s is None else datetime.now(UTC) - timedelta(seconds=age_s)
    return SourceHealth("tide", "demo", state, good_at, age_s, 5, 1, None, stale_after_s)


def test_a_well_process_says_so_with_the_age_of_each_source(
    client: TestClient, key: Callable[..., dict[str, str]]
) -> None:
    client.post("/api/v1/cases", json=[row("1"), {}], headers=key())
    answer = client.get(URL)
    shown = answer.json()
    assert (answer.status_code, shown["status"]) == (200, "ok")
    assert (shown["store"]["readable"], shown["store"]["writing"]) == (True, True)
    assert shown["store"]["commits"] > 0 and shown["store"]["queue_depth"] == 0
    (http,) = shown["sources"]
    assert (http["source"], http["community"]) == ("http", "demo")
    assert (http["accepted"], http["quarantined"], http["stale"]) == (1, 1, False)
    assert 0 <= http["age_s"] < 60


def test_a_source_that_never_had_a_row_has_no_age(client: TestClient) -> None:
    (http,) = client.get(URL).json()["sources"]
    assert (http["good_at"], http["age_s"], http["state"]) == (None, None, "waiting")


@pytest.mark.parametrize(
    ("state", "age_s", "stale_after_s", "status"),
    [
        ("running", 30, 60.0, "ok"),
        ("running", 61, 60.0, "degraded"),  # stale
        ("waiting", 9_999, None, "ok"),  # no rhythm of its own
        ("backoff", 1, 60.0, "degraded"),
        ("failed", None, 60.0, "degraded"),
        ("paused", 1, 60.0, "ok"),
    ],
)
def test_a_stale_or_failed_source_degrades_the_state(
    app: FastAPI,
    client: TestClient,
    state: str,
    age_s: float | None,
    stale_after_s: float | None,
    status: str,
) -> None:
    report = source(state, age_s, stale_after_s)
    object.__setattr__(app.state.services, "runner_health", lambda: [report])
    answer = client.get(URL)
    assert (answer.status_code, answer.json()["status"]) == (200, status)


def test_a_store_that_cannot_be_read_is_503(
    client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **named: object) -> None:
        raise StoreClosed

    monkeypatch.setattr(store, "rows", fail)
    answer = client.get(URL)
    assert (answer.status_code, answer.json()["status"]) == (503, "down")
    assert answer.json()["store"]["readable"] is False


def test_from_another_machine_only_the_state_is_told(
    app: FastAPI, key: Callable[..., dict[str, str]]
) -> None:
    with TestClient(app, base_url="http://127.0.0.1:8050", client=("192.0.2.7", 5000)) as distant:
        assert set(distant.get(URL).json()) == {"status", "now"}
        assert "store" in distant.get(URL, headers=key("source")).json()
