"""The hub with a real worker process and real sources on loopback."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from cameras.hub import CameraHub
from cameras.model import CameraSource, CameraUnknown, Frame, State, Wish
from cameras.timing import Timing
from tests.cameras.camera_server import BRISK, CameraServer, jpeg

SOON_S = 20.0
FAST = Wish(320, 50.0)
# Where connections are counted, a pause of this machine must not look like a camera that hangs.
PATIENT = replace(BRISK, restart_s=60.0, hang_s=60.0, connect_s=20.0)


@asynccontextmanager
async def _hub(*sources: CameraSource, timing: Timing = BRISK) -> AsyncIterator[CameraHub]:
    hub = CameraHub(timing)
    await hub.start()
    hub.configure({source.camera_id: source for source in sources})
    try:
        yield hub
    finally:
        await hub.stop()


async def _until(there: Callable[[], object], within_s: float = SOON_S) -> None:
    async with asyncio.timeout(within_s):
        while not there():
            await asyncio.sleep(0.01)


async def _state(hub: CameraHub, camera_id: str, *states: State) -> None:
    await _until(lambda: hub.condition(camera_id).state in states)


def test_a_source_is_started_once_for_many_viewers_and_ends_after_the_last() -> None:
    async def play() -> None:
        async with CameraServer() as server, _hub(server.source("live"), timing=PATIENT) as hub:
            assert hub.condition("live").state == "unknown"
            assert hub.frame("live") is None
            frames: list[Frame] = []
            one = hub.watch("live", FAST, frames.append)
            two = hub.watch("live", Wish(160, 1.0))
            await _until(lambda: len(frames) > 3)
            assert server.open == 1
            assert [each.number for each in frames[:3]] == [1, 2, 3]
            assert (frames[0].width, frames[0].height) == (320, 180)
            assert abs(time.time() * 1_000 - frames[-1].captured_ms) < 2_000
            one.close()
            one.close()
            count = len(frames)
            newest = hub.frame("live")
            await asyncio.sleep(2 * BRISK.linger_s)
            assert server.open == 1, "one still watches"
            assert len(frames) == count, "who let go is told nothing more"
            two.close()
            three = hub.watch("live", FAST)
            await asyncio.sleep(2 * BRISK.linger_s)
            assert server.open == 1 and len(server.asked) == 1, "back before it was let go"
            three.close()
            await _until(lambda: server.open == 0)
            assert hub.frame("live") is None and newest is not None

    asyncio.run(play())


def test_the_wanted_rate_is_the_highest_anybody_wants() -> None:
    async def play() -> None:
        async with CameraServer(fps=60) as server, _hub(server.source("live")) as hub:
            frames: list[Frame] = []
            slow = hub.watch("live", Wish(320, 4.0), frames.append)
            await _until(lambda: frames)
            begun = len(frames)
            await asyncio.sleep(1.0)
            assert 2 <= len(frames) - begun <= 6
            hub.watch("live", Wish(320, 30.0))
            begun = len(frames)
            await asyncio.sleep(1.0)
            assert len(frames) - begun > 12
            slow.change(Wish(160, 1.0, keyframes=True))

    asyncio.run(play())


def test_each_trouble_is_told_and_costs_nobody_else_a_frame() -> None:
    bad = {
        "bomb": "picture_too_large",
        "endlesshead": "header_too_long",
        "endlesspart": "header_too_long",
        "hugepart": "part_too_large",
        "noise": "header_too_long",
        "drip": "too_slow",
        "nosuchpath": "not_found",
        "garbage": "not_jpeg",
        "led": "address",
    }
    order = {jpeg(number): number for number in range(250)}

    async def play() -> None:
        async with CameraServer() as server:
            server.redirect_to = f"http://127.0.0.2:{server.port}/live"  # loopback, not allowed
            paths = ("live", *bad, "hanging", "brief")
            async with _hub(*(server.source(path) for path in paths)) as hub:
                frames: list[Frame] = []
                hub.watch("live", FAST, frames.append)
                await _until(lambda: len(frames) > 10)  # the process has loaded what it needs
                frames.clear()
                for path in paths[1:]:
                    hub.watch(path, FAST)
                for path, reason in bad.items():
                    await _state(hub, path, "refused")
                    assert hub.condition(path).reason == reason
                    assert hub.frame(path) is None
                await _state(hub, "hanging", "stalled")
                assert hub.condition("hanging").frame_ms is not None
                assert hub.condition("live").state in ("live", "late")
                await _until(lambda: len(frames) > 30)
                sent = [order[frame.jpeg] for frame in frames]
                lost = [(after - before) % 250 - 1 for before, after in itertools.pairwise(sent)]
                assert sum(lost) <= len(sent) / 10, lost  # a busy machine loses one by itself

    asyncio.run(play())


def test_a_camera_that_comes_back_is_live_again_by_itself() -> None:
    async def play() -> None:
        server = CameraServer()
        async with server:
            source = server.source("live")
        async with _hub(source) as hub:
            hub.watch("live", FAST)
            await _until(lambda: hub.condition("live").reason == "connect_failed")
            assert hub.condition("live").state == "stalled"
            async with server:
                await _state(hub, "live", "live")

    asyncio.run(play())


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_worker_that_dies_or_hangs_is_replaced_and_its_cameras_recover(
    blow: signal.Signals,
) -> None:
    async def play() -> None:
        async with CameraServer() as server, _hub(server.source("live")) as hub:
            hub.watch("live", FAST)
            await _state(hub, "live", "live")
            first, number = hub.pids[0], hub.frame("live")
            os.kill(first, blow)
            await _state(hub, "live", "recovering")
            await _state(hub, "live", "live")
            after = hub.frame("live")
            assert hub.pids[0] != first
            assert number is not None and after is not None and after.number > number.number

    asyncio.run(play())


def test_the_register_may_change_while_its_cameras_are_watched() -> None:
    async def play() -> None:
        async with CameraServer() as server:
            live, frozen = server.source("live"), server.source("frozen")
            async with _hub(live, frozen, timing=PATIENT) as hub:
                with pytest.raises(CameraUnknown):
                    hub.watch("nosuch", FAST)
                frames: list[Frame] = []
                hub.watch("live", FAST, frames.append)
                await _state(hub, "live", "live")
                hub.configure({"live": live})
                await _until(lambda: len(frames) > 3)
                assert len(server.asked) == 1, "what is unchanged goes on undisturbed"
                hub.configure({})
                assert hub.condition("live").state == "unknown"
                assert hub.frame("live") is None
                await _until(lambda: server.open == 0)
                hub.configure({"live": live})
                await _state(hub, "live", "live")
                assert frames[-1].number > 3

    asyncio.run(play())


def test_frozen_pictures_are_found_out_and_a_phone_shows_what_it_sends() -> None:
    async def play() -> None:
        async with CameraServer() as server:
            phone = CameraSource("phone", "phone")
            async with _hub(server.source("frozen"), server.source("live"), phone) as hub:
                for camera_id in ("frozen", "live", "phone"):
                    hub.watch(camera_id, FAST)
                await _state(hub, "frozen", "frozen")
                assert hub.condition("live").state in ("live", "late")
                with pytest.raises(CameraUnknown):
                    hub.push("live", jpeg())
                number = 0
                while hub.frame("phone") is None:
                    number += 1
                    hub.push("phone", jpeg(number))
                    await asyncio.sleep(0.02)
                hub.push("phone", b"no picture")
                await _state(hub, "phone", "refused")

    asyncio.run(play())


def test_cameras_nobody_watches_are_looked_at_in_turn() -> None:
    async def play() -> None:
        async with CameraServer() as server:
            timing = type(BRISK)(**{**BRISK.as_message(), "probe_s": 0.5})
            hub = CameraHub(timing)
            await hub.start()
            paths = ("live", "hanging", "nosuchpath", "brief")
            demo = CameraSource("demo", "demo", "camera-181")
            hub.configure({p: server.source(p) for p in paths} | {"demo": demo})
            await _state(hub, "live", "live")
            await _state(hub, "hanging", "frozen")  # it sends the same picture each time
            await _state(hub, "nosuchpath", "refused")
            await _state(hub, "demo", "stalled")
            seen: dict[tuple[str, str], float] = {}

            def long(camera_id: str, outcome: str) -> bool:
                for (each, _), seconds in hub.tally.take().items():
                    for code, value in seconds.items():
                        seen[each, code] = seen.get((each, code), 0.0) + value
                return seen.get((camera_id, outcome), 0.0) > 0.3

            await _until(lambda: long("nosuchpath", "refused"))
            await _until(lambda: long("live", "live"))
            assert ("nosuchpath", "live") not in seen
            assert hub.frame("live") is None, "pictures nobody asked for are not kept"
            await hub.stop()
            assert hub.pids == []

    asyncio.run(play())


def test_passwords_and_addresses_are_not_in_the_arguments_or_variables_of_the_worker() -> None:
    async def play() -> None:
        async with CameraServer() as server:
            source = server.source("digest", user="admin")
            async with _hub(source) as hub:
                hub.watch("digest", FAST)
                await _state(hub, "digest", "live")
                for name in ("cmdline", "environ"):
                    said = Path(f"/proc/{hub.pids[0]}/{name}").read_bytes()
                    assert b"geheim" not in said and b"127.0.0.1" not in said
                    assert b"YIPING_" not in said
                assert "geheim" not in repr(source)

    asyncio.run(play())
