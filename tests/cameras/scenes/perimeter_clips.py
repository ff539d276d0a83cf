"""The made clips of the perimeter line; labels.toml says by hand who crosses it and when."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.cameras.scenes import drawing
from tests.cameras.scenes.fire_lane_clips import clouds, moving_shadow, sweeps
from tests.cameras.scenes.stage import Actor, Stage, Way

LINE = ((0.36, 0.42), (0.56, 0.97))
LENGTH = 30.0
OVER: Way = ((8, -20, 100), (18, 330, 104))  # the feet are over the line at about 13
BACK: Way = ((8, 330, 118), (18, -20, 112))
TURNS: Way = ((6, -20, 100), (11, 95, 102), (13, 95, 102), (18, -20, 100))
ALONG: Way = ((6, 60, 70), (14, 112, 136))  # beside the line, never over it


def _walker(way: Way, shadow: float = 0.35) -> Actor:
    return Actor(drawing.person(40), way, shadow)


def _car(seed: int, way: Way, lamps: float = 0.0) -> Actor:
    return Actor(drawing.car(np.random.default_rng(seed), 92, 0.6), way, 0.5, lamps)


DRIVES: Way = ((9, -110, 112), (13, 340, 112))
BEHIND: Way = ((9, -110, 28), (13, 340, 28))


def stage(name: str, seed: int) -> Stage:
    """Return the clip of a name; a seed gives a variant with other textures and noise."""
    return _CLIPS[name](seed)


def names() -> list[str]:
    """Names of all clips of the perimeter line."""
    return list(_CLIPS)


_CLIPS: dict[str, Callable[[int], Stage]] = {
    "walks_over": lambda s: Stage(s, LENGTH, actors=[_walker(OVER)]),
    "walks_back": lambda s: Stage(s, LENGTH, actors=[_walker(BACK)]),
    "night_walks_over": lambda s: Stage(s, LENGTH, "night", [_walker(OVER)]),
    "night_headlights_walks_over": lambda s: Stage(
        s, LENGTH, "night", [_walker(OVER)], beams=[sweeps(s, 28)]
    ),
    "infrared_walks_over": lambda s: Stage(s, LENGTH, "infrared", [_walker(OVER)]),
    "rain_walks_over": lambda s: Stage(s, LENGTH, actors=[_walker(OVER)], rain=lambda t: 1.0),
    "shake_walks_over": lambda s: Stage(s, LENGTH, actors=[_walker(OVER)], shake=0.9),
    "car_drives_over": lambda s: Stage(s, LENGTH, actors=[_car(s, DRIVES)]),
    "night_car_drives_over": lambda s: Stage(s, LENGTH, "night", [_car(s, DRIVES, 0.8)]),
    "two_one_after_the_other": lambda s: Stage(
        s, LENGTH, actors=[_walker(OVER), _walker(((16, -20, 96), (26, 330, 100)))]
    ),
    "nobody": lambda s: Stage(s, LENGTH),
    "turns_back": lambda s: Stage(s, LENGTH, actors=[_walker(TURNS)]),
    "walks_along": lambda s: Stage(s, LENGTH, actors=[_walker(ALONG)]),
    "cars_behind": lambda s: Stage(s, LENGTH, "night", [_car(s, BEHIND, 0.9)]),
    "headlights": lambda s: Stage(s, LENGTH, "night", beams=[sweeps(s, 28)]),
    "shadow_passes": lambda s: Stage(s, LENGTH, lights=[moving_shadow(lambda t: -150 + 20 * t)]),
    "clouds": lambda s: Stage(s, LENGTH, lights=[clouds]),
    "rain": lambda s: Stage(s, LENGTH, rain=lambda t: 1.0),
    "night_rain": lambda s: Stage(s, LENGTH, "night", rain=lambda t: 1.0),
    "infrared_switch": lambda s: Stage(s, LENGTH, infrared=(12, 99)),
    "shake": lambda s: Stage(s, LENGTH, shake=0.9),
}
