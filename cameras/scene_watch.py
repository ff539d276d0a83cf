"""Has the worker processes watch the drawn scenes, and keeps what they tell (ADR 0030).

A camera with scenes is held by a watch of our own, small and slow, so that it is read although
nobody looks at it. A process that is replaced is told its scenes again.
"""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from cameras.evidence import evidence_of
from cameras.model import CameraScenes, CameraUnknown, SceneEvent, SceneNews, SceneState, Wish
from cameras.tracked import CameraWatch, Tracked

log = logging.getLogger(__name__)
SMALL = Wish(width=320, fps=4.0)
GROUND_S = 20.0  # a process may have to be started, and seven pictures take six seconds
_MOST_GROUND = 64 * 1024
_EVENTS: tuple[str, ...] = get_args(SceneEvent)


class SceneWatch:
    """The scenes of the hub's cameras; see cameras.model.Scenes.

    Args:
        cameras: The hub's, by camera_id.
        watch: Holds a camera.
        tell: Sends an order about a camera to its process.
    """

    def __init__(
        self,
        cameras: Mapping[str, Tracked],
        watch: Callable[[str, Wish], CameraWatch],
        tell: Callable[[Tracked, dict[str, Any]], None],
    ) -> None:
        self._cameras, self._watch, self._tell = cameras, watch, tell
        self._wanted: dict[str, CameraScenes] = {}
        self._holds: dict[str, CameraWatch] = {}
        self._states: dict[str, SceneState] = {}
        self._grounds: dict[str, list[asyncio.Future[bytes]]] = {}
        self.on_news: Callable[[SceneNews], None] | None = None

    def configure(self, wanted: Mapping[str, CameraScenes]) -> None:
        """Replace the scenes by camera_id; those of a camera without a source wait for one."""
        for camera_id in sorted(self._holds.keys() | wanted.keys()):
            camera, scenes = self._cameras.get(camera_id), wanted.get(camera_id)
            if camera is None or camera.source is None or scenes is None or not scenes.scenes:
                self._let_go(camera_id, camera)
            elif self._wanted.get(camera_id) != scenes:
                self._follow(camera_id, camera, scenes)

    def state(self, scene_id: str) -> SceneState:
        """How a scene is watched now: waiting until its camera gives pictures. From any thread."""
        return self._states.get(scene_id, "waiting")

    def relearn(self, camera_id: str, scene_id: str) -> None:
        """Learn the ground of a scene anew, because a person says that it is free now."""
        if camera_id in self._wanted:
            self._tell(self._cameras[camera_id], {"do": "relearn_scene", "scene": scene_id})

    async def ground(self, camera_id: str) -> bytes:
        """Return what stands before a camera, without those who pass: a grey JPEG of 320 by 180.

        Raises:
            CameraUnknown: It has no source.
            TimeoutError: It gave too few pictures within GROUND_S.
        """
        hold = self._watch(camera_id, SMALL)
        ground: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        waiting = self._grounds.setdefault(camera_id, [])
        waiting.append(ground)
        self._tell(self._cameras[camera_id], {"do": "ground"})
        try:
            async with asyncio.timeout(GROUND_S):
                return await ground
        finally:
            waiting.remove(ground)
            hold.close()

    def tell(self, camera: Tracked) -> None:
        """Say everything anew to a process that has just begun to read a camera."""
        scenes = self._wanted.get(camera.camera_id)
        if scenes is not None:
            self.lost(camera)
            self._order(camera, scenes)
        if self._grounds.get(camera.camera_id):
            self._tell(camera, {"do": "ground"})

    def lost(self, camera: Tracked) -> None:
        """The process of a camera is gone, and what it had learned with it."""
        scenes = self._wanted.get(camera.camera_id)
        for scene in scenes.scenes if scenes is not None else ():
            self._states.pop(scene.scene_id, None)

    def heard(self, camera: Tracked, message: dict[str, Any]) -> None:
        """Note what a process tells of a camera's scenes.

        Raises:
            KeyError, TypeError, ValueError: It is not what our workers tell.
        """
        if message["is"] == "ground":
            self._shown(camera, message)
            return
        event, at_ms, confidence = message["event"], int(message["at_ms"]), message["confidence"]
        if event not in _EVENTS or not 0.0 <= float(confidence) <= 1.0:
            raise ValueError
        evidence = None
        if event == "began":
            evidence = evidence_of(message["evidence"], float(confidence))
        wanted = self._wanted.get(camera.camera_id)
        for scene in wanted.scenes if wanted is not None else ():
            if scene.scene_id == message["scene"]:
                if event in ("learning", "watching"):
                    self._states[scene.scene_id] = event
                said = (scene.scene_id, event, scene.finding, at_ms, float(confidence))
                reason = str(message["reason"])
                self._hand_on(SceneNews(camera.camera_id, *said, reason, evidence))

    def _hand_on(self, news: SceneNews) -> None:
        if self.on_news is not None:
            try:
                self.on_news(news)
            except Exception:  # what is made of it must not cost the process its place
                log.exception("news of a scene could not be handed on")

    def _shown(self, camera: Tracked, message: dict[str, Any]) -> None:
        ground = base64.b64decode(message["jpeg"], validate=True)
        if len(ground) > _MOST_GROUND:
            raise ValueError
        for waiting in self._grounds.get(camera.camera_id, ()):
            if not waiting.done():
                waiting.set_result(ground)

    def _follow(self, camera_id: str, camera: Tracked, scenes: CameraScenes) -> None:
        before = self._wanted.get(camera_id)
        if before is not None:
            stay = set(scenes.scenes)
            self._drop(scene.scene_id for scene in before.scenes if scene not in stay)
        if camera_id not in self._holds:
            try:
                self._holds[camera_id] = self._watch(camera_id, SMALL)
            except CameraUnknown:
                return  # it left the register in this moment; the next one says so
        self._wanted[camera_id] = scenes
        self._order(camera, scenes)

    def _let_go(self, camera_id: str, camera: Tracked | None) -> None:
        before = self._wanted.pop(camera_id, None)
        if before is not None:
            self._drop(scene.scene_id for scene in before.scenes)
        hold = self._holds.pop(camera_id, None)
        if hold is not None:
            if camera is not None:
                self._tell(camera, {"do": "scenes", "scenes": [], "timezone": "UTC"})
            hold.close()

    def _drop(self, scene_ids: Iterable[str]) -> None:
        for scene_id in scene_ids:
            self._states.pop(scene_id, None)

    def _order(self, camera: Tracked, scenes: CameraScenes) -> None:
        told = [dataclasses.asdict(scene) for scene in scenes.scenes]
        self._tell(camera, {"do": "scenes", "scenes": told, "timezone": scenes.timezone})
