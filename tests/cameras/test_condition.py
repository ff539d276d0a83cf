"""What is told of a camera, case by case; moments are seconds after its watch began."""

from __future__ import annotations

import pytest

from cameras.backoff import Ladder
from cameras.condition import Facts, condition_of, stalled_after_ms
from cameras.model import Condition, Wish
from cameras.sources.feeding import Pace
from cameras.timing import Timing, timing_of
from cameras.tracked import merged

MOVED = Facts(0, True, 100, 50, 200, finding="moved", finding_ms=90)
SEEN = Condition("live", 5, 7)
# facts, moment in ms, state, since, reason
CASES = [
    # nobody watches and nobody has looked
    (Facts(0), 9_000, "unknown", 0, ""),
    # nobody watches: as it was found last
    (Facts(0, looked=SEEN), 9_000, "live", 5, ""),
    # just begun
    (Facts(0, True), 2_999, "starting", 0, ""),
    # nothing came: said after three seconds, with the reason where there is one
    (Facts(0, True), 3_000, "stalled", 3_000, "no_frame"),
    (Facts(0, True, trouble="ended", trouble_ms=9), 3_000, "stalled", 3_000, "ended"),
    # a failure alone takes no picture away that is in time
    (Facts(0, True, 100, 100, 200, "ended", False, 150), 900, "live", 100, ""),
    # a refusal does
    (Facts(0, True, 100, 100, 200, "too_slow", True, 150), 900, "refused", 150, "too_slow"),
    # five frames a second: late after a second, stalled after three
    (Facts(0, True, 100, 50, 200), 1_100, "live", 50, ""),
    (Facts(0, True, 100, 50, 200), 1_101, "late", 1_100, ""),
    (Facts(0, True, 100, 50, 200), 3_100, "stalled", 3_100, "no_frame"),
    # a frame a second is not late after two
    (Facts(0, True, 100, 50, 1_000), 2_100, "live", 50, ""),
    # what a look found, as long as pictures come
    (Facts(0, True, 100, 50, 200, finding="moved", finding_ms=90), 2_000, "moved", 90, ""),
    (
        Facts(0, True, 100, 50, 200, finding="moved", finding_ms=90),
        3_100,
        "stalled",
        3_100,
        "no_frame",
    ),
    # the worker process is gone
    (Facts(0, True, 100, 50, 200, recovering_ms=120), 200, "recovering", 120, "worker"),
]


@pytest.mark.parametrize(("facts", "moment", "state", "since", "reason"), CASES)
def test_a_camera_is_said_to_be(
    facts: Facts, moment: int, state: str, since: int, reason: str
) -> None:
    found = condition_of(facts, Wish(), moment, Timing())
    assert (found.state, found.since_ms, found.reason) == (state, since, reason)
    if facts.watched:
        assert found.frame_ms == facts.frame_ms


def test_a_camera_of_which_little_is_wanted_stalls_later() -> None:
    assert stalled_after_ms(Wish(fps=5), Timing()) == 3_000
    assert stalled_after_ms(Wish(fps=0.5), Timing()) == 5_000
    assert stalled_after_ms(Wish(fps=5, keyframes=True), Timing()) == 10_000


def test_wishes_merge_to_the_largest_and_keyframes_only_where_all_say_so() -> None:
    small, large = Wish(160, 5.0, True), Wish(640, 1.0, True)
    assert merged([small, large]) == Wish(640, 5.0, True)
    assert merged([small, large, Wish(320, 2.0)]) == Wish(640, 5.0, False)


def test_the_ladder_is_climbed_with_jitter_and_left_after_success() -> None:
    ladder = Ladder((1.0, 5.0, 60.0), draw=lambda: 1.0)
    assert [ladder.wait_s() for _ in range(4)] == pytest.approx([1.2, 6.0, 72.0, 72.0])
    ladder.leave()
    assert ladder.wait_s() == pytest.approx(1.2)
    ladder.climb_to_top()
    assert ladder.wait_s() == pytest.approx(72.0)
    assert Ladder((1.0,), draw=lambda: 0.0).wait_s() == pytest.approx(0.8)


@pytest.mark.parametrize(("sent", "wanted", "passed"), [(5, 5, 50), (25, 5, 50), (4, 5, 40)])
def test_the_pace_lets_a_source_of_the_wanted_rate_through_whole(
    sent: int, wanted: int, passed: int
) -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    count = 0
    for frame in range(sent * 10):
        now[0] = frame / sent + (0.04 if frame % 2 else 0.0)  # arrival jitters
        count += pace.due(wanted)
    assert abs(count - passed) <= 2


def test_times_pass_through_json() -> None:
    import json

    timing = Timing(restart_s=1.5)
    assert timing_of(json.loads(json.dumps(timing.as_message()))) == timing
