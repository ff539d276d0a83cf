"""Events are queued once for each webhook that wants their type, as the standard has them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_structured_event
from cloudevents.core.formats.json import JSONFormat

from actions.notify.webhooks import Event, emit, emit_all
from data.store import Store

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


def add_webhook(store: Store, name: str, *types: str, removed: bool = False) -> None:
    """Write a webhook as the page would, without address and secret."""
    row = {
        "event_kind": "created",
        "happened_at": AT,
        "actor": "cli",
        "webhook_id": name,
        "community_id": "demo",
        "label": name,
        "event_types": json.dumps(types),
        "rotated_at": AT,
        "removed_at": AT if removed else None,
    }
    store.write(lambda tx: tx.append("webhook", [row])).result()


def queued(store: Store) -> list[tuple[str, dict[str, object]]]:
    """Targets and events that wait, in order."""
    cursor = store.cursor()
    rows = cursor.execute(
        "select target_id, event_body from delivery_now order by target_id, delivery_id"
    ).fetchall()
    cursor.close()
    return [(target, json.loads(body)) for target, body in rows]


def test_an_event_is_queued_once_for_each_webhook_that_wants_its_type(store: Store) -> None:
    add_webhook(store, "a", "case.created", "case.closed")
    add_webhook(store, "b", "case.closed")
    add_webhook(store, "gone", "case.created", removed=True)
    for _ in range(2):
        store.write(
            lambda tx: emit(tx, "demo", "case.created", "c1", {"category": "noise"}, "e1")
        ).result()
        store.write(lambda tx: emit(tx, "demo", "case.closed", "c1", {}, "e2")).result()
        store.write(lambda tx: emit(tx, "other", "case.closed", "c1", {}, "e2")).result()
    found = queued(store)
    assert [(target, body["type"]) for target, body in found] == [
        ("a", "case.created"),
        ("a", "case.closed"),
        ("b", "case.closed"),
    ]
    assert found[1][1]["id"] == found[2][1]["id"] != found[0][1]["id"]


def test_a_queued_event_is_one_by_the_reader_of_the_standard(store: Store) -> None:
    add_webhook(store, "a", "case.moved")
    event = Event("case.moved", "c1", {"status": "filed", "n": 1}, "e1", AT)
    store.write(lambda tx: emit_all(tx, "demo", [event])).result()
    body = json.dumps(queued(store)[0][1]).encode()
    headers = {"content-type": "application/cloudevents+json"}
    read = from_structured_event(HTTPMessage(headers=headers, body=body), JSONFormat())
    assert (read.get_type(), read.get_subject()) == ("case.moved", "c1")
    assert (read.get_source(), read.get_specversion()) == ("/communities/demo", "1.0")
    assert (read.get_time(), read.get_data()) == (AT, {"status": "filed", "n": 1})


def test_a_type_nobody_can_subscribe_to_is_a_fault(store: Store) -> None:
    with pytest.raises(ValueError, match="person"):
        store.write(lambda tx: emit(tx, "demo", "person.moved", "p1", {}, "e")).result()
