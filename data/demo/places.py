"""The demo community's places: what the plan draws, its 120 buildings and its 186 key places."""

from __future__ import annotations

from collections.abc import Iterator

from data.demo.geometry import beads, centroid, parallel
from data.demo.plan import Plan, draw_plan
from data.demo.scenery import Site
from data.demo.spots import Spot, evenly, inside_only

KEY_PLACE_COUNT = 186
_ROLES = {"committee": "duty_officer", "school": "patrol", "kindergarten": "patrol"}
# Shops and services at street level: Chinese, English.
_SHOPS = (
    ("便利店", "Convenience Store"), ("早餐店", "Breakfast Shop"), ("药店", "Pharmacy"),
    ("理发店", "Barber"), ("水果店", "Greengrocer"), ("五金店", "Hardware Shop"),
    ("快递驿站", "Parcel Station"), ("面馆", "Noodle Shop"), ("洗衣店", "Laundry"),
    ("电动车维修", "E-bike Repair"), ("银行网点", "Bank Branch"), ("文具店", "Stationer"),
    ("粮油店", "Grain Shop"), ("社区食堂", "Community Canteen"), ("通信营业厅", "Telecom Shop"),
)  # fmt: skip


def plan_spots() -> list[Spot]:
    """Return roads, lanes, green, water and the estates' outlines: drawn, but no map objects."""
    plan = draw_plan()
    return [*_ways(plan), *_grounds(plan), *_estate_limits(plan)]


def building_spots() -> list[Spot]:
    """Return the 120 residential buildings with floors and homes."""
    return [
        Spot(
            b.source_id,
            "building",
            b.name_zh,
            b.name_en,
            b.middle,
            "grid_worker",
            b.ring,
            floors=b.estate.floors,
            households=b.estate.homes_per_building,
        )
        for b in draw_plan().buildings
    ]


def key_place_spots() -> list[Spot]:
    """Return the 186 key places: those with a footprint, then shops along the roads."""
    plan = draw_plan()
    spots = [_site(site, f"site-{k:02d}") for k, site in enumerate(plan.sites, start=1)]
    return [*spots, *evenly(_shops(plan), KEY_PLACE_COUNT - len(spots))]


def _site(site: Site, source_id: str) -> Spot:
    role = _ROLES.get(site.kind, "grid_worker")
    return Spot(
        source_id, site.kind, site.name_zh, site.name_en, centroid(site.ring), role, site.ring
    )


def _shops(plan: Plan) -> list[Spot]:
    """Return candidate shops on both sides of the roads between the estates."""
    spots: list[Spot] = []
    counts: dict[str, int] = {}
    for zh, en, line in plan.roads:
        for side in (16.0, -16.0):
            for point, _ in beads(parallel(line, side), 46.0, 20.0):
                if not (-860 < point[0] < 860 and -300 < point[1] < 720):
                    continue
                number = counts[en] = counts.get(en, 0) + 1
                shop_zh, shop_en = _SHOPS[(len(spots) * 7) % len(_SHOPS)]
                key = f"shop-{en.lower().replace(' ', '-')}-{number:03d}"
                names = f"{zh}{number}号 {shop_zh}", f"{shop_en}, {number} {en}"
                spots.append(Spot(key, "shop", *names, point, "grid_worker"))
    return inside_only(spots)


def _ways(plan: Plan) -> Iterator[Spot]:
    named = [
        *(("road", zh, en, line) for zh, en, line in plan.roads),
        *(("lane", lane.name_zh, lane.name_en, lane.line) for lane in plan.lanes),
        *(("path", zh, en, line) for zh, en, line in plan.paths),
    ]
    for prefix, zh, en, line in named:
        key = f"{prefix}-{en.lower().replace(' ', '-')}"
        yield Spot(key, "road", zh, en, line[len(line) // 2], line=line)


def _grounds(plan: Plan) -> Iterator[Spot]:
    for site_kind, sites in (("green", plan.greens), ("water", plan.waters)):
        for k, site in enumerate(sites, start=1):
            middle = centroid(site.ring)
            yield Spot(
                f"{site_kind}-{k:02d}", site_kind, site.name_zh, site.name_en, middle,
                "property", site.ring,
            )  # fmt: skip


def _estate_limits(plan: Plan) -> Iterator[Spot]:
    for building in {b.estate.code: b for b in plan.buildings}.values():
        estate = building.estate
        ring = plan.estates[estate.code]
        names = estate.name_zh, estate.name_en
        yield Spot(f"wall-{estate.code}", "boundary", *names, centroid(ring), "property", ring)
