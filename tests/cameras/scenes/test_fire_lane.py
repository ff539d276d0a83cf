"""Every made clip of the fire lane against its label: found and cleared in time, none false."""

from __future__ import annotations

import pytest

from rules.scenes import Scene
from tests.cameras.scenes import fire_lane_clips
from tests.cameras.scenes.scoring import LABELS, MOST_CLEAR_S, SECONDS, standing_score, watched

FIRE_LANE = Scene("lane", "camera", "occupancy", fire_lane_clips.LANE, seconds=SECONDS)


def test_every_clip_has_a_label_and_every_label_a_clip() -> None:
    assert set(fire_lane_clips.names()) == set(LABELS["fire_lane"])


@pytest.mark.parametrize("name", fire_lane_clips.names())
def test_what_stands_is_found_and_nothing_else(name: str) -> None:
    label = LABELS["fire_lane"][name]
    events = watched([FIRE_LANE], fire_lane_clips.stage(name, 1).pictures(), [])
    score = standing_score(events, label["standing"], SECONDS)
    told = [(event.kind, event.at_ms / 1_000, event.reason) for event in events]
    assert (score.missed, score.false) == (0, 0), told
    assert score.found == len(label["standing"])
    assert all(late <= MOST_CLEAR_S for late in score.clears_s), told


def test_a_detection_says_obstruction_and_carries_picture_model_and_parameters() -> None:
    stage = fire_lane_clips.stage("day_car_parks", 1)
    events = watched([FIRE_LANE], stage.pictures(), [])
    found = next(event.detection for event in events if event.kind == "began")
    assert found is not None
    assert found.finding == "obstruction"
    assert found.model == "two-averages/1"
    assert found.parameters["seconds"] == SECONDS
    assert found.crop.startswith(b"\xff\xd8")
    assert 0.2 < found.confidence <= 1.0
    # The car covers columns 108 to 208 and rows 112 to 154 of 320 by 180.
    assert found.box.left == pytest.approx(108 / 320, abs=0.05)
    assert found.box.right == pytest.approx(208 / 320, abs=0.07)
    assert found.began_ms / 1_000 == pytest.approx(14.0, abs=2.0)


def test_the_learning_of_the_ground_is_told() -> None:
    events = watched([FIRE_LANE], fire_lane_clips.stage("infrared_switch", 1).pictures(), [])
    assert [(event.kind, event.reason) for event in events] == [
        ("learning", "started"),
        ("watching", ""),
        ("learning", "light_switched"),
        ("watching", ""),
    ]


def test_the_same_clip_gives_the_same_events() -> None:
    clips = [fire_lane_clips.stage("night_car_parks", 4) for _ in range(2)]
    first, second = (watched([FIRE_LANE], clip.pictures(), []) for clip in clips)
    assert first == second
