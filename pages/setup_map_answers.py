"""Answers the map editor: says what the panel shows and the map draws, after each wish."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

from dash import Input, Output, no_update

from actions.access import NotAllowed, NotThere, SignInRequired
from actions.setup.areas import DRAWN_LEVELS, AreaDraft, remove_area, save_area
from actions.setup.community import save_centre
from actions.setup.objects import (
    ObjectDraft,
    ObjectNoun,
    move_object,
    remove_object,
    save_object,
)
from actions.setup.reading import (
    areas_of,
    community_of,
    drawing_of,
    object_of,
    place_choices,
    unplaced_of,
    workers_of,
)
from actions.setup.shapes import square_metres, stored_shape
from actions.setup.step import SetupDesk
from actions.setup.undo import last_changes, undo
from components import ids
from components.setup_changes import change_list
from components.setup_frame import done, refused
from components.setup_panel import area_form, centre_form, object_form, welcome
from pages.registration import page_callback
from pages.setup_request import RequestUnreadable, SetupRequest, desk_for, read_request
from rules.errors import RuleViolation
from rules.vocabulary import DEVICE_KINDS, PLACE_KINDS

Selection = tuple[str, str]


@page_callback(
    Output(ids.SETUP_MAP_PANEL, "children"),
    Output(ids.SETUP_MAP_NOTICE, "children"),
    Output(ids.SETUP_MAP_CHANGES, "children"),
    Output(ids.SETUP_MAP_ANSWER, "children"),
    Input(ids.SETUP_MAP_REQUEST, "data"),
    action="config.write",
    prevent_initial_call=True,
)
def answer_map(data: object) -> tuple[Any, Any, Any, Any]:
    """Carry out what the editor asks; where it is refused panel and drawing stay as they are."""
    seq = data.get("seq") if isinstance(data, dict) else None
    try:
        request = read_request(data)
        desk = desk_for(request.community_id)
        if request.action in _LOOKS:
            panel, selected = _LOOKS[request.action](desk, request)
            notice: Any = None
        else:
            panel, selected = _stepped(desk, request)
            notice = done(_done(request.action))
        return panel, notice, _changes(desk), _answer(desk, request, selected)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        failed = json.dumps({"seq": seq, "refused": refusal.code})
        return no_update, refused(refusal), no_update, failed


def first_panel(desk: SetupDesk) -> tuple[list[float] | None, list[Any]]:
    """Return the community's centre, and what the panel shows when the editor opens."""
    community = community_of(desk)
    centre = None if community["lon"] is None else [community["lon"], community["lat"]]
    return centre, _welcome(desk)


def _look_around(desk: SetupDesk, _request: SetupRequest) -> tuple[Any, Any]:
    return _welcome(desk), None


def _look_at(desk: SetupDesk, request: SetupRequest) -> tuple[Any, Any]:
    return _opened(desk, (request.noun, request.object_id))


def _look_at_new(desk: SetupDesk, request: SetupRequest) -> tuple[Any, Any]:
    """The form of something that was drawn or clicked and is not saved yet."""
    if request.noun == "area" and request.kind in DRAWN_LEVELS:
        row = {"level": request.kind}
        if request.kind == "community":
            community = community_of(desk)
            row |= {name: community[name] for name in ("name_zh", "name_en")}
        return area_form(row, areas_of(desk), workers_of(desk), 0), {"new": True}
    if request.noun == "community":
        return centre_form(community_of(desk)), {"new": True}
    if request.noun == "place" and request.kind in PLACE_KINDS:
        return object_form("place", {"kind": request.kind}, []), {"new": True}
    if request.noun == "device" and request.kind in DEVICE_KINDS:
        choices = place_choices(desk, None)
        return object_form("device", {"kind": request.kind}, choices), {"new": True}
    raise RequestUnreadable()


