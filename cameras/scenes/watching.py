"""Runs the scenes of one camera over its pictures and tells what began and what is over.

One object per camera, one call per decoded picture, on one thread; it reads no clock, keeps no
picture of anybody and learns nothing without saying so (the events learning and watching).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Protocol

from cameras.scenes.crop import crop_of
from cameras.scenes.crossing import Crossing
from cameras.scenes.model import Detection, Event, Found
from cameras.scenes.night import NightMotion
from cameras.scenes.occupancy import Occupancy
from cameras.scenes.picture import Light, Lighting, Luma, working
from cameras.scenes.water import Water
from rules.scenes import FINDINGS, Scene, SceneKind


class Method(Protocol):
    """How one kind of scene is watched.

    Attributes:
        scene: What it watches.
        model: Name and version of the method, for the record of a detection.
        reason: Why the ground was learned last.
    """

    scene: Scene
    model: str
    reason: str

    @property
    def learning(self) -> bool:
        """Tell whether the ground is being learned and nothing can be found."""

    def parameters(self) -> dict[str, float]:
        """Return what it is set to, for the record of a detection."""

    def relearn(self, at_ms: int, reason: str) -> None:
        """Learn the ground anew."""

    def due(self, at_ms: int) -> bool:
        """Tell whether it will use a picture of this time."""

    def look(self, luma: Luma, at_ms: int, light: Light) -> list[Found]:
        """Take one working picture; returns what began or ended with it."""


METHODS: Mapping[SceneKind, Callable[[Scene], Method]] = {
    "occupancy": Occupancy,
    "crossing": Crossing,
    "night": NightMotion,
    "water": Water,
}


class Watching:
    """The scenes of one camera.

    Args:
        scenes: Drawn scenes; those of other cameras are a mistake of the caller.
        zone: Time zone of the camera, for the hours of a scene.
    """

    def __init__(self, scenes: Iterable[Scene], zone: tzinfo = UTC) -> None:
        self._methods: list[Method] = []
        self._zone = zone
        self._lighting = Lighting()
        self._before_ms: int | None = None
        self._learning: dict[str, bool] = {}
        self._lasts: dict[str, bool] = {}
        self.change(scenes)

    def change(self, scenes: Iterable[Scene]) -> None:
        """Watch these from now on; what is known of a scene that stays as it is, stays."""
        known = {method.scene: method for method in self._methods}
        self._methods = [known.get(scene) or METHODS[scene.kind](scene) for scene in scenes]
        stays = {method.scene.scene_id for method in self._methods if method.scene in known}
        for told in (self._learning, self._lasts):
            for scene_id in told.keys() - stays:
                del told[scene_id]

    def follows(self, at_ms: int) -> bool:
        """Tell whether a picture of this time may come next; the clock may have been set back."""
        return self._before_ms is None or at_ms >= self._before_ms

    def look(self, luma: Luma, at_ms: int) -> list[Event]:
        """Take one picture.

        Args:
            luma: The Y plane of a decoded picture, (height, width) uint8 of any size; not kept.
            at_ms: When it was taken, Unix milliseconds; one not after the last is passed over.

        Returns:
            What began, what is over, and which scenes begin or have done learning their ground.
        """
        if self._before_ms is not None and at_ms <= self._before_ms:
            return []
        if not any(method.due(at_ms) for method in self._methods):
            return []
        elapsed_s = 0.0 if self._before_ms is None else (at_ms - self._before_ms) / 1_000
        self._before_ms = at_ms
        picture = working(luma)
        light = self._lighting.look(picture, elapsed_s)
        taken = datetime.fromtimestamp(at_ms / 1_000, self._zone)
        events: list[Event] = []
        for method in self._methods:
            is_open = method.scene.open_at(taken.hour * 60 + taken.minute)
            for found in method.look(picture, at_ms, light):
                # What ends after hours is told; what begins then is not.
                if is_open or self._lasts.get(method.scene.scene_id):
                    events += self._told(method, found, picture, at_ms)
            events += self._learned(method, at_ms)
        return events

    def relearn(self, scene_id: str, at_ms: int) -> None:
        """Learn the ground of a scene anew because a person asked, from the next picture on."""
        for method in self._methods:
            if method.scene.scene_id == scene_id:
                method.relearn(at_ms, "asked")

    def _told(self, method: Method, found: Found, picture: Luma, at_ms: int) -> list[Event]:
        scene = method.scene
        detection = Detection(
            scene.scene_id,
            scene.camera_id,
            scene.kind,
            FINDINGS[scene.kind],
            found.began_ms,
            found.ended_ms,
            found.box,
            found.confidence,
            method.model,
            method.parameters(),
            found.direction,
            crop_of(picture, found.box),
        )
        if found.ended_ms is None:
            self._lasts[scene.scene_id] = True
            return [Event("began", scene.scene_id, at_ms, detection=detection)]
        events = [Event("cleared", scene.scene_id, at_ms, detection=detection)]
        if not self._lasts.pop(scene.scene_id, False):  # a crossing is over when it is told
            events.insert(0, Event("began", scene.scene_id, at_ms, detection=detection))
        return events

    def _learned(self, method: Method, at_ms: int) -> list[Event]:
        scene_id, now = method.scene.scene_id, method.learning
        if self._learning.get(scene_id) == now:
            return []
        self._learning[scene_id] = now
        if now:
            return [Event("learning", scene_id, at_ms, method.reason)]
        return [Event("watching", scene_id, at_ms)]
