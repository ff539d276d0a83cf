"""The real clip with and without a frozen rectangle of its own pixels in the zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.scenes import Scene
from tests.cameras.scenes import real_clip
from tests.cameras.scenes.scoring import MOST_CLEAR_S, SECONDS, standing_score, watched

ZONE = Scene("road", "camera", "occupancy", real_clip.ROAD, seconds=SECONDS)


@pytest.mark.parametrize("parked", [True, False])
def test_the_frozen_van_is_found_and_the_people_are_not(realdata: Path, parked: bool) -> None:
    events = watched([ZONE], real_clip.pictures(realdata, parked=parked), [])
    labels = [list(real_clip.STANDING)] if parked else []
    score = standing_score(events, labels, SECONDS)
    told = [(event.kind, event.at_ms / 1_000, event.reason) for event in events]
    assert (score.found, score.missed, score.false) == (len(labels), 0, 0), told
    assert all(late <= MOST_CLEAR_S for late in score.clears_s), told
