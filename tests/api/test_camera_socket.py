"""The websocket of pictures on a real port: rights, scope, register, revoking, hostile pages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from fastapi import FastAPI
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from actions.users.sessions import Sessions
from api.camera_wire import MOST_TILES
from cameras.model import Wish
from data.store import Store
from tests.api.camera_stage import (
    address,
    cameras,
    device,
    hub,
    loop_of_the_server,
    officer,
    on_loop,
    pictures,
    play,
    said,
    until,
    want,
)
from tests.api.fake_hub import FakeHub

Key = Callable[..., dict[str, str]]
Scenario = Callable[[], Awaitable[None]]
__all__ = ["cameras", "hub", "loop_of_the_server", "officer"]  # fixtures


def test_a_page_learns_its_cameras_and_gets_the_pictures_it_asks_for(
    port: int, app: FastAPI, hub: FakeHub, cameras: dict[str, str], key: Key
) -> None:
    async def scenario() -> None:
        async with connect(address(port), additional_headers=key("wall")) as page:
            hello = await said(page, "hello")
            assert hello["most"] == MOST_TILES and "stalled" in hello["states"]
            rows = (await said(page, "cameras"))["rows"]
            assert {row["name_zh"] for row in rows} == {"东门", "西门", "车库"}
            assert {"lon", "lat", "heading_deg", "fov_deg"} <= set(rows[0])
            assert not {"url", "user", "password", "source_id"} & set(rows[0])
            gate, garage = cameras["东门"], cameras["车库"]
            await want(page, {"n": 4, "id": gate, "w": 320, "fps": 5}, {"n": 9, "id": garage})
            states = (await said(page, "state"))["rows"]
            assert [row[:2] for row in states] == [[4, "live"], [9, "unknown"]]
            assert hub.held() == {gate: Wish(320, 5.0)}
            on_loop(app, hub, gate, b"first")
            assert [(part.tile, part.jpeg) for part in await pictures(page)] == [(4, b"first")]
            hub.say(gate, "covered")
            assert (await said(page, "state"))["rows"][0][:2] == [4, "covered"]
            await want(page)  # hidden: nothing is asked for
            await until(lambda: not hub.held())
        assert hub.held() == {}

    play(scenario)


def test_a_page_that_leaves_lets_go_of_its_cameras(
    port: int, hub: FakeHub, cameras: dict[str, str], key: Key
) -> None:
    async def scenario() -> None:
        async with connect(address(port), additional_headers=key("wall")) as page:
            await want(page, {"n": 0, "id": cameras["东门"]})
            await until(lambda: bool(hub.held()))
        await until(lambda: not hub.held())

    play(scenario)


@pytest.mark.parametrize(
    ("role", "community", "code"),
    [
        ("source", "demo", 4403),  # the role may not
        ("secretary", "demo", 4403),  # confirms viewings, and watches none
        ("wall", "other", 4404),  # not its community
        ("wall", "nowhere", 4404),
    ],
)
def test_who_may_not_watch_is_closed_before_anything_is_said(
    port: int, hub: FakeHub, key: Key, role: str, community: str, code: int
) -> None:
    async def scenario() -> None:
        async with connect(address(port, community), additional_headers=key(role)) as page:
            with pytest.raises(ConnectionClosed) as closed:
                await page.recv()
            assert closed.value.rcvd is not None and closed.value.rcvd.code == code
        async with connect(address(port)) as page:
            with pytest.raises(ConnectionClosed) as closed:
                await page.recv()
            assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401

    play(scenario)


def test_a_page_of_another_site_cannot_open_the_socket(port: int, hub: FakeHub, key: Key) -> None:
    async def scenario() -> None:
        for origin in ("http://evil.example", "null", f"http://127.0.0.1:{port + 1}"):
            headers = {**key("wall"), "Origin": origin}
            with pytest.raises(InvalidStatus) as refused:
                await connect(address(port), additional_headers=headers)
            assert refused.value.response.status_code == 403

    play(scenario)


def test_a_camera_of_another_community_is_refused_as_if_it_did_not_exist(
    port: int, hub: FakeHub, cameras: dict[str, str], key: Key
) -> None:
    async def scenario() -> None:
        async with connect(address(port), additional_headers=key("wall")) as page:
            for camera in (cameras["别处"], "no-such-camera"):
                await want(page, {"n": 1, "id": camera}, {"n": 2, "id": cameras["东门"]})
                refused = await said(page, "refused")
                assert (refused["n"], refused["code"]) == (1, "not_found")
            assert set(hub.held()) == {cameras["东门"]}

    play(scenario)


def test_an_officer_of_one_grid_watches_the_cameras_of_that_grid_alone(
    port: int,
    hub: FakeHub,
    cameras: dict[str, str],
    store: Store,
    sessions: Sessions,
    officer: dict[str, str],
) -> None:
    west = device(store, cameras["西门"])
    account = {"account_id": "officer1", "community_id": "demo", "login": "officer1"}

    def narrow(tx: Any) -> None:
        stamp = {"event_kind": "changed", "happened_at": tx.now, "actor": "cli"}
        grid = {"role": "duty_officer", "area_ids": ["grid-1"]}
        area = {"area_id": "grid-1", "community_id": "demo", "level": "grid", "name_zh": "一格"}
        made = {"source": "t", "source_id": "g", "content_hash": ""}
        tx.append("area", [{**stamp, **area, **made}])
        tx.append("account", [{**stamp, **account, **grid}])
        tx.append("device", [{**west, **stamp, "area_id": "grid-1"}])

    store.write(narrow).result()

    async def scenario() -> None:
        async with connect(address(port), additional_headers=officer) as page:
            rows = (await said(page, "cameras"))["rows"]
            assert [row["name_zh"] for row in rows] == ["西门"]
            await want(page, *({"n": n, "id": each} for n, each in enumerate(cameras.values())))
            await until(lambda: bool(hub.held()))
            assert set(hub.held()) == {cameras["西门"]}

    play(scenario)


def test_a_session_that_ends_takes_its_pictures_with_it_within_a_second(
    port: int,
    app: FastAPI,
    hub: FakeHub,
    cameras: dict[str, str],
    sessions: Sessions,
    officer: dict[str, str],
) -> None:
    async def scenario() -> None:
        async with connect(address(port), additional_headers=officer) as page:
            await want(page, {"n": 0, "id": cameras["东门"]})
            await until(lambda: bool(hub.held()))
            on_loop(app, hub, cameras["东门"])
            await pictures(page)
            began = time.monotonic()
            await asyncio.to_thread(sessions.end_all, "account", "officer1")
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    await page.recv()
            assert time.monotonic() - began < 1
            assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401
            assert hub.held() == {}

    play(scenario)


def test_a_removed_camera_is_taken_from_the_page(
    port: int, hub: FakeHub, cameras: dict[str, str], store: Store, key: Key
) -> None:
    row = device(store, cameras["东门"])

    def remove(tx: Any) -> None:
        stamp = {"event_kind": "removed", "happened_at": tx.now, "actor": "cli"}
        tx.append("device", [{**row, **stamp, "removed_at": tx.now}])

    async def scenario() -> None:
        async with connect(address(port), additional_headers=key("wall")) as page:
            assert len((await said(page, "cameras"))["rows"]) == 3
            await want(page, {"n": 0, "id": cameras["东门"]})
            await until(lambda: bool(hub.held()))
            await asyncio.to_thread(lambda: store.write(remove).result())
            assert len((await said(page, "cameras"))["rows"]) == 2
            assert (await said(page, "refused"))["code"] == "not_found"
            assert hub.held() == {}

    play(scenario)


def test_one_camera_by_itself_asks_for_purpose_and_reason_and_stands_in_the_register(
    port: int, app: FastAPI, hub: FakeHub, cameras: dict[str, str], officer: dict[str, str]
) -> None:
    gate = cameras["东门"]

    async def scenario() -> None:
        async with connect(address(port), additional_headers=officer) as page:
            await want(page, {"n": 0, "id": gate, "alone": ["incident", " "]})
            assert (await said(page, "refused"))["n"] == 0
            assert hub.held() == {}
            await want(page, {"n": 0, "id": gate, "alone": ["incident", "东门有人摔倒"]})
            await until(lambda: bool(hub.held()))
            (row,) = app.state.viewings.open_now("demo")
            assert (row["mode"], row["device_id"], row["purpose"]) == ("single", gate, "incident")
            await want(page, {"n": 0, "id": gate})
            await until(lambda: app.state.viewings.open_now("demo")[0]["mode"] == "wall")
        await until(lambda: not app.state.viewings.open_now("demo"))

    play(scenario)
