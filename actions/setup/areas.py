"""Draws, changes and removes the boundary, zones and grids of a community, each as one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shapely

from actions.setup.assign import assign_grids, bounds_of
from actions.setup.errors import OutlineMissing
from actions.setup.shapes import (
    Centre,
    Named,
    check_inside,
    check_overlap,
    fitted,
    gaps,
    geometry_text,
    read_ring,
    square_metres,
    stored_shape,
    stored_shapes,
)
from actions.setup.step import MANUAL, SetupDesk, State, Step
from rules.geofence import centroid
from rules.setup_fields import (
    ChoiceUnknown,
    choice_of,
    name_of,
    needed_name,
    reference_of,
    whole_number_of,
)
from rules.vocabulary import AREA_LEVELS

# Levels that are drawn here; the others come from registers and keep their outlines.
DRAWN_LEVELS = ("community", "zone", "grid")
# Of these no two may cover the same ground.
EXCLUSIVE_LEVELS = ("zone", "grid")
MOST_PEOPLE = 1_000_000


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """An area as typed and drawn, unchecked.

    Attributes:
        area_id: The area to change, or None for a new one.
        version: The event it was read at; only where it is changed.
        level: community (the boundary), zone or grid; only for a new one.
        values: Fields by name: name_zh, name_en, code, parent_id, leader_worker_id, households,
            residents.
        ring: Corners as from a browser, or None to keep the outline there is.
        crs: The frame of the corners.
        fit: Cut it back to the boundary and to what its neighbours leave.
    """

    values: dict[str, Any]
    area_id: str | None = None
    version: str = ""
    level: str = ""
    ring: object = None
    crs: str = "WGS84"
    fit: bool = False


def save_area(desk: SetupDesk, draft: AreaDraft) -> str:
    """Make or change an area and give places the grid they now lie in; returns its id.

    Raises:
        RuleViolation: A field, the outline or the version cannot be taken; nothing was changed.
    """
    facts = _facts(draft)
    if draft.area_id is None and draft.ring is None:
        raise OutlineMissing()
    drawn = read_ring(draft.ring, draft.crs, centre_of(desk)) if draft.ring is not None else None

    def work(step: Step) -> str:
        state = _state(step, draft)
        before = state["geometry"]
        state |= facts
        _check_references(step, state)
        if drawn is not None:
            _put_outline(step, state, drawn, draft.fit)
        _put(step, state, draft.area_id is None)
        _follow(step, state, before)
        return str(state["area_id"])

    return desk.take("changed" if draft.area_id else "registered", work)


def remove_area(desk: SetupDesk, area_id: str, version: str) -> None:
    """Take an area out of use; what lay below it goes to the area above.

    Raises:
        NotThere, ChangedMeanwhile: Nothing was changed.
    """

    def work(step: Step) -> None:
        state = step.current("area", area_id, version)
        below = step.tx.rows("setup/below_area", community_id=desk.community_id, area_id=area_id)
        for row in below:
            hanging = step.find(row["noun"], row["id"])
            if hanging is not None:
                column = "parent_id" if row["noun"] == "area" else "area_id"
                step.put(row["noun"], {**hanging, column: state["parent_id"]}, "changed")
        gone = {**state, "removed_at": step.tx.now}
        step.put("area", gone, "removed")
        _follow(step, gone, None)
        community = step.find("community", desk.community_id)
        if community is not None and community["area_id"] == area_id:
            step.put("community", {**community, "area_id": None}, "changed")

    desk.take("removed", work)


def set_leader(desk: SetupDesk, area_id: str, version: str, worker_id: str | None) -> None:
    """Name the worker who leads an area, or nobody.

    Raises:
        RuleViolation: The area has changed, or there is no such worker.
    """

    def work(step: Step) -> None:
        state = step.current("area", area_id, version)
        state["leader_worker_id"] = worker_id or None
        _check_references(step, state)
        step.put("area", state, "changed")

    desk.take("changed", work)


def check_restored(step: Step, state: State) -> None:
    """Refuse an area that undo brings back where others have been drawn meanwhile.

    Raises:
        Overlap, OutsideBoundary: As for a drawn one.
    """
    outline = stored_shape(state["geometry"])
    if outline is not None and state["removed_at"] is None:
        _check_outline(step, state, outline)


def gap_report(desk: SetupDesk) -> list[dict[str, Any]]:
    """Return what no grid covers: GeoJSON text and square metres, largest first."""
    outlines = _outlines(desk.store.rows("setup/outlines", community_id=desk.community_id))
    grids = [each.shape for each in outlines.get("grid", [])]
    found = [(part, square_metres(part)) for part in gaps(grids, _boundary(outlines))]
    found.sort(key=lambda pair: -pair[1])
    return [{"geometry": geometry_text(part), "area_m2": round(area)} for part, area in found]


def centre_of(desk: SetupDesk) -> Centre | None:
    """Return the middle of the community, where it is known."""
    rows = desk.store.rows("community/facts", community_id=desk.community_id)
    if not rows or rows[0]["lon"] is None:
        return None
    return Centre(rows[0]["lon"], rows[0]["lat"])


def _facts(draft: AreaDraft) -> State:
    values = draft.values
    return {
        "name_zh": needed_name("name_zh", values.get("name_zh")),
        "name_en": name_of("name_en", values.get("name_en")),
        "code": name_of("code", values.get("code")),
        "parent_id": reference_of("parent_id", values.get("parent_id")),
        "leader_worker_id": reference_of("leader_worker_id", values.get("leader_worker_id")),
        "households": whole_number_of("households", values.get("households"), MOST_PEOPLE),
        "residents": whole_number_of("residents", values.get("residents"), MOST_PEOPLE),
    }


def _state(step: Step, draft: AreaDraft) -> State:
    if draft.area_id is not None:
        return step.current("area", draft.area_id, draft.version)
    area_id = step.new_id()
    return {
        "area_id": area_id,
        "level": choice_of("level", draft.level, DRAWN_LEVELS),
        "geometry": None,
        "lon": None,
        "lat": None,
        "source": MANUAL,
        "source_id": area_id,
        "content_hash": MANUAL,
        "removed_at": None,
    }


def _check_references(step: Step, state: State) -> None:
    if state["leader_worker_id"] and step.live("worker", state["leader_worker_id"]) is None:
        raise ChoiceUnknown("leader_worker_id")
    if state["parent_id"]:
        parent = step.live("area", state["parent_id"])
        if parent is None or not _above(parent["level"], state["level"]):
            raise ChoiceUnknown("parent_id")


def _above(level: str, below: str) -> bool:
    return AREA_LEVELS.index(level) < AREA_LEVELS.index(below)


def _put_outline(step: Step, state: State, drawn: Any, fit: bool) -> None:
    outlines = _outlines(step.tx.rows("setup/outlines", community_id=step.community_id))
    if fit and state["level"] in EXCLUSIVE_LEVELS:
        others = [o for o in outlines.get(state["level"], []) if o.area_id != state["area_id"]]
        drawn = fitted(drawn, others, _boundary(outlines))
    _check_outline(step, state, drawn, outlines)
    state["geometry"] = geometry_text(drawn)
    state["lon"], state["lat"] = centroid(shapely.geometry.mapping(drawn))
    if state["level"] in EXCLUSIVE_LEVELS and state["parent_id"] is None:
        state["parent_id"] = _area_around(state, outlines)


def _check_outline(
    step: Step, state: State, outline: Any, outlines: dict[str, list[Named]] | None = None
) -> None:
    if state["level"] not in EXCLUSIVE_LEVELS:
        return
    known = outlines
    if known is None:
        known = _outlines(step.tx.rows("setup/outlines", community_id=step.community_id))
    check_inside(outline, _boundary(known))
    same_level = known.get(state["level"], [])
    check_overlap(outline, [o for o in same_level if o.area_id != state["area_id"]])


def _area_around(state: State, outlines: dict[str, list[Named]]) -> str | None:
    """The zone, or else the community, in which the label point of a new area lies."""
    point = shapely.Point(state["lon"], state["lat"])
    above = ["zone", "community"] if state["level"] == "grid" else ["community"]
    candidates = [each for level in above for each in outlines.get(level, [])]
    return next((each.area_id for each in candidates if each.shape.covers(point)), None)


def _put(step: Step, state: State, new: bool) -> None:
    step.put("area", state, "registered" if new else "changed")
    community = step.find("community", step.community_id)
    if state["level"] == "community" and new and community and community["area_id"] is None:
        step.put("community", {**community, "area_id": state["area_id"]}, "changed")


def _follow(step: Step, state: State, before: str | None) -> None:
    """Give the places on the ground a grid had and has the grid they now lie in."""
    if state["level"] == "grid" and (state["geometry"] != before or state["removed_at"]):
        ground = bounds_of([before, state["geometry"]])
        assign_grids(step, [state["area_id"]], ground)


def _outlines(rows: list[dict[str, Any]]) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for row, outline in zip(rows, stored_shapes([r["geometry"] for r in rows]), strict=True):
        if outline is not None:
            named = Named(row["area_id"], row["name_zh"], row["name_en"], outline)
            found.setdefault(row["level"], []).append(named)
    return found


def _boundary(outlines: dict[str, list[Named]]) -> Any | None:
    whole = [each.shape for each in outlines.get("community", [])]
    return shapely.union_all(whole) if whole else None
