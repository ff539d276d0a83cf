"""The plan of the demo community: valid shapes, no gap, every building where it belongs."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import LineString, Polygon, shape
from shapely.ops import unary_union

from data.demo.layout import ESTATES
from data.demo.plan import Plan, polygon_json, to_degrees, to_metres
from rules.mainland import in_mainland


def test_the_community_has_the_size_of_the_largest_one_known(plan: Plan) -> None:
    assert len(plan.zones) == 3
    assert len(plan.grids) == 60
    assert len(plan.estates) == 8
    assert len(plan.buildings) == 120
    assert sum(b.estate.homes_per_building for b in plan.buildings) == 3_876
    assert Polygon(plan.outline).area == pytest.approx(4.1e6, rel=0.03)


def test_grids_tile_the_community_without_gap_or_overlap(plan: Plan) -> None:
    rings = [shape(polygon_json(grid.ring)) for grid in plan.grids]
    whole = unary_union(rings)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors, "a gap between grids"
    outline = shape(polygon_json(plan.outline))
    assert whole.symmetric_difference(outline).area < outline.area * 1e-9
    assert sum(ring.area for ring in rings) == pytest.approx(whole.area, rel=1e-9), "an overlap"


def test_neighbouring_grids_share_their_vertices_exactly(plan: Plan) -> None:
    rings = [shape(polygon_json(grid.ring)) for grid in plan.grids]
    for i, ring in enumerate(rings):
        for other in rings[i + 1 :]:
            assert ring.intersection(other).area < 1e-15


def test_grids_are_numbered_from_west_to_east_by_zone(plan: Plan) -> None:
    assert [grid.number for grid in plan.grids] == list(range(1, 61))
    assert [grid.zone for grid in plan.grids] == sorted(grid.zone for grid in plan.grids)


def test_every_polygon_of_the_plan_is_valid(plan: Plan) -> None:
    rings = [
        plan.outline,
        *plan.zones,
        *plan.estates.values(),
        *(grid.ring for grid in plan.grids),
        *(building.ring for building in plan.buildings),
        *(site.ring for site in (*plan.greens, *plan.waters, *plan.sites)),
    ]
    broken = [ring[:2] for ring in rings if not Polygon(ring).is_valid]
    assert broken == []


def test_every_building_stands_wholly_in_its_estate_and_in_one_grid(plan: Plan) -> None:
    estates = {code: Polygon(ring) for code, ring in plan.estates.items()}
    seen = 0
    for grid in plan.grids:
        ground = Polygon(grid.ring)
        for building in grid.buildings:
            seen += 1
            assert ground.contains(Polygon(building.ring)), building.name_en
            assert estates[building.estate.code].contains(Polygon(building.ring)), building.name_en
    assert seen == 120


def test_buildings_keep_clear_of_each_other_of_water_and_of_key_places(plan: Plan) -> None:
    footprints = [(b.name_en, Polygon(b.ring)) for b in plan.buildings]
    others = [
        (site.name_en, Polygon(site.ring))
        for site in (*plan.waters, *plan.sites)
        if site.kind != "square"
    ]
    for i, (name, ring) in enumerate(footprints):
        for other, other_ring in [*footprints[i + 1 :], *others]:
            assert not ring.intersects(other_ring), f"{name} meets {other}"


def test_key_places_do_not_overlap(plan: Plan) -> None:
    shapes = [(site.name_en, Polygon(site.ring)) for site in plan.sites]
    for i, (name, ring) in enumerate(shapes):
        for other, other_ring in shapes[i + 1 :]:
            assert not ring.intersects(other_ring), f"{name} meets {other}"


def test_no_building_stands_on_a_main_road(plan: Plan) -> None:
    roads = unary_union([LineString(line).buffer(7) for _, _, line in plan.roads])
    for name, ring in [
        *((b.name_en, b.ring) for b in plan.buildings),
        *((s.name_en, s.ring) for s in plan.sites),
    ]:
        assert not Polygon(ring).intersects(roads), name


def test_every_estate_has_lanes_and_at_least_two_gates(plan: Plan) -> None:
    for estate in ESTATES:
        own = [lane for lane in plan.lanes if lane.estate is estate]
        assert len(own) >= 3, estate.name_en
        assert sum(len(lane.gates) for lane in own) >= 2, estate.name_en


def test_metres_and_degrees_turn_into_each_other() -> None:
    for point in ((0.0, 0.0), (1_250.0, -640.0), (-1_300.0, 900.0)):
        assert to_metres(*to_degrees(point)) == pytest.approx(point, abs=0.02)


def test_the_plan_lies_in_mainland_china(plan: Plan) -> None:
    corners = np.array([to_degrees(point) for point in plan.outline])
    assert in_mainland(corners[:, 0], corners[:, 1]).all()
