"""One application with accounts signed in, for attacks on it; a module shares it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from actions.intake.recording import record_community
from actions.users.keys import create_key
from actions.users.sessions import Sessions
from actions.vault import Vault
from api.application import build
from api.services import Services
from bench.session import Cookies, open_session
from components.frame import Shell
from components.site import mount_pages
from data.cache import PayloadCache
from data.feed import Feed
from data.store import Store
from ingest.http import HttpSource
from ingest.runner import Runner
from rules.records import CommunityRecord
from settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with two communities."""
    made = Store.open(f"duckdb:{tmp_path_factory.mktemp('hostile') / 'yiping.duckdb'}")
    for community_id in ("demo", "other"):
        record_community(made, CommunityRecord(community_id=community_id, name_zh="社区")).result()
    yield made
    made.close()


@pytest.fixture(scope="module")
def app(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The whole application, pages and all, with the source `http` running."""
    folder = tmp_path_factory.mktemp("var")
    settings = Settings(var=folder)
    runner = Runner(store, settings, {"http": HttpSource})
    runner.start()
    deadline = time.monotonic() + 20
    while runner.health()[0].state != "waiting":
        assert time.monotonic() < deadline
        time.sleep(0.002)
    vault, sessions = Vault.open(folder / "keys", store), Sessions(store)
    server = build(
        Services(
            store,
            Feed(store, runner.health),
            runner.health,
            runner.receive,
            PayloadCache(),
            sessions,
            vault.keyring,
            vault.audit,
            settings,
        )
    )
    mount_pages(server, Shell(lambda asked: asked or "demo", "b"), ROOT)
    yield server
    runner.stop()
    sessions.close()
    vault.close()


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client on this machine that keeps no cookies."""
    with TestClient(
        app,
        base_url="http://127.0.0.1:8050",
        client=("127.0.0.1", 5000),
        raise_server_exceptions=False,
    ) as made:
        yield made


@pytest.fixture(autouse=True)
def forgetful(client: TestClient) -> None:
    """No test inherits the cookies of another."""
    client.cookies.clear()


@pytest.fixture(scope="module")
def key(store: Store) -> Callable[..., dict[str, str]]:
    """The header that shows a key of a role; made once for each."""
    made: dict[tuple[str, str], str] = {}

    def header(role: str = "duty_officer", community_id: str = "demo") -> dict[str, str]:
        wanted = (role, community_id)
        if wanted not in made:
            made[wanted] = create_key(store, role, community_id)
        return {"Authorization": f"Bearer {made[wanted]}"}

    return header


@pytest.fixture(scope="module")
def signed_in(store: Store, app: FastAPI) -> Callable[..., Cookies]:
    """Sign somebody in: `signed_in("secretary")` returns the cookies of the browser."""
    sessions: Sessions = app.state.services.sessions
    made: dict[tuple[str, str], Cookies] = {}

    def cookies(role: str, community_id: str = "demo") -> Cookies:
        wanted = (role, community_id)
        if wanted not in made:
            made[wanted] = open_session(store, sessions, role, community_id)
        return made[wanted]

    return cookies


@pytest.fixture(scope="module")
def header_of() -> Callable[[Cookies], dict[str, str]]:
    """The headers a browser's own page sends with a change."""

    def header(cookies: Cookies) -> dict[str, str]:
        text = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return {"Cookie": text, "X-CSRFToken": cookies["_csrf_token"]}

    return header
