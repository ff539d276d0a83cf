"""Holds the last seconds of named cameras and has them kept when an alarm is raised (ADR 0032).

Made only where the setting asks for it: without it, nothing is held and nobody listens.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Collection
from datetime import UTC, datetime

from actions.cameras.keeping import Keeping, Pictures, touches_alarms
from api.services import Services
from cameras.model import Hub
from cameras.pre_event import PreEventRings
from data.errors import StoreBusy
from data.writer import Commit

log = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024
TICK_S = 1.0
RETRY_S = 1.0
TRIES = 20


def pre_events(parts: Services, hub: Hub) -> PreEvents | None:
    """Return what the settings ask for; None where they hold nothing, as they come."""
    return PreEvents(parts, hub) if parts.settings.cameras.pre_event_s else None


class PreEvents:
    """The rings of one application; on the event loop.

    Args:
        parts: Store, keys, audit and settings.
        hub: Holds the cameras.
    """

    def __init__(self, parts: Services, hub: Hub) -> None:
        settings = parts.settings.cameras
        seconds, most_bytes = settings.pre_event_s, settings.pre_event_mb * MEGABYTE
        self.rings = PreEventRings(hub.watch, seconds, most_bytes)
        self._keeping = Keeping(parts.store, parts.keyring, parts.audit, seconds)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._raised = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        parts.store.on_commit(self._on_commit)

    def start(self) -> None:
        """Begin; call on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Forget everything that is held."""
        self._loop = None
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        self.rings.configure(())

    async def follow(self, known: Collection[str]) -> None:
        """Hold the named cameras among those the hub knows, and let go of every other."""
        named = await asyncio.to_thread(self._keeping.named)
        self.rings.configure(named & set(known))

    def _on_commit(self, commit: Commit) -> None:
        loop = self._loop
        if loop is not None and touches_alarms(commit):
            with contextlib.suppress(RuntimeError):  # the loop was closed in this moment
                loop.call_soon_threadsafe(self._raised.set)

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._raised.wait(), TICK_S)
            now_ms = round(datetime.now(UTC).timestamp() * 1_000)
            if self._raised.is_set():
                self._raised.clear()
                await self._keep(self.rings.taken(now_ms))
            else:
                self.rings.expire(now_ms)

    async def _keep(self, held: Pictures) -> None:
        for _ in range(TRIES):
            try:
                await asyncio.to_thread(self._keeping.keep, held, datetime.now(UTC))
                return
            except StoreBusy:
                await asyncio.sleep(RETRY_S)
            except Exception:  # the alarm stands; the next one must still find its pictures
                log.exception("the seconds before an alarm could not be kept")
                return
        log.error("the store stayed busy: the seconds before an alarm are lost")
