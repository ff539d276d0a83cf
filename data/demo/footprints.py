"""Where each of the 120 buildings stands and the outline it has on the plan, metres."""

from __future__ import annotations

from dataclasses import dataclass

from data.demo.geometry import Point, Polygon, along, length, place, rectangle
from data.demo.layout import BINHE, COURTYARDS, ESTATES, WANGSHAN, WENCHANG, Estate

# Outlines about zero, metres; long sides face south.
_MID = [(-24.0, -8.0), (1, -8), (1, -4), (24, -4), (24, 10), (-1, 10), (-1, 6), (-24, 6)]
_TOWER = [
    (-7.0, -16.0), (7, -16), (7, -10), (18, -10), (18, 5), (11, 5),
    (11, 13), (-11, 13), (-11, 5), (-18, 5), (-18, -10), (-7, -10),
]  # fmt: skip
_COURT = [(-17.0, -15.0), (17, -15), (17, 13), (8, 13), (8, -6), (-8, -6), (-8, 13), (-17, 13)]
_STAIR_M = 19.0
_SLAB_DEPTH_M = 14.0


@dataclass(frozen=True, slots=True)
class Building:
    """One residential building of the plan."""

    estate: Estate
    number: int
    middle: Point
    angle_deg: float
    ring: Polygon

    @property
    def name_zh(self) -> str:
        """Return its public name, e.g. 石榴苑 3号楼."""
        return f"{self.estate.name_zh} {self.number}号楼"

    @property
    def name_en(self) -> str:
        """Return its public name in English."""
        return f"{self.estate.name_en}, Building {self.number}"

    @property
    def source_id(self) -> str:
        """Return its id in the demo register."""
        return f"building-{self.estate.code}-{self.number:02d}"


def buildings() -> list[Building]:
    """Return all buildings, estate by estate, numbered row by row from the north-west."""
    return [building for estate in ESTATES for building in _of_estate(estate)]


def _of_estate(estate: Estate) -> list[Building]:
    stands: list[tuple[Point, float]]
    if estate.code == "binhe":
        stands = _along_the_river(estate)
    elif estate.shape == "court":
        stands = list(COURTYARDS)
    else:
        stands = [
            (
                place(estate.middle, estate.angle_deg, [(u, v)])[0],
                estate.angle_deg + (90 if row in estate.turned else 0),
            )
            for row, (v, positions) in enumerate(estate.rows)
            for u in positions
        ]
    return [
        Building(estate, number, middle, angle, place(middle, angle, _shape(estate)))
        for number, (middle, angle) in enumerate(stands, start=1)
    ]


def _along_the_river(estate: Estate) -> list[tuple[Point, float]]:
    """Let rows bend with the riverside road between the two cross roads."""
    road = BINHE.line()
    west, east = WENCHANG.line(), WANGSHAN.line()
    inner = [p for p in road if west[-4][0] < p[0] < east[-4][0]]
    half = length(inner) / 2
    stands: list[tuple[Point, float]] = []
    for v, positions in estate.rows:
        for u in positions:
            foot, heading = along(inner, half + u + 4)
            angle = 90 - heading
            stands.append((place(foot, angle, [(0.0, v)])[0], angle))
    return stands


def _shape(estate: Estate) -> Polygon:
    if estate.shape == "slab":
        return rectangle(_STAIR_M * estate.stairs + 3, _SLAB_DEPTH_M)
    scale = 1.18 if estate.shape != "court" else 1.0
    outlines = {"mid": _MID, "tower": _TOWER, "court": _COURT}
    return [(x * scale, y * scale) for x, y in outlines[estate.shape]]
