"""Turns what the scenes tell into alarms, in order and off the event loop (ADR 0030)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from datetime import UTC, datetime

from actions.cameras.detection_records import Found, keep_detection
from actions.cameras.detections import KIND_OF, report_detection
from cameras.model import CameraScenes, SceneNews, Scenes
from data.errors import StoreBusy
from data.keyring import Keyring
from data.store import Store

log = logging.getLogger(__name__)
RETRY_S = 1.0
_MOST_WAITING = 1_000


class SceneAlarms:
    """Reports every detection of a hub's scenes; on the event loop.

    Two scenes of a camera may see the same thing: its alarm is over with the last of them. Where a
    process is replaced or a scene taken away while something lasts, nobody can tell when it is
    over, so the alarm stays until a person closes it.

    Args:
        store: Takes the alarms.
        keyring: Seals the pictures of what was found.
        scenes: Whose news they come from.
    """

    def __init__(self, store: Store, keyring: Keyring, scenes: Scenes) -> None:
        self._store, self._keyring, self._scenes = store, keyring, scenes
        self._community: dict[str, str] = {}
        self._lasting: dict[tuple[str, str], set[str]] = {}
        self._waiting: asyncio.Queue[tuple[str, SceneNews]] = asyncio.Queue(_MOST_WAITING)
        self._task: asyncio.Task[None] | None = None
        self.waits = 0  # detections that are not on disk yet

    def start(self) -> None:
        """Listen; call on the running loop."""
        self._scenes.on_news = self.hear
        self._task = asyncio.create_task(self._report())

    async def stop(self) -> None:
        """Listen no more; what waits is lost, for the store closes."""
        self._scenes.on_news = None
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def configure(self, wanted: Mapping[str, CameraScenes]) -> None:
        """Have these scenes watched, and forget what lasted in those that are gone."""
        self._community = {camera_id: each.community_id for camera_id, each in wanted.items()}
        stay = {scene.scene_id for each in wanted.values() for scene in each.scenes}
        for lasting in self._lasting.values():
            lasting &= stay
        self._scenes.configure(wanted)

    def hear(self, news: SceneNews) -> None:
        """Take news of a scene; what begins or is over goes to the store."""
        community_id = self._community.get(news.camera_id)
        if community_id is None or not self._worth_telling(news):
            return
        try:
            self._waiting.put_nowait((community_id, news))
            self.waits += 1
        except asyncio.QueueFull:
            log.error("too many detections wait for the store; one is lost")

    def _worth_telling(self, news: SceneNews) -> bool:
        lasting = self._lasting.setdefault((news.camera_id, KIND_OF[news.finding]), set())
        if news.event == "began":
            lasting.add(news.scene_id)
            return True
        known = news.scene_id in lasting
        # Whoever begins anew, in a new process, does not know what lasted before.
        if news.event == "cleared" or news.reason == "started":
            lasting.discard(news.scene_id)
        return news.event == "cleared" and known and not lasting

    async def _report(self) -> None:
        while True:
            community_id, news = await self._waiting.get()
            while not await asyncio.to_thread(self._reported, community_id, news):
                await asyncio.sleep(RETRY_S)
            self.waits -= 1

    def _reported(self, community_id: str, news: SceneNews) -> bool:
        """Write one detection; False where the store is busy and it should be tried again.

        The alarm first, and what it was found by once that is on disk: told again, the store knows
        both.
        """
        at = datetime.fromtimestamp(news.at_ms / 1_000, UTC)
        over = news.event == "cleared"
        try:
            results = report_detection(
                self._store, community_id, news.camera_id, news.finding, at, over=over
            ).result()
            alarm_id = results[0].alarm_id if results else None
            if alarm_id is not None and news.evidence is not None:
                told = (news.scene_id, news.camera_id, news.finding, at, news.evidence)
                found = Found(alarm_id, community_id, *told)
                keep_detection(self._store, self._keyring, found).result()
        except StoreBusy:
            return False
        except Exception:  # one detection that cannot be written must not end the others
            log.exception("a detection of a scene could not be reported")
        return True
