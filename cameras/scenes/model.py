"""What is found in a drawn scene, and what its watching tells (ADR 0030)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rules.scenes import Direction, SceneKind

EventKind = Literal["learning", "watching", "began", "cleared"]


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
