"""The demo community's 690 sensors and 500 cameras, each with a place, a heading and a state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from data.demo.areas import COMMUNITY_ID
from data.demo.facilities import facility_spots
from data.demo.geometry import Point, beads, parallel, place
from data.demo.plan import Plan, draw_plan, to_degrees
from data.demo.spots import VERSION, Spot, beside, compass, evenly, grid_ids
from rules.records import DeviceRecord

SENSOR_COUNT, CAMERA_COUNT = 690, 500
_SICK_CAMERAS, _SICK_SENSORS = 7, 9  # offline or faulty when the demo starts
# Sensor kind, the facility kind it sits at, Chinese, English, how many (None: one at each).
_AT_FACILITIES: tuple[tuple[str, str, str, str, int | None], ...] = (
    ("lift", "lift", "运行监测", "Monitor", None),
    ("help_post", "help_post", "呼叫终端", "Terminal", None),
    ("gate", "gate", "道闸", "Barrier", None),
    ("septic_gas", "septic_tank", "气体监测", "Gas Sensor", 44),
    ("electric_fire", "power_room", "电气火灾监测", "Electrical Fire Sensor", None),
    ("ebike_charging", "ebike_shed", "充电监测", "Charging Monitor", None),
    ("fire_lane", "fire_lane", "占用监测", "Occupancy Sensor", None),
    ("pump", "pump_room", "水泵监测", "Pump Monitor", None),
    ("water_level", "manhole", "液位监测", "Water Level", 24),
)


@dataclass(frozen=True, slots=True)
class _Mount:
    source_id: str
    kind: str
    name_zh: str
    name_en: str
    point: Point
    place_id: str | None = None
    heading_deg: float | None = None


def device_records(seed: int, now: datetime) -> list[DeviceRecord]:
    """Return sensors, then cameras; a few are offline or faulty.

    Args:
        seed: Decides which are not well, and since when.
        now: Moment the states are as of, aware.
    """
    chance = Random(f"{COMMUNITY_ID}/{seed}/devices")
    sensors, cameras = _sensors(draw_plan()), _cameras(draw_plan())
    sick = {
        mount.source_id: chance.choice(("offline", "offline", "fault"))
        for group, count in ((sensors, _SICK_SENSORS), (cameras, _SICK_CAMERAS))
        for mount in chance.sample(group, count)
    }
    mounts = [*sensors, *cameras]
    grids = grid_ids([mount.point for mount in mounts])
    return [
        _record(mount, grid, sick.get(mount.source_id, "online"), now, chance)
        for mount, grid in zip(mounts, grids, strict=True)
    ]


def _record(
    mount: _Mount, grid: str | None, state: str, now: datetime, chance: Random
) -> DeviceRecord:
    silent_s = chance.uniform(2, 50) if state == "online" else chance.uniform(900, 90_000)
    lon, lat = to_degrees(mount.point)
    return DeviceRecord(
        source_id=mount.source_id,
        version=VERSION,
        kind=mount.kind,
        name_zh=mount.name_zh,
        name_en=mount.name_en,
        area_id=grid,
        place_id=mount.place_id,
        lon=lon,
        lat=lat,
        accuracy_m=1.0,
        heading_deg=mount.heading_deg,
        state=state,
        seen_at=now - timedelta(seconds=round(silent_s)),
    )


def _sensors(plan: Plan) -> list[_Mount]:
    facilities = facility_spots()
    mounts = [*_at_facilities(facilities), *_at_buildings(plan), *_outdoors(plan)]
    return [*mounts, *_smoke(plan, SENSOR_COUNT - len(mounts))]


def _at_facilities(facilities: Sequence[Spot]) -> Iterator[_Mount]:
    for kind, host_kind, zh, en, count in _AT_FACILITIES:
        hosts = [spot for spot in facilities if spot.kind == host_kind]
        for host in evenly(hosts, count or len(hosts)):
            yield _Mount(
                f"sensor-{kind}-{host.source_id}", kind, f"{host.name_zh} {zh}",
                f"{host.name_en} {en}", host.point, host.source_id,
            )  # fmt: skip


def _at_buildings(plan: Plan) -> Iterator[_Mount]:
    tall = [b for b in plan.buildings if b.estate.floors > 6]
    for b in tall:
        point = place(b.middle, b.angle_deg, [(0.0, -24.0)])[0]
        names = f"{b.name_zh} 高空抛物监测", f"{b.name_en} Falling Object Monitor"
        yield _Mount(
            f"sensor-falling-{b.source_id}", "falling_object", *names, point, b.source_id,
            round(b.angle_deg % 360, 1),
        )  # fmt: skip


def _outdoors(plan: Plan) -> Iterator[_Mount]:
    for code, ring in plan.estates.items():
        estate = next(b.estate for b in plan.buildings if b.estate.code == code)
        for k, (point, heading) in enumerate(evenly(beads([*ring, ring[0]], 12.0), 5), start=1):
            names = f"{estate.name_zh} 周界{k}段", f"{estate.name_en} Perimeter {k}"
            key = f"sensor-perimeter-{code}-{k}"
            yield _Mount(key, "perimeter", *names, point, None, round(heading, 1))
    for k, site in enumerate(evenly(plan.sites, 12), start=1):
        names = f"{site.name_zh} 环境监测", f"{site.name_en} Environment Station"
        yield _Mount(f"sensor-environment-{k:02d}", "environment", *names, site.ring[0])


def _smoke(plan: Plan, count: int) -> list[_Mount]:
    """Fill up with smoke detectors: stairwell by stairwell, old estates first."""
    stairs = [
        (b, k)
        for b in sorted(plan.buildings, key=lambda b: b.estate.floors)
        for k in range(b.estate.stairs)
    ]
    return [
        _Mount(
            f"sensor-smoke-{b.source_id}-{k + 1}", "smoke",
            f"{b.name_zh}{k + 1}单元 烟感", f"{b.name_en} Stairwell {k + 1} Smoke Detector",
            place(b.middle, b.angle_deg, [((k - (b.estate.stairs - 1) / 2) * 18.0, 3.0)])[0],
            b.source_id,
        )
        for b, k in evenly(stairs, count)
    ]  # fmt: skip


def _cameras(plan: Plan) -> list[_Mount]:
    """Return cameras: two at each gate, then roads, lanes, paths and key places in turn."""
    gates = [
        _camera(f"{lane.name_zh}口{way_zh}", f"{lane.name_en} Gate {way}", gate, heading + turn)
        for lane in plan.lanes
        for gate in lane.gates
        for heading in (beads(lane.line, 10.0)[-1][1],)
        for turn, way_zh, way in ((0.0, "出向", "Out"), (180.0, "入向", "In"))
    ]
    roads = [
        _camera(f"{zh} {k:02d}号点", f"{en} Point {k:02d}", point, heading + turn)
        for zh, en, line in plan.roads
        for turn, off in ((0.0, 10.0), (180.0, -10.0))
        for k, (point, heading) in enumerate(beads(parallel(line, off), 112.0, 30.0), start=1)
    ]
    lanes = [
        _camera(f"{zh} {k}号点", f"{en} Point {k}", point, 90.0 * k + 15 * len(en))
        for zh, en, line in [(x.name_zh, x.name_en, x.line) for x in plan.lanes] + plan.paths
        for k, point in enumerate(beside(line, 62.0, -3.0, 24.0), start=1)
    ]
    sites = [
        _camera(f"{s.name_zh} 门前", f"{s.name_en} Front", s.ring[1], 45.0 + 90 * (k % 4))
        for k, s in enumerate(plan.sites)
    ]
    fixed = [*gates, *sites]
    open_air = [*evenly(roads, 170), *evenly(lanes, CAMERA_COUNT - 170 - len(fixed))]
    return _numbered([*fixed, *open_air])


def _camera(zh: str, en: str, point: Point, heading_deg: float) -> _Mount:
    heading = round(heading_deg % 360, 1) % 360
    way_zh, way_en = compass(heading)
    return _Mount("", "camera", f"{zh} {way_zh}向", f"{en} {way_en}", point, None, heading)


def _numbered(mounts: Sequence[_Mount]) -> list[_Mount]:
    return [
        _Mount(f"camera-{k:03d}", m.kind, m.name_zh, m.name_en, m.point, None, m.heading_deg)
        for k, m in enumerate(mounts, start=1)
    ]
