"""The websocket on a real port: snapshot, patch, resume, origin, unknown community, slow viewer."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from actions.intake.recording import record
from api import live
from data import subscription
from data.store import Store
from data.views import VIEWS
from rules.records import DeviceRecord
from tests.api.given import row

Key = Callable[..., dict[str, str]]
ON_CONNECT = {view.name for view in VIEWS if view.on_connect}


@pytest.fixture(autouse=True)
def wall_key(key: Key) -> Iterator[None]:
    """The key every viewer shows, unless a test says otherwise."""
    WALL.update(key("wall"))
    yield
    WALL.clear()


WALL: dict[str, str] = {}


def address(port: int, query: str = "community=demo&screen=wall") -> str:
    return f"ws://127.0.0.1:{port}/api/v1/live?{query}"


async def read(viewer: ClientConnection, kind: str, view: str | None = None) -> dict[str, Any]:
    """Return the next message of a kind, passing over others."""
    async with asyncio.timeout(10):
        while True:
            message: dict[str, Any] = json.loads(await viewer.recv())
            if message["t"] == kind and (view is None or message["view"] == view):
                return message


async def snapshot(viewer: ClientConnection) -> dict[str, dict[str, Any]]:
    """Read hello and every view; by name."""
    found: dict[str, dict[str, Any]] = {}
    async with asyncio.timeout(20):
        while not {"hello", *ON_CONNECT} <= set(found):
            message = json.loads(await viewer.recv())
            found[message.get("view", message["t"])] = message
    return found


def play(scenario: Awaitable[None]) -> None:
    async def run() -> None:
        await scenario

    asyncio.run(run())


async def post(port: int, header: dict[str, str], *rows: dict[str, Any]) -> Any:
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"http://127.0.0.1:{port}/api/v1/cases", json=rows, headers=header)
    assert answer.status_code == 201
    return answer.json()


def test_a_posted_case_reaches_every_viewer_as_one_row(port: int, key: Key) -> None:
    header = key()

    async def scenario() -> None:
        async with (
            connect(address(port), additional_headers=WALL) as first,
            connect(address(port), additional_headers=WALL) as second,
        ):
            found = await snapshot(first)
            assert found["hello"]["resumed"] is False and found["hello"]["beat_s"] == 2
            assert found["ticker"]["data"] == {"rows": []}
            await snapshot(second)
            # From nothing to three rows is the smaller message as a whole.
            await post(port, header, row("1"), row("2"), row("3"))
            for viewer in (first, second):
                assert len((await read(viewer, "view", "ticker"))["data"]["rows"]) == 3
            (made,) = await post(port, header, row("4"))
            texts = set()
            for viewer in (first, second):
                patch = await read(viewer, "patch", "ticker")
                assert [each["id"] for each in patch["set"]] == [made["case_id"]]
                texts.add(json.dumps(patch))
            assert len(texts) == 1

    play(scenario())


def test_a_viewer_resumes_and_gets_what_it_missed(port: int, key: Key) -> None:
    header = key()

    async def scenario() -> None:
        async with connect(address(port), additional_headers=WALL) as viewer:
            found = await snapshot(viewer)
        seq = max(message["seq"] for name, message in found.items() if name != "hello")
        (made,) = await post(port, header, row("1"))
        assert found["ticker"]["data"] == {"rows": []}
        query = f"community=demo&epoch={found['hello']['epoch']}&seq={seq}"
        async with connect(address(port, query), additional_headers=WALL) as back:
            assert (await read(back, "hello"))["resumed"] is True
            missed = await read(back, "view", "ticker")
            assert [each["id"] for each in missed["data"]["rows"]] == [made["case_id"]]

    play(scenario())


@pytest.mark.parametrize("seq", ["", "-1", "x", "9" * 40, "１"])
def test_a_position_that_makes_no_sense_starts_afresh(port: int, seq: str) -> None:
    async def scenario() -> None:
        async with connect(
            address(port, f"community=demo&epoch=x&seq={seq}"), additional_headers=WALL
        ) as viewer:
            assert (await snapshot(viewer))["hello"]["resumed"] is False

    play(scenario())


@pytest.mark.parametrize("query", ["community=nowhere", "community=", ""])
def test_an_unknown_community_is_closed_with_4404(port: int, query: str) -> None:
    async def scenario() -> None:
        async with connect(address(port, query), additional_headers=WALL) as viewer:
            with pytest.raises(ConnectionClosed) as closed:
                await viewer.recv()
            assert closed.value.rcvd is not None and closed.value.rcvd.code == 4404

    play(scenario())


def test_a_wrong_key_is_closed_with_4401_and_one_of_another_community_with_4404(
    port: int, key: Key
) -> None:
    async def scenario() -> None:
        wrong = {"Authorization": "Bearer yp_no_key"}
        for header, code in ((wrong, 4401), (key("wall", "other"), 4404)):
            async with connect(address(port), additional_headers=header) as viewer:
                with pytest.raises(ConnectionClosed) as closed:
                    await viewer.recv()
                assert closed.value.rcvd is not None and closed.value.rcvd.code == code
        async with connect(address(port), additional_headers=key("wall")) as viewer:
            await snapshot(viewer)

    play(scenario())


def test_a_page_of_another_site_cannot_open_the_socket(port: int) -> None:
    async def scenario() -> None:
        for origin in ("http://evil.example", "null", f"http://127.0.0.1:{port + 1}"):
            with pytest.raises(InvalidStatus) as refused:
                await connect(address(port), additional_headers={**WALL, "Origin": origin})
            assert refused.value.response.status_code == 403
        own = {"Origin": f"http://127.0.0.1:{port}"}
        async with connect(address(port), additional_headers={**WALL, **own}) as viewer:
            await snapshot(viewer)

    play(scenario())


def test_beats_come_every_two_seconds(port: int) -> None:
    async def scenario() -> None:
        async with connect(address(port), additional_headers=WALL) as viewer:
            await read(viewer, "beat")
            began = asyncio.get_running_loop().time()
            await read(viewer, "beat")
            assert 1.5 < asyncio.get_running_loop().time() - began < 4

    play(scenario())


def test_whatever_a_viewer_sends_is_harmless(port: int) -> None:
    async def scenario() -> None:
        async with connect(address(port), additional_headers=WALL) as viewer:
            for sent in ('{"t":"pong","seq":1}', "not json", b"\xff\x00", "x" * 100_000):
                await viewer.send(sent)
            await snapshot(viewer)

    play(scenario())


def test_a_closed_tab_is_forgotten_at_once(port: int, app: Any) -> None:
    async def scenario() -> None:
        async with connect(address(port), additional_headers=WALL) as viewer:
            await snapshot(viewer)
            assert app.state.services.feed.health().viewers == 1
        async with asyncio.timeout(5):
            while app.state.services.feed.health().viewers:
                await asyncio.sleep(0.01)

    play(scenario())


def test_our_own_page_that_falls_silent_is_closed(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "SILENCE_S", 0.2)

    async def scenario() -> None:
        async with connect(address(port), additional_headers=WALL) as viewer:
            await viewer.send('{"t":"pong","seq":1}')
            with pytest.raises(ConnectionClosed) as closed:
                async with asyncio.timeout(10):
                    while True:
                        await viewer.recv()
            assert closed.value.rcvd is not None and closed.value.rcvd.code == 4408

    play(scenario())


def test_a_viewer_that_does_not_read_is_dropped_and_the_others_go_on(
    port: int, app: Any, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscription, "QUEUE_LIMIT", 12)
    feed = app.state.services.feed

    def devices(state: str) -> list[DeviceRecord]:
        return [
            DeviceRecord(
                source_id=str(n), kind="smoke", name_zh="烟" * 100, lon=1, lat=1, state=state
            )
            for n in range(3_000)
        ]

    async def scenario() -> None:
        slow = socket.socket()
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        slow.connect(("127.0.0.1", port))
        slow.sendall(
            f"GET /api/v1/live?community=demo HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            f"Authorization: {WALL['Authorization']}\r\n\r\n".encode()
        )
        async with connect(address(port), max_size=None, additional_headers=WALL) as quick:
            await snapshot(quick)
            async with asyncio.timeout(10):
                while feed.health().viewers < 2:
                    await asyncio.sleep(0.01)
            async with asyncio.timeout(90):
                turn = 0
                while feed.health().viewers > 1:
                    state = ("online", "offline")[turn % 2]
                    recorded = record(store, "devices", "demo", "t", devices(state))
                    await asyncio.wrap_future(recorded)
                    await read(quick, "patch", "objects")
                    turn += 1
                    assert turn < 60
        slow.close()

    play(scenario())
