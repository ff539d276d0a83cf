"""Watches the drawn scenes of the cameras of a worker process, in a thread of its own (ADR 0030).

At most four pictures a second of a camera are decoded, grey and reduced. What leaves this file are
the ground of a camera, asked for by whoever draws on it, and the small grey crop of a detection.
"""

from __future__ import annotations

import asyncio
import base64
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from cameras.detector_file import DetectorFile, DetectorRefused
from cameras.outbox import Outbox
from rules.scenes import Direction, Scene, SceneKind

if TYPE_CHECKING:
    from cameras.scenes.detector import Thing
    from cameras.scenes.ground import Ground
    from cameras.scenes.model import Event
    from cameras.scenes.second_look import SecondLook
    from cameras.scenes.watching import Watching

log = logging.getLogger(__name__)
News = list[dict[str, Any]]
EVERY_MS = 240  # a source of exactly four a second loses none to jitter


class SceneDesk:
    """The scenes of every camera of the process; each call is quick and on the loop.

    Args:
        outbox: Takes what the watching tells.
    """

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._cameras: dict[int, _Camera] = {}
        # One thread: a camera's pictures are looked at in their order, and pictures never wait.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="scenes")
        self._second: SecondLook | None = None

    def use(self, file: DetectorFile) -> None:
        """Load the operator's model before the next picture, and tell how that went."""
        self._tell_detector("loading")
        loading = asyncio.get_running_loop().run_in_executor(self._thread, self._load, file)
        loading.add_done_callback(lambda done: self._tell_detector(done.result()))

    def watch(self, key: int, scenes: list[dict[str, Any]], timezone: str) -> None:
        """Watch these scenes of a camera from now on; what stays as it is goes on undisturbed."""
        drawn = [scene_of(told) for told in scenes]
        self._thread.submit(self._camera(key).change, drawn, ZoneInfo(timezone))

    def show_ground(self, key: int) -> None:
        """Send the ground of a camera once enough pictures have come."""
        self._thread.submit(self._camera(key).begin_ground)

    def relearn(self, key: int, scene_id: str) -> None:
        """Learn the ground of a scene anew because a person asked."""
        if key in self._cameras:
            self._thread.submit(self._cameras[key].relearn, scene_id)

    def forget(self, key: int) -> None:
        """Watch nothing of a camera any more."""
        self._cameras.pop(key, None)

    def offer(self, key: int, jpeg: bytes, at_ms: int) -> None:
        """Look at a picture of a camera, unless none is due or the last one still takes time."""
        camera = self._cameras.get(key)
        if camera is None or not camera.due(at_ms):
            return
        loop = asyncio.get_running_loop()
        looking = loop.run_in_executor(self._thread, camera.look, jpeg, at_ms, self._second)
        looking.add_done_callback(lambda done: self._tell(key, camera, done))

    def _camera(self, key: int) -> _Camera:
        return self._cameras.setdefault(key, _Camera())

    def _load(self, file: DetectorFile) -> str:
        """Return `on`, or why the model is not used; in the thread."""
        from cameras.scenes.second_look import SecondLook

        try:
            self._second = SecondLook(file)
        except DetectorRefused as refused:
            log.error("the model is not used: %s", refused.code)
            return refused.code
        except Exception:  # whatever a model does to its reader, scenes go on without it
            log.exception("the model is not used")
            return DetectorRefused.code
        return "on"

    def _tell_detector(self, state: str) -> None:
        self._outbox.tell({"is": "detector", "key": 0, "state": state})

    def _tell(self, key: int, camera: _Camera, looked: asyncio.Future[News]) -> None:
        camera.busy = False
        if self._cameras.get(key) is not camera or looked.cancelled():
            return  # let go meanwhile
        for news in looked.result():
            self._outbox.tell({**news, "key": key})


