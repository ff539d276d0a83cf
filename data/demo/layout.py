"""The drawing board of the demo plan: outline, roads, blocks and estates, by hand, in metres.

Shiliu (Pomegranate) Community does not exist. Its coordinates lie in open inland country, and
nothing on the plan is copied from a real place; the size follows the largest community of
DOMAIN §1 (4.2 km², 8 estates, 3,876 homes, more than 10,000 residents).
"""

from __future__ import annotations

from dataclasses import dataclass

from data.demo.geometry import Line, Point, parallel, smooth

ORIGIN_LON, ORIGIN_LAT = 113.4126, 33.3018

# The river's midline is the southern limit, the hill's crest the northern one.
_RIVER_MIDLINE = [
    (-1480.0, -560.0),
    (-1230.0, -655.0),
    (-840.0, -760.0),
    (-420.0, -735.0),
    (0.0, -655.0),
    (420.0, -690.0),
    (820.0, -800.0),
    (1180.0, -770.0),
    (1480.0, -640.0),
]
RIVER: Line = smooth(_RIVER_MIDLINE, 30)
_OUTLINE_REST = [
    (1285.0, -330.0),
    (1375.0, 60.0),
    (1270.0, 380.0),
    (1200.0, 700.0),
    (790.0, 830.0),
    (400.0, 790.0),
    (40.0, 880.0),
    (-330.0, 985.0),
    (-790.0, 960.0),
    (-1150.0, 760.0),
    (-1240.0, 350.0),
    (-1385.0, -40.0),
]
_WEST_END, _EAST_END = (-1230.0, -655.0), (1180.0, -770.0)


def outline() -> Line:
    """Return the community's limit as a ring, anticlockwise."""
    south = RIVER[RIVER.index(_WEST_END) : RIVER.index(_EAST_END) + 1]
    rest = smooth([_EAST_END, *_OUTLINE_REST, _WEST_END], 60)
    return [*south, *rest[1:-1]]


@dataclass(frozen=True, slots=True)
class Road:
    """A main road: names and its centreline's control points, metres."""

    name_zh: str
    name_en: str
    controls: list[Point]

    def line(self) -> Line:
        """Return the smooth centreline."""
        return smooth(self.controls, 30)


