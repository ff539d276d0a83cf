"""Places, moves, changes and removes buildings, places, cameras and devices, each as one step."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any, Literal

import shapely

from actions.setup.areas import centre_of
from actions.setup.assign import grid_at
from actions.setup.errors import InUse, PositionMissing
from actions.setup.shapes import DIGITS, Centre, read_position
from actions.setup.step import MANUAL, SetupDesk, State, Step
from rules.setup_fields import (
    ChoiceUnknown,
    choice_of,
    name_of,
    needed_name,
    number_of,
    reference_of,
    whole_number_of,
)
from rules.vocabulary import (
    DEVICE_KINDS,
    FACILITY_KINDS,
    KEY_PLACE_KINDS,
    WORKER_KINDS,
)

ObjectNoun = Literal["place", "device"]
# Roads, green and water are shapes of the plan and come with it; these stand at a point.
PLACED_KINDS = ("building", *KEY_PLACE_KINDS, *FACILITY_KINDS)
MOST_FLOORS, MOST_HOMES = 500, 100_000


@dataclass(frozen=True, slots=True)
class ObjectDraft:
    """A place or device as typed and clicked, unchecked.

    Attributes:
        noun: place or device.
        object_id: What to change, or None for a new one.
        version: The event it was read at; only where it is changed.
        values: Fields by name: kind, name_zh, name_en; for places contact_role, floors,
            households; for devices heading_deg and place_id.
        position: [lon, lat] as from a browser, or None to keep the position there is.
        crs: The frame of the position.
    """

    noun: ObjectNoun
    values: dict[str, Any]
    object_id: str | None = None
    version: str = ""
    position: object = None
    crs: str = "WGS84"


def save_object(desk: SetupDesk, draft: ObjectDraft) -> str:
    """Make or change a place or device; returns its id.

    Raises:
        RuleViolation: A field, the position or the version cannot be taken; nothing was changed.
    """
    facts = _place_facts(draft.values) if draft.noun == "place" else _device_facts(draft.values)
    position = _position(desk, draft.position, draft.crs)
    if draft.object_id is None and position is None:
        raise PositionMissing()

    def work(step: Step) -> str:
        key = f"{draft.noun}_id"
        if draft.object_id is None:
            state = _new(step, key)
        else:
            state = step.current(draft.noun, draft.object_id, draft.version)
            _check_kind(draft.noun, state, facts)
        state |= facts
        if state.get("place_id") and draft.noun == "device":
            _check_place(step, state["place_id"])
        if position is not None:
            _move(step, state, position, draft)
        step.put(draft.noun, state, "changed" if draft.object_id else "registered")
        return str(state[key])

    return desk.take("changed" if draft.object_id else "registered", work)


def move_object(
    desk: SetupDesk, noun: ObjectNoun, object_id: str, version: str, position: object
) -> None:
    """Move a place or device to a point of the map; its footprint comes along.

    Raises:
        RuleViolation: The position or the version cannot be taken; nothing was moved.
    """
    checked = _position(desk, position, "WGS84")
    draft = ObjectDraft(noun, {}, object_id, version, position)

    def work(step: Step) -> None:
        state = step.current(noun, object_id, version)
        if checked is not None:
            _move(step, state, checked, draft)
        step.put(noun, state, "changed")

    desk.take("moved", work)


def remove_object(desk: SetupDesk, noun: ObjectNoun, object_id: str, version: str) -> None:
    """Take a place or device out of use.

    Raises:
        InUse: Devices or people are registered there.
        NotThere, ChangedMeanwhile: Nothing was changed.
    """

    def work(step: Step) -> None:
        state = step.current(noun, object_id, version)
        if noun == "place":
            _check_free(step, object_id)
        step.put(noun, {**state, "removed_at": step.tx.now}, "removed")

    desk.take("removed", work)


def _place_facts(values: dict[str, Any]) -> State:
    role = values.get("contact_role") or None
    return {
        "kind": choice_of("kind", values.get("kind"), PLACED_KINDS),
        "name_zh": needed_name("name_zh", values.get("name_zh")),
        "name_en": name_of("name_en", values.get("name_en")),
        "contact_role": role and choice_of("contact_role", role, WORKER_KINDS),
        "floors": whole_number_of("floors", values.get("floors"), MOST_FLOORS),
        "households": whole_number_of("households", values.get("households"), MOST_HOMES),
    }


def _device_facts(values: dict[str, Any]) -> State:
    heading = number_of("heading_deg", values.get("heading_deg"), 0, 360)
    return {
        "kind": choice_of("kind", values.get("kind"), DEVICE_KINDS),
        "name_zh": needed_name("name_zh", values.get("name_zh")),
        "name_en": name_of("name_en", values.get("name_en")),
        "heading_deg": None if heading is None else heading % 360,
        "place_id": reference_of("place_id", values.get("place_id")),
    }


def _new(step: Step, key: str) -> State:
    object_id = step.new_id()
    state: State = {
        key: object_id,
        "source": MANUAL,
        "source_id": object_id,
        "content_hash": MANUAL,
        "removed_at": None,
    }
    if key == "device_id":
        state["state"] = "unknown"  # nothing has been heard of it yet
    return state


def _check_kind(noun: ObjectNoun, state: State, facts: State) -> None:
    """A camera stays a camera: what other records say of it rests on that."""
    if noun == "device" and (state["kind"] == "camera") != (facts["kind"] == "camera"):
        raise ChoiceUnknown("kind")


def _check_place(step: Step, place_id: str) -> None:
    if step.live("place", place_id) is None:
        raise ChoiceUnknown("place_id")


def _check_free(step: Step, place_id: str) -> None:
    row = step.tx.rows("setup/hanging_on_place", community_id=step.community_id, place_id=place_id)[
        0
    ]
    if row["devices"] or row["people"]:
        raise InUse(devices=row["devices"])


def _position(desk: SetupDesk, position: object, crs: str) -> Centre | None:
    if position is None:
        return None
    pair = position if isinstance(position, list) else [None, None]
    lon, lat = pair if len(pair) == 2 else (None, None)
    return read_position(lon, lat, crs, centre_of(desk))


def _move(step: Step, state: State, position: Centre, draft: ObjectDraft) -> None:
    if state.get("geometry"):
        state["geometry"] = _shifted(state["geometry"], (state["lon"], state["lat"]), position)
    raw = draft.position if isinstance(draft.position, list) else list(position)
    state |= {
        "lon": position.lon,
        "lat": position.lat,
        "source_crs": draft.crs,
        "raw_x": float(raw[0]),
        "raw_y": float(raw[1]),
        "accuracy_m": None,
        "area_id": grid_at(step.tx, step.community_id, position.lon, position.lat),
    }


def _shifted(geometry: str, old: tuple[float | None, float | None], new: Centre) -> str:
    """Move a footprint by the way its point has moved; metres east stay metres east."""
    if old[0] is None or old[1] is None:
        return geometry
    east, north = new.lon - old[0], new.lat - old[1]
    stretch = math.cos(math.radians(old[1])) / math.cos(math.radians(new.lat))
    origin = (old[0], old[1])
    moved = shapely.transform(
        shapely.from_geojson(geometry),
        lambda xy: (xy - origin) * (stretch, 1.0) + origin + (east, north),
    )
    return json.dumps(
        shapely.geometry.mapping(
            shapely.transform(moved, lambda xy: xy.round(DIGITS)),
        ),
        separators=(",", ":"),
    )
