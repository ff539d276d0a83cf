"""Reads what a page asks of its cameras and packs their pictures into one message. ADR 0028.

A message of pictures, little-endian: 20 bytes of head (version u8, three bytes unused, count u32,
number u32, now f64 in Unix milliseconds); for each picture 16 bytes (tile u16, state u8, one byte
unused, length u32, captured f64 in Unix milliseconds); then the JPEGs in the same order.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from cameras.model import State, Wish

VERSION = 1
HEAD = struct.Struct("<B3xIId")
PART = struct.Struct("<HBxId")
STATES: tuple[State, ...] = get_args(State)

MOST_TILES = 128  # 64 in sight, and the next 64 by their keyframes
MOST_ID_CHARS = 64
MOST_REASON_CHARS = 500
WIDTHS = (64, 1920)
RATES = (0.2, 15.0)
LARGEST_TILE = 2**16 - 1


class Part(NamedTuple):
    """One picture of a message.

    Attributes:
        tile: Number the page gave the camera.
        state: How the camera is.
        captured_ms: When it was taken, Unix milliseconds.
    """

    tile: int
    state: State
    captured_ms: float
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Want:
    """One camera a page wants.

    Attributes:
        tile: Number the page gave it; the same camera keeps it while the socket is open.
        camera_id: Which camera.
        wish: In which size and how often.
        alone: Purpose and reason, where it is looked at by itself: full screen, or in its card on
            the map; None for a tile of a mosaic.
    """

    tile: int
    camera_id: str
    wish: Wish
    alone: tuple[str, str] | None = None


class WantInvalid(ValueError):
    """What a page asks for cannot be read, or is more than one page may ask for."""


def pack(number: int, now_ms: float, parts: Sequence[Part]) -> bytes:
    """Return one message of pictures.

    Args:
        number: Counts up; the page acknowledges it once all are drawn.
        now_ms: This machine's time, Unix milliseconds, from which the page counts ages.
        parts: The pictures.
    """
    head = [HEAD.pack(VERSION, len(parts), number, now_ms)]
    for part in parts:
        state = STATES.index(part.state)
        head.append(PART.pack(part.tile, state, len(part.jpeg), part.captured_ms))
    return b"".join([*head, *(part.jpeg for part in parts)])


def unpack(message: bytes) -> tuple[int, float, list[Part]]:
    """Return number, time and pictures of a message.

    Raises:
        ValueError: It is cut short or of another version.
    """
    if len(message) < HEAD.size or message[0] != VERSION:
        raise ValueError("no message of pictures")
    _, count, number, now_ms = HEAD.unpack_from(message)
    start = HEAD.size + count * PART.size
    parts = []
    for index in range(count):
        tile, state, length, captured_ms = PART.unpack_from(message, HEAD.size + index * PART.size)
        jpeg = message[start : start + length]
        if len(jpeg) < length:
            raise ValueError("a message of pictures was cut short")
        parts.append(Part(tile, STATES[state], captured_ms, jpeg))
        start += length
    return number, now_ms, parts


def read_wants(said: dict[str, Any]) -> list[Want]:
    """Return what a message `want` asks for; sizes and rates are held within bounds.

    Raises:
        WantInvalid: It is no list of tiles, names one twice, or asks for too many.
    """
    tiles = said.get("tiles")
    if not isinstance(tiles, list) or len(tiles) > MOST_TILES:
        raise WantInvalid
    wants = [_want(tile) for tile in tiles]
    if len({want.tile for want in wants}) < len(wants):
        raise WantInvalid
    if len({want.camera_id for want in wants}) < len(wants):
        raise WantInvalid
    return wants


def _want(tile: Any) -> Want:
    if not isinstance(tile, dict):
        raise WantInvalid
    number, camera_id = tile.get("n"), tile.get("id")
    if not isinstance(number, int) or not 0 <= number <= LARGEST_TILE:
        raise WantInvalid
    if not isinstance(camera_id, str) or not 0 < len(camera_id) <= MOST_ID_CHARS:
        raise WantInvalid
    width = int(_within(tile.get("w", 640), WIDTHS))
    wish = Wish(width, _within(tile.get("fps", 5), RATES), keyframes=bool(tile.get("k")))
    return Want(number, camera_id, wish, _why(tile.get("alone")))


def _why(said: Any) -> tuple[str, str] | None:
    """Read `[purpose, reason]`; a wall, which has nobody who could say why, sends `true`."""
    if said in (None, True, False):
        return None
    if not isinstance(said, list) or len(said) != 2:
        raise WantInvalid
    purpose, reason = said
    if not isinstance(purpose, str) or not isinstance(reason, str):
        raise WantInvalid
    return purpose[:MOST_ID_CHARS], reason[:MOST_REASON_CHARS]


def _within(value: Any, bounds: tuple[float, float]) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise WantInvalid
    return float(min(max(value, bounds[0]), bounds[1]))