WENCHANG = Road(
    "文昌路",
    "Wenchang Road",
    [(-452, 1100), (-470, 640), (-440, 330), (-424, 40), (-438, -260), (-400, -560), (-392, -800)],
)
WANGSHAN = Road(
    "望山路",
    "Wangshan Road",
    [(320, 900), (368, 540), (392, 300), (404, 0), (452, -230), (470, -520), (462, -800)],
)
SHILIU = Road(
    "石榴大道",
    "Shiliu Avenue",
    [
        (-1420, -90),
        (-1120, -52),
        (-850, 6),
        (-424, 40),
        (0, 12),
        (404, -8),
        (850, -64),
        (1420, -30),
    ],
)
YUCAI = Road(
    "育才街",
    "Yucai Street",
    [(-1420, 250), (-860, 300), (-440, 330), (0, 338), (392, 300), (840, 262), (1400, 320)],
)
BINHE = Road(
    "滨河路",
    "Binhe Road",
    [
        (-1380, -452),
        (-1180, -520),
        (-840, -610),
        (-410, -588),
        (0, -508),
        (436, -540),
        (830, -650),
        (1150, -625),
        (1330, -560),
    ],
)
ANJU = Road(
    "安居街",
    "Anju Street",
    [(-880, -292), (-640, -276), (-438, -260), (-120, -246), (180, -238), (452, -230), (880, -300)],
)
LIUHUA = Road(
    "榴花路", "Liuhua Road", [(-866, 330), (-858, 160), (-850, 6), (-862, -300), (-838, -640)]
)
JINSUI = Road(
    "金穗路",
    "Jinsui Road",
    [(790, 920), (832, 500), (840, 262), (850, -64), (868, -300), (834, -680)],
)
GUANGCHANG = Road("广场路", "Guangchang Road", [(-18, 340), (-10, 180), (-4, 12)])
XIAOYUAN = Road("校园路", "Xiaoyuan Road", [(10, 330), (30, 560), (52, 960)])
HOUSHAN = Road(
    "后山路", "Houshan Road", [(-500, 690), (-470, 694), (-260, 716), (-60, 700), (80, 660)]
)
MAIN_ROADS = (
    SHILIU, YUCAI, BINHE, ANJU, WENCHANG, WANGSHAN, LIUHUA, JINSUI, GUANGCHANG, XIAOYUAN, HOUSHAN,
)  # fmt: skip
ZONE_CUTS = (WENCHANG, WANGSHAN)  # west, central and east zone
BLOCK_CUTS = (
    SHILIU, YUCAI, BINHE, LIUHUA, JINSUI, ANJU, GUANGCHANG, XIAOYUAN, HOUSHAN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of ground between main roads.

    Attributes:
        seed_point: A point inside it, by which the cut pieces are told apart.
        grids: How many of the 60 grids it is divided into.
        angle_deg: Direction of its rows, anticlockwise from east.
    """

    code: str
    seed_point: Point
    grids: int
    angle_deg: float = 0.0


BLOCKS = (
    Block("hill", (-800, 600), 1, -14),
    Block("pear", (-1050, 120), 1, 4),
    Block("shiliu", (-640, 180), 8, 5),
    Block("fields", (-1080, -250), 1, 8),
    Block("anju", (-640, -130), 6, 4),
    Block("wetland", (-640, -430), 1, 0),
    Block("terrace", (-210, 800), 1, -3),
    Block("wenchang", (-210, 560), 7, -3),
    Block("school", (200, 520), 1, -6),
    Block("liuhua", (-220, 180), 5, -2),
    Block("civic", (190, 150), 2, -4),
    Block("park", (0, -110), 1, -2),
    Block("binhe", (0, -380), 6, 2),
    Block("works", (600, 500), 1, -6),
    Block("wangshan", (610, 120), 6, -7),
    Block("jinsui", (1060, 120), 5, 24),
    Block("mall", (640, -150), 1, -8),
    Block("hospital", (650, -430), 1, -12),
    Block("depot", (1080, -350), 1, 0),
    Block("orchard", (1000, 480), 1, 0),
    Block("bank_west", (-640, -670), 1, 0),
    Block("bank_mid", (30, -590), 1, 0),
    Block("bank_east", (800, -730), 1, 0),
)


@dataclass(frozen=True, slots=True)
class Estate:
    """An estate: what its homes look like and how its buildings stand.

    Attributes:
        middle: Zero of its own frame, turned by `angle_deg`; u runs along rows, v across.
        limits: How far it reaches in that frame (west, south, east, north), within its block.
        rows: (v, positions u) of each row, metres; a bent row follows the riverside road.
        turned: Rows of which the buildings stand across instead of along.
        floors, stairs, per_floor: Homes of a building are their product.
    """

    code: str
    name_zh: str
    name_en: str
    block: str
    middle: Point
    angle_deg: float
    shape: str
    floors: int
    stairs: int
    per_floor: int
    limits: tuple[float, float, float, float]
    rows: tuple[tuple[float, tuple[float, ...]], ...]
    turned: tuple[int, ...] = ()

    @property
    def homes_per_building(self) -> int:
        """Return the homes in each of its buildings."""
        return self.floors * self.stairs * self.per_floor


def _even(count: int, pitch_m: float, shift_m: float = 0.0) -> tuple[float, ...]:
    return tuple((k - (count - 1) / 2) * pitch_m + shift_m for k in range(count))


ESTATES = (
    Estate(
        "shiliu", "石榴苑", "Shiliu Court", "shiliu", (-646, 174), 5.0,
        "slab", 6, 3, 2, (-300, -200, 300, 200),
        ((96, _even(5, 70, 6)), (46, _even(5, 70)), (-4, _even(5, 70, -4)), (-72, _even(5, 70))),
    ),
    Estate(
        "anju", "安居里", "Anju Lane", "anju", (-646, -128), 4.0,
        "slab", 5, 3, 2, (-300, -200, 300, 200),
        (
            (88, _even(3, 70, 8)), (46, _even(3, 70)), (-20, _even(3, 70, -6)),
            (-64, _even(3, 70)), (44, (-152, 154)), (-46, (-152, 154)),
        ),
        (4, 5),
    ),
    Estate(
        "wenchang", "文昌新村", "Wenchang New Village", "wenchang", (-214, 514), -3.0,
        "slab", 6, 3, 2, (-300, -220, 300, 220),
        (
            (138, _even(4, 78, -20)), (90, _even(4, 78, -20)), (24, _even(4, 78, -20)),
            (-24, (-137, -59)), (-72, (-137, -59)), (-128, _even(2, 78, -98)),
        ),
    ),
    Estate(
        "liuhua", "榴花园", "Liuhua Garden", "liuhua", (-220, 180), -2.0,
        "mid", 7, 2, 2, (-300, -200, 300, 200),
        (
            (104, _even(4, 88)), (52, (-148, 148)), (0, (-156, 156)),
            (-52, (-148, 148)), (-104, _even(4, 88)),
        ),
    ),
    Estate(
        "wangshan", "望山庭", "Wangshan Court", "wangshan", (618, 122), -7.0,
        "tower", 15, 1, 4, (-300, -200, 300, 200),
        ((102, (-140, -48, 48, 140)), (0, (-166, 166)), (-98, (-104, 0, 104))),
    ),
    Estate(
        "binhe", "滨河湾", "Binhe Bay", "binhe", (20, -380), 0.0,
        "mid", 11, 2, 2, (-500, -260, 500, 34),
        ((62, _even(7, 112)), (118, _even(7, 112, 14))),
    ),
    Estate(
        "jinsui", "金穗家园", "Jinsui Home", "jinsui", (1046, 104), 24.0,
        "slab", 6, 2, 2, (-168, -160, 190, 148),
        (
            (82, _even(4, 66, -34)), (36, _even(4, 66, -12)),
            (-30, _even(5, 66, 16)), (-76, _even(4, 66, 46)),
        ),
    ),
    Estate(
        "liyuan", "梨园巷", "Liyuan Lane", "pear", (-1000, 150), 2.0,
        "court", 3, 1, 2, (-150, -106, 300, 300), (),
    ),
)  # fmt: skip

# Courtyard houses stand by hand along the bent lane: position and turn.
COURTYARDS: tuple[tuple[Point, float], ...] = (
    ((-916, 226), 12), ((-966, 238), 8), ((-1016, 240), -2), ((-1066, 228), -14),
    ((-916, 166), 12), ((-966, 178), 8), ((-1016, 180), -2), ((-1066, 168), -14),
    ((-908, 104), 10), ((-958, 110), 4), ((-1010, 112), -2), ((-1062, 102), -10),
)  # fmt: skip
BENT_LANES: tuple[tuple[Point, ...], ...] = (
    ((-866, 190), (-916, 197), (-966, 208), (-1016, 210), (-1066, 198), (-1120, 176)),
    ((-862, 130), (-912, 136), (-966, 143), (-1016, 145), (-1066, 134), (-1112, 120)),
)


def river_bank(offset_m: float) -> Line:
    """Return the line `offset_m` north of the river's midline (negative: south of it)."""
    return parallel(RIVER, offset_m)
