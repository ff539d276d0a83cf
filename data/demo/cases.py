"""Draws the demo's reports: a matter, a place where it makes sense, words and a channel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from data.demo.facilities import facility_spots
from data.demo.geometry import Point, along, length
from data.demo.matters import MATTERS
from data.demo.places import building_spots, key_place_spots, plan_spots
from data.demo.spots import Spot

_POINT_SPREAD_M = 9.0
CASE_ACCURACY_M = 10.0
_CATEGORIES = tuple(MATTERS)
_WEIGHTS = tuple(m.weight for m in MATTERS.values())
_RAIN_WEIGHTS = tuple(m.weight * m.rain for m in MATTERS.values())


@dataclass(frozen=True, slots=True)
class Report:
    """A report before it has a time: what, where, in which words, how it came in."""

    category: str
    channel: str
    title: str
    description: str
    place_id: str
    locality: str
    point: Point


@cache
def _places() -> dict[str, list[Spot]]:
    """Return the named places by kind; buildings stand as often as they have homes."""
    found: dict[str, list[Spot]] = {}
    for spot in (*plan_spots(), *key_place_spots(), *facility_spots()):
        if spot.name_zh and not spot.source_id.startswith("path-"):
            found.setdefault(spot.kind, []).append(spot)
    found["building"] = [s for s in building_spots() for _ in range((s.households or 6) // 6)]
    return found


def draw_report(chance: Random, *, rain: bool = False) -> Report:
    """Draw one report.

    Args:
        chance: Source of chance; the same state gives the same report.
        rain: Heavy rain: water, overflow and falling branches are commoner.
    """
    category = chance.choices(_CATEGORIES, _RAIN_WEIGHTS if rain else _WEIGHTS)[0]
    matter = MATTERS[category]
    spot = chance.choice(_places()[chance.choice(matter.where)])
    locality = spot.name_zh or ""
    title = chance.choice(matter.titles)
    return Report(
        category=category,
        channel=chance.choice(matter.channels),
        title=title,
        description=f"{locality}：{title}。{chance.choice(matter.details)}",
        place_id=spot.source_id,
        locality=locality,
        point=_somewhere(chance, spot),
    )


def _somewhere(chance: Random, spot: Spot) -> Point:
    """Return a point at a place; a road is long, so anywhere along its middle part."""
    x, y = spot.point
    if spot.line:
        (x, y), _ = along(spot.line, length(spot.line) * chance.uniform(0.1, 0.9))
    spread = _POINT_SPREAD_M if not spot.line else 3.0
    return x + chance.uniform(-spread, spread), y + chance.uniform(-spread, spread)
