"""Reads the evidence of a detection as an untrusted worker process tells it (ADR 0030)."""

from __future__ import annotations

import base64
import re
from typing import Any

from cameras.jpeg import jpeg_size
from rules.detections import MOST_PICTURE_BYTES, MOST_PICTURE_SIZE, THINGS, Evidence

_METHOD = re.compile(r"[a-z][a-z-]{1,38}/[0-9]{1,3}")
_PARAMETER = re.compile(r"[a-z][a-z_]{1,38}")
_MOST_PARAMETERS, _MOST = 12, 1e9


def evidence_of(told: dict[str, Any], confidence: float) -> Evidence:
    """Return what was told of a detection, once it has the shape and size of ours.

    Args:
        told: method, parameters, thing (name and confidence, or null) and picture (base64).
        confidence: Of the detection, checked by the caller.

    Raises:
        KeyError, TypeError, ValueError: It is not what our workers tell.
    """
    method, parameters = told["method"], told["parameters"]
    if not _METHOD.fullmatch(method) or not isinstance(parameters, dict):
        raise ValueError
    if len(parameters) > _MOST_PARAMETERS:
        raise ValueError
    thing, thing_confidence = _thing(told["thing"])
    picture, (width, height) = _picture(told["picture"])
    return Evidence(
        method,
        {_name(name): _number(value) for name, value in parameters.items()},
        confidence,
        thing,
        thing_confidence,
        picture,
        width,
        height,
    )


def _name(name: str) -> str:
    if not _PARAMETER.fullmatch(name):
        raise ValueError
    return name


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _MOST:
        raise ValueError
    return float(value)


def _thing(told: Any) -> tuple[str | None, float | None]:
    if told is None:
        return None, None
    name, sure = told
    if name not in THINGS or not 0.0 <= _number(sure) <= 1.0:
        raise ValueError
    return str(name), float(sure)


def _picture(told: str) -> tuple[bytes, tuple[int, int]]:
    """Return the picture and its size; only its header is read, and nothing decodes it here."""
    if len(told) > 2 * MOST_PICTURE_BYTES:
        raise ValueError
    picture = base64.b64decode(told, validate=True)
    if not picture:
        return b"", (0, 0)
    width, height = jpeg_size(picture)
    too_large = width > MOST_PICTURE_SIZE[0] or height > MOST_PICTURE_SIZE[1]
    if too_large or len(picture) > MOST_PICTURE_BYTES or not picture.endswith(b"\xff\xd9"):
        raise ValueError
    return picture, (width, height)
