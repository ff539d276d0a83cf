"""The made clips of the fire lane; labels.toml says by hand what happens in each and when."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.cameras.scenes import drawing
from tests.cameras.scenes.drawing import COLUMNS, ROWS, Plane
from tests.cameras.scenes.stage import Actor, Stage, Way

LANE = ((0.25, 0.52), (0.75, 0.52), (0.8, 0.93), (0.2, 0.93))
PARKS: Way = ((11, -110, 112), (14, 108, 112), (56, 108, 112), (59, 340, 112))
STAYS: Way = ((0, 108, 112), (20, 108, 112), (23, 340, 112))
SHORT: Way = ((11, -110, 112), (14, 108, 112), (30, 108, 112), (33, 340, 112))


def _car(seed: int, way: Way = PARKS, paint: float = 0.6, **more: float) -> Actor:
    return Actor(drawing.car(np.random.default_rng(seed), 100, paint), way, **more)


def _pallet(seed: int, way: Way) -> Actor:
    return Actor(drawing.pallet(np.random.default_rng(seed)), way, 0.35)


def _traffic(
    seed: int, until: float, lamps: float = 0.0, y: float = 66, every: float = 5
) -> list[Actor]:
    """Cars that drive by, alternately in both directions, behind the zone or through it."""
    random = np.random.default_rng(seed)
    actors, t, right = [], 3.0, True
    while t < until:
        took = random.uniform(2.2, 3.4)
        ends = (-130.0, 350.0) if right else (350.0, -130.0)
        way = ((t, ends[0], y), (t + took, ends[1], y))
        car = drawing.car(random, 84, float(random.uniform(0.2, 0.85)))
        car = car if right else (car[0][:, ::-1].copy(), car[1][:, ::-1].copy())
        actors.append(Actor(car, way, 0.5, lamps, 120.0 if right else -120.0))
        t, right = t + took + random.uniform(0.5, 1.0) * every, not right
    return actors


def sweeps(seed: int, until: float) -> Callable[[float], Plane | float]:
    """Beams of cars that turn outside the picture: they sweep over the lane for about a second."""
    random = np.random.default_rng(seed)
    starts, t = [], 4.0
    while t < until:
        starts.append(
            (t, random.uniform(0.9, 1.5), random.uniform(105, 140), random.choice([-1, 1]))
        )
        t += random.uniform(2.8, 4.5)

    def light(t: float) -> Plane | float:
        total: Plane | float = 0.0
        for start, took, y, way in starts:
            part = (t - start) / took
            if 0 <= part <= 1:
                x = -120 + 560 * part if way > 0 else 440 - 560 * part
                total = total + 0.8 * drawing.pool(x, y, 55, 26)
        return total

    return light


def moving_shadow(edge_at: Callable[[float], float]) -> Callable[[float], Plane]:
    """Shadow of a building, left of a slanting edge whose column depends on the second."""

    def light(t: float) -> Plane:
        inside = 0.5 - 0.5 * np.tanh((COLUMNS - edge_at(t) - 0.3 * ROWS) / 2.4)
        return np.asarray(1 - 0.55 * inside, np.float32)

    return light


def clouds(t: float) -> float:
    return float(1 - 0.4 * (0.5 + 0.5 * np.sin(t / 4.0)))


def _walkers(seed: int, until: float, y: float = 100) -> list[Actor]:
    random = np.random.default_rng(seed)
    actors, t = [], 2.0
    while t < until:
        took = random.uniform(7, 11)
        ends = (-20.0, 330.0) if random.random() < 0.5 else (330.0, -20.0)
        high = y + random.uniform(-8, 30)
        actors.append(
            Actor(drawing.person(38), ((t, ends[0], high), (t + took, ends[1], high)), 0.3)
        )
        t += random.uniform(2, 5)
    return actors


def _standing_beam(t: float) -> Plane | float:
    return 0.6 * drawing.beam(20, 128, 130) if 15 <= t <= 60 else 0.0


def stage(name: str, seed: int) -> Stage:
    """Return the clip of a name; a seed gives a variant with other textures, paint and times."""
    return _CLIPS[name](seed)


def names() -> list[str]:
    """Names of all clips of the fire lane."""
    return list(_CLIPS)


LONG, SHORTER = 72.0, 60.0
_CLIPS: dict[str, Callable[[int], Stage]] = {
    "day_car_parks": lambda s: Stage(s, LONG, actors=[_car(s)]),
    "day_dark_car_parks": lambda s: Stage(s, LONG, actors=[_car(s, paint=0.24)]),
    "day_grey_car_parks": lambda s: Stage(s, LONG, actors=[_car(s, paint=0.38)]),
    "day_pallet": lambda s: Stage(s, LONG, actors=[_pallet(s, ((14, 130, 112), (56, 130, 112)))]),
    "clouds_car_parks": lambda s: Stage(s, LONG, actors=[_car(s)], lights=[clouds]),
    "shadow_car_parks": lambda s: Stage(
        s, LONG, actors=[_car(s)], lights=[moving_shadow(lambda t: -60 + 3.2 * t)]
    ),
    "busy_car_parks": lambda s: Stage(
        s, LONG, actors=[*_traffic(s, 66), _car(s), *_walkers(s, 60, 110)]
    ),
    "rain_car_parks": lambda s: Stage(s, LONG, actors=[_car(s)], rain=lambda t: 1.0),
    "night_car_parks": lambda s: Stage(s, LONG, "night", [_car(s, lamps=0.8, lit_until=15.5)]),
    "night_headlights_car_parks": lambda s: Stage(
        s,
        LONG,
        "night",
        [*_traffic(s, 70, 0.9), _car(s, lamps=0.8, lit_until=15.5)],
        beams=[sweeps(s, 70)],
    ),
    "night_headlights_pallet": lambda s: Stage(
        s,
        LONG,
        "night",
        [*_traffic(s, 70, 0.9), _pallet(s, ((14, 130, 112), (56, 130, 112)))],
        beams=[sweeps(s, 70)],
    ),
    "night_rain_car_parks": lambda s: Stage(
        s, LONG, "night", [_car(s, lamps=0.8, lit_until=15.5)], rain=lambda t: 1.0
    ),
    "infrared_car_parks": lambda s: Stage(s, LONG, "infrared", [_car(s)]),
    "infrared_switch_before": lambda s: Stage(s, LONG, actors=[_car(s)], infrared=(5, 999)),
    "infrared_switch_while_parked": lambda s: Stage(s, LONG, actors=[_car(s)], infrared=(26, 999)),
    "shake_car_parks": lambda s: Stage(s, LONG, actors=[_car(s)], shake=0.9),
    "quiet": lambda s: Stage(s, SHORTER),
    "quiet_night": lambda s: Stage(s, SHORTER, "night"),
    "passing_cars": lambda s: Stage(s, SHORTER, actors=_traffic(s, 56, y=112, every=2.0)),
    "car_stops_shortly": lambda s: Stage(s, SHORTER, actors=[_car(s, SHORT)]),
    "car_leaves": lambda s: Stage(s, 64.0, actors=[_car(s, STAYS)]),
    "night_car_leaves": lambda s: Stage(s, 64.0, "night", actors=[_car(s, STAYS)]),
    "shadow_moves_in": lambda s: Stage(
        s, SHORTER, lights=[moving_shadow(lambda t: min(110.0, -120 + 14 * t))]
    ),
    "shadow_creeps": lambda s: Stage(s, SHORTER, lights=[moving_shadow(lambda t: 40 + 1.5 * t)]),
    "clouds": lambda s: Stage(s, SHORTER, lights=[clouds]),
    "people_walk": lambda s: Stage(s, SHORTER, actors=_walkers(s, 56)),
    "rain_begins": lambda s: Stage(s, SHORTER, rain=lambda t: min(1.0, max(0.0, (t - 12) / 8))),
    "night_rain": lambda s: Stage(s, SHORTER, "night", rain=lambda t: 1.0),
    "night_headlights": lambda s: Stage(
        s, SHORTER, "night", _traffic(s, 58, 0.9), beams=[sweeps(s, 58)]
    ),
    "night_standing_beam": lambda s: Stage(s, SHORTER, "night", beams=[_standing_beam]),
    "infrared_switch": lambda s: Stage(s, SHORTER, infrared=(12, 999)),
    "infrared_there_and_back": lambda s: Stage(s, SHORTER, infrared=(10, 22)),
    "shake": lambda s: Stage(s, SHORTER, shake=0.9),
}
