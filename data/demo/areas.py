"""The demo community and its areas: the levels above it, zones, estates and the 60 grids."""

from __future__ import annotations

from collections.abc import Iterable

from data.demo.footprints import Building
from data.demo.geometry import Polygon, centroid
from data.demo.layout import ESTATES, ORIGIN_LAT, ORIGIN_LON
from data.demo.plan import draw_plan, polygon_json, to_degrees
from data.demo.spots import VERSION, grid_id
from rules.records import AreaRecord, CommunityRecord

COMMUNITY_ID = "demo"
AREA_ID = "community"
_ZONES = (("一片区", "Zone 1"), ("二片区", "Zone 2"), ("三片区", "Zone 3"))
# People per home by estate: ours, so that 3,876 homes hold a little over 10,000 residents.
_PER_HOME = {
    "shiliu": 2.42,
    "anju": 2.31,
    "wenchang": 2.55,
    "liuhua": 2.86,
    "wangshan": 2.74,
    "binhe": 2.9,
    "jinsui": 3.02,
    "liyuan": 3.4,
}


def residents_of(building: Building) -> int:
    """Return how many people live in a building."""
    return round(building.estate.homes_per_building * _PER_HOME[building.estate.code])


def community_record() -> CommunityRecord:
    """Return the community as registered, its figures the sums of its buildings."""
    homes, people = _sums(draw_plan().buildings)
    return CommunityRecord(
        community_id=COMMUNITY_ID,
        name_zh="石榴社区",
        name_en="Shiliu (Pomegranate) Community",
        is_demo=True,
        households=homes,
        residents=people,
        lon=ORIGIN_LON,
        lat=ORIGIN_LAT,
    )


def area_records() -> list[AreaRecord]:
    """Return all areas, each after the one above it."""
    plan = draw_plan()
    above = [
        _area("city", "city", "示例市", "Example City", None, None, ()),
        _area("district", "district", "示例区", "Example District", "city", None, ()),
        _area("subdistrict", "subdistrict", "示例街道", "Example Street", "district", None, ()),
        _area(
            AREA_ID, "community", "石榴社区", "Shiliu (Pomegranate) Community", "subdistrict",
            plan.outline, plan.buildings,
        ),
    ]  # fmt: skip
    zones = [
        _area(
            f"zone-{i + 1}", "zone", *_ZONES[i], AREA_ID, ring,
            [b for g in plan.grids if g.zone == i for b in g.buildings],
        )
        for i, ring in enumerate(plan.zones)
    ]  # fmt: skip
    estates = [
        _area(
            f"estate-{estate.code}", "estate", estate.name_zh, estate.name_en, AREA_ID,
            plan.estates[estate.code], [b for b in plan.buildings if b.estate is estate],
        )
        for estate in ESTATES
    ]  # fmt: skip
    grids = [
        _area(
            grid_id(g.number), "grid", f"网格{g.number}", f"Grid {g.number}", f"zone-{g.zone + 1}",
            g.ring, g.buildings,
        )
        for g in plan.grids
    ]  # fmt: skip
    return [*above, *zones, *estates, *grids]


def _area(
    source_id: str,
    level: str,
    name_zh: str,
    name_en: str,
    parent: str | None,
    ring: Polygon | None,
    buildings: Iterable[Building],
) -> AreaRecord:
    homes, people = _sums(buildings)
    lon, lat = to_degrees(centroid(ring)) if ring else (None, None)
    return AreaRecord(
        source_id=source_id,
        version=VERSION,
        level=level,
        name_zh=name_zh,
        name_en=name_en,
        parent_id=parent,
        geometry=polygon_json(ring) if ring else None,
        lon=lon,
        lat=lat,
        households=homes if ring else None,
        residents=people if ring else None,
    )


def _sums(buildings: Iterable[Building]) -> tuple[int, int]:
    housed = list(buildings)
    return sum(b.estate.homes_per_building for b in housed), sum(map(residents_of, housed))
