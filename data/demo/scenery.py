"""Green, water and the footprints of schools, market, works and the like on the demo plan."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from data.demo.geometry import (
    Line,
    Point,
    Polygon,
    beads,
    contains,
    distances,
    inset,
    parallel,
    place,
    rectangle,
    smooth,
    split,
)
from data.demo.ground import blocks
from data.demo.layout import RIVER, river_bank


@dataclass(frozen=True, slots=True)
class Site:
    """A named piece of the plan that is no home: a green, a water or a key place's footprint."""

    kind: str
    name_zh: str | None
    name_en: str | None
    ring: Polygon


def waters() -> list[Site]:
    """Return river, brook, reservoir, lake and ponds."""
    river = [*_reach(river_bank(-52)), *reversed(_reach(river_bank(46)))]
    return [
        Site("water", "榴溪河", "Liuxi River", river),
        Site("water", "榴溪", "Liuxi Brook", _ribbon(BROOK, 5.0)),
        Site("water", "石榴山水库", "Shiliu Hill Reservoir", smooth(_RESERVOIR, 20, closed=True)),
        Site("water", "榴心湖", "Liuxin Lake", smooth(_LAKE, 14, closed=True)),
        Site("water", "望山庭景观池", "Wangshan Court Pond", smooth(_GARDEN_POND, 8, closed=True)),
        *(
            Site("water", "湿地塘" if i == 0 else None, None, smooth(pond, 12, closed=True))
            for i, pond in enumerate(_WETLAND_PONDS)
        ),
        *(
            Site("water", None, None, place((-1090, -430), -12, _box(x * 62, 0, 52, 74)))
            for x in (-1, 0, 1)
        ),
    ]


def _reach(bank: Line) -> Line:
    return [p for p in bank if -1330 < p[0] < 1285]


BROOK: Line = smooth(
    [
        (-905, 560), (-930, 450), (-1010, 380), (-1150, 300), (-1190, 160), (-1150, 40),
        (-1175, -90), (-1120, -220), (-1010, -300), (-960, -420), (-930, -560), (-900, -700),
    ],
    24,
)  # fmt: skip
_RESERVOIR = [
    (-1010.0, 640.0), (-955, 585), (-890, 560), (-800, 588), (-742, 640), (-700, 720),
    (-748, 735), (-790, 690), (-850, 668), (-880, 720), (-925, 770), (-965, 730),
]  # fmt: skip
_LAKE = [
    (-330.0, -128.0), (-262, -60), (-150, -52), (-76, -92), (10, -84), (92, -52), (170, -80),
    (160, -140), (86, -168), (0, -150), (-90, -182), (-190, -196), (-290, -178),
]  # fmt: skip
_GARDEN_POND = [(560.0, 128.0), (598, 146), (640, 136), (672, 112), (640, 96), (592, 104)]
_WETLAND_PONDS = [
    [(-790.0, -400.0), (-740, -350), (-660, -360), (-640, -410), (-700, -440), (-760, -446)],
    [(-600.0, -350.0), (-540, -328), (-480, -356), (-500, -420), (-560, -430), (-600, -400)],
    [(-720.0, -500.0), (-650, -476), (-560, -490), (-500, -530), (-580, -560), (-690, -556)],
]


def greens() -> list[Site]:
    """Return hill, orchards, parks, the riverside greenway and the gardens of the estates."""
    ground = blocks()
    hill = inset(ground["hill"], 12)
    sites = [
        Site("green", "石榴山", "Shiliu Hill", hill),
        Site("green", None, None, smooth(_HILL_UPPER, 40, closed=True)),
        Site("green", None, None, smooth(_HILL_CREST, 40, closed=True)),
        Site("green", "后山坡地", "Houshan Slope", inset(ground["terrace"], 14)),
        Site("green", "石榴公园", "Shiliu Park", inset(ground["park"], 16)),
        Site("green", "榴溪湿地", "Liuxi Wetland", inset(ground["wetland"], 14)),
        *(
            Site("green", zh, en, _bank(ground[code]))
            for code, zh, en in (
                ("bank_west", "滨河绿道西段", "Riverside Greenway West"),
                ("bank_mid", "滨河绿道中段", "Riverside Greenway Middle"),
                ("bank_east", "滨河绿道东段", "Riverside Greenway East"),
            )
        ),
    ]
    for zh, en, middle, angle, width, depth in _GARDENS:
        sites.append(Site("green", zh, en, place(middle, angle, _soft(width, depth))))
    for code, angle, pitch, width in (("orchard", 62, 34, 22), ("fields", 8, 46, 34)):
        sites += [
            Site("green", None, None, row) for row in _rows(ground[code], angle, pitch, width)
        ]
    return sites


