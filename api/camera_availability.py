"""Writes down every few minutes how the cameras were found, off the event loop and at the end."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from actions.cameras.availability import keep_seen
from cameras.model import Tally
from data.store import Store
from rules.camera_availability import WRITTEN_S

log = logging.getLogger(__name__)


class AvailabilityKeeper:
    """Adds what a hub counts to the days of the cameras.

    What is taken from the hub is written once, or counted again where the store refuses it, so
    nothing counts twice.

    Args:
        store: Keeps the days.
        tally: What the hub counts.
        every_s: Seconds between two writes.
    """

    def __init__(self, store: Store, tally: Tally, every_s: float = WRITTEN_S) -> None:
        self._store, self._tally, self._every_s = store, tally, every_s
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; call on the running loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Write what is left, and end; the store must still be open."""
        self._stopping.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        over = False
        while not over:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._every_s)
            over = self._stopping.is_set()  # asked before: a stop during a write has one to come
            await self._write()

    async def _write(self) -> None:
        taken = self._tally.take()
        if not taken:
            return
        try:
            await asyncio.to_thread(keep_seen, self._store, taken)
        except Exception:  # a store that is busy or closing must not end the counting
            log.exception("the availability of the cameras could not be written down")
            self._tally.give_back(taken)