class _Camera:
    """The scenes of one camera: `due` on the loop, everything else in the thread of the desk."""

    def __init__(self) -> None:
        self.busy = False
        self._at_ms = 0
        self._scenes: list[Scene] = []
        self._zone = ZoneInfo("UTC")
        self._watching: Watching | None = None
        self._changed = False
        self._ground: Ground | None = None

    def due(self, at_ms: int) -> bool:
        """Say whether a picture should be looked at, and count it if so."""
        if self.busy or 0 <= at_ms - self._at_ms < EVERY_MS:
            return False
        self.busy, self._at_ms = True, at_ms
        return True

    def change(self, scenes: list[Scene], zone: ZoneInfo) -> None:
        if zone != self._zone:
            self._watching = None
        self._scenes, self._zone, self._changed = scenes, zone, True

    def relearn(self, scene_id: str) -> None:
        if self._watching is not None:
            self._watching.relearn(scene_id, self._at_ms)

    def begin_ground(self) -> None:
        from cameras.scenes.ground import Ground

        self._ground = self._ground or Ground()

    def look(self, jpeg: bytes, at_ms: int, second: SecondLook | None = None) -> News:
        """Return what there is to tell after a picture; its decoder may be led astray by it."""
        # Here and not above: the decoders take half a second to load, and this is a thread.
        from cameras.sources.shrinking import working_luma

        try:
            luma = working_luma(jpeg) if self._scenes or self._ground is not None else None
            if luma is None:
                return []
            events = self._watched(at_ms).look(luma, at_ms)
            news = [news_of(event, _named(event, jpeg, second)) for event in events]
            if self._ground is not None and (ground := self._ground.take(luma, at_ms)):
                self._ground = None
                news.append({"is": "ground", "jpeg": base64.b64encode(ground).decode()})
        except Exception:  # a fault in one camera's scenes must not end those of the others
            log.exception("the scenes of a camera failed; their ground is learned anew")
            self._watching = None
            return []
        return news

    def _watched(self, at_ms: int) -> Watching:
        from cameras.scenes.watching import Watching

        if self._watching is None or not self._watching.follows(at_ms):
            self._watching = Watching(self._scenes, self._zone)
        elif self._changed:
            self._watching.change(self._scenes)
        self._changed = False
        return self._watching


def scene_of(told: dict[str, Any]) -> Scene:
    """Return a scene as the hub tells it."""
    hours = told["hours"]
    return Scene(
        str(told["scene_id"]),
        str(told["camera_id"]),
        cast(SceneKind, told["kind"]),
        tuple((float(x), float(y)) for x, y in told["points"]),
        cast(Direction, told["direction"]),
        None if hours is None else (int(hours[0]), int(hours[1])),
        float(told["seconds"]),
        float(told["sensitivity"]),
    )


def news_of(event: Event, thing: Thing | None = None) -> dict[str, Any]:
    """Return what is told the hub of an event.

    Args:
        event: What the watching of a scene tells.
        thing: What the operator's model says of it, where it was asked.
    """
    found = event.detection
    at_ms = event.at_ms
    if found is not None:
        over = event.kind == "cleared" and found.ended_ms is not None
        at_ms = cast(int, found.ended_ms) if over else found.began_ms
    news: dict[str, Any] = {
        "is": "scene",
        "scene": event.scene_id,
        "event": event.kind,
        "at_ms": at_ms,
        "reason": event.reason,
        "confidence": found.confidence if found is not None else 0.0,
    }
    if found is not None and event.kind == "began":
        news["evidence"] = {
            "method": found.model,
            "parameters": dict(found.parameters),
            "thing": None if thing is None else [thing.name, thing.confidence],
            "picture": base64.b64encode(found.crop).decode(),
        }
    return news


def _named(event: Event, jpeg: bytes, second: SecondLook | None) -> Thing | None:
    """Have the model look at what has begun to stand somewhere; at nothing else, and once."""
    found = event.detection
    if second is None or found is None or event.kind != "began" or found.kind != "occupancy":
        return None
    return second.look(jpeg, found.box)
