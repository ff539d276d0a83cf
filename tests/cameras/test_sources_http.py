"""HTTP cameras: what good ones send arrives, what hostile ones do is refused with its reason."""

from __future__ import annotations

import asyncio

import pytest

from cameras.model import SourceKind
from cameras.reasons import SourceFailed
from cameras.sources.kinds import run_source
from tests.cameras.camera_server import BRISK, CameraServer, Taking, jpeg

SOON_S = 5.0


async def _taken(
    server: CameraServer, path: str, kind: SourceKind = "mjpeg", user: str = "", least: int = 3
) -> Taking:
    taking = Taking(server.source(path, kind, user))
    task = asyncio.create_task(run_source(taking))
    async with asyncio.timeout(SOON_S):
        while len(taking.pictures) < least and not task.done():
            await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()
    return taking


@pytest.mark.parametrize("path", ["live", "lengthless", "chunked"])
def test_pictures_of_a_stream_are_passed_on_byte_for_byte(path: str) -> None:
    async def play() -> Taking:
        async with CameraServer() as server:
            return await _taken(server, path)

    taking = asyncio.run(play())
    assert [each.jpeg for each in taking.pictures[:3]] == [jpeg(0), jpeg(1), jpeg(2)]
    assert (taking.pictures[0].width, taking.pictures[0].height) == (320, 180)


@pytest.mark.parametrize("path", ["basic", "digest"])
def test_a_camera_that_asks_for_a_password_gets_it_and_only_when_it_asks(path: str) -> None:
    async def play() -> list[str]:
        async with CameraServer() as server:
            assert (await _taken(server, path, user="admin")).pictures
            return server.asked

    first, second = asyncio.run(play())
    assert "Authorization" not in first
    assert f"Authorization: {path.capitalize()}" in second
    assert path == "basic" or "geheim" not in second


def test_snapshots_are_asked_for_again_and_again() -> None:
    async def play() -> Taking:
        async with CameraServer() as server:
            return await _taken(server, "snapshot", "snapshot", least=2)

    pictures = asyncio.run(play()).pictures
    assert pictures[0].jpeg != pictures[1].jpeg


# Each is refused or given up for what it is; `geheim` never leaves with a redirect.
BAD = [
    ("garbage", "not_jpeg", True),
    ("noise", "header_too_long", True),
    ("bomb", "picture_too_large", True),
    ("hugepart", "part_too_large", True),
    ("endlesshead", "header_too_long", True),
    ("endlesspart", "header_too_long", True),
    ("drip", "too_slow", True),
    ("page", "not_mjpeg", True),
    ("nosuchpath", "not_found", True),
    ("basic", "unauthorized", True),
    ("busy", "server_error", False),
    ("mute", "connect_failed", False),
    ("hanging", "no_frame", False),
    ("brief", "ended", False),
]


BAD_STILLS = [
    ("stillbomb", "picture_too_large", True),
    ("stillgarbage", "not_jpeg", True),
    ("stillhuge", "part_too_large", True),
    ("stillendless", "part_too_large", True),
    ("stilldrip", "too_slow", True),
    ("stillmute", "no_frame", False),
    ("endlesshead", "header_too_long", True),
    ("mute", "connect_failed", False),
]


@pytest.mark.parametrize(
    ("path", "reason", "refused", "kind"),
    [(*each, "mjpeg") for each in BAD] + [(*each, "snapshot") for each in BAD_STILLS],
)
def test_a_bad_source_ends_with_its_reason(
    path: str, reason: str, refused: bool, kind: SourceKind
) -> None:
    async def play() -> SourceFailed:
        async with CameraServer() as server:
            with pytest.raises(SourceFailed) as failed:
                source = server.source(path, kind)
                await asyncio.wait_for(run_source(Taking(source)), SOON_S)
            async with asyncio.timeout(SOON_S):
                while server.open:
                    await asyncio.sleep(0.01)  # and its connection is closed
            return failed.value

    failed = asyncio.run(play())
    assert (failed.reason, failed.refused) == (reason, refused)


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2:8080/live",  # loopback, yet not the network that was allowed
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:8080/live",
        "http://localhost:25/live",
        "file:///etc/passwd",
        "rtsp://127.0.0.1/live",
    ],
)
def test_a_redirect_is_checked_like_the_address_itself(target: str) -> None:
    async def play() -> str:
        async with CameraServer() as server:
            server.redirect_to = target
            with pytest.raises(SourceFailed) as failed:
                await run_source(Taking(server.source("led", user="admin")))
            return failed.value.reason

    assert asyncio.run(play()) == "address"


def test_a_redirect_within_the_camera_is_followed_but_not_for_ever() -> None:
    async def play() -> str:
        async with CameraServer() as server:
            server.redirect_to = "/live"
            assert (await _taken(server, "led")).pictures
            server.redirect_to = "/led"
            with pytest.raises(SourceFailed) as failed:
                await run_source(Taking(server.source("led")))
            return failed.value.reason

    assert asyncio.run(play()) == "too_many_redirects"


def test_an_address_outside_the_allowed_networks_is_not_connected_to() -> None:
    async def play() -> list[str]:
        async with CameraServer() as server:
            source = server.source("live")
            strange = type(source)("c", "mjpeg", source.url, ports=source.ports)
            with pytest.raises(SourceFailed, match="address"):
                await run_source(Taking(strange, BRISK))
            return server.asked

    assert asyncio.run(play()) == []
