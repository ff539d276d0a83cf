"""What scenes tell becomes alarms, in order, once, and over with the last that sees it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI

from actions.cameras.detection_records import detections_of
from actions.cameras.scenes import SceneDesk, SceneDraft
from actions.intake.recording import record, record_community
from actions.vault import Vault
from api import camera_scenes
from api.camera_hub import CameraRegister
from api.camera_scenes import SceneAlarms
from api.services import Services
from cameras.hub import CameraHub
from cameras.model import CameraScenes, SceneEvent, SceneNews
from data.errors import StoreBusy
from data.store import Store
from rules.detections import Evidence
from rules.records import CommunityRecord, DeviceRecord
from rules.scenes import FINDINGS, Scene
from settings import Settings
from tests.cameras.camera_server import BRISK
from tests.rights_stage import officer

ZONE = ((0.1, 0.1), (0.9, 0.1), (0.5, 0.9))
LINE = ((0.1, 0.1), (0.9, 0.1))
SEEN = Evidence("two-averages/1", {"seconds": 30.0}, 0.7, picture=b"a picture", width=8, height=8)
START_MS = round((time.time() - 600) * 1_000)


class Scenes:
    """Where news come from; keeps what it was told to watch."""

    on_news: Callable[[SceneNews], None] | None = None

    def configure(self, wanted: dict[str, CameraScenes]) -> None:
        self.wanted = wanted


@pytest.fixture
def camera_id(store: Store) -> str:
    record_community(store, CommunityRecord(community_id="demo", name_zh="社区")).result()
    row = DeviceRecord(source_id="c1", kind="camera", name_zh="东门 1号")
    return str(record(store, "devices", "demo", "t", [row]).result()[0].id)


def drawn(camera_id: str) -> dict[str, CameraScenes]:
    lanes = tuple(Scene(each, camera_id, "occupancy", ZONE) for each in ("a", "b"))
    fence = Scene("f", camera_id, "crossing", LINE)
    return {camera_id: CameraScenes("demo", "Asia/Shanghai", (*lanes, fence))}


def news(camera_id: str, scene_id: str, event: SceneEvent, second: int, why: str = "") -> SceneNews:
    finding = FINDINGS["crossing" if scene_id == "f" else "occupancy"]
    at_ms, seen = START_MS + 1_000 * second, SEEN if event == "began" else None
    return SceneNews(camera_id, scene_id, event, finding, at_ms, 0.7, why, seen)


def alarms(store: Store) -> list[tuple[str, str, bool]]:
    """Kind, number of signals and whether it is over, of every alarm."""
    rows = store.cursor().execute(
        "from alarm_now select kind, signals, cleared_at is not null order by alarm_id"
    )
    return cast(list[tuple[str, str, bool]], rows.fetchall())


def evidence(store: Store) -> list[tuple[str, int]]:
    """Scene and number of detections of it, of the alarms there are."""
    rows = store.cursor().execute("from alarm_now select alarm_id").fetchall()
    found = detections_of(store, [alarm_id for (alarm_id,) in rows])
    return sorted((row["scene_id"], row["n"]) for rows in found.values() for row in rows)


def told(store: Store, vault: Vault, camera_id: str, *all_news: SceneNews) -> None:
    """Have alarms made of news, and wait until the store has them."""

    async def play() -> None:
        scenes = Scenes()
        made = SceneAlarms(store, vault.keyring, cast(Any, scenes))
        made.start()
        made.configure(drawn(camera_id))
        assert scenes.on_news is not None
        for each in all_news:
            scenes.on_news(each)
        async with asyncio.timeout(20):
            while made.waits:
                await asyncio.sleep(0.01)
        await made.stop()
        assert scenes.on_news is None

    asyncio.run(play())


def test_an_obstruction_is_an_alarm_until_the_last_scene_that_saw_it_is_free(
    store: Store, vault: Vault, camera_id: str
) -> None:
    begun = [news(camera_id, "a", "began", 0), news(camera_id, "b", "began", 2)]
    told(store, vault, camera_id, *begun, news(camera_id, "a", "cleared", 30))
    assert alarms(store) == [("fire_lane", 2, False)]
    over = [news(camera_id, "a", "cleared", 30), news(camera_id, "b", "cleared", 40)]
    told(store, vault, camera_id, *begun, *over)
    assert alarms(store) == [("fire_lane", 2, True)]
    assert evidence(store) == [("a", 1), ("b", 1)], "told again, they are known"


def test_a_crossing_stays_until_a_person_looks(store: Store, vault: Vault, camera_id: str) -> None:
    told(
        store,
        vault,
        camera_id,
        news(camera_id, "f", "began", 0),
        news(camera_id, "f", "cleared", 0),
    )
    assert alarms(store) == [("perimeter", 1, False)]


def test_a_new_process_that_never_saw_it_clears_nothing(
    store: Store, vault: Vault, camera_id: str
) -> None:
    steps = [
        news(camera_id, "a", "began", 0),
        news(camera_id, "a", "learning", 20, "started"),
        news(camera_id, "a", "watching", 24),
        news(camera_id, "a", "cleared", 30),
    ]
    told(store, vault, camera_id, *steps)
    assert alarms(store) == [("fire_lane", 1, False)]


def test_a_switch_to_infrared_keeps_what_stands(store: Store, vault: Vault, camera_id: str) -> None:
    steps = [
        news(camera_id, "a", "learning", 0, "started"),
        news(camera_id, "a", "began", 5),
        news(camera_id, "a", "learning", 20, "light_switched"),
        news(camera_id, "a", "watching", 24),
        news(camera_id, "a", "cleared", 30),
    ]
    told(store, vault, camera_id, *steps)
    assert alarms(store) == [("fire_lane", 1, True)]


def test_news_of_a_camera_without_scenes_are_dropped(
    store: Store, vault: Vault, camera_id: str
) -> None:
    told(store, vault, camera_id, news("gone", "a", "began", 0))
    assert alarms(store) == []


def test_a_busy_store_delays_an_alarm_and_loses_none(
    store: Store, vault: Vault, camera_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, busy = camera_scenes.report_detection, [StoreBusy(), ValueError(), None, None]

    def slow(*args: Any, **more: Any) -> Future[Any]:
        failure = busy.pop(0)
        if failure is not None:
            raise failure
        return report(*args, **more)

    monkeypatch.setattr(camera_scenes, "report_detection", slow)
    monkeypatch.setattr(camera_scenes, "RETRY_S", 0.01)
    # The first waits for the store and fails for good then; the second is not lost with it.
    told(
        store, vault, camera_id, news(camera_id, "a", "began", 0), news(camera_id, "f", "began", 1)
    )
    assert alarms(store) == [("perimeter", 1, False)]
    assert len(busy) == 1


def test_an_alarm_stands_whatever_becomes_of_what_it_was_found_by(
    store: Store, vault: Vault, camera_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, fates = camera_scenes.keep_detection, [ValueError(), StoreBusy(), None]

    def failing(*args: Any) -> Future[Any]:
        assert alarms(store), "the alarm is on disk before"
        failure = fates.pop(0)
        if failure is not None:
            raise failure
        return keep(*args)

    monkeypatch.setattr(camera_scenes, "keep_detection", failing)
    monkeypatch.setattr(camera_scenes, "RETRY_S", 0.01)
    # What is lost with the first is its record only; the second waits for the store.
    steps = [news(camera_id, "a", "began", 0), news(camera_id, "f", "began", 1)]
    told(store, vault, camera_id, *steps)
    assert alarms(store) == [("fire_lane", 1, False), ("perimeter", 1, False)]
    assert evidence(store) == [("f", 1)] and fates == []


def test_a_scene_that_is_drawn_reaches_the_hub_and_one_removed_leaves_it(
    store: Store, vault: Vault, camera_id: str, tmp_path: Any
) -> None:
    parts = SimpleNamespace(store=store, keyring=vault.keyring, settings=Settings(var=tmp_path))
    desk = SceneDesk(store, vault.audit, officer("admin"), "demo")
    typed = {"name": "车道", "kind": "occupancy", "points": str([list(p) for p in ZONE]),
             "direction": "any", "seconds": "60", "sensitivity": "50"}  # fmt: skip

    async def play() -> None:
        hub = CameraHub(BRISK)
        wanted: list[dict[str, CameraScenes]] = []
        hub.scenes.configure = lambda each: wanted.append(dict(each))  # type: ignore[assignment]
        register = CameraRegister(cast(Services, parts), hub)
        await register.start()
        try:
            async with asyncio.timeout(20):
                while not wanted:
                    await asyncio.sleep(0.01)
                assert wanted == [{}]
                draft = SceneDraft(camera_id, typed)
                scene_id = await asyncio.to_thread(desk.save, draft)
                while len(wanted) < 2:
                    await asyncio.sleep(0.01)
                (scene,) = wanted[1][camera_id].scenes
                assert (scene.scene_id, scene.points) == (scene_id, ZONE)
                version = desk.of_camera(camera_id)[0]["version"]
                await asyncio.to_thread(desk.remove, scene_id, version)
                while len(wanted) < 3:
                    await asyncio.sleep(0.01)
                assert wanted[2] == {}
        finally:
            await register.stop()

    asyncio.run(play())


def test_the_ground_is_for_whoever_keeps_the_records(
    port: int, app: FastAPI, camera_id: str, key: Callable[..., dict[str, str]]
) -> None:
    address = f"http://127.0.0.1:{port}/cameras/{camera_id}/ground.jpg"
    expected = [({}, 401), (key("wall"), 403), (key("source"), 403)]
    for headers, status in expected:
        sent = {**headers, "Sec-Fetch-Mode": "no-cors"}
        assert httpx.get(address, headers=sent).status_code == status
