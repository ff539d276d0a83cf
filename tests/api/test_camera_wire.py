"""What a page asks for, and the one message its pictures come in."""

from __future__ import annotations

from typing import Any

import pytest

from api.camera_wire import (
    HEAD,
    MOST_TILES,
    PART,
    Part,
    WantInvalid,
    pack,
    read_wants,
    unpack,
)


def test_a_message_of_pictures_reads_back_as_it_was_packed() -> None:
    parts = [Part(3, "live", 1_700_000_000_123.0, b"one"), Part(65_535, "frozen", 5.5, b"")]
    message = pack(7, 1_700_000_000_500.0, parts)
    assert unpack(message) == (7, 1_700_000_000_500.0, parts)
    assert len(message) == HEAD.size + 2 * PART.size + 3
    assert (HEAD.size, PART.size) == (20, 16)  # assets/mosaic_link.js counts on these


def test_a_message_cut_short_is_refused() -> None:
    message = pack(1, 0.0, [Part(0, "live", 0.0, b"picture")])
    for broken in (b"", message[:10], message[:-1], b"\x02" + message[1:]):
        with pytest.raises(ValueError):
            unpack(broken)


def test_sizes_and_rates_are_held_within_bounds() -> None:
    tiles = [
        {"n": 0, "id": "a", "w": 1, "fps": 100},
        {"n": 1, "id": "b", "w": 9_999, "fps": 0, "k": True},
        {"n": 2, "id": "c", "alone": ["incident", "x" * 900]},
        {"n": 3, "id": "d", "alone": True},
    ]
    small, large, alone, wall = read_wants({"tiles": tiles})
    assert (small.wish.width, small.wish.fps, small.wish.keyframes) == (64, 15.0, False)
    assert (large.wish.width, large.wish.fps, large.wish.keyframes) == (1920, 0.2, True)
    assert alone.alone is not None and len(alone.alone[1]) == 500
    assert wall.alone is None


@pytest.mark.parametrize(
    "tiles",
    [
        None,
        "all",
        [1],
        [{"n": 0}],
        [{"n": -1, "id": "a"}],
        [{"n": 70_000, "id": "a"}],
        [{"n": "0", "id": "a"}],
        [{"n": 0, "id": ""}],
        [{"n": 0, "id": "x" * 65}],
        [{"n": 0, "id": "a", "w": "wide"}],
        [{"n": 0, "id": "a", "fps": float("nan")}],
        [{"n": 0, "id": "a", "alone": "incident"}],
        [{"n": 0, "id": "a", "alone": [1, 2]}],
        [{"n": 0, "id": "a"}, {"n": 0, "id": "b"}],  # one number twice
        [{"n": 0, "id": "a"}, {"n": 1, "id": "a"}],  # one camera twice
        [{"n": n, "id": str(n)} for n in range(MOST_TILES + 1)],
    ],
)
def test_what_cannot_be_read_is_refused_whole(tiles: Any) -> None:
    with pytest.raises(WantInvalid):
        read_wants({"tiles": tiles})
