"""Decides which boxes a person may draw over faces and number plates of a picture (DOMAIN R14)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rules.errors import RuleViolation

MOST_BOXES = 40
SMALLEST = 0.005  # of the picture's side; less is a slip of the hand


class BoxesInvalid(RuleViolation):
    """No box, too many, or one that does not lie on the picture."""

    code = "cover_boxes_invalid"


@dataclass(frozen=True, slots=True)
class Box:
    """A box as shares of the picture's width and height, from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom in pixels, grown to whole ones."""
        return (
            math.floor(self.left * width),
            math.floor(self.top * height),
            min(width, math.ceil((self.left + self.width) * width)) - 1,
            min(height, math.ceil((self.top + self.height) * height)) - 1,
        )


def boxes_of(text: str) -> tuple[Box, ...]:
    """Return boxes written as `left,top,width,height`, parted by semicolons.

    Raises:
        BoxesInvalid: There is none, or one is no box on the picture.
    """
    parts = [part for part in text.split(";") if part.strip()]
    if not 1 <= len(parts) <= MOST_BOXES:
        raise BoxesInvalid(most=MOST_BOXES)
    return tuple(_box(part) for part in parts)


def _box(text: str) -> Box:
    try:
        left, top, width, height = (float(number) for number in text.split(","))
    except ValueError:
        raise BoxesInvalid(most=MOST_BOXES) from None
    inside = 0 <= left <= 1 and 0 <= top <= 1 and left + width <= 1.001 and top + height <= 1.001
    if not inside or not (width >= SMALLEST and height >= SMALLEST):
        raise BoxesInvalid(most=MOST_BOXES)
    return Box(left, top, width, height)
