"""Ids are valid UUIDv7 and rise whatever the clock does."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from data.ids import IdClock, id_milliseconds


def test_an_id_is_a_version_7_uuid_of_its_millisecond() -> None:
    made = IdClock(now_ms=lambda: 1_790_000_000_000).take(1)[0]
    assert uuid.UUID(made).version == 7
    assert uuid.UUID(made).variant == uuid.RFC_4122
    assert id_milliseconds(made) == 1_790_000_000_000


@given(st.lists(st.tuples(st.integers(1, 2**47), st.integers(1, 50)), max_size=30))
def test_ids_rise_strictly_even_when_the_clock_jumps_back(steps: list[tuple[int, int]]) -> None:
    times = iter([ms for ms, _ in steps])
    clock = IdClock(now_ms=lambda: next(times))
    made = [made for _, count in steps for made in clock.take(count)]
    assert made == sorted(set(made))


def test_ids_after_a_restart_sort_behind_those_before_it() -> None:
    before = IdClock(now_ms=lambda: 2_000_000_000_000).take(5)[-1]
    after = IdClock(after=before, now_ms=lambda: 1_000).take(1)[0]  # the clock was set back
    assert after > before
