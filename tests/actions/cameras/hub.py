"""A hub with one camera that answers or refuses at once, on a loop of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import cast

from PIL import Image

from actions.cameras.glimpse import lend_hub, take_hub_back
from cameras.model import CameraUnknown, Condition, Frame, Hub, Wish
from data.store import Store


def picture(colour: str = "white", size: tuple[int, int] = (640, 360)) -> bytes:
    """A JPEG of one colour."""
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return written.getvalue()


class _Watch:
    def change(self, wish: Wish) -> None:
        """Nothing is decoded here."""

    def close(self) -> None:
        """Nor let go."""


class _Scenes:
    """Scenes that have seen no picture yet; `asked` are those to learn anew."""

    def __init__(self, ground: bytes) -> None:
        self.asked: list[str] = []
        self._ground = ground

    def state(self, scene_id: str) -> str:
        """No picture yet."""
        return "waiting"

    def relearn(self, camera_id: str, scene_id: str) -> None:
        """Note who was asked."""
        self.asked.append(scene_id)

    async def ground(self, camera_id: str) -> bytes:
        """The ground of the only camera, where it answers."""
        if not self._ground:
            raise CameraUnknown
        return self._ground


class OneCameraHub:
    """What a test lends in the place of the real hub.

    Args:
        camera_id: The only camera there is.
        reason: Why it refuses; empty where it answers.
    """

    def __init__(self, camera_id: str, reason: str = "") -> None:
        self.camera_id, self.reason, self.jpeg = camera_id, reason, picture()
        self.scenes = _Scenes(b"" if reason else self.jpeg)

    def watch(self, camera_id: str, wish: Wish, on_frame: Callable[[Frame], None]) -> _Watch:
        """Hand out one frame, where the camera answers."""
        if camera_id != self.camera_id:
            raise CameraUnknown
        if not self.reason:
            asyncio.get_running_loop().call_soon(on_frame, self._frame())
        return _Watch()

    def frame(self, camera_id: str) -> Frame | None:
        """The only frame."""
        return None if self.reason else self._frame()

    def condition(self, camera_id: str) -> Condition:
        """Live, or refused for the reason."""
        return Condition("refused" if self.reason else "live", 0, None, self.reason)

    def _frame(self) -> Frame:
        return Frame(self.jpeg, int(time.time() * 1000), 1, 640, 360)


@contextmanager
def lent(store: Store, camera_id: str, reason: str = "") -> Iterator[None]:
    """Lend such a hub to a store for a while."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    lend_hub(store, cast(Hub, OneCameraHub(camera_id, reason)), loop)
    try:
        yield
    finally:
        take_hub_back(store)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
