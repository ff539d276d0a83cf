"""Drawn scenes in a real worker process: what they tell, and what a new process is told again."""

from __future__ import annotations

import asyncio
import io
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache

import numpy as np
import pytest
import simplejpeg
from PIL import Image

from cameras.detector_file import DetectorFile, DetectorState
from cameras.hub import CameraHub
from cameras.model import CameraScenes, CameraSource, CameraUnknown, SceneNews, Wish
from rules.scenes import Scene
from tests.cameras.camera_server import BRISK, CameraServer
from tests.cameras.scenes import drawing
from tests.cameras.scenes.stage import FPS, Actor, Stage

SOON_S = 30.0
PHONE = CameraSource("p", "phone")
LINE = Scene("line", "p", "crossing", ((0.36, 0.42), (0.56, 0.97)))
LANE = Scene("lane", "p", "occupancy", ((0.1, 0.5), (0.9, 0.5), (0.9, 0.95)), seconds=600)


@cache
def clip() -> list[bytes]:
    """Somebody crosses the line at about five seconds, five pictures a second."""
    way = ((3.0, -20, 100), (8.0, 330, 104))
    stage = Stage(3, 10.0, actors=[Actor(drawing.person(40), way, 0.35)])
    return [
        simplejpeg.encode_jpeg(np.ascontiguousarray(luma[:, :, None]), 85, "GRAY")
        for _, luma in stage.pictures()
    ]


def of(*scenes: Scene) -> dict[str, CameraScenes]:
    return {"p": CameraScenes("demo", "Asia/Shanghai", scenes)}


@asynccontextmanager
async def phone(
    detector: DetectorState | None = None,
) -> AsyncIterator[tuple[CameraHub, list[SceneNews]]]:
    """A hub with a phone nobody watches, which sends the clip over and over."""
    hub, news = CameraHub(BRISK, detector=detector), []
    hub.scenes.on_news = news.append
    await hub.start()
    hub.configure({"p": PHONE})

    async def send() -> None:
        while True:
            for jpeg in clip():
                hub.push("p", jpeg)
                await asyncio.sleep(1 / FPS)

    sending = asyncio.create_task(send())
    try:
        yield hub, news
    finally:
        sending.cancel()
        await hub.stop()


async def until(there: Callable[[], object], within_s: float = SOON_S) -> None:
    async with asyncio.timeout(within_s):
        while not there():
            await asyncio.sleep(0.02)


def events(news: list[SceneNews], scene_id: str) -> list[str]:
    return [each.event for each in news if each.scene_id == scene_id]


def test_a_scene_is_watched_though_nobody_looks_and_by_the_next_process_too() -> None:
    async def play() -> None:
        async with phone() as (hub, news):
            assert hub.scenes.state("line") == "waiting"
            hub.scenes.configure(of(LINE))
            # Each round of the clip is another chance: a busy machine leaves pictures out.
            await until(lambda: "cleared" in events(news, "line"), 120)
            told = events(news, "line")
            assert told[0] == "learning"
            assert told[told.index("cleared") - 2 :][:3] == ["watching", "began", "cleared"]
            assert hub.scenes.state("line") == "watching"
            began = next(each for each in news if each.event == "began")
            assert (began.camera_id, began.finding) == ("p", "crossing")
            assert 0 < began.confidence <= 1
            assert began.evidence is not None and began.evidence.method == "band-blobs/1"
            assert began.evidence.parameters["sensitivity"] == 0.5
            assert 0 < began.evidence.width <= 320 and began.evidence.picture
            assert began.evidence.thing is None, "no model was handed over"
            assert {each.evidence for each in news if each.event != "began"} == {None}
            assert "light_switched" not in {each.reason for each in news}
            frame = hub.frame("p")
            assert frame is not None and abs(frame.captured_ms - began.at_ms) < 15_000
            news.clear()
            os.kill(hub.pids[0], signal.SIGKILL)
            await until(lambda: hub.scenes.state("line") == "waiting")
            await until(lambda: "watching" in events(news, "line"))
            assert (news[0].event, news[0].reason) == ("learning", "started")

    asyncio.run(play())


