"""The whole API over a store of its own: in process, or on a real port of this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from actions.access import CLI
from actions.intake.recording import record_community
from actions.users.account_drafts import AccountDraft
from actions.users.accounts import Accounts
from actions.users.keys import create_key
from actions.users.passwords import PasswordHashing
from actions.users.sessions import Sessions
from actions.users.signin import SignIn
from actions.vault import Vault
from api.application import build
from api.services import Services
from data.cache import PayloadCache
from data.feed import Feed
from data.store import Store
from ingest.http import HttpSource
from ingest.runner import Runner
from rules.records import CommunityRecord
from settings import Settings
from tests.actions.door import PASSWORD, QUICK


@pytest.fixture
def runner(store: Store, tmp_path: Path) -> Iterator[Runner]:
    """The runner with the source `http` alone, ready to take batches."""
    for community_id in ("demo", "other"):
        record_community(store, CommunityRecord(community_id=community_id, name_zh="社区")).result()
    made = Runner(store, Settings(var=tmp_path), {"http": HttpSource})
    made.start()
    deadline = time.monotonic() + 10
    while made.health()[0].state != "waiting":
        assert time.monotonic() < deadline
        time.sleep(0.002)
    yield made
    made.stop()


@pytest.fixture
def vault(store: Store, tmp_path: Path) -> Iterator[Vault]:
    """The keys and the audit of the test's store."""
    made = Vault.open(tmp_path / "keys", store)
    yield made
    made.close()


@pytest.fixture
def sessions(store: Store) -> Iterator[Sessions]:
    """Who is signed in."""
    made = Sessions(store)
    yield made
    made.close()


@pytest.fixture
def app(store: Store, runner: Runner, vault: Vault, sessions: Sessions, tmp_path: Path) -> FastAPI:
    """The application under test."""
    return build(
        Services(
            store,
            Feed(store, runner.health),
            runner.health,
            runner.receive,
            PayloadCache(),
            sessions,
            vault.keyring,
            vault.audit,
            Settings(var=tmp_path, trusted_hosts=("wall.example",)),
        )
    )


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client on this machine."""
    with TestClient(
        app,
        base_url="http://127.0.0.1:8050",
        client=("127.0.0.1", 5000),
        raise_server_exceptions=False,
    ) as made:
        yield made


@pytest.fixture
def key(store: Store, runner: Runner) -> Callable[..., dict[str, str]]:
    """Make a key and return the header that shows it."""

    def _key(role: str = "duty_officer", community_id: str = "demo") -> dict[str, str]:
        return {"Authorization": f"Bearer {create_key(store, role, community_id)}"}

    return _key


@pytest.fixture
def port(app: FastAPI) -> Iterator[int]:
    """The application served on a free port by the real server."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(
            app, log_level="error", ws_per_message_deflate=False, timeout_graceful_shutdown=1
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.005)
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(20)
    listener.close()


@pytest.fixture
def accounts(app: FastAPI, store: Store, vault: Vault) -> Iterator[Accounts]:
    """The accounts behind the door, which hashes quickly and answers at once."""
    hashing = PasswordHashing(QUICK)
    app.state.sign_in = SignIn(store, vault.audit, vault.keyring, hashing, floor_s=0)
    yield Accounts(store, vault.audit, CLI)
    hashing.close()


@pytest.fixture
def account(accounts: Accounts) -> Callable[..., str]:
    """Make an account with PASSWORD; returns its id."""

    def make(login: str = "duty1", role: str = "duty_officer", must_change: bool = False) -> str:
        draft = AccountDraft(login, role, "demo")
        return accounts.create(draft, QUICK.hash(PASSWORD), must_change)

    return make
