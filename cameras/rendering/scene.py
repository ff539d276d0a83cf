"""One demo scene as its camera sees it at a moment: day or night, who passes, what stands there."""

from __future__ import annotations

import zlib
from datetime import datetime

import cv2
import numpy as np

from cameras.rendering import shapes
from cameras.rendering.place import draw_place, layout_of
from cameras.rendering.shapes import Canvas

_NOISES = 6
_DAY_S = 86_400
# Of every quarter of an hour a marked fire lane is blocked for nine minutes, in turn.
_CYCLE_S, _BLOCKED_S = 900, 540


class Scene:
    """A scene; `draw` may be asked for any moment, and gives the same for the same.

    Args:
        name: Decides everything about it.
        width: Pixels; the picture is 16:9.
    """

    def __init__(self, name: str, width: int) -> None:
        self.width, self.height = width, width * 9 // 16 // 2 * 2
        self._name = name
        seed = zlib.crc32(name.encode())
        draw = np.random.default_rng(seed)
        self._phase = seed % _CYCLE_S
        self._layout = layout_of(draw)
        self._place = draw_place(self._layout, self.width, self.height, draw)
        self._cars = [
            (float(draw.uniform(14, 40)), float(draw.uniform(0, 40)), int(draw.integers(6)))
            for _ in range(int(draw.integers(1, 3)))
        ]
        self._people = [
            (
                float(draw.uniform(22, 60)),
                float(draw.uniform(0, 60)),
                int(draw.integers(6)),
                float(draw.choice([-1.16, 1.16])),
            )
            for _ in range(int(draw.integers(1, 5)))
        ]
        shape = (self.height, self.width, 3)
        self._noise = [draw.integers(0, 7, shape, dtype=np.uint8) for _ in range(_NOISES)]
        self._ground: tuple[int, Canvas] = (-1, self._place.day)
        self._count = 0

    def draw(self, now: datetime) -> Canvas:
        """Return the picture of a moment, (height, width, 3) uint8 BGR; the caller owns it.

        Args:
            now: A local time: it is night where the clock says so.
        """
        light = daylight(now)
        picture = self._lit(light).copy()
        seconds = now.timestamp() % _DAY_S
        self._standing(picture, seconds, light)
        self._passing(picture, seconds, light)
        self._count += 1
        noise = self._noise[self._count % _NOISES]
        cv2.add(picture, noise, picture)
        self._write(picture, now)
        return picture

    def _lit(self, light: float) -> Canvas:
        """Return the still parts in the present light; made anew when it changes visibly."""
        level = round(light * 40)
        if self._ground[0] != level:
            light = level / 40
            dim = np.array([0.16 + 0.84 * light, 0.11 + 0.89 * light, 0.10 + 0.90 * light])
            dimmed = (self._place.day * dim).astype(np.uint8)
            lights = cv2.convertScaleAbs(self._place.lights, alpha=1 - light)
            self._ground = level, np.asarray(cv2.add(dimmed, lights), np.uint8)
        return self._ground[1]

    def blocked(self, seconds: float) -> bool:
        """Say whether something stands on the marked fire lane at a second of the day."""
        return self._layout.fire_lane and (seconds + self._phase) % _CYCLE_S < _BLOCKED_S

    def _standing(self, picture: Canvas, seconds: float, light: float) -> None:
        if not self.blocked(seconds):
            return
        x, y, unit = self._layout.ground(0.62, 0.68)
        at = x * self.width, y * self.height, unit * self.width
        if self._phase % 3:
            shapes.car(picture, *at, _dimmed(shapes.CARS[self._phase % 6], light), False)
        else:
            shapes.pallet(picture, *at, 0.18 + 0.82 * light)

    def _passing(self, picture: Canvas, seconds: float, light: float) -> None:
        moving = []
        for every_s, offset_s, colour in self._cars:
            part = (seconds + offset_s) % every_s / 9
            if part < 1:
                towards = colour % 2 == 0
                depth = 0.06 + 0.94 * (part if towards else 1 - part) ** 1.6
                moving.append((depth, -0.42 if towards else 0.2, colour, "car", part))
        for every_s, offset_s, colour, across in self._people:
            part = (seconds + offset_s) % every_s / every_s
            depth = 0.16 + 0.7 * (part if colour % 2 else 1 - part)
            moving.append((depth, across, colour, "person", seconds * 1.4 % 1))
        for depth, across, colour, kind, part in sorted(moving):
            x, y, unit = self._layout.ground(depth, across)
            at = x * self.width, y * self.height, unit * self.width
            if kind == "person":
                shapes.person(picture, *at, _dimmed(shapes.COATS[colour], light), part)
                continue
            shapes.car(picture, *at, _dimmed(shapes.CARS[colour], light), colour % 2 == 0)
            if light < 0.5 and colour % 2 == 0:
                shapes.headlights(picture, *at)

    def _write(self, picture: Canvas, now: datetime) -> None:
        scale = self.width / 1150
        for colour, shift in (((16, 16, 16), 1), ((240, 240, 240), 0)):
            for text, y in ((f"{now:%Y-%m-%d %H:%M:%S}", 0.06), (self._name, 0.97)):
                at = round(0.015 * self.width) + shift, round(y * self.height) + shift
                cv2.putText(
                    picture, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, colour, 1, cv2.LINE_AA
                )


def daylight(now: datetime) -> float:
    """Return how light it is at a local time: 1 from about 7 to 17 o'clock, 0 from 19 to 5."""
    hour = now.hour + now.minute / 60 + now.second / 3600
    return float(np.clip(min(hour - 5.5, 18.5 - hour) / 1.2, 0.0, 1.0))


def _dimmed(colour: shapes.Colour, light: float) -> shapes.Colour:
    part = 0.18 + 0.82 * light
    return round(colour[0] * part), round(colour[1] * part), round(colour[2] * part)
