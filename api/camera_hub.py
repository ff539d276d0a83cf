"""Starts the hub of the cameras with the application and keeps its register up to date."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from actions.cameras.glimpse import lend_hub, take_hub_back
from actions.cameras.keeping import sweep_strips
from actions.cameras.scene_watching import touches_scenes, watched_scenes
from actions.cameras.sources import FILMS, camera_sources, touches_sources
from api.camera_availability import AvailabilityKeeper
from api.camera_pre_event import pre_events
from api.camera_scenes import SceneAlarms
from api.services import Services
from cameras.detector_file import FOLDER as MODELS
from cameras.detector_file import DetectorFile, DetectorRefused, DetectorState, detector_file
from cameras.hub import CameraHub
from cameras.model import Hub
from cameras.timing import Timing
from data.writer import Commit
from settings import Settings

log = logging.getLogger(__name__)
_GATHER_S = 0.2  # an import of 500 cameras is many commits


def camera_hub(settings: Settings) -> CameraHub | None:
    """Return the hub the settings ask for; None where cameras are switched off."""
    cameras = settings.cameras
    if not cameras.enabled:
        return None
    timing, films = Timing(probe_s=cameras.probe_s), settings.var / FILMS
    return CameraHub(timing, cameras.workers, films, cameras.memory_mb, _detector(settings))


def tried_detector(settings: Settings) -> str:
    """Return why the model of the settings cannot be used, a code; empty where it can.

    Loads and runs it once, in this process: for the command that checks, never for the app.
    """
    from cameras.scenes.second_look import SecondLook

    try:
        file = _detector_file(settings)
        if file is not None:
            SecondLook(file)
    except DetectorRefused as refused:
        return refused.code
    return ""


def _detector(settings: Settings) -> DetectorState:
    try:
        return DetectorState(_detector_file(settings))
    except DetectorRefused as refused:  # scenes go on without it; the health page says why
        log.error("the model is not used: %s", refused)
        return DetectorState(trouble=refused.code)


def _detector_file(settings: Settings) -> DetectorFile | None:
    cameras = settings.cameras
    if not cameras.detector_model:
        return None
    return detector_file(
        settings.var / MODELS,
        cameras.detector_model,
        cameras.detector_classes,
        cameras.detector_size,
    )


def follow_cameras(site: FastAPI) -> None:
    """Have the hub of an application start and stop with it and follow its register."""
    parts: Services = site.state.services
    if parts.hub is None:
        return
    register, inner = CameraRegister(parts, parts.hub), site.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        async with inner(app) as state:
            await register.start()
            try:
                yield state
            finally:
                await register.stop()

    site.router.lifespan_context = lifespan


class CameraRegister:
    """Hands cameras and drawn scenes on record to the hub, at the start and whenever they change.

    Args:
        parts: Store, keyring and settings.
        hub: What is told.
    """

    def __init__(self, parts: Services, hub: Hub) -> None:
        self._parts, self._hub = parts, hub
        self._alarms = SceneAlarms(parts.store, parts.keyring, hub.scenes)
        self._pre_events = pre_events(parts, hub)
        self._keeper = AvailabilityKeeper(parts.store, hub.tally)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        parts.store.on_commit(self._on_commit)

    async def start(self) -> None:
        """Start the hub; the register follows in a moment."""
        self._loop = asyncio.get_running_loop()
        await self._hub.start()
        try:
            await asyncio.to_thread(sweep_strips, self._parts.store, self._parts.keyring)
        except Exception:  # what was kept must not keep the cameras from starting
            log.exception("kept pictures could not be looked through")
        self._alarms.start()
        if self._pre_events is not None:
            self._pre_events.start()
        self._keeper.start()
        lend_hub(self._parts.store, self._hub, self._loop)
        self._changed.set()
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Stop the hub."""
        self._loop = None
        take_hub_back(self._parts.store)
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._alarms.stop()
        if self._pre_events is not None:
            await self._pre_events.stop()
        await self._keeper.stop()
        await self._hub.stop()

    def _on_commit(self, commit: Commit) -> None:
        loop = self._loop
        if loop is not None and (touches_sources(commit) or touches_scenes(commit)):
            with contextlib.suppress(RuntimeError):  # the loop was closed in this moment
                loop.call_soon_threadsafe(self._changed.set)

    async def _follow(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            try:
                await self._hand_on()
            except Exception:  # a store that is busy or closing must not end the following
                log.exception("the register of cameras could not be read")
            await asyncio.sleep(_GATHER_S)

    async def _hand_on(self) -> None:
        parts, settings = self._parts, self._parts.settings
        found = await asyncio.to_thread(
            camera_sources,
            parts.store,
            parts.keyring,
            settings.var / FILMS,
            settings.outgoing_networks,
            settings.outgoing_ports,
        )
        scenes = await asyncio.to_thread(watched_scenes, parts.store)
        self._hub.configure(found)
        self._alarms.configure(scenes)
        if self._pre_events is not None:
            await self._pre_events.follow(found)
