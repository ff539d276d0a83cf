"""Lists the last steps of setting up a community and takes one back, as a step of its own."""

from __future__ import annotations

from typing import Any

from actions.setup.areas import check_restored
from actions.setup.assign import Bounds, assign_grids, bounds_of
from actions.setup.errors import ChangedMeanwhile, StepUnknown
from actions.setup.step import SetupDesk, State, Step, same, taken_back
from actions.setup.workers import check_worker
from data.records import NOUNS

MOST_CHANGES = 50
# Columns that name another record, which may be gone by now: then they name nothing.
_REFERENCES = {
    "area": {"parent_id": "area", "leader_worker_id": "worker"},
    "device": {"place_id": "place"},
    "contact": {"organisation_id": "organisation"},
    "worker": {"area_id": "area"},
}


def last_changes(desk: SetupDesk) -> list[dict[str, Any]]:
    """Return the steps that can be listed and undone, newest first: rows of setup/changes."""
    return desk.store.rows("setup/changes", community_id=desk.community_id, most=MOST_CHANGES)


def undo(desk: SetupDesk, change_id: str) -> None:
    """Give every object of a step the state before it; undoing that undo does the step again.

    Raises:
        StepUnknown: This community has no such step among the last ones.
        ChangedMeanwhile: Something newer has changed one of the objects; nothing was undone.
        SetupRefused: The state before does not fit what is there now, e.g. other grids.
    """
    if change_id not in {row["change_id"] for row in last_changes(desk)}:
        raise StepUnknown()

    def work(step: Step) -> None:
        rows = step.tx.rows("setup/change", community_id=desk.community_id, change_id=change_id)
        before = _ground(step, rows)
        for row in rows:
            _take_back(step, row)
        areas = [row["object_id"] for row in rows if row["noun"] == "area"]
        assign_grids(step, areas, [*before, *_ground(step, rows)])

    desk.take("undone", work, undoes=change_id)


def _ground(step: Step, rows: list[dict[str, Any]]) -> list[Bounds]:
    """Where the grids, places and devices of a step are now."""
    drawn: list[str | None] = []
    spots: list[Bounds] = []
    for row in rows:
        state = step.find(row["noun"], row["object_id"])
        if state is None:
            continue
        if row["noun"] == "area" and state["level"] == "grid":
            drawn.append(state["geometry"])
        elif row["noun"] in ("place", "device") and state["lon"] is not None:
            spots.append((state["lon"], state["lat"], state["lon"], state["lat"]))
    return [*bounds_of(drawn), *spots]


def _take_back(step: Step, row: dict[str, Any]) -> None:
    noun, object_id = row["noun"], row["object_id"]
    left = step.find(noun, object_id, row["event_id"])
    now = step.find(noun, object_id)
    if left is None or now is None or not same(noun, left, now):
        raise ChangedMeanwhile(noun=noun, actor=now and now["actor"], at=now and now["recorded_at"])
    before = row["before_event_id"] and step.find(noun, object_id, row["before_event_id"])
    state = taken_back(noun, before, now) if before else {**now, "removed_at": step.tx.now}
    _mend(step, noun, state)
    redrawn = state["geometry"] != now["geometry"] if noun == "area" else False
    if noun == "area" and (redrawn or now["removed_at"] is not None):
        check_restored(step, state)
    elif noun == "worker":
        check_worker(step, state)
    step.put(noun, state, "restored" if state["removed_at"] is None else "removed")


def _mend(step: Step, noun: str, state: State) -> None:
    for column, target in _REFERENCES.get(noun, {}).items():
        named = state[column]
        if named and named != state[NOUNS[noun].key] and step.live(target, named) is None:
            state[column] = None
