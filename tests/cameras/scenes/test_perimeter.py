"""Every made clip of the perimeter line against its label: who crosses and which way."""

from __future__ import annotations

import pytest

from rules.scenes import Scene
from tests.cameras.scenes import perimeter_clips
from tests.cameras.scenes.scoring import LABELS, crossing_score, watched


def test_every_clip_has_a_label_and_every_label_a_clip() -> None:
    assert set(perimeter_clips.names()) == set(LABELS["perimeter"])


@pytest.mark.parametrize("name", perimeter_clips.names())
def test_who_crosses_is_found_and_nobody_else(name: str) -> None:
    scene = Scene("fence", "camera", "crossing", perimeter_clips.LINE)
    label = LABELS["perimeter"][name]
    events = watched([scene], perimeter_clips.stage(name, 1).pictures(), [])
    score = crossing_score(events, label["crossing"])
    told = [(event.kind, event.at_ms / 1_000, event.reason) for event in events]
    assert (score.missed, score.false) == (0, 0), told


@pytest.mark.parametrize(("name", "seen"), [("walks_over", True), ("walks_back", False)])
def test_a_direction_leaves_the_other_way_alone(name: str, seen: bool) -> None:
    scene = Scene("fence", "camera", "crossing", perimeter_clips.LINE, direction="to_left")
    events = watched([scene], perimeter_clips.stage(name, 1).pictures(), [])
    assert any(event.kind == "began" for event in events) is seen
