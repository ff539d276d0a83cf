"""The seconds before an alarm, wired: off as it comes, held where named, kept when it rings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI

from actions.cameras.keeping import Keeping
from api import camera_pre_event
from api.camera_hub import CameraRegister
from api.camera_pre_event import PreEvents, pre_events
from api.services import Services
from data.errors import StoreBusy
from settings import Settings
from tests.actions.cameras.hub import picture
from tests.actions.cameras.kept import alarm, named, strips
from tests.actions.cameras.stage import desk, draft
from tests.api.fake_hub import FakeHub
from tests.rights_stage import Stage


def parts(stage: Stage, **cameras: int) -> Services:
    settings = Settings(var=stage.folder, cameras=cameras)
    made = SimpleNamespace(
        store=stage.store, keyring=stage.keyring, audit=stage.audit, settings=settings
    )
    return cast(Services, made)


async def until(done: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not done():
            await asyncio.sleep(0.01)


def test_as_it_comes_nothing_is_held_and_nobody_listens(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera_id = named(register)
    made: list[object] = []
    monkeypatch.setattr(camera_pre_event, "PreEvents", lambda *given: made.append(given))
    given = parts(register)
    assert given.settings.cameras.pre_event_s == 0

    async def play() -> None:
        hub: Any = FakeHub()
        hub.scenes = SimpleNamespace(on_news=None, configure=lambda wanted: None)
        known = CameraRegister(given, hub)
        await known.start()
        try:
            await until(lambda: camera_id in hub.known)
            await asyncio.to_thread(alarm, register)
            await asyncio.sleep(0.3)
            assert hub.watches == []
        finally:
            await known.stop()

    asyncio.run(play())
    assert made == [] and register.sql("from alarm_strip_event") == []


def test_a_named_camera_is_held_while_the_setting_is_on_and_its_record_says_so(
    register: Stage,
) -> None:
    camera_id = named(register)
    given = parts(register, pre_event_s=10, pre_event_mb=1)

    async def play() -> None:
        hub = FakeHub(camera_id, "another")
        events = PreEvents(given, cast(Any, hub))
        events.start()
        await events.follow(hub.known)
        assert set(hub.held()) == {camera_id}
        hub.show(camera_id)
        assert events.rings.size_bytes > 0
        version = register.store.rows("camera/one", device_id=camera_id)[0]["event_id"]
        unnamed = draft(camera_id, version, sign_posted="yes")
        await asyncio.to_thread(desk(register).save, unnamed)
        await events.follow(hub.known)
        assert hub.held() == {} and events.rings.size_bytes == 0
        await events.stop()

    asyncio.run(play())


def test_an_alarm_has_its_seconds_kept_and_stopping_forgets_the_rest(register: Stage) -> None:
    camera_id = named(register)
    given = parts(register, pre_event_s=10)

    async def play() -> None:
        hub = FakeHub(camera_id)
        events = pre_events(given, cast(Any, hub))
        assert events is not None
        events.start()
        await events.follow(hub.known)
        for age_s in (1.5, 1.0, 0.5):
            hub.show(camera_id, picture(), age_s)
        alarm_id = await asyncio.to_thread(alarm, register)
        await until(lambda: strips(register, alarm_id))
        await events.stop()
        assert events.rings.size_bytes == 0 and hub.held() == {}
        (row,) = register.store.rows("alarm_strip/of_alarm", alarm_id=alarm_id)
        assert (row["device_id"], row["pictures"]) == (camera_id, 3)

    asyncio.run(play())


def test_a_hub_that_gives_no_pictures_leaves_the_alarm_alone(register: Stage) -> None:
    camera_id = named(register)
    given = parts(register, pre_event_s=10)

    async def play() -> None:
        events = PreEvents(given, cast(Any, FakeHub()))  # the camera has no source
        events.start()
        await events.follow({camera_id})
        alarm_id = await asyncio.to_thread(alarm, register)
        await asyncio.sleep(0.2)
        await events.stop()
        assert register.store.rows("alarm/one", alarm_id=alarm_id)
        assert strips(register, alarm_id) == []

    asyncio.run(play())


def test_a_busy_store_is_asked_again_and_a_failure_costs_one_alarm_its_pictures(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera_id = named(register)
    given = parts(register, pre_event_s=10)
    keep, outcomes = Keeping.keep, [ValueError(), StoreBusy(), None]

    def slow(self: Keeping, *args: Any) -> int:
        failure = outcomes.pop(0) if outcomes else None
        if failure is not None:
            raise failure
        return keep(self, *args)

    monkeypatch.setattr(Keeping, "keep", slow)
    monkeypatch.setattr(camera_pre_event, "RETRY_S", 0.01)

    async def play() -> None:
        hub = FakeHub(camera_id)
        events = PreEvents(given, cast(Any, hub))
        events.start()
        await events.follow(hub.known)
        hub.show(camera_id, picture(), 1.0)
        first = await asyncio.to_thread(alarm, register, "post-1")
        await until(lambda: len(outcomes) == 2)
        assert strips(register, first) == []
        second = await asyncio.to_thread(alarm, register, "post-2")
        await until(lambda: strips(register, second))
        await events.stop()

    asyncio.run(play())
    assert outcomes == []


def test_only_who_may_watch_cameras_is_answered_and_nothing_unasked_is_shown(
    port: int, app: FastAPI, key: Callable[..., dict[str, str]]
) -> None:
    for address in ("alarm-pictures/nothing/0.jpg", "alarm-pictures/nothing/x.jpg"):
        for headers, statuses in (
            ({}, {401}),
            (key("source"), {403}),
            (key("wall"), {403, 404, 422, 400}),
        ):
            sent = {**headers, "Sec-Fetch-Mode": "no-cors"}
            answer = httpx.get(f"http://127.0.0.1:{port}/{address}", headers=sent)
            assert answer.status_code in statuses
            assert answer.headers["Content-Type"].startswith("application/json")
