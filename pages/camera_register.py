"""The register of cameras: how each is, and its record to change and test; addresses only go in."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, SignInRequired, communities, viewer
from actions.cameras.availability import camera_gaps, conditions, recent_availability
from actions.cameras.glimpse import HubMissing
from actions.cameras.register import CameraDesk, CameraDraft
from actions.cameras.testing import try_camera
from components import ids
from components.camera_availability import CameraStates
from components.camera_register import record_sheet, register_sheet, tested_words
from components.door_form import done, door_page, refused
from components.filters import filter_of
from components.wording import text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, read_door_request
from pages.outgoing import guard_of
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.errors import RuleViolation

LONGEST_QUERY = 100


def layout(**query: object) -> Any:
    """The cameras of one community, or the record of one of them."""
    community_id = opened_community(filter_of(query).community)
    camera_id, find = _word(query.get("camera")), _word(query.get("find"))
    show = _word(query.get("show"))
    shown = body(community_id, camera_id, find, show) if community_id else []
    page = door_page("camera-register", ids.CAMERA_REGISTER, shown)
    return page_frame("/camera-register", community_id, page)


register_page(
    __name__,
    path="/camera-register",
    name="camera_register",
    order=35,
    group="system",
    title=lambda: text("cameras.register"),
    action="config.write",
    layout=layout,
)


@page_callback(
    Output(ids.CAMERA_REGISTER[1], "children"),
    Output(ids.CAMERA_REGISTER[2], "children"),
    Input(ids.CAMERA_REGISTER[0], "data"),
    action="config.write",
    prevent_initial_call=True,
)
def answer_camera_register(data: object) -> tuple[Any, Any]:
    """Save a record, take it away, or see whether the camera answers."""
    try:
        request = read_door_request(data)
        community_id = opened_community(request.value("community"))
        if request.action == "test":
            return _tested(request.object_id), no_update
        _carry_out(request, _desk(community_id))
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    return done(text("cameras.done")), body(community_id, request.object_id)


def body(community_id: str, camera_id: str = "", find: str = "", show: str = "") -> list[Any]:
    """The table, or one camera's record where it is asked for."""
    desk = _desk(community_id)
    title = html.H1(text("cameras.register"), className="page-title")
    hint = html.P(text("cameras.hint"), className="door-hint")
    if camera_id:
        return [title, hint, record_sheet(desk.one(camera_id), community_id)]
    rows = desk.listing()
    states = _states(community_id, [row["device_id"] for row in rows])
    return [title, hint, register_sheet(rows, states, community_id, find, show)]


def _states(community_id: str, device_ids: list[str]) -> CameraStates:
    store = services().store
    zones = {row["community_id"]: row["timezone"] for row in communities(store)}
    zone = ZoneInfo(zones[community_id])
    recent = recent_availability(store, community_id, now(), zone)
    gaps, found = camera_gaps(store, community_id), conditions(store, device_ids)
    return CameraStates(found, recent.today, recent.week, gaps, zone)


def _carry_out(request: DoorRequest, desk: CameraDesk) -> None:
    if request.action == "save":
        desk.save(
            CameraDraft(
                request.object_id,
                {**request.values, "kind": request.value("kind")},
                request.value("address"),
                request.value("user"),
                request.values.get("password", ""),
                request.value("version"),
            )
        )
    elif request.action == "remove":
        desk.remove(request.object_id, request.value("version"))


def _tested(camera_id: str) -> Any:
    running = services()
    try:
        found = try_camera(running.store, running.audit, viewer(), camera_id)
    except HubMissing:
        words = text("error.camera_hub_missing")
        return html.Div(words, className="door-notice refused", role="alert")
    words = tested_words(found.answers, found.reason, found.width, found.height, found.waited_s)
    if found.answers:
        return done(words)
    return html.Div(words, className="door-notice refused", role="alert")


def _desk(community_id: str) -> CameraDesk:
    running = services()
    return CameraDesk(
        running.store, running.audit, running.keyring, guard_of(running), viewer(), community_id
    )


def _word(value: object) -> str:
    return value.strip()[:LONGEST_QUERY] if isinstance(value, str) else ""
