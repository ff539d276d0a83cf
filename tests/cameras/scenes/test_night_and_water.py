"""Motion in a zone at given hours, water along a ground line, and what is neither."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from cameras.scenes.model import Event
from cameras.scenes.watching import Watching
from rules.scenes import Scene
from tests.cameras.scenes import drawing, fire_lane_clips, perimeter_clips
from tests.cameras.scenes.drawing import Luma
from tests.cameras.scenes.scoring import watched

YARD = ((0.1, 0.5), (0.9, 0.5), (0.9, 0.95), (0.1, 0.95))
HOUR_MS = 3_600_000


def motion(clip: str, *, begins_at: int = 23, hours: tuple[int, int] = (1320, 360)) -> list[Event]:
    """Events of a clip of the perimeter that begins at an hour of the day."""
    watching = Watching([Scene("yard", "camera", "night", YARD, hours=hours)])
    events = []
    for second, picture in perimeter_clips.stage(clip, 1).pictures():
        events += watching.look(picture, begins_at * HOUR_MS + round(second * 1_000))
    return [event for event in events if event.detection is not None]


@pytest.mark.parametrize("clip", ["night_walks_over", "infrared_walks_over", "shake_walks_over"])
def test_somebody_in_the_yard_at_night_is_told_once_and_its_end(clip: str) -> None:
    events = motion(clip)
    assert [event.kind for event in events] == ["began", "cleared"]
    assert events[0].at_ms - 23 * HOUR_MS == pytest.approx(10_000, abs=3_000)


@pytest.mark.parametrize("clip", ["nobody", "headlights", "night_rain", "clouds", "shake"])
def test_light_rain_and_wind_are_no_motion(clip: str) -> None:
    assert motion(clip) == []


def test_outside_the_hours_nothing_is_told() -> None:
    assert motion("night_walks_over", begins_at=12) == []


def flooded(rises: bool, seed: int = 1) -> Iterator[tuple[float, Luma]]:
    """A yard of which the lower part stands under water from 10 s to 40 s, or only gets wet."""
    random = np.random.default_rng(seed)
    yard = drawing.yard(random)
    for number in range(300):
        t = number / 5
        ground = yard.copy()
        if 10 <= t < 40:
            ground[drawing.FAR :] *= 0.8
        if rises and 10 <= t < 40:
            wave = 0.02 * drawing.grain(random, 4, ground.shape)
            mirror = cv2.GaussianBlur(yard[::-1], (0, 0), 9)
            ground[110:] = 0.75 * mirror[110:] + wave[110:]
        light = np.ones_like(ground)
        yield t, drawing.exposed(random, ground, light, noise=2.2, quality=70)


@pytest.mark.parametrize("rises", [True, False])
def test_water_hides_the_ground_and_wet_ground_does_not(rises: bool) -> None:
    line = ((0.1, 0.78), (0.9, 0.78))
    events = watched([Scene("gate", "camera", "water", line, seconds=10.0)], flooded(rises), [])
    told = [(event.kind, event.at_ms / 1_000) for event in events if event.detection is not None]
    assert [kind for kind, _ in told] == (["began", "cleared"] if rises else [])
    if rises:
        assert told[0][1] == pytest.approx(20, abs=4)
        assert told[1][1] == pytest.approx(50, abs=10)


def test_a_car_on_the_line_is_no_water() -> None:
    line = ((0.2, 0.8), (0.8, 0.8))
    scene = Scene("gate", "camera", "water", line, seconds=10.0, sensitivity=0.5)
    events = watched([scene], fire_lane_clips.stage("day_car_parks", 1).pictures(), [])
    assert [event for event in events if event.detection is not None] == []
