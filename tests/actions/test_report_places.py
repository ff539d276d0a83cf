"""The plan to tap on: as many degrees as it says, and larger around the place of a code."""

from __future__ import annotations

import pytest

from actions.reporting.places import NEAR_M, Plan, Shape, around

PLAN = Plan(
    113.0, 33.0, 113.03, 33.02, 1000, 795,
    (
        Shape("building", "近", ((500, 397), (510, 397), (510, 404)), True),
        Shape("building", "远", ((10, 10), (20, 10), (20, 20)), True),
    ),
)  # fmt: skip


def place_of(plan: Plan, point: tuple[int, int]) -> tuple[float, float]:
    """Degrees of a point of the picture, as the page's script reads a tap."""
    lon = plan.west + point[0] / plan.width * (plan.east - plan.west)
    lat = plan.north - point[1] / plan.height * (plan.north - plan.south)
    return lon, lat


def test_around_a_place_shapes_keep_their_degrees_and_far_ones_go() -> None:
    lon, lat = place_of(PLAN, (505, 400))
    near = around(PLAN, lon, lat)
    assert [shape.name for shape in near.shapes] == ["近"]
    for before, after in zip(PLAN.shapes[0].points, near.shapes[0].points, strict=True):
        assert place_of(near, after) == pytest.approx(place_of(PLAN, before), abs=2e-5)
    assert (near.north - near.south) * 111_320 == pytest.approx(2 * NEAR_M, rel=0.01)


@pytest.mark.parametrize("at", [(None, None), (120.0, 30.0)])
def test_without_a_place_on_it_the_plan_stays_whole(at: tuple[float, float]) -> None:
    assert around(PLAN, *at) is PLAN
