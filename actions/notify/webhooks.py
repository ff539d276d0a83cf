"""Queues events for the programs that subscribed to them, as CloudEvents 1.0 in JSON (ADR 0021).

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md. The event is written down in
the unit of work of its deed and signed when it is sent, with the secret that holds then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from actions.notify.outbox import queue
from data.transaction import Transaction

EVENT_TYPES = ("case.created", "case.moved", "case.closed", "alarm.raised", "alarm.closed")
SPEC_VERSION = "1.0"
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Event:
    """One event to be told to programs.

    Attributes:
        type: One of EVENT_TYPES.
        subject: Id of the case or alarm.
        data: Codes, numbers, times as ISO 8601; nothing about a person.
        key: Names the deed; the same key is told once.
        at: When it happened, aware; the moment of writing where left out.
    """

    type: str
    subject: str
    data: Mapping[str, Value] = field(default_factory=dict)
    key: str = ""
    at: datetime | None = None


def emit(
    tx: Transaction,
    community_id: str,
    type: str,
    subject: str,
    data: Mapping[str, Value],
    key: str,
) -> None:
    """Tell every webhook that wants such events of one, once, when `tx` is on disk.

    Args:
        tx: The unit of work of the deed.
        community_id: Community it happened in.
        type: One of EVENT_TYPES.
        subject: Id of the case or alarm.
        data: Codes, numbers, times as ISO 8601; nothing about a person.
        key: Names the deed, e.g. the id of its event in our log.
    """
    emit_all(tx, community_id, [Event(type, subject, data, key)])


def emit_all(tx: Transaction, community_id: str, events: Sequence[Event]) -> None:
    """Tell of many events at the price of two queries; of none at the price of nothing.

    Raises:
        ValueError: A type is not one of EVENT_TYPES.
    """
    unknown = {event.type for event in events} - set(EVENT_TYPES)
    if unknown:
        raise ValueError(f"no event types: {sorted(unknown)}")
    if not events:
        return
    types = sorted({event.type for event in events})
    hooks = tx.rows("webhook/wanting", community_id=community_id, event_types=types)
    if not hooks:
        return
    by_id = {_id_of(community_id, event): event for event in events}
    known = tx.rows("delivery/known_events", key_hashes=list(by_id))
    for row in known:
        by_id.pop(row["key_hash"], None)
    rows: list[dict[str, Any]] = [
        {
            "community_id": community_id,
            "target_kind": "webhook",
            "target_id": hook["webhook_id"],
            "event_body": _body(event_id, community_id, event, tx.now),
            "key_hash": event_id,
        }
        for hook in hooks
        for event_id, event in by_id.items()
        if event.type in json.loads(hook["event_types"])
    ]
    queue(tx, rows)


def _id_of(community_id: str, event: Event) -> str:
    text = "\n".join((community_id, event.type, event.subject, event.key))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _body(event_id: str, community_id: str, event: Event, now: datetime) -> str:
    body = {
        "specversion": SPEC_VERSION,
        "id": event_id,
        "source": f"/communities/{community_id}",
        "type": event.type,
        "subject": event.subject,
        "time": (event.at or now).astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": dict(event.data),
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
