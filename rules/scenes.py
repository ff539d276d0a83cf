"""Decides what may be drawn as a scene on a camera's picture, and when it is watched (ADR 0030).

Points are fractions of the picture, (0, 0) its upper left corner and (1, 1) its lower right one, so
that a drawing holds for every size the picture comes in.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from rules.errors import RuleViolation

SceneKind = Literal["occupancy", "crossing", "night", "water"]
# The way over a line, seen from its first point towards its second.
Direction = Literal["any", "to_left", "to_right"]
Point = tuple[float, float]

KINDS: tuple[str, ...] = get_args(SceneKind)
DIRECTIONS: tuple[str, ...] = get_args(Direction)
WITH_LINE = ("crossing", "water")
# What is found in a scene; never a kind of vehicle or of person.
FINDINGS: Mapping[SceneKind, str] = {
    "occupancy": "obstruction",
    "crossing": "crossing",
    "night": "motion",
    "water": "water",
}
MOST_POINTS = 24
MINUTES_OF_DAY = 1_440
LEAST_SECONDS, MOST_SECONDS = 2.0, 3_600.0
MOST_OF_CAMERA = 8  # half a millisecond of each picture for each
LEAST_AREA = 0.001  # of the picture; a smaller zone is some ten pixels of the working picture
LEAST_LENGTH = 0.03  # of the picture's side
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])")


class SceneWrong(RuleViolation):
    """A scene cannot be watched as it is drawn; say which part and ask again.

    Attributes:
        code: Code of the sentence in components/wording.
        field: Which part of it is at fault.
    """

    code = "scene_wrong"

    def __init__(self, code: str, field: str) -> None:
        super().__init__(field=field)
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
        if _too_small(self.points):
            raise SceneWrong("scene_small", "points")
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

    @property
    def finding(self) -> str:
        """What is found in it, a code of FINDINGS."""
        return FINDINGS[self.kind]

    def open_at(self, minute: int) -> bool:
        """Tell whether it is watched in a minute of the local day, 0 to 1439."""
        if self.hours is None:
            return True
        first, last = self.hours
        return first <= minute < last if first <= last else minute >= first or minute < last


def points_of(written: str) -> tuple[Point, ...]:
    """Return the points of a drawing: pairs of fractions as JSON, [[0.1, 0.2], …].

    Raises:
        SceneWrong: It is nothing of the kind.
    """
    try:
        pairs = json.loads(written)
        points = tuple((float(x), float(y)) for x, y in pairs)
    except (ValueError, TypeError, RecursionError):
        raise SceneWrong("scene_points", "points") from None
    return points


def points_written(points: tuple[Point, ...]) -> str:
    """Return points as `points_of` reads them, to a ten-thousandth of the picture."""
    return json.dumps([[round(x, 4), round(y, 4)] for x, y in points])


def hours_of(first: str, last: str) -> tuple[int, int] | None:
    """Return the minutes of two times of day such as 22:00 and 06:00; None where neither is given.

    Raises:
        SceneWrong: One of them is missing or no time of day, or both are the same.
    """
    if not first.strip() and not last.strip():
        return None
    found = _CLOCK.fullmatch(first.strip()), _CLOCK.fullmatch(last.strip())
    if found[0] is None or found[1] is None:
        raise SceneWrong("scene_hours", "hours")
    minutes = [int(each[1]) * 60 + int(each[2]) for each in found if each is not None]
    if minutes[0] == minutes[1]:
        raise SceneWrong("scene_hours", "hours")
    return minutes[0], minutes[1]


def clock_of(minute: int) -> str:
    """Return a minute of the day as 22:00; 24:00 for the end of the day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def number_of(typed: str, field: str) -> float:
    """Return a number as typed.

    Raises:
        SceneWrong: It is none.
    """
    try:
        return float(typed.strip())
    except ValueError:
        raise SceneWrong(f"scene_{field}", field) from None


def _too_small(points: tuple[Point, ...]) -> bool:
    """Tell whether nothing could be seen in a drawing; a zone that crosses itself may be so too."""
    if len(points) == 2:
        return math.dist(*points) < LEAST_LENGTH
    turned = zip(points, (*points[1:], points[0]), strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in turned)) / 2 < LEAST_AREA
