"""Seconds are counted once, where they belong, and only while somebody looked."""

from __future__ import annotations

from typing import get_args

import pytest

from cameras import tally
from cameras.condition import Facts
from cameras.model import CameraSource, Condition, State
from cameras.rotation import Rotation
from cameras.tally import OUTCOME_OF, SeenTally
from cameras.timing import Timing
from cameras.tracked import Tracked
from rules.camera_availability import FAULTS, QUARTER_S, WORKING

QUARTER = 2_000_000
START_MS = QUARTER * QUARTER_S * 1_000
UNTOLD = {"starting", "recovering", "unknown"}


class Turn:
    """A rotation over one camera whose state and clocks the test says."""

    def __init__(self, probe_s: float = 60.0, kind: str = "rtsp") -> None:
        self.camera = Tracked("a", 1, CameraSource("a", kind, "x"), Facts(0))  # type: ignore[arg-type]
        self.state: State = "live"
        self.tally = SeenTally()
        self.looks = 0
        self.rotation = Rotation(
            Timing(probe_s=probe_s), {"a": self.camera}, self._condition, self._look, self.tally
        )

    def _condition(self, camera_id: str) -> Condition:
        facts = self.camera.facts
        return (
            Condition(self.state, 0) if facts.watched else facts.looked or Condition("unknown", 0)
        )

    def _look(self, camera: Tracked) -> None:
        self.looks += 1

    def found(self, state: State, second: float, wall_ms: int | None = None) -> None:
        now_ms = START_MS + round(second * 1_000) if wall_ms is None else wall_ms
        self.rotation.found(self.camera, state, "", 1_000 + second, now_ms)

    def sums(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for seconds in self.tally.take().values():
            for code, value in seconds.items():
                found[code] = found.get(code, 0.0) + value
        return found


def test_every_state_is_working_out_of_order_or_untold() -> None:
    assert set(get_args(State)) == FAULTS | WORKING | UNTOLD
    assert {state for state, outcome in OUTCOME_OF.items() if outcome == "live"} == WORKING
    assert OUTCOME_OF.keys() == FAULTS | WORKING


def test_the_time_between_two_looks_counts_as_found_and_before_the_first_for_nothing() -> None:
    turn = Turn()
    turn.found("refused", 10)
    assert turn.sums() == {}
    turn.found("live", 70)
    turn.found("stalled", 130)
    assert turn.sums() == {"live": 60, "stalled": 60}


def test_a_look_after_a_long_pause_counts_for_two_turns_only() -> None:
    turn = Turn()
    turn.found("live", 0)
    turn.found("live", 4_000)
    assert turn.sums() == {"live": 120}


@pytest.mark.parametrize("state", sorted(UNTOLD))
def test_a_state_that_tells_nothing_counts_for_nothing(state: State) -> None:
    turn = Turn()
    turn.camera.facts.watched = True
    turn.state = state
    turn.rotation.step(1_000, 0.25, START_MS)
    assert turn.sums() == {}


def test_a_watched_camera_counts_each_moment_but_not_those_the_loop_stood_still() -> None:
    turn = Turn(probe_s=0)
    turn.camera.facts.watched = True
    for number in range(1, 41):
        turn.rotation.step(1_000 + number / 4, 0.25, START_MS + number * 250)
    assert turn.sums() == {"live": 10}
    turn.rotation.step(1_100, 90, START_MS + 100_000)
    assert turn.sums() == {"live": 5}


def test_time_watched_is_not_counted_again_by_the_next_look() -> None:
    turn = Turn(probe_s=60)
    turn.found("live", 0)
    turn.camera.facts.watched = True
    turn.rotation.step(1_030, 0.25, START_MS + 30_000)
    turn.camera.facts.watched = False
    turn.found("live", 50)
    assert turn.sums() == {"live": 20.25}


def test_a_clock_that_steps_back_adds_nothing_and_takes_nothing() -> None:
    turn = Turn()
    turn.found("live", 0)
    turn.found("live", 60, START_MS - 3_600_000)  # set back by an hour meanwhile
    turn.found("live", 120, START_MS - 3_540_000)
    assert turn.sums() == {"live": 120}


def test_seconds_that_cross_a_quarter_are_split_where_it_ends() -> None:
    found = SeenTally()
    found.add("a", "live", 2_000, START_MS + 50_000)
    found.add("a", "black", 3, START_MS)
    assert found.take() == {
        ("a", QUARTER): {"live": 50.0},
        ("a", QUARTER - 1): {"live": 900.0, "hidden": 3.0},
        ("a", QUARTER - 2): {"live": 900.0},
        ("a", QUARTER - 3): {"live": 150.0},
    }


def test_what_was_given_back_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found = SeenTally()
    found.add("a", "live", 5, START_MS + 10_000)
    taken = found.take()
    assert found.take() == {}
    found.add("a", "live", 2, START_MS + 20_000)
    found.give_back(taken)
    assert found.take() == {("a", QUARTER): {"live": 7.0}}
    monkeypatch.setattr(tally, "MOST", 1)
    found.add("a", "live", 1, START_MS + 1_000)
    found.add("b", "live", 1, START_MS + 1_000)  # nobody has taken anything away for days
    found.add("a", "live", 1, START_MS + 2_000)
    assert found.take() == {("a", QUARTER): {"live": 2.0}}


def test_a_demo_camera_is_found_as_its_scene_says() -> None:
    turn = Turn(probe_s=1.0, kind="demo")
    for number in range(1, 4):
        turn.rotation.step(1_000 + number, 1.0, START_MS + number * 1_000)
    assert turn.looks == 0 and turn.sums().keys() == {"live"}
