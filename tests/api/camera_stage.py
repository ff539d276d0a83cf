"""Cameras of two communities, a fake hub in the application under test, and who watches."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection

from actions.intake.recording import record
from actions.users.sessions import Sessions
from api.camera_wire import Part, unpack
from bench.session import open_session
from data.store import Store
from rules.records import DeviceRecord
from tests.api.fake_hub import JPEG, FakeHub

Scenario = Callable[[], Awaitable[None]]


def address(port: int, community: str = "demo") -> str:
    return f"ws://127.0.0.1:{port}/api/v1/cameras/live?community={community}"


def device(store: Store, device_id: str) -> dict[str, Any]:
    """Return what is registered of a device, without its event."""
    found = store.cursor().execute("from device_now where device_id = ?", [device_id])
    names = [column[0] for column in found.description or ()]
    (values,) = found.fetchall()
    row = dict(zip(names, values, strict=True))
    return {name: row[name] for name in row if name not in ("event_id", "recorded_at")}


def play(scenario: Scenario) -> None:
    async def run() -> None:
        async with asyncio.timeout(30):
            await scenario()

    asyncio.run(run())


async def said(page: ClientConnection, kind: str) -> dict[str, Any]:
    """Return the next text of a kind."""
    while True:
        message = await page.recv()
        if isinstance(message, str) and json.loads(message)["t"] == kind:
            found: dict[str, Any] = json.loads(message)
            return found


async def pictures(page: ClientConnection) -> list[Part]:
    """Return the next message of pictures, and acknowledge it."""
    while True:
        message = await page.recv()
        if isinstance(message, bytes):
            number, _, parts = unpack(message)
            await page.send(json.dumps({"t": "ack", "n": number}))
            return parts


async def want(page: ClientConnection, *tiles: dict[str, Any]) -> None:
    await page.send(json.dumps({"t": "want", "tiles": tiles}))


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0.01)


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
