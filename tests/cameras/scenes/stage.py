"""A made clip: a yard, its light, actors with a timetable; the same seed draws the same clip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import cv2
import numpy as np

from tests.cameras.scenes import drawing
from tests.cameras.scenes.drawing import Luma, Plane

FPS = 5.0
Way = Sequence[tuple[float, float, float]]
Time = Literal["day", "night", "infrared"]
NOISE = {"day": 2.2, "night": 5.0, "infrared": 3.2}


def at(way: Way, t: float) -> tuple[float, float] | None:
    """Where something is: between the (second, x, y) of its way; None before and after."""
    if not way[0][0] <= t <= way[-1][0]:
        return None
    times = [step[0] for step in way]
    return (
        float(np.interp(t, times, [step[1] for step in way])),
        float(np.interp(t, times, [step[2] for step in way])),
    )


@dataclass
class Actor:
    """A thing that moves on a way.

    Attributes:
        thing: Reflectance and cover.
        way: (second, x, y) of its upper left corner, ascending.
        shadow: How much light it takes from the ground below it, 0 to 1.
        lamps: Brightness of its headlights, 0 for none.
        ahead: Reach of these in pixels, negative to the left.
        lit_until: Second at which they are switched off.
    """

    thing: tuple[Plane, Plane]
    way: Way
    shadow: float = 0.5
    lamps: float = 0.0
    ahead: float = 110.0
    lit_until: float = 1e9

    def cast(self, light: Plane, t: float) -> None:
        """Take light from the ground, and add that of its own lamps."""
        place = at(self.way, t)
        if place is None:
            return
        height, width = self.thing[0].shape
        if self.shadow:
            centre = (int(place[0] + width / 2), int(place[1] + height * 0.95))
            dim = np.zeros_like(light)
            cv2.ellipse(dim, centre, (width // 2 + 4, max(3, height // 7)), 0, 0, 360, 1.0, -1)
            light *= 1 - self.shadow * cv2.GaussianBlur(dim, (0, 0), 1.5)
        if self.lamps and t < self.lit_until:
            x = place[0] + (width if self.ahead > 0 else 0)
            light += self.lamps * drawing.beam(x, place[1] + height * 0.6, self.ahead)


@dataclass
class Stage:
    """Everything of one clip.

    Attributes:
        seed: Of all that is random.
        length_s: How long it is.
        time: day, night, or infrared.
        actors: Whoever moves, the farthest first.
        lights: Each makes a plane the light is multiplied with at a second.
        beams: Each makes a plane that is added to the light at a second.
        rain: Strength of the rain at a second.
        shake: Pixels the camera trembles.
        infrared: Seconds within which the camera is switched to infrared.
    """

    seed: int
    length_s: float
    time: Time = "day"
    actors: list[Actor] = field(default_factory=list)
    lights: list[Callable[[float], Plane | float]] = field(default_factory=list)
    beams: list[Callable[[float], Plane | float]] = field(default_factory=list)
    rain: Callable[[float], float] = lambda t: 0.0
    shake: float = 0.0
    infrared: tuple[float, float] | None = None
    quality: int = 70

    def pictures(self) -> Iterator[tuple[float, Luma]]:
        """Yield (second, picture), (180, 320) uint8, five a second."""
        random = np.random.default_rng(self.seed)
        visible = drawing.yard(random)
        infrared = drawing.infrared_yard(visible)
        base = {"night": self._night(), "day": np.ones_like(visible), "infrared": _lamp()}
        swing = np.zeros(2)
        for number in range(int(self.length_s * FPS)):
            t = number / FPS
            time = self.time
            if self.infrared is not None and self.infrared[0] <= t < self.infrared[1]:
                time = "infrared"
            ground = (infrared if time == "infrared" else visible).copy()
            light = base[time] * np.float32(1 + 0.01 * np.sin(t))
            for change in self.lights:
                light = light * change(t)
            for change in self.beams:
                light = light + change(t)
            for actor in self.actors:
                actor.cast(light, t)
            self._act(ground, t)
            wet = self.rain(t)
            ground[drawing.FAR :] *= np.float32(1 - 0.18 * min(1.0, wet))
            picture = drawing.exposed(
                random, ground, light, noise=NOISE[time], quality=self.quality
            )
            if wet:
                drops = picture.astype(np.float32)
                drawing.rain(random, drops, wet)
                picture = np.clip(drops, 0, 255).astype(np.uint8)
            if self.shake:
                swing = 0.5 * swing + random.normal(0, self.shake, 2)
                picture = _moved(picture, swing)
            yield t, picture

    def _act(self, ground: Plane, t: float) -> None:
        for actor in self.actors:
            place = at(actor.way, t)
            if place is not None:
                drawing.put(ground, actor.thing, *place)

    def _night(self) -> Plane:
        lamps = 0.3 * drawing.pool(60, 100, 70, 50) + 0.26 * drawing.pool(250, 110, 80, 55)
        return np.asarray(0.07 + lamps, np.float32)


def _lamp() -> Plane:
    return np.asarray(0.15 + 0.75 * drawing.pool(160, 105, 120, 75), np.float32)


def _moved(picture: Luma, swing: np.ndarray) -> Luma:
    part = np.array([[1, 0, swing[0]], [0, 1, swing[1]]], np.float32)
    size = (drawing.WIDTH, drawing.HEIGHT)
    return np.asarray(
        cv2.warpAffine(picture, part, size, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )
