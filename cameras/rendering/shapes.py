"""Draws what stands and moves in a demo scene: houses, trees, lamps, cars, people, pallets.

Pictures are (height, width, 3) uint8 BGR and drawn into; `unit` is the pixels of a metre there.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

Canvas = np.ndarray[Any, np.dtype[np.uint8]]
Colour = tuple[int, int, int]
CARS: tuple[Colour, ...] = (
    (214, 214, 210),
    (60, 58, 56),
    (150, 92, 44),
    (52, 52, 168),
    (176, 176, 172),
    (88, 106, 60),
)
COATS: tuple[Colour, ...] = (
    (70, 60, 150),
    (140, 100, 50),
    (60, 120, 90),
    (50, 50, 60),
    (110, 90, 170),
    (60, 140, 190),
)


def box(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
    """Fill a rectangle."""
    cv2.rectangle(canvas, (round(x0), round(y0)), (round(x1), round(y1)), colour, cv2.FILLED)


def house(
    canvas: Canvas,
    place: tuple[float, float, float, float],
    colour: Colour,
    lit: Canvas,
    draw: np.random.Generator,
) -> None:
    """Draw a block of flats and, into `lit`, which of its windows have light at night."""
    x0, y0, x1, y1 = place
    box(canvas, x0, y0, x1, y1, colour)
    rows, columns = max(2, int((y1 - y0) / 11)), max(2, int((x1 - x0) / 13))
    glass = tuple(int(c * 0.55) for c in colour)
    for row in range(rows):
        for column in range(columns):
            left = x0 + (column + 0.22) * (x1 - x0) / columns
            top = y0 + (row + 0.25) * (y1 - y0) / rows
            right = left + 0.56 * (x1 - x0) / columns
            bottom = top + 0.5 * (y1 - y0) / rows
            box(canvas, left, top, right, bottom, (glass[0], glass[1], glass[2]))
            if draw.random() < 0.35:
                warm = int(draw.integers(120, 220))
                box(lit, left, top, right, bottom, (warm // 2, int(warm * 0.8), warm))


def tree(canvas: Canvas, x: float, y: float, unit: float, draw: np.random.Generator) -> None:
    """Draw a tree standing at a point."""
    box(canvas, x - 0.12 * unit, y - 2.2 * unit, x + 0.12 * unit, y, (50, 66, 80))
    for _ in range(14):
        dx, dy = draw.normal(0, 0.75, 2)
        green = int(draw.integers(80, 135))
        centre = (round(x + dx * unit), round(y + (dy * 0.8 - 3.1) * unit))
        colour = (int(green * 0.45), green, int(green * 0.62))
        cv2.circle(canvas, centre, max(2, round(0.7 * unit)), colour, cv2.FILLED, cv2.LINE_AA)


def lamp(canvas: Canvas, glow: Canvas, x: float, y: float, unit: float) -> None:
    """Draw a lamp post and, into `glow`, the light it gives at night."""
    box(canvas, x - 0.08 * unit, y - 4.2 * unit, x + 0.08 * unit, y, (96, 96, 92))
    top = (round(x), round(y - 4.2 * unit))
    cv2.circle(canvas, top, max(2, round(0.25 * unit)), (200, 205, 205), cv2.FILLED)
    cv2.ellipse(
        glow,
        (round(x), round(y)),
        (round(3.4 * unit), round(1.3 * unit)),
        0,
        0,
        360,
        (34, 54, 64),
        cv2.FILLED,
    )
    cv2.circle(glow, top, max(3, round(0.5 * unit)), (190, 230, 255), cv2.FILLED)


def car(canvas: Canvas, x: float, y: float, unit: float, colour: Colour, towards: bool) -> None:
    """Draw a car whose wheels stand at y, seen from in front or behind."""
    dark: Colour = (int(colour[0] * 0.6), int(colour[1] * 0.6), int(colour[2] * 0.6))
    cv2.ellipse(
        canvas,
        (round(x), round(y)),
        (round(1.15 * unit), max(1, round(0.22 * unit))),
        0,
        0,
        360,
        (38, 40, 42),
        cv2.FILLED,
    )
    box(canvas, x - 0.72 * unit, y - 1.45 * unit, x + 0.72 * unit, y - 0.8 * unit, dark)
    box(canvas, x - 0.6 * unit, y - 1.36 * unit, x + 0.6 * unit, y - 0.86 * unit, (96, 84, 70))
    box(canvas, x - 0.92 * unit, y - 0.86 * unit, x + 0.92 * unit, y - 0.18 * unit, colour)
    for side in (-0.68, 0.68):
        box(
            canvas,
            x + (side - 0.14) * unit,
            y - 0.26 * unit,
            x + (side + 0.14) * unit,
            y,
            (28, 28, 28),
        )
        light = (235, 250, 255) if towards else (40, 40, 190)
        cv2.circle(
            canvas,
            (round(x + side * unit), round(y - 0.56 * unit)),
            max(1, round(0.13 * unit)),
            light,
            cv2.FILLED,
        )


def headlights(canvas: Canvas, x: float, y: float, unit: float) -> None:
    """Draw the light of a car at night, added to what is there."""
    reach = max(2, round(0.42 * unit))
    for side in (-0.68, 0.68):
        cv2.circle(
            canvas,
            (round(x + side * unit), round(y - 0.56 * unit)),
            reach,
            (190, 220, 235),
            cv2.FILLED,
            cv2.LINE_AA,
        )
    cv2.ellipse(
        canvas,
        (round(x), round(y + 0.35 * unit)),
        (round(1.3 * unit), round(0.4 * unit)),
        0,
        0,
        360,
        (120, 140, 145),
        cv2.FILLED,
    )


def person(canvas: Canvas, x: float, y: float, unit: float, coat: Colour, step: float) -> None:
    """Draw somebody walking, without a face; `step` from 0 to 1 is the stride."""
    swing = 0.22 * unit * (2 * abs(step - 0.5) - 0.5)
    for side in (-1, 1):
        foot = (round(x + side * swing), round(y))
        cv2.line(
            canvas,
            (round(x), round(y - 0.8 * unit)),
            foot,
            (46, 42, 40),
            max(1, round(0.16 * unit)),
        )
    cv2.ellipse(
        canvas,
        (round(x), round(y - 1.1 * unit)),
        (max(1, round(0.24 * unit)), round(0.42 * unit)),
        0,
        0,
        360,
        coat,
        cv2.FILLED,
        cv2.LINE_AA,
    )
    head = (round(x), round(y - 1.62 * unit))
    cv2.circle(canvas, head, max(1, round(0.15 * unit)), (120, 150, 186), cv2.FILLED, cv2.LINE_AA)


def pallet(canvas: Canvas, x: float, y: float, unit: float, light: float) -> None:
    """Draw a pallet with boxes, standing at a point, in a light from 0 to 1."""

    def lit(blue: float, green: float, red: float) -> Colour:
        return round(blue * light), round(green * light), round(red * light)

    box(canvas, x - 0.9 * unit, y - 0.22 * unit, x + 0.9 * unit, y, lit(70, 110, 140))
    for row, width in enumerate((0.8, 0.74, 0.5)):
        top = y - (0.22 + 0.5 * (row + 1)) * unit
        colour = lit(96 + 14 * row, 142 + 12 * row, 178 + 10 * row)
        box(canvas, x - width * unit, top, x + width * unit, top + 0.5 * unit, colour)
        ends = (round(x), round(top)), (round(x), round(top + 0.5 * unit))
        cv2.line(canvas, *ends, lit(70, 104, 130), max(1, round(0.06 * unit)))