def test_scenes_come_and_go_without_disturbing_each_other() -> None:
    async def play() -> None:
        missing = DetectorFile("/nowhere/yard.onnx", ((2, "car"),), 640)
        async with phone(DetectorState(missing)) as (hub, news):
            hub.scenes.configure(of(LINE))
            await until(lambda: hub.scenes.state("line") == "watching")
            assert hub.detector.trouble == "detector_missing", "and the scenes go on without it"
            hub.scenes.configure(of(LINE, LANE))
            assert hub.scenes.state("line") == "watching", "it goes on undisturbed"
            await until(lambda: hub.scenes.state("lane") == "learning")
            assert "learning" not in events(news, "line")[1:]
            news.clear()
            hub.scenes.relearn("p", "line")
            await until(lambda: news and news[-1].reason == "asked")
            hub.scenes.configure(of(LANE))
            assert hub.scenes.state("line") == "waiting"
            assert hub.condition("p").frame_ms is not None
            hub.scenes.configure({})
            await until(lambda: hub.condition("p").state == "unknown")  # nobody watches

    asyncio.run(play())


def test_scenes_wait_for_a_camera_that_is_not_on_record_yet() -> None:
    async def play() -> None:
        async with phone() as (hub, _):
            hub.configure({})
            hub.scenes.configure(of(LINE))
            hub.configure({"p": PHONE})
            hub.scenes.configure(of(LINE))
            await until(lambda: hub.scenes.state("line") == "learning")
            hub.configure({})
            hub.scenes.configure(of(LINE))
            assert hub.scenes.state("line") == "waiting"
            await until(lambda: "p" not in hub.cameras)  # none is kept for its scenes alone

    asyncio.run(play())


def test_a_camera_over_http_is_read_for_its_scenes_alone_and_slowly() -> None:
    async def play() -> None:
        async with CameraServer(fps=30) as server:
            hub, source = CameraHub(BRISK), server.source("live")
            news: list[SceneNews] = []
            hub.scenes.on_news = news.append
            await hub.start()
            hub.configure({"live": source})
            scene = Scene("s", "live", "night", ((0.1, 0.1), (0.9, 0.1), (0.5, 0.9)))
            hub.scenes.configure({"live": CameraScenes("demo", "UTC", (scene,))})
            try:
                await until(lambda: news)
                assert hub.cameras["live"].wish == Wish(320, 4.0)
                assert server.open == 1
                viewer = hub.watch("live", Wish(640, 25.0))
                viewer.close()
                await asyncio.sleep(2 * BRISK.linger_s)
                assert server.open == 1, "the scenes go on when a viewer leaves"
            finally:
                await hub.stop()

    asyncio.run(play())


def test_the_ground_of_a_camera_shows_nobody_who_passes() -> None:
    async def play() -> None:
        async with phone() as (hub, _):
            await asyncio.sleep(3.4)  # somebody walks through the picture from here on
            ground = np.asarray(Image.open(io.BytesIO(await hub.scenes.ground("p"))), np.int16)
            empty = np.asarray(Image.open(io.BytesIO(clip()[2])), np.int16)
            crossed = np.asarray(Image.open(io.BytesIO(clip()[27])), np.int16)
            assert ground.shape == (180, 320)
            assert np.abs(crossed - empty).max() > 70, "the clip has somebody in it"
            assert np.abs(ground - empty)[20:, 40:280].max() < 60
            await until(lambda: hub.condition("p").state == "unknown")
            with pytest.raises(CameraUnknown):
                await hub.scenes.ground("nosuch")

    asyncio.run(play())


@pytest.mark.parametrize(
    "broken",
    [
        {"event": "arrest", "at_ms": 1, "confidence": 0.0, "scene": "line", "reason": ""},
        {"event": "began", "at_ms": "soon", "confidence": 0.0, "scene": "line", "reason": ""},
        {"event": "began", "at_ms": 1, "confidence": 7.0, "scene": "line", "reason": ""},
        {"event": "began"},
        {"event": "began", "at_ms": 1, "confidence": 0.5, "scene": "line", "reason": ""},
        {"event": "began", "at_ms": 1, "confidence": 0.5, "scene": "line", "reason": "",
         "evidence": {"method": "x/1", "parameters": {}, "thing": None, "picture": "AAAA"}},
    ],
)  # fmt: skip
def test_what_no_worker_of_ours_would_say_is_not_believed(broken: dict[str, object]) -> None:
    async def play() -> None:
        hub = CameraHub(BRISK)
        hub.configure({"p": PHONE})
        key = hub.cameras["p"].key
        with pytest.raises((KeyError, TypeError, ValueError)):
            hub.heard(0, {"is": "scene", "key": key, **broken})
        with pytest.raises(ValueError):
            hub.heard(0, {"is": "ground", "key": key, "jpeg": "*"})

    asyncio.run(play())
