"""Server-sent events on a real port: the same messages, resume by Last-Event-ID."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from actions.users.keys import revoke_key
from data.store import Store
from data.views import VIEWS
from tests.api.given import row

Key = Callable[..., dict[str, str]]
Event = dict[str, Any]


@contextmanager
def listen(port: int, header: dict[str, str]) -> Iterator[Iterator[Event]]:
    """Open the stream and iterate over its events as {id?, event, data}."""
    with httpx.stream(
        "GET",
        f"http://127.0.0.1:{port}/api/v1/feed?community=demo",
        headers=header,
        timeout=20,
    ) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in answer.headers
        yield _events(answer)


def _events(answer: httpx.Response) -> Iterator[Event]:
    event: Event = {}
    for line in answer.iter_lines():
        if not line:
            yield event
            event = {}
            continue
        name, _, value = line.partition(": ")
        event[name] = json.loads(value) if name == "data" else value


def first(events: Iterator[Event], kind: str, view: str) -> Event:
    return next(e for e in events if e["event"] == kind and e["data"]["view"] == view)


def test_the_stream_carries_the_messages_of_the_websocket(port: int, key: Key) -> None:
    header = key()
    with listen(port, key("wall")) as events:
        hello = next(events)
        assert (hello["event"], hello["data"]["t"]) == ("hello", "hello")
        assert "id" not in hello
        waiting = {view.name for view in VIEWS if view.on_connect}
        while waiting:
            event = next(events)
            if event["event"] == "view":
                waiting.discard(event["data"]["view"])
                assert event["id"] == f"{hello['data']['epoch']}:{event['data']['seq']}"
        httpx.post(
            f"http://127.0.0.1:{port}/api/v1/cases", json=[row("1")], headers=header
        ).raise_for_status()
        ticker = first(events, "view", "ticker")["data"]
        assert len(ticker["data"]["rows"]) == 1


def test_a_listener_resumes_behind_the_last_event_it_had(port: int, key: Key) -> None:
    header = key()
    with listen(port, key("wall")) as events:
        last = max((next(events) for _ in range(9)), key=lambda e: e["data"]["seq"])
    httpx.post(
        f"http://127.0.0.1:{port}/api/v1/cases", json=[row("1")], headers=header
    ).raise_for_status()
    with listen(port, {**key("wall"), "Last-Event-ID": last["id"]}) as events:
        assert next(events)["data"]["resumed"] is True
        assert first(events, "view", "ticker")["data"]["data"]["rows"]
    with listen(port, {**key("wall"), "Last-Event-ID": "nonsense"}) as events:
        assert next(events)["data"]["resumed"] is False


def test_a_listener_that_leaves_is_forgotten(port: int, key: Key, app: Any) -> None:
    feed = app.state.services.feed
    with listen(port, key("wall")) as events:
        next(events)
        assert feed.health().viewers == 1
    deadline = time.monotonic() + 10
    while feed.health().viewers:
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [("community=nowhere", 404, "not_found"), ("", 400, "parameter_invalid")],
)
def test_a_stream_of_nothing_is_refused(
    port: int, key: Key, query: str, status: int, code: str
) -> None:
    answer = httpx.get(f"http://127.0.0.1:{port}/api/v1/feed?{query}", headers=key("wall"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_a_revoked_key_ends_its_stream(port: int, store: Store, key: Key) -> None:
    header = key("wall")
    with listen(port, header) as events:
        next(events)
        revoke_key(store, header["Authorization"].split("_")[1])
        revoked = time.monotonic()
        for _ in events:
            pass
        assert time.monotonic() - revoked < 5
