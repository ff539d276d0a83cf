"""Rings of the last seconds: bounded in seconds, pictures and bytes, and forgotten at once."""

from __future__ import annotations

import pytest

from cameras import pre_event
from cameras.model import Frame
from cameras.pre_event import PAUSE_MS, SMALL, PreEventRings
from tests.api.fake_hub import FakeHub

START = 1_700_000_000_000
MEGABYTE = 1024 * 1024


class Feeding:
    """Rings over a hub whose frames a test gives, at moments in milliseconds."""

    def __init__(self, *cameras: str, seconds: int = 10, most_bytes: int = MEGABYTE) -> None:
        self.hub = FakeHub(*cameras)
        self.rings = PreEventRings(self.hub.watch, seconds, most_bytes)
        self.rings.configure(cameras)

    def give(self, camera_id: str, at_ms: int, size: int = 100) -> None:
        """Have a camera send a picture."""
        frame = Frame(b"x" * size, START + at_ms, 1, 640, 360)
        for watch in self.hub.watches:
            if watch.open and watch.camera_id == camera_id and watch.on_frame is not None:
                watch.on_frame(frame)

    def moments(self, camera_id: str, now_ms: int) -> list[int]:
        """When the pictures were taken that are held."""
        taken = self.rings.taken(START + now_ms)
        return [frame.captured_ms - START for frame in taken.get(camera_id, ())]


def test_a_named_camera_is_held_small_and_slow_and_nobody_else() -> None:
    feeding = Feeding("a")
    assert feeding.hub.held() == {"a": SMALL}
    assert (SMALL.width, SMALL.fps) == (640, 2.0)


def test_only_the_last_seconds_are_held() -> None:
    feeding = Feeding("a", seconds=10)
    for at_ms in range(0, 20_001, 500):
        feeding.give("a", at_ms)
    assert feeding.moments("a", 20_000) == list(range(10_000, 20_001, 500))


def test_a_camera_that_falls_silent_is_forgotten_as_well() -> None:
    feeding = Feeding("a", seconds=10)
    feeding.give("a", 0)
    feeding.rings.expire(START + 10_000)
    assert feeding.rings.size_bytes == 100
    feeding.rings.expire(START + 10_001)
    assert feeding.rings.size_bytes == 0 and feeding.rings.taken(START + 10_001) == {}


def test_a_camera_that_others_watch_fast_brings_no_more_pictures() -> None:
    feeding = Feeding("a", seconds=2)
    for at_ms in range(0, 2_001, 40):
        feeding.give("a", at_ms)
    assert feeding.moments("a", 2_000) == list(range(0, 2_001, PAUSE_MS))


def test_a_clock_that_is_set_back_begins_a_new_ring() -> None:
    feeding = Feeding("a")
    feeding.give("a", 60_000)
    feeding.give("a", 0)
    feeding.give("a", 500)
    assert feeding.moments("a", 500) == [0, 500]


def test_the_memory_is_shared_out_and_the_oldest_go_first() -> None:
    feeding = Feeding("a", "b", most_bytes=2_000)
    for at_ms in range(0, 5_000, 500):
        feeding.give("a", at_ms, size=300)
    feeding.give("b", 4_500, size=100)
    assert feeding.moments("a", 4_500) == [3_500, 4_000, 4_500]
    assert feeding.moments("b", 4_500) == [4_500]
    assert feeding.rings.size_bytes == 1_000


def test_a_huge_picture_is_not_held_and_shortens_no_ring() -> None:
    feeding = Feeding("a", "b", most_bytes=2_000)
    feeding.give("b", 0)
    feeding.give("a", 0, size=1_000)
    feeding.give("a", 500, size=1_001)
    assert feeding.moments("a", 500) == [0] and feeding.moments("b", 500) == [0]


def test_one_ring_never_takes_all_of_a_large_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pre_event, "MOST_RING_BYTES", 500)
    feeding = Feeding("a", most_bytes=MEGABYTE)
    for at_ms in range(0, 5_000, 500):
        feeding.give("a", at_ms, size=200)
    assert feeding.moments("a", 4_500) == [4_000, 4_500]


def test_another_named_camera_takes_its_share_at_once() -> None:
    feeding = Feeding("a", most_bytes=1_000)
    for at_ms in range(0, 5_000, 500):
        feeding.give("a", at_ms)
    assert feeding.rings.size_bytes == 1_000
    feeding.hub.known.add("b")
    feeding.rings.configure(("a", "b"))
    assert feeding.rings.size_bytes == 500


def test_a_camera_that_leaves_is_let_go_and_forgotten() -> None:
    feeding = Feeding("a", "b")
    feeding.give("a", 0)
    feeding.give("b", 0)
    feeding.rings.configure(("b",))
    assert feeding.rings.held == {"b"} and set(feeding.hub.held()) == {"b"}
    assert feeding.rings.size_bytes == 100
    feeding.rings.configure(("a", "b"))
    assert feeding.moments("a", 0) == []


def test_a_camera_without_a_source_is_passed_over_and_held_once_it_has_one() -> None:
    feeding = Feeding("a")
    feeding.rings.configure(("a", "gone"))
    assert feeding.rings.held == {"a"}
    feeding.hub.known.add("gone")
    feeding.rings.configure(("a", "gone"))
    assert feeding.rings.held == {"a", "gone"}
