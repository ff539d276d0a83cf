"""Lays out and draws what does not move in a demo scene; the same name gives the same place."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from cameras.rendering import shapes
from cameras.rendering.shapes import Canvas

_GRASS, _ASPHALT, _PAVING = (86, 132, 104), (112, 112, 110), (150, 158, 162)
_HOUSES = ((172, 190, 206), (160, 172, 184), (188, 196, 200), (150, 170, 196))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are, as parts of the picture's width and height.

    Attributes:
        horizon: Height of the line where the ground ends.
        vanish: Where the road leads.
        near: Middle of the road at the lower edge.
        half: Half its width there.
        fire_lane: Whether the road's right side is a marked fire lane.
        parked: How near the parked vehicles are, 0 far to 1 near.
    """

    horizon: float
    vanish: float
    near: float
    half: float
    fire_lane: bool
    parked: tuple[float, ...]

    def ground(self, depth: float, across: float) -> tuple[float, float, float]:
        """Return x, y and the size of a metre for a point on the road.

        Args:
            depth: 0 at the horizon, 1 at the lower edge.
            across: -1 at the left border, 1 at the right.

        Returns:
            x and unit as parts of the width, y as part of the height.
        """
        y = self.horizon + (1 - self.horizon) * depth
        middle = self.vanish + (self.near - self.vanish) * depth
        return middle + across * self.half * depth, y, self.half * depth / 3.6


def layout_of(draw: np.random.Generator) -> Layout:
    """Draw a layout by lot."""
    fire_lane = bool(draw.random() < 0.4)
    parked = tuple(np.sort(draw.uniform(0.3, 0.75, int(draw.integers(1, 3)))))
    return Layout(
        float(draw.uniform(0.26, 0.38)),
        float(draw.uniform(0.32, 0.68)),
        float(draw.uniform(0.4, 0.6)),
        float(draw.uniform(0.3, 0.42)),
        fire_lane,
        parked,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """The still parts of a scene, (height, width, 3) uint8 BGR each.

    Attributes:
        day: By daylight.
        lights: What shines at night; black elsewhere.
    """

    day: Canvas
    lights: Canvas


def draw_place(layout: Layout, width: int, height: int, draw: np.random.Generator) -> Place:
    """Draw sky, houses, ground, road, trees and lamps; takes about 10 ms."""
    day = np.zeros((height, width, 3), np.uint8)
    lights = np.zeros_like(day)
    line = round(layout.horizon * height)
    rows = np.linspace(0, 1, line)[:, None]
    day[:line] = (np.array([226, 206, 176]) * (1 - rows) + np.array([232, 228, 220]) * rows)[
        :, None, :
    ].astype(np.uint8)
    day[line:] = _GRASS
    _houses(day, lights, layout, draw)
    _road(day, layout)
    for _ in range(5):
        side, depth = draw.choice([-1.0, 1.0]), float(draw.uniform(0.1, 0.5))
        x, y, unit = layout.ground(depth, side * float(draw.uniform(1.25, 1.9)))
        shapes.tree(day, x * width, y * height, unit * width, draw)
    for depth in (0.18, 0.42):
        x, y, unit = layout.ground(depth, -1.15)
        shapes.lamp(day, lights, x * width, y * height, unit * width)
    for place, depth in enumerate(layout.parked):
        x, y, unit = layout.ground(depth, -0.8)
        colour = shapes.CARS[(place + int(draw.integers(6))) % len(shapes.CARS)]
        shapes.car(day, x * width, y * height, unit * width, colour, False)
    grain = draw.normal(0, 3.5, (height, width, 1))
    day = np.clip(day + grain, 0, 255).astype(np.uint8)
    return Place(day, cv2.GaussianBlur(lights, (0, 0), width / 220).astype(np.uint8))


def _houses(day: Canvas, lights: Canvas, layout: Layout, draw: np.random.Generator) -> None:
    height, width = day.shape[:2]
    x, base = -0.03 * width, (layout.horizon + 0.03) * height
    while x < width:
        broad = float(draw.uniform(0.13, 0.24)) * width
        top = base - float(draw.uniform(0.16, 0.34)) * height
        colour = _HOUSES[int(draw.integers(len(_HOUSES)))]
        shapes.house(day, (x, top, x + broad, base), colour, lights, draw)
        x += broad + float(draw.uniform(0.0, 0.05)) * width


def _road(day: Canvas, layout: Layout) -> None:
    height, width = day.shape[:2]

    def point(depth: float, across: float) -> tuple[int, int]:
        x, y, _ = layout.ground(depth, across)
        return round(x * width), round(y * height)

    def fill(left: float, right: float, colour: shapes.Colour) -> None:
        corners = [point(0.02, left), point(0.02, right), point(1.05, right), point(1.05, left)]
        cv2.fillPoly(day, [np.array(corners, np.int32)], colour, cv2.LINE_AA)

    fill(-1.3, 1.3, _PAVING)
    fill(-1.0, 1.0, _ASPHALT)
    for nth in range(9):
        depth = 0.08 + nth * 0.11
        cv2.line(day, point(depth, 0), point(depth + 0.05, 0), (210, 214, 214), 1 + int(4 * depth))
    if layout.fire_lane:
        # GB 25506: yellow borders and hatching
        yellow = (60, 190, 226)
        for across in (0.42, 0.95):
            cv2.line(day, point(0.25, across), point(0.98, across), yellow, max(1, width // 200))
        for nth in range(8):
            depth = 0.28 + nth * 0.085
            cv2.line(
                day, point(depth, 0.42), point(depth + 0.06, 0.95), yellow, max(1, width // 260)
            )
