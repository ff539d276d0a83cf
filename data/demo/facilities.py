"""The demo community's 4,980 facilities: lights, manholes, hydrants, tanks, lifts, sheds, gates."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from data.demo.footprints import Building
from data.demo.geometry import Line, Point, place, rectangle
from data.demo.plan import Plan, draw_plan
from data.demo.spots import Spot, beside, evenly, inside_only

FACILITY_COUNT = 4_980
_LIFTS_PER_STAIRS = {"tower": 2, "mid": 1}
# kind, Chinese, English, role to call, (across, along) of the building's middle in metres
_BY_BUILDING: tuple[tuple[str, str, str, str, Point], ...] = (
    ("septic_tank", "化粪池", "Septic Tank", "property", (12, 15)),
    ("bulletin_board", "公告栏", "Bulletin Board", "grid_worker", (-14, -15)),
)
# kind, Chinese, English, role, homes that share one, footprint metres or None
_SHARED: tuple[tuple[str, str, str, str, int, tuple[float, float] | None], ...] = (
    ("ebike_shed", "电动车棚", "E-bike Shed", "property", 54, (18.0, 5.0)),
    ("waste_station", "垃圾分类站", "Waste Station", "property", 46, (8.0, 4.0)),
    ("power_room", "配电房", "Power Room", "property", 96, (7.0, 6.0)),
    ("pump_room", "水泵房", "Pump Room", "property", 290, (8.0, 7.0)),
    ("help_post", "一键报警柱", "Help Post", "patrol", 164, None),
    ("fitness", "健身点", "Fitness Corner", "property", 66, None),
)
_PILES_PER_SHED = 6


@cache
def facility_spots() -> tuple[Spot, ...]:
    """Return every facility in a fixed order; manholes fill up to `FACILITY_COUNT`."""
    plan = draw_plan()
    spots = [
        *(spot for building in plan.buildings for spot in _of_building(building)),
        *_shared(plan),
        *_gates(plan),
        *_fire_lanes(plan),
        *_along(plan, "hydrant", "消火栓", "Hydrant", 96, 118, 6, "patrol"),
        *_lights(plan),
    ]
    manholes = inside_only(
        list(_along(plan, "manhole", "检查井", "Manhole", 17, 9, 1.5, "property"))
    )
    return (*spots, *evenly(manholes, FACILITY_COUNT - len(spots)))


def _of_building(building: Building) -> Iterator[Spot]:
    zh, en, key = building.name_zh, building.name_en, building.source_id
    for kind, kind_zh, kind_en, role, offset in _BY_BUILDING:
        point = place(building.middle, building.angle_deg, [offset])[0]
        yield Spot(f"{kind}-{key}", kind, f"{zh}{kind_zh}", f"{en} {kind_en}", point, role)
    stairs = building.estate.stairs
    for k in range(stairs):
        at = ((k - (stairs - 1) / 2) * 18.0, 9.0)
        point = place(building.middle, building.angle_deg, [at])[0]
        name, name_en = f"{zh}{k + 1}单元门", f"{en} Stairwell {k + 1} Door"
        yield Spot(f"door-{key}-{k + 1}", "facility", name, name_en, point, "property")
        for lift in range(_LIFTS_PER_STAIRS.get(building.estate.shape, 0)):
            number = k * 2 + lift + 1
            inside = place(building.middle, building.angle_deg, [(at[0] + 3 * lift, 1.0)])[0]
            name, name_en = f"{zh}{number}号电梯", f"{en} Lift {number}"
            yield Spot(f"lift-{key}-{number}", "lift", name, name_en, inside, "property")


def _shared(plan: Plan) -> Iterator[Spot]:
    """Place what several buildings share at the gable of one of them, estate by estate."""
    for code in plan.estates:
        members = [b for b in plan.buildings if b.estate.code == code]
        homes = sum(b.estate.homes_per_building for b in members)
        for n, (kind, zh, en, role, share, size) in enumerate(_SHARED):
            count = min(len(members), max(1, round(homes / share)))
            for k, host in enumerate(evenly(members, count), start=1):
                side = -1 if n % 2 else 1
                depth = 17.0 if n < 3 else -19.0
                at = place(host.middle, host.angle_deg, [(side * (8 + 9 * (n // 2)), depth)])[0]
                ring = place(at, host.angle_deg, rectangle(*size)) if size else None
                estate = host.estate
                key = f"{kind}-{code}-{k:02d}"
                names = f"{estate.name_zh} {k}号{zh}", f"{estate.name_en} {en} {k}"
                yield Spot(key, kind, *names, at, role, ring)
                if kind == "ebike_shed":
                    yield from _piles(key, names, at, host.angle_deg)


def _piles(key: str, names: tuple[str, str], at: Point, angle_deg: float) -> Iterator[Spot]:
    for k in range(_PILES_PER_SHED):
        point = place(at, angle_deg, [((k - 2.5) * 2.8, 1.6)])[0]
        zh, en = f"{names[0]} 充电桩{k + 1}", f"{names[1]} Charger {k + 1}"
        yield Spot(f"pile-{key}-{k + 1}", "charging_pile", zh, en, point, "property")


def _gates(plan: Plan) -> Iterator[Spot]:
    for lane in plan.lanes:
        for gate in lane.gates:
            zh = lane.name_zh.removesuffix("路")
            en = lane.name_en.removesuffix(" Way") + " Gate"
            key = f"gate-{lane.name_en.lower().replace(' ', '-').removesuffix('-way')}"
            yield Spot(key, "gate", zh, en, gate, "property")


def _fire_lanes(plan: Plan) -> Iterator[Spot]:
    for lane in plan.lanes:
        if lane.gates or lane.name_en.endswith("Ring"):
            continue
        middle = lane.line[len(lane.line) // 2]
        key = f"fire-lane-{lane.name_en.lower().replace(' ', '-')}"
        names = f"{lane.name_zh}消防通道", f"{lane.name_en} Fire Lane"
        yield Spot(key, "fire_lane", *names, middle, "patrol", line=lane.line)


def _lights(plan: Plan) -> list[Spot]:
    poles: list[Spot] = []
    for key, names, line, spacing, sides in _ways(plan, 38, 34):
        for side, offset in enumerate(sides):
            for k, point in enumerate(beside(line, spacing, offset, 8 + 17 * side), start=1):
                pole = f"{'东西'[side]}侧{k}号路灯" if len(sides) > 1 else f"{k}号路灯"
                poles.append(
                    Spot(
                        f"light-{key}-{side}-{k:03d}", "street_light", f"{names[0]}{pole}",
                        f"{names[1]} Light {'AB'[side]}{k}", point, "property",
                    )
                )  # fmt: skip
    return inside_only(poles)


def _along(
    plan: Plan, kind: str, zh: str, en: str, road_m: float, lane_m: float, off_m: float, role: str
) -> list[Spot]:
    return inside_only(
        [
            Spot(
                f"{kind}-{key}-{k:03d}", kind, f"{names[0]} {k}号{zh}", f"{names[1]} {en} {k}",
                point, role,
            )
            for key, names, line, spacing, _ in _ways(plan, road_m, lane_m)
            for k, point in enumerate(beside(line, spacing, -off_m, spacing / 2), start=1)
        ]
    )  # fmt: skip


def _ways(
    plan: Plan, road_m: float, lane_m: float
) -> Iterator[tuple[str, tuple[str, str], Line, float, tuple[float, ...]]]:
    """Yield key, names, line, spacing and light sides of every road, lane and path."""
    for zh, en, line in plan.roads:
        yield en.lower().replace(" ", "-"), (zh, en), line, road_m, (9.0, -9.0)
    for lane in plan.lanes:
        key = lane.name_en.lower().replace(" ", "-")
        yield key, (lane.name_zh, lane.name_en), lane.line, lane_m, (3.5,)
    for zh, en, line in plan.paths:
        yield en.lower().replace(" ", "-"), (zh, en), line, lane_m, (3.0,)
