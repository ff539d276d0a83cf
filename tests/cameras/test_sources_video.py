"""RTSP cameras from a real server of GStreamer's, and films: decoded, cut off, refused."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import av
import numpy as np
import pytest

from cameras.model import CameraSource, Wish
from cameras.reasons import SourceFailed
from cameras.sources.kinds import run_source
from cameras.sources.rtsp_relay import Replies
from cameras.timing import Timing
from tests.cameras.camera_server import BRISK, Taking
from tests.cameras.far_cameras import (
    FarCamera,
    free_port,
    need_rtsp_server,
    pattern_mount,
    rtsp_cameras,
)

SOON_S = 25.0
# Decoders want more patience than pass-through: a loaded machine takes a second to open one.
TIMING = Timing(**{**BRISK.as_message(), "restart_s": 4.0, "connect_s": 4.0, "ladder_s": (0.05,)})


def _served(port: int, account: str = "-") -> FarCamera:
    served = rtsp_cameras(port, [pattern_mount("/ball", "ball")], account)
    served.start()
    return served


@pytest.fixture(scope="module")
def rtsp() -> Iterator[int]:
    """The port of an RTSP server with the stream /ball."""
    need_rtsp_server()
    port = free_port()
    served = _served(port, "admin:geheim")
    yield port
    served.kill()


def _source(port: int, path: str = "/ball", password: str = "geheim") -> CameraSource:
    url = f"rtsp://127.0.0.1:{port}{path}"
    return CameraSource("c", "rtsp", url, "admin", password, ("127.0.0.1/32",), (port,))


@asynccontextmanager
async def _taking(taking: Taking, least: int) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(run_source(taking))
    async with asyncio.timeout(SOON_S):
        while len(taking.pictures) < least and not task.done():
            await asyncio.sleep(0.02)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


def test_a_stream_is_decoded_in_the_wanted_size(rtsp: int) -> None:
    async def play() -> Taking:
        taking = Taking(_source(rtsp), TIMING)
        async with _taking(taking, 5):
            return taking

    pictures = asyncio.run(play()).pictures
    assert (pictures[0].width, pictures[0].height) == (320, 180)
    assert pictures[0].jpeg[:2] == b"\xff\xd8"
    assert len({each.jpeg for each in pictures}) > 2, "the ball moves"


def test_keyframes_alone_come_once_in_a_while(rtsp: int) -> None:
    async def play() -> int:
        taking = Taking(_source(rtsp), TIMING)
        taking.wish = Wish(320, 25.0, keyframes=True)
        async with _taking(taking, 2):
            begun = len(taking.pictures)
            await asyncio.sleep(2.0)
            return len(taking.pictures) - begun

    assert 1 <= asyncio.run(play()) <= 4  # one a second is sent


@pytest.mark.parametrize(
    ("path", "password", "reason"),
    [("/nosuch", "geheim", "not_found"), ("/ball", "falsch", "unauthorized")],
)
def test_what_the_camera_answers_is_the_reason(
    rtsp: int, path: str, password: str, reason: str
) -> None:
    with pytest.raises(SourceFailed) as failed:
        asyncio.run(run_source(Taking(_source(rtsp, path, password), TIMING)))
    assert failed.value.reason == reason


def test_a_camera_that_hangs_with_its_connection_open_is_cut_off(rtsp: int) -> None:
    async def play() -> str:
        port = free_port()
        served = await asyncio.to_thread(_served, port)
        timing = Timing(**{**TIMING.as_message(), "restart_s": 1.0, "ladder_s": (0.05,)})
        taking = Taking(dataclasses.replace(_source(port), user=""), timing)
        try:
            async with _taking(taking, 1) as task:
                served.hang()
                with pytest.raises(SourceFailed) as failed:
                    await asyncio.wait_for(task, SOON_S)
                return failed.value.reason
        finally:
            served.kill()

    assert asyncio.run(play()) == "no_frame"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"RTSP/1.0 302 Moved\r\nLocation: rtsp://127.0.0.1/x\r\n\r\n", "redirected"),
        # behind a packet, where a careless reader would not look
        (b"$\x00\x00\x04abcdRTSP/1.0 301 Moved\r\n\r\n", "redirected"),
        (b"RTSP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabcRTSP/1.0 305 P\r\n\r\n", "redirected"),
        (b"RTSP/1.0 200 OK\r\n" + b"X: y\r\n" * 4_000, "header_too_long"),
        (b"RTSP/1.0 200 OK\r\nContent-Length: 9999999\r\n\r\n", "part_too_large"),
    ],
)
def test_a_redirect_never_reaches_the_decoder(answer: bytes, reason: str) -> None:
    for step in (len(answer), 7):
        replies = Replies()
        with pytest.raises(SourceFailed, match=reason):
            for start in range(0, len(answer), step):
                replies.feed(answer[start : start + step])


MOVED = b"RTSP/1.0 302 Moved\r\nCSeq: 1\r\nLocation: rtsp://127.0.0.2/x\r\n\r\n"
# What a hostile camera says, in pieces 50 ms apart; then it says nothing more and stays.
HOSTILE = {
    "noise": (lambda: iter([bytes(range(1, 256)) * 200]), "header_too_long"),
    "endless": (lambda: itertools.repeat(b"RTSP/1.0 200 OK X: y\r\n" * 99), "header_too_long"),
    "a byte at a time": (lambda: itertools.repeat(b"R"), "too_slow"),
    "redirect": (lambda: iter([MOVED]), "redirected"),
    "mute": (lambda: iter([b""]), "no_frame"),
}


@pytest.mark.parametrize(("said", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_camera_over_rtsp_is_given_up_with_its_reason(
    said: Callable[[], Iterator[bytes]], reason: str
) -> None:
    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            for piece in said():
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.05)
            await asyncio.sleep(SOON_S)

    async def play() -> str:
        timing = Timing(**{**TIMING.as_message(), "connect_s": 0.6})
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        taking = Taking(_source(server.sockets[0].getsockname()[1]), timing)
        with pytest.raises(SourceFailed) as failed:
            await asyncio.wait_for(run_source(taking), SOON_S)
        server.close()
        return failed.value.reason

    assert asyncio.run(play()) == reason


def _film(path: Path, frames: int = 10) -> None:
    draw = np.random.default_rng(5)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuvj420p"
        for _ in range(frames):
            picture = draw.integers(0, 255, (18, 32, 3), dtype=np.uint8).repeat(10, 0).repeat(10, 1)
            frame = av.VideoFrame.from_ndarray(picture, "bgr24")
            container.mux(stream.encode(frame.reformat(format="yuvj420p")))
        container.mux(stream.encode())


def test_a_film_is_played_in_its_own_time_again_and_again(tmp_path: Path) -> None:
    _film(tmp_path / "gate.avi")

    async def play() -> Taking:
        taking = Taking(CameraSource("c", "file", "gate.avi"), TIMING)
        taking.folder = tmp_path
        async with _taking(taking, 15):
            return taking

    pictures = asyncio.run(play()).pictures
    assert pictures[0].jpeg == pictures[10].jpeg != pictures[1].jpeg


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nosuch.avi", "file_missing"),
        ("../secret.avi", "file_outside"),
        ("/etc/passwd", "file_outside"),
        ("link.avi", "file_outside"),
        ("list.m3u8", "decoder"),
        ("text.avi", "decoder"),
    ],
)
def test_only_films_in_their_folder_are_played(tmp_path: Path, name: str, reason: str) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    _film(tmp_path / "secret.avi", 2)
    (folder / "link.avi").symlink_to(tmp_path / "secret.avi")
    playlist = f"#EXTM3U\n#EXTINF:1\n{tmp_path / 'secret.avi'}\n#EXT-X-ENDLIST\n"
    (folder / "list.m3u8").write_text(playlist, encoding="utf-8")
    (folder / "text.avi").write_text("no film at all" * 100, encoding="utf-8")
    taking = Taking(CameraSource("c", "file", name), TIMING)
    taking.folder = folder
    with pytest.raises(SourceFailed) as failed:
        asyncio.run(run_source(taking))
    assert failed.value.reason == reason
    assert taking.pictures == []
