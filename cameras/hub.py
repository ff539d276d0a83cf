"""The newest frame of every camera, once, for any number of viewers (ADR 0027).

Runs on the event loop of the web process and decodes nothing: pictures come from worker processes,
which are started when the first camera is wanted.
"""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cameras.condition import FINDINGS, Facts, condition_of
from cameras.detector_file import DetectorState
from cameras.messages import FramePart
from cameras.model import CameraSource, CameraUnknown, Condition, Frame, Wish
from cameras.rotation import STATES, Rotation
from cameras.scene_watch import SceneWatch
from cameras.staff import WorkerProcess
from cameras.tally import SeenTally
from cameras.timing import Timing
from cameras.tracked import CameraWatch, Tracked, merged

log = logging.getLogger(__name__)


def now_ms() -> int:
    """Return the Unix time in milliseconds."""
    return int(time.time() * 1_000)


class CameraHub:
    """The cameras of one process; see cameras.model.Hub.

    Args:
        timing: How long to wait for what.
        workers: How many worker processes share the cameras.
        folder: Where video files may lie; None for nowhere.
        memory_mb: Of one worker process, above which it is replaced.
        detector: The operator's own model; None for none.
    """

    def __init__(
        self,
        timing: Timing | None = None,
        workers: int = 1,
        folder: Path | None = None,
        memory_mb: int = 2048,
        detector: DetectorState | None = None,
    ) -> None:
        self.detector = detector or DetectorState()
        self.timing = timing or Timing()
        self.cameras: dict[str, Tracked] = {}
        self._by_key: dict[int, Tracked] = {}
        self._keys = itertools.count(1)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.tally = SeenTally()
        self._rotation = Rotation(
            self.timing, self.cameras, self.condition, self._probe, self.tally
        )
        self._turning: asyncio.Task[None] | None = None
        self.scenes = SceneWatch(self.cameras, self.watch, self._tell)
        self._workers = [
            WorkerProcess(index, self.timing, folder, memory_mb, self) for index in range(workers)
        ]

    async def start(self) -> None:
        """Begin; call once on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._turning = asyncio.create_task(self._rotation.run())
        for camera in self.cameras.values():
            self._apply(camera)

    async def stop(self) -> None:
        """End every source and process."""
        self._loop = None
        if self._turning is not None:
            self._turning.cancel()
        for camera in self.cameras.values():
            if camera.letting_go is not None:
                camera.letting_go.cancel()
        await asyncio.gather(*(worker.end() for worker in self._workers))

    def configure(self, sources: Mapping[str, CameraSource]) -> None:
        """Replace the register by camera_id; what is watched and unchanged goes on undisturbed."""
        for camera_id, source in sources.items():
            camera = self.cameras.get(camera_id)
            if camera is None:
                camera = self._added(camera_id, source)
            elif camera.source != source:
                self._exchange(camera, source)
        for camera_id in self.cameras.keys() - sources.keys():
            camera = self.cameras[camera_id]
            if camera.source is not None:
                self._exchange(camera, None)
            if not camera.watches:
                self._drop(camera)

    def watch(
        self, camera_id: str, wish: Wish, on_frame: Callable[[Frame], None] | None = None
    ) -> CameraWatch:
        """Hold a camera; `on_frame` is called on the loop with every new frame and must be quick.

        Raises:
            CameraUnknown: It is not in the register.
        """
        camera = self.cameras.get(camera_id)
        if camera is None or camera.source is None:
            raise CameraUnknown
        made = CameraWatch(self, camera, wish, on_frame)
        camera.watches.add(made)
        self.merge(camera)
        return made

    def frame(self, camera_id: str) -> Frame | None:
        """The newest frame, None before the first and when nobody watches."""
        camera = self.cameras.get(camera_id)
        return camera.frame if camera is not None else None

    def condition(self, camera_id: str) -> Condition:
        """How the camera is now; `unknown` also for one that is not in the register."""
        camera = self.cameras.get(camera_id)
        if camera is None or camera.source is None:
            return Condition("unknown", 0)
        return condition_of(camera.facts, camera.wish, now_ms(), self.timing)

    def push(self, camera_id: str, jpeg: bytes) -> None:
        """Hand over a picture of a phone; it is dropped while nobody watches.

        Raises:
            CameraUnknown: No phone of this id is in the register.
        """
        camera = self.cameras.get(camera_id)
        if camera is None or camera.source is None or camera.source.kind != "phone":
            raise CameraUnknown
        if camera.facts.watched:
            self._worker(camera).push(camera.key, jpeg)

    @property
    def pids(self) -> list[int]:
        """Process ids of the workers that run, for the benchmark and for operators."""
        return [worker.pid for worker in self._workers if worker.pid is not None]

    def merge(self, camera: Tracked) -> None:
        """Follow a change of a camera's viewers; CameraWatch calls it."""
        if camera.letting_go is not None:
            camera.letting_go.cancel()
            camera.letting_go = None
        if camera.watches:
            before, camera.wish = camera.wish, merged([each.wish for each in camera.watches])
            if not camera.facts.watched:
                camera.facts.watched, camera.facts.since_ms = True, now_ms()
                self._apply(camera)
            elif before != camera.wish:
                self._tell(camera, {"do": "change", "wish": dataclasses.asdict(camera.wish)})
        elif camera.facts.watched:
            if self._loop is None:
                self._let_go(camera)
            else:
                wait_s = self.timing.linger_s
                camera.letting_go = self._loop.call_later(wait_s, self._let_go, camera)

    def came_up(self, index: int) -> None:
        """Tell a new process what is watched."""
        if (order := self.detector.order()) is not None:
            self._workers[index].tell(order)
        for camera in self.cameras.values():
            if self._place(camera) == index:
                self._apply(camera)

    def went_down(self, index: int) -> None:
        """Mark the cameras of a process that is gone."""
        self.detector.went_down(index)
        for camera in self.cameras.values():
            if camera.facts.watched and self._place(camera) == index:
                camera.facts.recovering_ms = camera.facts.recovering_ms or now_ms()
                self.scenes.lost(camera)

    def heard_frame(self, index: int, part: FramePart) -> None:
        """Keep a picture and hand it to the viewers."""
        key, captured_ms, width, height, jpeg = part
        camera = self._by_key.get(key)
        if camera is None or not camera.facts.watched or self._place(camera) != index:
            return  # let go while it was on its way
        frame = camera.take(captured_ms, width, height, jpeg)
        for each in tuple(camera.watches):
            if each.on_frame is not None:
                try:
                    each.on_frame(frame)
                except Exception:  # a viewer's fault must not cost the others their picture
                    log.exception("a viewer of a camera failed")

    def heard(self, index: int, message: dict[str, Any]) -> None:
        """Note what a worker tells of a camera, or of the operator's model."""
        if message["is"] == "detector":
            self.detector.heard(index, message["state"])
            return
        camera = self._by_key.get(int(message["key"]))
        if camera is None or self._place(camera) != index:
            return
        facts = camera.facts
        match message["is"]:
            case "trouble" if facts.watched:
                facts.recovering_ms = None
                if not (facts.refused and facts.trouble == message["reason"]):
                    facts.trouble_ms = now_ms()
                facts.trouble, facts.refused = str(message["reason"]), bool(message["refused"])
            case "found" if facts.watched:
                if message["finding"] not in FINDINGS:
                    raise ValueError
                facts.finding, facts.finding_ms = message["finding"], now_ms()
            case "scene" | "ground":
                self.scenes.heard(camera, message)
            case "probed":
                if message["state"] not in STATES:
                    raise ValueError
                self._rotation.found(
                    camera, message["state"], str(message["reason"]), time.monotonic(), now_ms()
                )

    def _added(self, camera_id: str, source: CameraSource) -> Tracked:
        key = next(self._keys)
        camera = Tracked(camera_id, key, source, Facts(now_ms()))
        self.cameras[camera_id] = self._by_key[key] = camera
        return camera

    def _exchange(self, camera: Tracked, source: CameraSource | None) -> None:
        self._tell(camera, {"do": "stop"})
        watched = camera.facts.watched
        camera.source = source
        camera.facts, camera.frame = Facts(now_ms(), watched=watched), None
        camera.looked_at = 0.0  # what was seen of another source says nothing of this one
        self._apply(camera)

    def _apply(self, camera: Tracked) -> None:
        """Have a watched camera's source started."""
        if not camera.facts.watched or camera.source is None or self._loop is None:
            return
        worker = self._worker(camera)
        worker.begin()
        source, wish = dataclasses.asdict(camera.source), dataclasses.asdict(camera.wish)
        worker.tell({"do": "start", "key": camera.key, "source": source, "wish": wish})
        self.scenes.tell(camera)

    def _let_go(self, camera: Tracked) -> None:
        camera.letting_go = None
        camera.forget(now_ms())
        self._tell(camera, {"do": "stop"})
        if camera.source is None:
            self._drop(camera)

    def _drop(self, camera: Tracked) -> None:
        if camera.letting_go is not None:
            camera.letting_go.cancel()
        self._tell(camera, {"do": "forget"})
        self.cameras.pop(camera.camera_id, None)
        self._by_key.pop(camera.key, None)

    def _probe(self, camera: Tracked) -> None:
        if camera.source is not None and self._loop is not None:
            self._worker(camera).begin()
            self._tell(camera, {"do": "probe", "source": dataclasses.asdict(camera.source)})

    def _tell(self, camera: Tracked, order: dict[str, Any]) -> None:
        self._worker(camera).tell({**order, "key": camera.key})

    def _worker(self, camera: Tracked) -> WorkerProcess:
        return self._workers[self._place(camera)]

    def _place(self, camera: Tracked) -> int:
        return camera.key % len(self._workers)