_HILL_UPPER = [(-1080.0, 780.0), (-880, 810), (-650, 780), (-500, 800), (-510, 930), (-800, 930)]
_HILL_CREST = [(-900.0, 850.0), (-760, 840), (-620, 862), (-640, 910), (-800, 912)]
_GARDENS: tuple[tuple[str, str, Point, float, float, float], ...] = (
    ("榴花园中心花园", "Liuhua Central Garden", (-220, 180), -2, 210, 130),
    ("望山庭中心花园", "Wangshan Central Garden", (618, 120), -7, 250, 88),
    ("文昌口袋公园", "Wenchang Pocket Park", (-66, 430), -3, 120, 130),
    ("石榴苑小游园", "Shiliu Court Garden", (-650, 140), 5, 330, 14),
    ("金穗游园", "Jinsui Garden", (1180, 232), 24, 90, 60),
    ("梨园", "Pear Garden", (-1215, 160), 8, 110, 170),
    ("滨河湾中庭", "Binhe Bay Garden", (60, -352), 0, 420, 16),
    ("育才中学草坪", "Yucai Middle School Lawn", (176, 700), -6, 190, 90),
    ("医院花园", "Hospital Garden", (780, -400), -12, 70, 110),
    ("服务中心花园", "Civic Garden", (150, 300), -4, 210, 26),
    ("安居街绿带", "Anju Street Green", (130, -330), 1, 380, 26),
    ("果园防护林", "Works Shelter Belt", (610, 740), -8, 300, 60),
    ("物流园绿带", "Depot Green", (1050, -545), 0, 260, 40),
    ("榴东花园", "Liudong Garden", (540, -242), -6, 130, 40),
    ("安居里绿地", "Anju Lane Green", (-646, -114), 4, 220, 12),
)


def _bank(ring: Polygon) -> Polygon:
    """Return the land part of a river bank, set back from the road."""
    dry = split(ring, river_bank(50))
    return inset(max(dry, key=lambda part: min(distances(part, RIVER))), 12)


def _rows(ring: Polygon, angle_deg: float, pitch_m: float, width_m: float) -> list[Polygon]:
    """Return planted rows across a piece of ground, as long as the ground allows."""
    inner = inset(ring, 22)
    xs, ys = [p[0] for p in inner], [p[1] for p in inner]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    rows: list[Polygon] = []
    for k in range(-12, 13):
        foot = place(middle, angle_deg, [(0.0, k * pitch_m)])[0]
        axis = place(foot, angle_deg, [(float(u), 0.0) for u in range(-700, 701, 12)])
        from_brook = distances(axis, BROOK)
        kept = [p for p, m in zip(axis, from_brook, strict=True) if m > 26 and contains(inner, p)]
        kept = [p for p in kept if not (-1210 < p[0] < -970 and -500 < p[1] < -355)]
        rows += [_ribbon(run, width_m / 2) for run in _runs(kept, 12.5)]
    return rows


def _runs(points: list[Point], gap_m: float) -> list[Line]:
    runs: list[Line] = []
    for p in points:
        if runs and abs(p[0] - runs[-1][-1][0]) + abs(p[1] - runs[-1][-1][1]) < gap_m * 1.5:
            runs[-1].append(p)
        else:
            runs.append([p])
    return [[run[0], run[-1]] for run in runs if len(run) > 5]


def _ribbon(line: Line, half_m: float) -> Polygon:
    return [*parallel(line, -half_m), *reversed(parallel(line, half_m))]


def _soft(width_m: float, depth_m: float) -> Polygon:
    """Return a rounded rectangle as control points of a closed curve."""
    w, d = width_m / 2, depth_m / 2
    r = min(w, d) * 0.5
    corners = ((w - r, d - r, 0), (-w + r, d - r, 1), (-w + r, -d + r, 2), (w - r, -d + r, 3))
    return [
        (x + r * cos((quarter + step / 3) * pi / 2), y + r * sin((quarter + step / 3) * pi / 2))
        for x, y, quarter in corners
        for step in range(4)
    ]


def _box(u: float, v: float, width_m: float, depth_m: float) -> Polygon:
    return [(u + x, v + y) for x, y in rectangle(width_m, depth_m)]


def paths() -> list[tuple[str, str, Line]]:
    """Return footpaths outside the estates: hill, park and greenway (zh, en, line)."""
    return [
        ("石榴山步道", "Shiliu Hill Path", smooth(_HILL_PATH, 24)),
        ("公园环湖路", "Lake Loop", smooth(_LAKE_PATH, 18)),
        ("滨河步道", "Riverside Walk", _river_walk()),
        ("湿地栈道", "Wetland Boardwalk", smooth(_BOARDWALK, 20)),
        ("果园路", "Orchard Track", smooth([(838, 420), (960, 470), (1110, 440), (1215, 400)], 24)),
        ("机耕路", "Farm Track", smooth([(-856, -150), (-980, -180), (-1240, -240)], 24)),
    ]


_HILL_PATH = [
    (-458, 740), (-560, 730), (-640, 790), (-760, 800), (-900, 815), (-1040, 740), (-1070, 620),
    (-1010, 520), (-900, 500), (-820, 430), (-760, 310),
]  # fmt: skip
_LAKE_PATH = [
    (-400, -110), (-350, -80), (-270, -40), (-150, -30), (-76, -70), (10, -62), (96, -30),
    (196, -66), (190, -160), (90, -192), (0, -174), (-90, -206), (-190, -220), (-300, -204),
    (-360, -150), (-400, -110),
]  # fmt: skip
_BOARDWALK = [(-850, -330), (-760, -320), (-630, -370), (-620, -450), (-480, -460), (-430, -420)]


def _river_walk() -> Line:
    walk = [p for p in river_bank(72) if -1200 < p[0] < 1180]
    return [p for p, _ in beads(walk, 30)]
