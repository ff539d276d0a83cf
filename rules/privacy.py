"""Decides what each role may do and which counts of people may be shown.

DOMAIN §3: R1 (the wall's own projection, small cells below 5 suppressed) and the role matrix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple, get_args

from rules.errors import RuleViolation

Action = Literal[
    "feed.read",  # the wall's projection: no names, phones, door numbers, health or free text
    "health.read",  # how sources, store and backups do
    "case.read",  # facts of cases
    "case.read_text",  # title, description and address as reported; they may name people
    "case.write",
    "case.approve",  # suspend, cancel: what needs a second word
    "case.supervise",
    "roster.read",  # who is on duty, by callsign
    "roster.cover",  # note who is away and who stands in
    "roster.write",  # teams and shifts
    "shift.hand_over",  # write, sign and take over
    "alarm.read",  # alarms with who took them
    "alarm.raise",
    "alarm.handle",  # acknowledge, reset, silence, close, make a case of it
    "plan.read",  # emergency plans and their runs
    "plan.run",  # start one, settle its steps, end it
    "plan.approve",  # be the second person of a run
    "plan.write",
    "person.read",  # files of people, households and enterprises, masked (V)
    "person.unmask",  # one field at a time, with purpose and reason (U)
    "person.write",
    "person.count",  # how many, never who
    "video.view",
    "video.approve",
    "export.request",  # bulk copies; wait for the second person
    "export.approve",
    "audit.read",  # the whole audit log
    "audit.summary",  # how often what happened, never whose
    "rights.handle",  # requests of the people the records are about
    "rights.approve",
    "retention.run",
    "config.write",
    "account.manage",
    "own.read",  # what is recorded about oneself
]
Scope = Literal["community", "own_grid", "assigned", "active_case", "own", "own_source"]

ACTIONS: tuple[Action, ...] = get_args(Action)

_CASES: dict[Action, Scope] = {
    "case.read": "community",
    "case.read_text": "community",
    "case.write": "community",
}
_ROSTER: dict[Action, Scope] = {"roster.read": "community", "roster.cover": "community"}
_ALARMS: dict[Action, Scope] = {
    "alarm.read": "community",
    "alarm.raise": "community",
    "alarm.handle": "community",
}
_PLANS: dict[Action, Scope] = {
    "plan.read": "community",
    "plan.run": "community",
    "plan.approve": "community",
}
# The matrix of DOMAIN §3, one row per role. The audit column's V of secretary and sub-district is
# the masked view, a summary; the log itself is for the privacy role alone. Roles exclude each
# other on purpose (MLPS 2.0, R25): who makes accounts reads no files, who reads the audit makes
# neither accounts nor settings.
GRANTS: dict[str, dict[Action, Scope]] = {
    "wall": {"feed.read": "community", "video.view": "community"},
    "duty_officer": {
        **_CASES,
        **_ROSTER,
        **_ALARMS,
        "shift.hand_over": "community",
        **_PLANS,
        "feed.read": "community",
        "health.read": "community",
        "person.read": "community",
        "person.unmask": "active_case",
        "video.view": "community",
    },
    "grid_worker": {
        "case.read": "own_grid",
        "case.read_text": "own_grid",
        "case.write": "own_grid",
        "alarm.raise": "own_grid",
        "plan.read": "community",
        "feed.read": "community",
        "person.read": "own_grid",
        "person.unmask": "own_grid",
        "person.write": "own_grid",
    },
    "secretary": {
        **_CASES,
        **_ROSTER,
        "roster.write": "community",
        **_ALARMS,
        "shift.hand_over": "community",
        **_PLANS,
        "plan.write": "community",
        "case.approve": "community",
        "case.supervise": "community",
        "feed.read": "community",
        "health.read": "community",
        "person.read": "community",
        "person.unmask": "community",
        "person.write": "community",
        "person.count": "community",
        "video.approve": "community",
        "export.request": "community",
        "export.approve": "community",
        "audit.summary": "community",
        "rights.approve": "community",
        "config.write": "community",
    },
    "property": {
        "case.read": "assigned",
        "case.read_text": "assigned",
        "case.write": "assigned",
        "plan.read": "community",
        "feed.read": "community",
    },
    "subdistrict": {
        "case.read": "community",
        "roster.read": "community",
        "alarm.read": "community",
        "plan.read": "community",
        "plan.approve": "community",
        "case.supervise": "community",
        "feed.read": "community",
        "person.count": "community",
        "export.approve": "community",
        "audit.summary": "community",
    },
    "privacy": {
        "case.read": "community",
        "feed.read": "community",
        "health.read": "community",
        "export.approve": "community",
        "audit.read": "community",
        "audit.summary": "community",
        "rights.handle": "community",
        "retention.run": "community",
    },
    "admin": {
        "feed.read": "community",
        "health.read": "community",
        "config.write": "community",
        "account.manage": "community",
    },
    "resident": {
        "case.read": "own",
        "case.read_text": "own",
        "case.write": "own",
        "own.read": "own",
    },
    "source": {
        "case.read": "own_source",
        "case.write": "own_source",
        "alarm.raise": "own_source",
    },
}
ROLES: tuple[str, ...] = tuple(GRANTS)
# Roles a person can sign in with; the others come by device link, by private link and by key.
ACCOUNT_ROLES: tuple[str, ...] = (
    "duty_officer",
    "grid_worker",
    "secretary",
    "property",
    "subdistrict",
    "privacy",
    "admin",
)

SMALL_CELL = 5  # DOMAIN R1: the smallest count of people shown by itself


class CountInvalid(RuleViolation):
    """A count of people below zero; the query that made it is wrong."""

    code = "count_invalid"


class ShownCounts(NamedTuple):
    """Counts of people that may be shown side by side.

    Attributes:
        buildings: Count per building, each at least `SMALL_CELL`.
        areas: Count per area over its hidden buildings only, never over all of them.
        remainder: Count over everyone else, for the next larger area; when it is itself below
            `SMALL_CELL`, show no number at all.
    """

    buildings: dict[str, int]
    areas: dict[str, int]
    remainder: int


def may(role: str, action: str) -> bool:
    """Say whether a role may take an action, within the scope that `scope_of` names.

    An unknown role or action may nothing.
    """
    return scope_of(role, action) is not None


def scope_of(role: str, action: str) -> Scope | None:
    """Name what a role's action reaches, None where it is not allowed.

    "community": everything in the viewer's communities, within the areas it covers. "own_grid":
    only rows of the areas it covers, nothing where it covers none. "assigned": only what was handed
    to its organisation. "active_case": only in connection with an open case. "own": only what is
    the viewer's own. "own_source": only rows that the key's own source handed in, which lets a
    source read back what became of them.
    """
    return next((s for granted, s in GRANTS.get(role, {}).items() if granted == action), None)


def suppress_small_cells(
    counts_by_building: Mapping[str, int], building_to_area: Mapping[str, str]
) -> ShownCounts:
    """Split counts of people so that nothing shown tells of fewer than five.

    A building is shown by itself from five up. The hidden buildings of an area are added up and
    shown as the area's number when that sum is safe; otherwise they join the remainder.

    Differencing: whoever knows a total and some of its parts knows the rest, so the rest must be
    safe as well. Three rules see to that. An area's number covers its hidden buildings only, so
    nothing can be taken from it. A sum is shown only when it is five or more and its buildings are
    not all at four, the most a hidden building can have: eight over two buildings would give both
    away. And because the community's total is known, the remainder is never left at one to four:
    the smallest number on show is taken into it until it is safe (or nothing is left to take).
    Change over time is not covered: a number that moves by one tells of one person.

    Args:
        counts_by_building: People per building id; buildings at 0 are left out of the result.
        building_to_area: Area id per building id; a building without one joins the remainder.

    Returns:
        Three disjoint sets of numbers that add up to all people counted.

    Raises:
        CountInvalid: A count is negative.
    """
    shown: dict[str, int] = {}
    hidden: defaultdict[str, dict[str, int]] = defaultdict(dict)
    pooled: list[int] = []
    for building, count in counts_by_building.items():
        if count < 0:
            raise CountInvalid(building=building, count=count)
        if count >= SMALL_CELL:
            shown[building] = count
        elif count and building in building_to_area:
            hidden[building_to_area[building]][building] = count
        elif count:
            pooled.append(count)
    areas: dict[str, list[int]] = {}
    for area, cells in hidden.items():
        if _reveals(cells.values()):
            pooled.extend(cells.values())
        else:
            areas[area] = list(cells.values())
    while pooled and _reveals(pooled) and (shown or areas):
        _take_smallest(shown, areas, pooled)
    return ShownCounts(shown, {area: sum(cells) for area, cells in areas.items()}, sum(pooled))


def _reveals(cells: Collection[int]) -> bool:
    return sum(cells) < SMALL_CELL or all(cell == SMALL_CELL - 1 for cell in cells)


def _take_smallest(shown: dict[str, int], areas: dict[str, list[int]], pooled: list[int]) -> None:
    """Move the smallest number on show into the pool; at a tie an area before a building."""
    area = min(areas, key=lambda key: (sum(areas[key]), key), default=None)
    building = min(shown, key=lambda key: (shown[key], key), default=None)
    if area is not None and (building is None or sum(areas[area]) <= shown[building]):
        pooled.extend(areas.pop(area))
    elif building is not None:
        pooled.append(shown.pop(building))
