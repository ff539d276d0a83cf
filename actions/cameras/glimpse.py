"""Takes one look at a camera through the running hub, from any thread: for tests and for stills.

The hub lives on the event loop; it is lent here once, when the application starts.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as WaitedTooLong
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from cameras.model import Condition, Frame, Hub, Wish
from data.errors import StoreError
from data.store import Store

WAIT_S = 12.0  # ours: a camera that hangs is given up by its reader after ten
PAUSE_S = 0.1
# A whole picture rather than a tile's; one is enough.
WHOLE = Wish(width=1920, fps=2.0)


class HubMissing(StoreError):
    """No cameras are read here: the app is not running, or the setting switches them off."""

    code = "camera_hub_missing"


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What one look brought.

    Attributes:
        condition: How the camera was at the end.
        frame: Its newest picture; None where none came.
        waited_s: How long it took.
    """

    condition: Condition
    frame: Frame | None = field(repr=False)
    waited_s: float


_lock = threading.Lock()
_hubs: WeakKeyDictionary[Store, tuple[Hub, asyncio.AbstractEventLoop]] = WeakKeyDictionary()


def lend_hub(store: Store, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
    """Say which hub reads the cameras of a store, and on which loop it lives."""
    with _lock:
        _hubs[store] = (hub, loop)


def take_hub_back(store: Store) -> None:
    """The hub stops; nothing is looked at any more."""
    with _lock:
        _hubs.pop(store, None)


def lent_hub(store: Store) -> Hub:
    """Return the hub that reads the cameras of a store, for what may be asked from any thread.

    Raises:
        HubMissing: No cameras are read here.
    """
    return _lent(store)[0]


def call_hub(store: Store, call: Callable[[Hub], None]) -> None:
    """Have something done to the hub on its loop, soon.

    Raises:
        HubMissing: No cameras are read here.
    """
    hub, loop = _lent(store)
    try:
        loop.call_soon_threadsafe(call, hub)
    except RuntimeError:  # the application stops in this moment
        raise HubMissing() from None


def ground_of(store: Store, camera_id: str) -> bytes:
    """Return what stands before a camera, as cameras.model.Scenes.ground; blocks for some seconds.

    Raises:
        HubMissing: No cameras are read here.
        CameraUnknown: It has no source.
        TimeoutError: It gave too few pictures.
    """
    hub, loop = _lent(store)
    return asyncio.run_coroutine_threadsafe(hub.scenes.ground(camera_id), loop).result()


def _lent(store: Store) -> tuple[Hub, asyncio.AbstractEventLoop]:
    with _lock:
        found = _hubs.get(store)
    if found is None:
        raise HubMissing()
    return found


def glimpse(store: Store, camera_id: str, wait_s: float = WAIT_S) -> Glimpse:
    """Look at a camera until its first new picture, a refusal, or the end of the wait.

    Blocks for up to `wait_s` seconds: never call it on the event loop.

    Raises:
        HubMissing: No cameras are read here.
        CameraUnknown: The hub has no source for it.
    """
    hub, loop = _lent(store)
    looking = asyncio.run_coroutine_threadsafe(_look(hub, camera_id, wait_s), loop)
    try:
        return looking.result(wait_s + 5)
    except WaitedTooLong:
        looking.cancel()
        raise HubMissing() from None


async def _look(hub: Hub, camera_id: str, wait_s: float) -> Glimpse:
    began, fresh = time.monotonic(), asyncio.Event()
    watch = hub.watch(camera_id, WHOLE, lambda _: fresh.set())
    try:
        while not fresh.is_set() and time.monotonic() - began < wait_s:
            if hub.condition(camera_id).state == "refused":
                break
            try:
                await asyncio.wait_for(fresh.wait(), PAUSE_S)
            except TimeoutError:  # nothing new yet
                continue
        frame = hub.frame(camera_id) if fresh.is_set() else None
        return Glimpse(hub.condition(camera_id), frame, time.monotonic() - began)
    finally:
        watch.close()
