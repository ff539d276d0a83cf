"""The application with its phone pages, over a community with a building and a plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from actions.intake.recording import record, record_community
from actions.users.sessions import Sessions
from actions.vault import Vault
from api.application import build
from api.services import Services
from data.cache import PayloadCache
from data.feed import Feed
from data.store import Store
from phone.install import install
from rules.records import CommunityRecord, PlaceRecord
from settings import Settings

SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[113.0, 33.0], [113.001, 33.0], [113.001, 33.001], [113.0, 33.001], [113.0, 33.0]]
    ],
}


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
def app(store: Store, vault: Vault, sessions: Sessions, tmp_path: Path) -> FastAPI:
    """The application under test."""
    community = CommunityRecord(community_id="demo", name_zh="青禾社区", name_en="Qinghe")
    record_community(store, community).result()
    places = [
        PlaceRecord(source_id=f"b{n}", kind="building", name_zh=f"{n}号楼", name_en=f"Building {n}",
                    lon=113.0005 + n / 1000, lat=33.0005, geometry=SQUARE)
        for n in (1, 2)
    ]  # fmt: skip
    record(store, "places", "demo", "t", places).result()
    site = build(
        Services(
            store,
            Feed(store),
            list,
            lambda *_: pytest.fail("nothing is posted here"),
            PayloadCache(),
            sessions,
            vault.keyring,
            vault.audit,
            Settings(var=tmp_path),
        )
    )
    install(site)
    return site


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A phone on this machine."""
    with TestClient(app, base_url="http://127.0.0.1:8050", follow_redirects=False) as made:
        yield made


@pytest.fixture
def places(app: FastAPI, store: Store) -> dict[str, str]:
    """Ids of places by name."""
    rows = store.rows("place/choices", community_id="demo", kinds=["building"])
    return {row["name_zh"]: row["place_id"] for row in rows}
