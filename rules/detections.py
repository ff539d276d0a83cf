"""Decides what is kept of a detection beside its alarm, and what a model is asked for (ADR 0030).

A detection says that something stands, moves or lies where it should not. What it is, a person
says; an operator's model may add the name of a thing, from a closed list without anybody in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rules.errors import RuleViolation

# What a model may be asked for: things, and vehicles as things; nobody and no name of anybody.
THINGS: tuple[str, ...] = (
    *("car", "van", "truck", "bus", "motorcycle", "bicycle", "tricycle", "trailer", "cart"),
    *("pallet", "box", "bin", "bag", "furniture", "barrier", "scaffold", "plant", "heap"),
)
# The grey crop of a working picture of 320 by 180: larger is none of ours.
MOST_PICTURE_BYTES = 16 * 1024
MOST_PICTURE_SIZE = (320, 180)
CONFIDENCES = ("low", "medium", "high")
_MEDIUM, _HIGH = 0.4, 0.7  # ours: thirds of what the methods give to clear things
_MOST_OUTPUTS = 10_000


class ThingUnknown(RuleViolation):
    """A model was to be asked for something else than a thing; see THINGS.

    Attributes:
        name: What it was.
    """

    code = "detector_class"

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a detection was found by, and a small picture of it.

    Attributes:
        method: Name and version of the method.
        parameters: What the method was set to.
        confidence: 0 to 1, how far above the thresholds; not a probability.
        thing: What an operator's model says it is, one of THINGS; None without a model or answer.
        thing_confidence: As that model says, 0 to 1.
        picture: Grey JPEG of what was found, at most MOST_PICTURE_BYTES; empty where there is none.
        width: Of the picture, pixels.
        height: Of the picture, pixels.
    """

    method: str
    parameters: Mapping[str, float]
    confidence: float
    thing: str | None = None
    thing_confidence: float | None = None
    picture: bytes = field(default=b"", repr=False)
    width: int = 0
    height: int = 0


def confidence_word(confidence: float) -> Literal["low", "medium", "high"]:
    """Return how sure a method is in a word, for a number of 0 to 1 that is no probability."""
    return "low" if confidence < _MEDIUM else "medium" if confidence < _HIGH else "high"


def classes_of(written: Iterable[str]) -> dict[int, str]:
    """Return which output of a model is which thing, from words such as 2=car.

    Raises:
        ThingUnknown: One of them is not a number and one of THINGS.
    """
    found: dict[int, str] = {}
    for each in written:
        number, _, name = each.partition("=")
        digits = number.isascii() and number.isdigit() and len(number) < 6
        if name not in THINGS or not digits or int(number) >= _MOST_OUTPUTS:
            raise ThingUnknown(name or each)
        found[int(number)] = name
    return found
