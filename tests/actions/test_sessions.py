"""Sessions end when they should, follow their account, survive a restart, and tell who watches."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.intake.recording import record_community
from actions.users.keys import create_key, revoke_key
from actions.users.session_state import csrf_token
from actions.users.sessions import Sessions
from data.store import Store
from rules.records import CommunityRecord

START = datetime(2026, 3, 12, 8, tzinfo=UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(store: Store, clock: Clock) -> Iterator[Sessions]:
    record_community(store, CommunityRecord(community_id="demo", name_zh="社区")).result()
    made = Sessions(store, timedelta(minutes=60), timedelta(hours=12), clock)
    yield made
    made.close()


def put(store: Store, noun: str, **facts: Any) -> None:
    base = {
        "event_kind": "created",
        "happened_at": START,
        "actor": "test",
        "community_id": "demo",
    }
    store.write(lambda tx: tx.append(noun, [{**base, **facts}])).result()


def account(store: Store, **facts: Any) -> None:
    put(store, "account", account_id="a1", login="duty1", **{"role": "duty_officer", **facts})


def kiosk(store: Store, **facts: Any) -> None:
    put(store, "kiosk", kiosk_id="k1", label="大厅", secret_hash="x", **facts)


def test_a_token_finds_its_session_and_no_other_text_does(store: Store, sessions: Sessions) -> None:
    account(store)
    opened = sessions.open_account("a1", "password", "127.0.0.1")
    found = sessions.find(opened.token)
    assert found is not None
    assert (found.viewer.role, found.viewer.label) == ("duty_officer", "duty1")
    assert found.viewer.community_ids == {"demo"}
    for wrong in ("", opened.token[:-1], opened.token + "x", opened.session_id, "é", "0" * 9_000):
        assert sessions.find(wrong) is None
    assert opened.token not in str(store.rows("session/live"))


@pytest.mark.parametrize(
    ("spans", "alive"),
    [
        ([59], True),  # used within the hour
        ([61], False),  # an hour without use
        ([59] * 12, True),  # used again and again, just below twelve hours
        ([59] * 13, False),  # however busy, it ends after twelve hours
    ],
)
def test_an_account_has_an_idle_and_an_absolute_limit(
    store: Store, sessions: Sessions, clock: Clock, spans: list[int], alive: bool
) -> None:
    account(store)
    token = sessions.open_account("a1", "password").token
    found = None
    for minutes in spans:
        clock.pass_(minutes=minutes)
        found = sessions.find(token)
    assert (found is not None) is alive


def test_a_wall_never_logs_out_by_itself(store: Store, sessions: Sessions, clock: Clock) -> None:
    kiosk(store)
    token = sessions.open_kiosk("k1").token
    clock.pass_(days=400)
    found = sessions.find(token)
    assert found is not None and found.viewer.role == "wall"


def gone(sessions: Sessions, watched_id: str) -> threading.Event:
    event = threading.Event()
    sessions.watch(watched_id, event.set)
    return event


@pytest.mark.parametrize(
    "revoke",
    [
        lambda store, sessions, opened: sessions.end(opened.session_id),
        lambda store, sessions, opened: sessions.end_all("account", "a1"),
        lambda store, sessions, opened: account(store, removed_at=START),
    ],
    ids=["ended", "all ended", "account closed"],
)
def test_what_is_revoked_is_out_at_once_and_its_watchers_are_told(
    store: Store, sessions: Sessions, revoke: Callable[[Store, Sessions, Any], None]
) -> None:
    account(store)
    opened = sessions.open_account("a1", "password")
    told = gone(sessions, opened.session_id)
    revoke(store, sessions, opened)
    assert sessions.find(opened.token) is None
    assert told.wait(2)


def test_a_revoked_link_puts_its_wall_out(store: Store, sessions: Sessions) -> None:
    kiosk(store)
    opened = sessions.open_kiosk("k1")
    told = gone(sessions, opened.session_id)
    kiosk(store, removed_at=START)
    assert sessions.find(opened.token) is None
    assert told.wait(2)


def test_expiry_is_told_without_anybody_asking(
    store: Store, sessions: Sessions, clock: Clock
) -> None:
    account(store)
    opened = sessions.open_account("a1", "password")
    told = gone(sessions, opened.session_id)
    assert not told.wait(0.7)
    clock.pass_(minutes=61)
    assert told.wait(3)


def test_a_session_opened_while_the_sweep_reads_is_not_told_to_be_over(
    store: Store, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(store)
    reload, told = sessions._reload, []

    def opened_meanwhile() -> None:
        reload()
        monkeypatch.setattr(sessions, "_reload", reload)
        told.append(gone(sessions, sessions.open_account("a1", "password").session_id))

    monkeypatch.setattr(sessions, "_reload", opened_meanwhile)
    sessions._stale.set()
    deadline = time.monotonic() + 5
    while not told and time.monotonic() < deadline:
        time.sleep(0.01)
    assert told and not told[0].wait(0.7)


def test_whoever_stopped_watching_is_not_told(store: Store, sessions: Sessions) -> None:
    account(store)
    opened = sessions.open_account("a1", "password")
    event = threading.Event()
    sessions.watch(opened.session_id, event.set)()
    sessions.end(opened.session_id)
    assert not event.wait(0.8)


def test_a_session_follows_its_account(store: Store, sessions: Sessions) -> None:
    account(store)
    token = sessions.open_account("a1", "password").token
    account(store, role="grid_worker", area_ids=["g1"], also_communities=["other"])
    found = sessions.find(token)
    assert found is not None
    assert found.viewer.role == "grid_worker"
    assert found.viewer.area_ids == {"g1"}
    assert found.viewer.community_ids == {"demo", "other"}


def test_all_but_this_session_can_be_ended(store: Store, sessions: Sessions) -> None:
    account(store)
    here, there = (sessions.open_account("a1", "password") for _ in range(2))
    sessions.end_all("account", "a1", keep=here.session_id)
    assert sessions.find(here.token) is not None
    assert sessions.find(there.token) is None


def test_sessions_and_their_last_use_survive_a_restart(
    store: Store, sessions: Sessions, clock: Clock
) -> None:
    account(store)
    token = sessions.open_account("a1", "password").token
    clock.pass_(minutes=50)
    assert sessions.find(token) is not None
    sessions.close()
    again = Sessions(store, timedelta(minutes=60), timedelta(hours=12), clock)
    clock.pass_(minutes=50)
    assert again.find(token) is not None
    again.close()


def test_what_has_expired_leaves_the_store(store: Store, sessions: Sessions, clock: Clock) -> None:
    account(store)
    sessions.open_account("a1", "password")
    clock.pass_(hours=2)
    deadline = time.monotonic() + 5
    while store.rows("session/live"):
        assert time.monotonic() < deadline
        clock.pass_(minutes=2)
        time.sleep(0.05)


def test_a_key_speaks_for_its_role_until_it_is_revoked(store: Store, sessions: Sessions) -> None:
    token = create_key(store, "source", "demo", "hotline")
    viewer = sessions.key(token)
    assert viewer is not None
    assert (viewer.kind, viewer.role, viewer.community_ids) == ("key", "source", {"demo"})
    for wrong in ("", "yp", "yp_a_b", token + "0", token.upper(), "yp_é_é", "x" * 5_000):
        assert sessions.key(wrong) is None
    told = gone(sessions, viewer.id)
    revoke_key(store, viewer.id)
    assert sessions.key(token) is None
    assert told.wait(2)


def test_the_csrf_word_follows_from_the_token_alone_and_does_not_give_it_away() -> None:
    assert csrf_token("a") == csrf_token("a") != csrf_token("b")
    assert "a-long-secret" not in csrf_token("a-long-secret")
