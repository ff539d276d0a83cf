"""What a scene is, what is found in it, and what its watching tells (ADR 0030).

Points are fractions of the picture, (0, 0) its upper left corner and (1, 1) its lower right one, so
that a drawing holds for every size the picture comes in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

SceneKind = Literal["occupancy", "crossing", "night", "water"]
# The way over a line, seen from its first point towards its second.
Direction = Literal["any", "to_left", "to_right"]
EventKind = Literal["learning", "watching", "began", "cleared"]
Point = tuple[float, float]

KINDS: tuple[str, ...] = get_args(SceneKind)
DIRECTIONS: tuple[str, ...] = get_args(Direction)
WITH_LINE = ("crossing", "water")
MOST_POINTS = 24
MINUTES_OF_DAY = 1_440
LEAST_SECONDS, MOST_SECONDS = 2.0, 3_600.0


class SceneWrong(ValueError):
    """A scene cannot be watched as it is drawn.

    Attributes:
        code: Code of the sentence in components/wording.
        field: Which part of it is at fault.
    """

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{field}: {code}")
        self.code = code
        self.field = field


@dataclass(frozen=True, slots=True)
class Scene:
    """One drawn scene of one camera.

    Attributes:
        scene_id: Our id.
        camera_id: Camera whose picture it is drawn on.
        kind: What is watched for.
        points: Corners of the zone, three or more; ends of the line, two, for a line.
        direction: Which way over the line counts.
        hours: First and last minute of the local day in which it is watched, the last one not
            included; a first minute after the last runs over midnight. None for always.
        seconds: How long a thing must stand still, or water lie, until it counts.
        sensitivity: 0 for large and clear things only, 1 for small ones.

    Raises:
        SceneWrong: With the part at fault.
    """

    scene_id: str
    camera_id: str
    kind: SceneKind
    points: tuple[Point, ...]
    direction: Direction = "any"
    hours: tuple[int, int] | None = None
    seconds: float = 30.0
    sensitivity: float = 0.5

    def __post_init__(self) -> None:
        """Refuse what cannot be watched."""
        if self.kind not in KINDS:
            raise SceneWrong("scene_kind", "kind")
        if self.direction not in DIRECTIONS:
            raise SceneWrong("scene_direction", "direction")
        right = len(self.points) == 2 if self.line else 3 <= len(self.points) <= MOST_POINTS
        if not right:
            raise SceneWrong("scene_points", "points")
        if not all(0.0 <= value <= 1.0 for point in self.points for value in point):
            raise SceneWrong("scene_outside", "points")
        if self.hours is not None and not all(0 <= h <= MINUTES_OF_DAY for h in self.hours):
            raise SceneWrong("scene_hours", "hours")
        if not LEAST_SECONDS <= self.seconds <= MOST_SECONDS:
            raise SceneWrong("scene_seconds", "seconds")
        if not 0.0 <= self.sensitivity <= 1.0:
            raise SceneWrong("scene_sensitivity", "sensitivity")

    @property
    def line(self) -> bool:
        """Tell whether it is drawn as a line."""
        return self.kind in WITH_LINE

    def open_at(self, minute: int) -> bool:
        """Tell whether it is watched in a minute of the local day, 0 to 1439."""
        if self.hours is None:
            return True
        first, last = self.hours
        return first <= minute < last if first <= last else minute >= first or minute < last


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of the picture."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Detection:
    """Something found in a scene; what it is, a person says.

    Attributes:
        scene_id: The scene.
        camera_id: Its camera.
        kind: Kind of the scene.
        finding: obstruction, crossing, motion or water; never a kind of vehicle or of person.
        began_ms: When it began, Unix milliseconds: a thing stood still, the line was crossed.
        ended_ms: When it was over; None while it lasts.
        box: Where in the picture.
        confidence: 0 to 1, how far above the thresholds; not a probability.
        model: Name and version of the method.
        parameters: What the method was set to.
        direction: Which way a line was crossed; any elsewhere.
        crop: JPEG of the box and a little around it, from the working picture of 320 by 180 grey
            pixels: a thing is seen on it, a face is a few pixels.
    """

    scene_id: str
    camera_id: str
    kind: SceneKind
    finding: str
    began_ms: int
    ended_ms: int | None
    box: Box
    confidence: float
    model: str
    parameters: Mapping[str, float]
    direction: Direction = "any"
    crop: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """What the method of one kind of scene says; watching.py makes a Detection of it.

    Attributes:
        began_ms: When it began, Unix milliseconds.
        ended_ms: When it was over; None while it lasts.
        box: Where in the picture.
        confidence: 0 to 1.
        direction: Which way a line was crossed.
    """

    began_ms: int
    ended_ms: int | None
    box: Box
    confidence: float
    direction: Direction = "any"


@dataclass(frozen=True, slots=True)
class Event:
    """What the watching of a scene tells.

    Attributes:
        kind: learning (it gets to know the ground anew and finds nothing meanwhile), watching,
            began or cleared.
        scene_id: The scene.
        at_ms: Time of the picture, Unix milliseconds.
        reason: Of learning: started, light_switched or asked; empty otherwise.
        detection: Of began and cleared.
    """

    kind: EventKind
    scene_id: str
    at_ms: int
    reason: str = ""
    detection: Detection | None = None