def _stepped(desk: SetupDesk, request: SetupRequest) -> tuple[Any, Any]:
    """Take a step and show what came of it.

    Raises:
        RequestUnreadable: The editor does not ask for this.
        RuleViolation: The step was refused; nothing was changed.
    """
    noun, action = request.noun, request.action
    if action == "undo":
        undo(desk, request.object_id)
        return _welcome(desk), None
    if action == "centre" and noun == "community":
        position = request.position if isinstance(request.position, list) else [None, None]
        lon, lat = position if len(position) == 2 else (None, None)
        save_centre(desk, lon, lat, request.crs, request.version or community_of(desk)["version"])
        return _welcome(desk), None
    if action == "save" and noun == "area":
        return _opened(desk, (noun, save_area(desk, _area_draft(request))))
    if action == "remove" and noun == "area":
        remove_area(desk, request.object_id, request.version)
        return _welcome(desk), None
    if noun in ("place", "device"):
        return _object_step(desk, request, "place" if noun == "place" else "device")
    raise RequestUnreadable()


def _object_step(desk: SetupDesk, request: SetupRequest, noun: ObjectNoun) -> tuple[Any, Any]:
    if request.action == "save":
        draft = ObjectDraft(
            noun,
            request.values,
            request.object_id or None,
            request.version,
            request.position,
            request.crs,
        )
        return _opened(desk, (noun, save_object(desk, draft)))
    if request.action == "move":
        move_object(desk, noun, request.object_id, request.version, request.position)
        return _opened(desk, (noun, request.object_id))
    if request.action == "remove":
        remove_object(desk, noun, request.object_id, request.version)
        return _welcome(desk), None
    raise RequestUnreadable()


def _area_draft(request: SetupRequest) -> AreaDraft:
    return AreaDraft(
        values=request.values,
        area_id=request.object_id or None,
        version=request.version,
        level=request.kind,
        ring=request.ring,
        crs=request.crs,
        fit=request.fit,
    )


def _opened(desk: SetupDesk, selection: Selection) -> tuple[Any, Any]:
    noun, object_id = selection
    if noun not in ("area", "place", "device"):
        raise NotThere(noun=noun)
    row = object_of(desk, noun, object_id)
    selected = {
        "noun": noun,
        "id": object_id,
        "version": row["event_id"],
        "lon": row["lon"],
        "lat": row["lat"],
    }
    if noun != "area":
        selected["heading"] = row.get("heading_deg")
        choices = place_choices(desk, row["place_id"]) if noun == "device" else []
        return object_form(noun, row, choices), selected
    outline = stored_shape(row["geometry"])
    size = round(square_metres(outline)) if outline is not None else 0
    selected |= {"level": row["level"], "geometry": row["geometry"]}
    return area_form(row, areas_of(desk), workers_of(desk), size), selected


def _welcome(desk: SetupDesk) -> list[Any]:
    drawing = drawing_of(desk)
    centred = community_of(desk)["lon"] is not None
    return welcome(drawing["gaps"], areas_of(desk), unplaced_of(desk), centred)


def _changes(desk: SetupDesk) -> Any:
    return change_list(last_changes(desk), ZoneInfo(community_of(desk)["timezone"]))


def _answer(desk: SetupDesk, request: SetupRequest, selected: Any) -> str:
    """What the map needs: all outlines anew after a step, only the selection after a look."""
    answer: dict[str, Any] = {"seq": request.seq, "selected": selected}
    if request.action not in _LOOKS or request.action == "load":
        answer["drawing"] = drawing_of(desk)
        community = community_of(desk)
        answer["centre"] = (
            None if community["lon"] is None else [community["lon"], community["lat"]]
        )
    return json.dumps(answer, ensure_ascii=False)


def _done(action: str) -> str:
    return action if action in ("save", "remove", "move", "undo", "centre") else "save"


_LOOKS = {"load": _look_around, "close": _look_around, "open": _look_at, "new": _look_at_new}
