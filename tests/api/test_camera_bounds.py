"""Bounds of the websocket of pictures: hostile pages, too many of them, and no pictures at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.api.camera_stage import (
    address,
    cameras,
    hub,
    loop_of_the_server,
    on_loop,
    pictures,
    play,
    said,
    until,
    want,
)
from tests.api.fake_hub import FakeHub

Key = Callable[..., dict[str, str]]
__all__ = ["cameras", "hub", "loop_of_the_server"]  # fixtures


@pytest.mark.parametrize(
    "sent",
    [
        "no json",
        "[]",
        '{"t": "want"}',
        '{"t": "want", "tiles": [{"n": 0}]}',
        '{"t": "ack", "n": "x"}',
        '{"t": "ack", "n": 999999}',
        "{" * 5_000,
        b"\x00\xff",
    ],
)
def test_whatever_a_page_sends_costs_nobody_anything(
    port: int, app: FastAPI, hub: FakeHub, cameras: dict[str, str], key: Key, sent: str | bytes
) -> None:
    async def scenario() -> None:
        async with connect(address(port), additional_headers=key("wall")) as page:
            await page.send(sent)
            await want(page, {"n": 0, "id": cameras["东门"]})
            await until(lambda: bool(hub.held()))
            on_loop(app, hub, cameras["东门"])
            assert await pictures(page)

    play(scenario)


def test_a_viewer_has_a_bound_of_pages(
    port: int, app: FastAPI, hub: FakeHub, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.state.camera_sockets, "_most", 1)
    header = key("wall")

    async def scenario() -> None:
        async with connect(address(port), additional_headers=header) as page:
            await said(page, "hello")
            async with connect(address(port), additional_headers=header) as second:
                with pytest.raises(ConnectionClosed) as closed:
                    await second.recv()
                assert closed.value.rcvd is not None and closed.value.rcvd.code == 4429
            async with connect(address(port), additional_headers=key("wall")) as other:
                await said(other, "hello")

    play(scenario)


def test_an_application_without_pictures_says_so(port: int, key: Key) -> None:
    async def scenario() -> None:
        async with connect(address(port), additional_headers=key("wall")) as page:
            with pytest.raises(ConnectionClosed) as closed:
                await page.recv()
            assert closed.value.rcvd is not None and closed.value.rcvd.code == 4410

    play(scenario)
