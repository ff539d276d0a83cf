"""One camera for other software: rights, bounds, framing, and no old picture as the present."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from PIL import Image

from actions.users.sessions import Sessions
from api import camera_streams
from tests.api.camera_stage import cameras, hub, loop_of_the_server, officer, on_loop
from tests.api.fake_hub import JPEG, FakeHub

Key = Callable[..., dict[str, str]]
__all__ = ["cameras", "hub", "loop_of_the_server", "officer"]  # fixtures
HEAD = camera_streams.PART_HEAD


@pytest.fixture
def gate(cameras: dict[str, str]) -> str:
    """The id of the camera at the east gate."""
    return cameras["东门"]


@pytest.fixture
def frames(app: FastAPI, hub: FakeHub, gate: str) -> Iterator[None]:
    """The camera at the gate sends twenty frames a second while it is watched."""
    over = threading.Event()

    def send() -> None:
        while not over.wait(0.05):
            if hub.held():
                on_loop(app, hub, gate)

    thread = threading.Thread(target=send)
    thread.start()
    yield
    over.set()
    thread.join()


def address(port: int, camera_id: str, kind: str) -> str:
    return f"http://127.0.0.1:{port}/cameras/{camera_id}.{kind}"


def read(stream: httpx.Response, least: int) -> bytes:
    data = b""
    for part in stream.iter_raw():
        data += part
        if len(data) >= least:
            break
    return data


def released(hub: FakeHub) -> bool:
    deadline = time.monotonic() + 5
    while hub.held() and time.monotonic() < deadline:
        time.sleep(0.01)
    return not hub.held()


def test_a_still_is_the_newest_picture_with_its_time(
    port: int, hub: FakeHub, gate: str, key: Key, frames: None
) -> None:
    answer = httpx.get(address(port, gate, "jpg"), headers=key("wall"))
    assert (answer.status_code, answer.content) == (200, JPEG)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    assert abs(float(answer.headers["x-captured-at"]) - time.time()) < 5
    assert released(hub)


def test_a_stalled_camera_has_no_still(
    port: int, hub: FakeHub, gate: str, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_streams, "FIRST_S", 0.1)
    hub.show(gate, age_s=60)
    answer = httpx.get(address(port, gate, "jpg"), headers=key("wall"))
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "camera_not_live"
    assert released(hub)


def test_the_head_of_the_next_part_follows_each_picture_at_once(
    port: int, hub: FakeHub, gate: str, key: Key, frames: None
) -> None:
    with httpx.stream("GET", address(port, gate, "mjpeg"), headers=key("wall")) as stream:
        assert stream.headers["content-type"] == "multipart/x-mixed-replace; boundary=frame"
        data = read(stream, 3 * len(HEAD + JPEG))
    assert data.startswith(HEAD + JPEG + b"\r\n" + HEAD)
    assert b"Content-Length" not in data
    assert released(hub)


def test_a_stream_of_a_stalled_camera_says_so_in_a_picture(
    port: int, hub: FakeHub, gate: str, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_streams, "REPEAT_S", 0.05)
    hub.show(gate, b"an old picture", age_s=60)
    hub.say(gate, "stalled")
    with httpx.stream("GET", address(port, gate, "mjpeg"), headers=key("wall")) as stream:
        data = read(stream, 2_000)
    assert b"an old picture" not in data
    picture = data.removeprefix(HEAD).split(b"\r\n--frame")[0]
    assert Image.open(io.BytesIO(picture)).size == (640, 360)


def test_a_session_that_ends_ends_its_streams_within_a_second(
    port: int,
    app: FastAPI,
    hub: FakeHub,
    gate: str,
    sessions: Sessions,
    officer: dict[str, str],
    frames: None,
) -> None:
    why = {"purpose": "incident", "reason": "东门有人摔倒"}
    link = address(port, gate, "mjpeg")
    with httpx.stream("GET", link, params=why, headers=officer, timeout=5) as stream:
        parts = stream.iter_raw()
        next(parts)
        (row,) = app.state.viewings.open_now("demo")
        assert (row["mode"], row["purpose"]) == ("single", "incident")
        began = time.monotonic()
        sessions.end_all("account", "officer1")
        for _ in parts:
            pass
        assert time.monotonic() - began < 1
    assert released(hub)
    assert app.state.viewings.open_now("demo") == []


@pytest.mark.parametrize("kind", ["jpg", "mjpeg"])
def test_who_may_not_watch_gets_nothing(
    port: int, hub: FakeHub, cameras: dict[str, str], key: Key, officer: Any, kind: str
) -> None:
    gate, other = cameras["东门"], cameras["别处"]
    expected = [
        (gate, {}, 401),
        (gate, key("source"), 403),
        (other, key("wall"), 404),
        ("no-such", key("wall"), 404),
        (cameras["车库"], key("wall"), 503),  # it has no source yet
        (gate, officer, 403),  # an account says why
    ]
    for camera, headers, status in expected:
        sent = {**headers, "Sec-Fetch-Mode": "no-cors"}
        answer = httpx.get(address(port, camera, kind), headers=sent)
        assert answer.status_code == status, (camera, headers)
    assert hub.held() == {}


def test_a_viewer_has_a_bound_of_streams(
    port: int,
    app: FastAPI,
    hub: FakeHub,
    gate: str,
    key: Key,
    frames: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app.state.camera_sockets, "_most", 1)
    header, link = key("wall"), address(port, gate, "mjpeg")
    with httpx.stream("GET", link, headers=header) as stream:
        parts = stream.iter_raw()  # a name, for a forgotten one closes the stream
        next(parts)
        assert httpx.get(link, headers=header, timeout=5).status_code == 429
    assert released(hub)
    assert httpx.get(address(port, gate, "jpg"), headers=header).status_code == 200
