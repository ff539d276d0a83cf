"""Decides which open reports are offered to a reporter as "follow this one instead of a twin".

REFERENCE §1: same category, open, within 250 m or in the same building. It only offers: a report
is never dropped, and a merge keeps everybody who reported it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rules.coordinates import distance_m
from rules.errors import RuleViolation
from rules.vocabulary import LOCATION_FLAGS, OPEN_STATUSES

NEARBY_M = 250.0  # REFERENCE §1
MOST_OFFERED = 5  # ours: more than a phone shows at once is not read


class MergeNotPossible(RuleViolation):
    """The case to follow is the same one, is finished or belongs elsewhere; choose another."""

    code = "merge_not_possible"


@dataclass(frozen=True, slots=True)
class Report:
    """What is compared of a report.

    Attributes:
        case_id: The case; an empty text for one not sent yet.
        community_id: Its community; reports of another one are never offered.
        category: Category code.
        status: A code of CASE_STATUSES.
        reported_at: Aware moment.
        lon: Degrees east, WGS-84; None where unknown.
        lat: Degrees north.
        building_id: Building it is about, where known.
        location_flag: default_location where the position is only the source's default.
    """

    case_id: str
    community_id: str
    category: str
    status: str
    reported_at: datetime
    lon: float | None = None
    lat: float | None = None
    building_id: str | None = None
    location_flag: str | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """An open report that may be the same matter.

    Attributes:
        report: The report offered.
        distance_m: Metres between the two; None where one has no position of its own.
        same_building: True where both name the same building.
    """

    report: Report
    distance_m: float | None
    same_building: bool


def possible_twins(
    new: Report, others: Iterable[Report], most: int = MOST_OFFERED
) -> tuple[Twin, ...]:
    """Find the open reports to offer before a report is sent.

    Args:
        new: The report being written.
        others: Reports to look among, in any order; finished ones are passed over.
        most: How many to offer.

    Returns:
        Those of the same building first, then the nearest, then the latest reported.
    """
    found = [
        twin
        for other in others
        if other.case_id != new.case_id and _same_matter(new, other)
        if (twin := _twin(new, other)) is not None
    ]
    found.sort(key=lambda twin: twin.report.reported_at, reverse=True)
    found.sort(key=lambda t: (not t.same_building, t.distance_m is None, t.distance_m or 0.0))
    return tuple(found[:most])


def check_merge(report: Report, target: Report) -> None:
    """Hold that a report may be merged into another; its category may differ, a person has judged.

    Raises:
        MergeNotPossible: With `reason` same_case, other_community or finished.
    """
    if report.case_id == target.case_id:
        raise MergeNotPossible(reason="same_case")
    if report.community_id != target.community_id:
        raise MergeNotPossible(reason="other_community")
    # Following a finished case would lose the report: nobody works on it. This also rules out
    # circles, as a merged case is itself finished.
    if target.status not in OPEN_STATUSES:
        raise MergeNotPossible(reason="finished")


def _same_matter(new: Report, other: Report) -> bool:
    return (
        other.status in OPEN_STATUSES
        and other.community_id == new.community_id
        and other.category == new.category
    )


def _twin(new: Report, other: Report) -> Twin | None:
    metres = _metres_apart(new, other)
    same = new.building_id is not None and new.building_id == other.building_id
    if not same and (metres is None or metres > NEARBY_M):
        return None
    return Twin(other, metres, same)


def _metres_apart(one: Report, two: Report) -> float | None:
    # Thousands of reports may share a source's default position without being near each other.
    if one.location_flag in LOCATION_FLAGS or two.location_flag in LOCATION_FLAGS:
        return None
    if one.lon is None or one.lat is None or two.lon is None or two.lat is None:
        return None
    return distance_m(one.lon, one.lat, two.lon, two.lat)
