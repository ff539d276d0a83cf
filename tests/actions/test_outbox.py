"""What is told stands with the deed it tells of, once for each recipient, and shows in-app."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from actions.notify.inbox import unread
from actions.notify.outbox import RecipientUnknown, tell
from data.rebuild import rebuild
from data.store import Store
from data.transaction import Transaction
from tests.desk_store import fill

FACTS = {"category": "noise"}


def say(tx: Transaction, to: str = "worker:w1", key: str = "deed-1", **other: str) -> None:
    """Tell a worker of a case, unless told otherwise."""
    told = {"community_id": "demo", "kind": "case_reminded", "subject_id": "c1", **other}
    tell(tx, to=to, facts=FACTS, key=key, **told)  # type: ignore[arg-type]


def count(store: Store, table: str) -> int:
    """Number of rows of a table."""
    cursor = store.cursor()
    n = int(cursor.execute(f"select count(*) from {table}").fetchall()[0][0])
    cursor.close()
    return n


def add_channel(store: Store, code: str = "duty", removed: bool = False) -> None:
    """Write a channel as the page would, without an address."""
    stamp = {"happened_at": datetime(2026, 3, 10, tzinfo=UTC), "actor": "cli"}
    row = {
        **stamp,
        "event_kind": "created",
        "channel_id": f"ch-{code}",
        "community_id": "demo",
        "code": code,
        "kind": "wecom",
        "language": "zh-CN",
        "removed_at": stamp["happened_at"] if removed else None,
    }
    store.write(lambda tx: tx.append("notify_channel", [row])).result()


def add_route(store: Store, recipient: str, code: str = "duty") -> None:
    """Route a recipient to a channel."""
    row = {
        "event_kind": "created",
        "happened_at": datetime(2026, 3, 10, tzinfo=UTC),
        "actor": "cli",
        "route_id": f"{recipient}-{code}",
        "community_id": "demo",
        "recipient": recipient,
        "channel_id": f"ch-{code}",
    }
    store.write(lambda tx: tx.append("notify_route", [row])).result()


def test_what_is_told_shows_in_app_to_whom_it_was_told(store: Store) -> None:
    fill(store)
    store.write(say).result()
    told = unread(store, "worker:w1", None, community_id="demo")
    assert [(m.kind, m.subject_id, m.facts) for m in told] == [("case_reminded", "c1", FACTS)]
    assert unread(store, "worker:w2", None, community_id="demo") == []
    assert unread(store, "worker:w1", None, community_id="other") == []


def test_the_same_key_is_told_once_to_each_recipient(store: Store) -> None:
    def deed(tx: Transaction) -> None:
        say(tx)
        say(tx)
        say(tx, to="role:duty_officer")
        say(tx, key="deed-2")

    store.write(deed).result()
    store.write(say).result()
    assert len(unread(store, "worker:w1", None, community_id="demo")) == 2
    both = unread(store, ["worker:w1", "role:duty_officer"], None, community_id="demo")
    assert len(both) == 3


def test_only_what_came_after_the_last_message_seen_is_unread(store: Store) -> None:
    store.write(lambda tx: say(tx, key="1")).result()
    first = unread(store, "worker:w1", None, community_id="demo")[-1]
    store.write(lambda tx: say(tx, key="2")).result()
    second = unread(store, "worker:w1", first.message_id, community_id="demo")
    assert len(second) == 1
    assert unread(store, "worker:w1", second[0].message_id, community_id="demo") == []
    later = datetime.now(UTC) + timedelta(days=8)
    assert unread(store, "worker:w1", None, community_id="demo", now=later) == []


def test_a_deed_that_fails_has_told_nothing(store: Store) -> None:
    def deed(tx: Transaction) -> None:
        say(tx)
        raise ValueError("refused")

    with pytest.raises(ValueError, match="refused"):
        store.write(deed).result()
    assert count(store, "message_event") == 0


@pytest.mark.parametrize(
    ("recipient", "queued"),
    [
        ("worker:w1", 1),  # the very worker
        ("worker:*", 1),  # all workers
        ("organisation:*", 0),  # other recipients
        ("role:duty_officer", 0),
    ],
)
def test_a_message_is_queued_for_the_channels_its_routes_name(
    store: Store, recipient: str, queued: int
) -> None:
    add_channel(store)
    add_route(store, recipient)
    store.write(say).result()
    assert count(store, "delivery_now where state = 'waiting'") == queued


def test_two_routes_to_one_channel_queue_one_delivery_and_a_removed_channel_none(
    store: Store,
) -> None:
    add_channel(store)
    add_channel(store, "old", removed=True)
    for recipient in ("worker:w1", "worker:*"):
        add_route(store, recipient)
        add_route(store, recipient, "old")
    store.write(say).result()
    assert count(store, "delivery_now") == 1


def test_a_channel_can_be_told_by_its_name(store: Store) -> None:
    add_channel(store)
    store.write(lambda tx: say(tx, to="channel:duty")).result()
    store.write(lambda tx: say(tx, to="channel:other")).result()
    assert count(store, "delivery_now") == 1


@pytest.mark.parametrize("to", ["", "w1", "worker:", "person:p1", "role"])
def test_what_is_no_recipient_is_refused(store: Store, to: str) -> None:
    with pytest.raises(RecipientUnknown):
        store.write(lambda tx: say(tx, to=to)).result()


def test_the_outbox_is_rebuilt_from_its_log(store: Store) -> None:
    add_channel(store)
    add_route(store, "worker:*")
    for n in range(7):
        store.write(lambda tx, n=n: say(tx, key=str(n))).result()
    assert all(table.same for table in rebuild(store))
    assert count(store, "delivery_now") == 7
