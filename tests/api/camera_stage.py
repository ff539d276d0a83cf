"""Cameras of two communities, a fake hub in the application under test, and who watches."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI

from actions.intake.recording import record
from actions.users.sessions import Sessions
from bench.session import open_session
from data.store import Store
from rules.records import DeviceRecord
from tests.api.fake_hub import JPEG, FakeHub


@pytest.fixture
def cameras(store: Store, runner: Any) -> dict[str, str]:
    """Three cameras of the demo and one of another community: their names and our ids."""
    for community, names in (("demo", ("东门", "西门", "车库")), ("other", ("别处",))):
        rows = [
            DeviceRecord(
                source_id=name, kind="camera", name_zh=name, lon=113.4, lat=33.3, heading_deg=90
            )
            for name in names
        ]
        record(store, "devices", community, "t", rows).result()
    found = {}
    for community in ("demo", "other"):
        for row in store.rows("view/camera_wall", community_id=community):
            found[row["name_zh"]] = row["id"]
    return found


@pytest.fixture
def hub(app: FastAPI, cameras: dict[str, str]) -> FakeHub:
    """The hub of the application under test; knows every camera but the garage's."""
    made = FakeHub(*(each for name, each in cameras.items() if name != "车库"))
    app.state.services = replace(app.state.services, hub=made)
    return made


@pytest.fixture
def officer(store: Store, sessions: Sessions) -> Iterator[dict[str, str]]:
    """The cookies of a signed-in duty officer, as a header."""
    cookies = open_session(store, sessions, "duty_officer", "demo", "officer1")
    yield {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}


def on_loop(app: FastAPI, hub: FakeHub, camera_id: str, jpeg: bytes = JPEG) -> None:
    """A frame comes, on the loop of the server."""
    app.state.loop.call_soon_threadsafe(hub.show, camera_id, jpeg)


@pytest.fixture(autouse=True)
def loop_of_the_server(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tests reach the loop the hub lives on."""
    start = FakeHub.watch

    def watch(hub: FakeHub, *args: Any) -> Any:
        app.state.loop = asyncio.get_running_loop()
        return start(hub, *args)

    monkeypatch.setattr(FakeHub, "watch", watch)
