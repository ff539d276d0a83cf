"""A real receiver takes our events: as CloudEvents, signed, once, also while a secret changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_structured_event
from cloudevents.core.formats.json import JSONFormat

from actions.access import CLI
from actions.notify.posting import Guard
from actions.notify.sender import Sender
from actions.notify.signing import ROTATION, signature
from actions.notify.subscriptions import WebhookDesk
from actions.notify.transport import Transport
from actions.notify.webhooks import emit
from actions.vault import Vault
from data.store import Store
from tests.far_end import FarEnd, Taken, until


@pytest.fixture
def far_end() -> Iterator[FarEnd]:
    """A receiver that is there."""
    made = FarEnd()
    yield made
    made.close()


@pytest.fixture
def hooks(store: Store, tmp_path: Path, far_end: FarEnd) -> Iterator[WebhookDesk]:
    """The desk over webhooks, with a sender running."""
    vault = Vault.open(tmp_path / "keys", store)
    guard = Guard(("127.0.0.0/8",), (far_end.port,))
    transport = Transport(store, vault.keyring, guard, lambda *_: ("", ""))
    sender = Sender(store, transport.send, first_wait=timedelta(milliseconds=50))
    sender.start()
    yield WebhookDesk(store, vault.audit, vault.keyring, guard, CLI, "demo")
    sender.stop()
    vault.close()


def happen(hooks: WebhookDesk, key: str) -> None:
    hooks.store.write(
        lambda tx: emit(tx, "demo", "case.created", "c1", {"category": "noise"}, key)
    ).result()


def verifies(taken: Taken, secret: str) -> bool:
    """Check a request as a receiver would: time within five minutes, one signature right."""
    sent_at = datetime.fromtimestamp(int(taken.headers["webhook-timestamp"]), UTC)
    assert abs(datetime.now(UTC) - sent_at) < timedelta(minutes=5)
    wanted = signature(
        taken.headers["webhook-id"], taken.headers["webhook-timestamp"], taken.body, secret
    )
    return f"v1,{wanted}" in taken.headers["webhook-signature"].split(" ")


def test_an_event_arrives_as_a_signed_cloudevent(hooks: WebhookDesk, far_end: FarEnd) -> None:
    made = hooks.add_webhook("city", far_end.url, ["case.created"])
    happen(hooks, "1")
    until(lambda: len(far_end.taken) == 1)
    taken = far_end.taken[0]
    read = from_structured_event(HTTPMessage(headers=taken.headers, body=taken.body), JSONFormat())
    assert (read.get_type(), read.get_subject(), read.get_data()) == (
        "case.created", "c1", {"category": "noise"}
    )  # fmt: skip
    assert verifies(taken, made.secret) and not verifies(taken, "whsec_" + "A" * 44)
    forged = Taken(taken.headers, taken.body.replace(b"noise", b"pets"))
    assert not verifies(forged, made.secret)


def test_a_new_secret_and_the_former_one_both_verify_for_a_day(
    hooks: WebhookDesk, far_end: FarEnd
) -> None:
    old = hooks.add_webhook("city", far_end.url, ["case.created"])
    new = hooks.rotate_webhook(old.webhook_id)
    happen(hooks, "1")
    until(lambda: len(far_end.taken) == 1)
    assert verifies(far_end.taken[0], old.secret) and verifies(far_end.taken[0], new.secret)
    third = hooks.rotate_webhook(old.webhook_id)  # the secret before the last is gone at once
    happen(hooks, "2")
    until(lambda: len(far_end.taken) == 2)
    assert verifies(far_end.taken[1], third.secret) and verifies(far_end.taken[1], new.secret)
    assert not verifies(far_end.taken[1], old.secret)
    assert timedelta(hours=24) == ROTATION


def test_a_receiver_that_was_away_gets_each_event_once_in_order(
    hooks: WebhookDesk, far_end: FarEnd
) -> None:
    hooks.add_webhook("city", far_end.url, ["case.created"])
    far_end.close()
    for n in range(5):
        happen(hooks, str(n))
        happen(hooks, str(n))  # the same deed, told twice
    far_end.open()
    until(lambda: len(far_end.taken) == 5)
    ids = [taken.json["id"] for taken in far_end.taken]
    assert len(set(ids)) == 5
    assert [t.json["time"] for t in far_end.taken] == sorted(t.json["time"] for t in far_end.taken)


def test_a_removed_webhook_gets_nothing_more(hooks: WebhookDesk, far_end: FarEnd) -> None:
    made = hooks.add_webhook("city", far_end.url, ["case.created"])
    far_end.close()
    happen(hooks, "1")
    until(lambda: state(hooks)[1] > 0)  # one try has failed
    hooks.remove_webhook(made.webhook_id)
    far_end.open()
    until(lambda: state(hooks)[0] == "given_up")
    assert far_end.taken == []


def state(hooks: WebhookDesk) -> tuple[str, int]:
    """State and tries of the one delivery."""
    cursor = hooks.store.cursor()
    rows = cursor.execute("select state, attempts from delivery_now").fetchall()
    cursor.close()
    return rows[0]
