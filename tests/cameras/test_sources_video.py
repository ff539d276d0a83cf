"""RTSP cameras from a real server of GStreamer's, and films: decoded, cut off, refused."""

from __future__ import annotations

import asyncio
import dataclasses
import shutil
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
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

SERVER = Path(__file__).parent / "rtsp_server.py"
SOON_S = 25.0
# Decoders want more patience than pass-through: a loaded machine takes a second to open one.
TIMING = Timing(**{**BRISK.as_message(), "restart_s": 4.0, "connect_s": 4.0, "ladder_s": (0.05,)})
MOVING = "videotestsrc is-live=true pattern=ball ! video/x-raw,width=640,height=360,framerate=25/1"
H264 = "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 ! rtph264pay name=pay0 pt=96"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _served(port: int, account: str = "-") -> subprocess.Popen[str]:
    command = ["/usr/bin/python3", str(SERVER), str(port), account, f"/ball={MOVING} ! {H264}"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


@pytest.fixture(scope="module")
def rtsp() -> Iterator[int]:
    """The port of an RTSP server with the stream /ball; skips where GStreamer's is absent."""
    there = ["/usr/bin/python3", "-c", "import gi; gi.require_version('GstRtspServer', '1.0')"]
    if shutil.which("/usr/bin/python3") is None or subprocess.run(there, check=False).returncode:
        pytest.skip("gir1.2-gst-rtsp-server-1.0 is absent")
    port = _free_port()
    process = _served(port, "admin:geheim")
    yield port
    process.kill()
    process.wait()


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
        port = _free_port()
        process = await asyncio.to_thread(_served, port)
        timing = Timing(**{**TIMING.as_message(), "restart_s": 1.0, "ladder_s": (0.05,)})
        taking = Taking(dataclasses.replace(_source(port), user=""), timing)
        try:
            async with _taking(taking, 1) as task:
                process.send_signal(signal.SIGSTOP)
                with pytest.raises(SourceFailed) as failed:
                    await asyncio.wait_for(task, SOON_S)
                return failed.value.reason
        finally:
            process.kill()
            process.wait()

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
