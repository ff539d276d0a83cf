"""Open reports of the same matter nearby are offered; nothing is merged or dropped by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rules.duplicates import MergeNotPossible, Report, check_merge, possible_twins
from rules.vocabulary import CASE_STATUSES, FINISHED_STATUSES

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
HERE = (121.5, 31.2)
METRE_NORTH = 1 / 111_195  # degrees of latitude
NEW = Report("", "sunny", "sewage_overflow", "reported", NOW, *HERE, building_id="b-1")
OTHER = replace(NEW, case_id="c-1", building_id=None)


def at(metres: float, case_id: str = "c-1", **known: object) -> Report:
    moved = replace(OTHER, case_id=case_id, lat=HERE[1] + metres * METRE_NORTH)
    return replace(moved, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "offered"),
    [
        (at(0), True),
        (at(249), True),
        (at(251), False),  # the next block
        (at(251, building_id="b-1"), True),  # a long building is one building
        (at(10, category="noise"), False),  # another matter
        (at(10, community_id="other"), False),  # never across communities
        (at(10, lon=None, lat=None), False),  # place unknown
        (at(10, lon=None, lat=None, building_id="b-1"), True),
        (at(0, location_flag="default_location"), False),  # thousands share that point
        (at(0, location_flag="default_location", building_id="b-1"), True),
        (at(0, case_id=""), False),  # itself
    ],
)
def test_open_reports_of_the_same_matter_nearby_are_offered(other: Report, offered: bool) -> None:
    assert bool(possible_twins(NEW, [other])) == offered


@pytest.mark.parametrize("status", CASE_STATUSES)
def test_only_open_reports_are_offered(status: str) -> None:
    offered = possible_twins(NEW, [at(0, status=status)])
    assert bool(offered) == (status not in FINISHED_STATUSES)


def test_the_same_building_comes_first_then_the_nearest_then_the_latest() -> None:
    reports = [
        at(90, "far"),
        at(20, "old", reported_at=NOW - timedelta(days=2)),
        at(20, "young"),
        at(200, "same", building_id="b-1"),
    ]
    assert [twin.report.case_id for twin in possible_twins(NEW, reports)] == [
        *("same", "young", "old", "far")
    ]
    assert len(possible_twins(NEW, reports, most=2)) == 2


def test_two_unknown_buildings_are_not_the_same_building() -> None:
    nowhere = replace(NEW, lon=None, lat=None, building_id=None)
    assert possible_twins(nowhere, [replace(nowhere, case_id="c-1")]) == ()


def test_the_distance_is_told_and_unknown_where_it_is() -> None:
    near, somewhere = possible_twins(NEW, [at(100), at(0, "c-2", lon=None, building_id="b-1")])[
        ::-1
    ]
    assert near.distance_m == pytest.approx(100, abs=0.5)
    assert somewhere.distance_m is None
    assert somewhere.same_building


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (replace(OTHER, case_id="c-0"), "same_case"),
        (replace(OTHER, community_id="other"), "other_community"),
        (replace(OTHER, status="closed"), "finished"),
        (replace(OTHER, status="cancelled"), "finished"),  # so no circle can arise
    ],
)
def test_a_report_is_not_merged_into_what_nobody_works_on(target: Report, reason: str) -> None:
    with pytest.raises(MergeNotPossible) as raised:
        check_merge(replace(NEW, case_id="c-0"), target)
    assert raised.value.fields == {"reason": reason}


def test_a_person_may_merge_across_categories() -> None:
    check_merge(replace(NEW, case_id="c-0"), replace(OTHER, category="pipe_leak"))
