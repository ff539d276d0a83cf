"""Scenes on cameras' pictures: drawn, changed, taken away, and how each is watched (ADR 0030)."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, SignInRequired, viewer
from actions.cameras.glimpse import HubMissing
from actions.cameras.scene_watching import scene_states
from actions.cameras.scenes import SceneDesk, SceneDraft
from components import ids
from components.camera_scenes import SceneView, all_sheet, camera_sheet, drawing_sheet
from components.door_form import done, door_page, refused
from components.filters import filter_of
from components.wording import text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, DoorRequestUnreadable, read_door_request
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.errors import RuleViolation

LONGEST_ID = 100


def layout(**query: object) -> Any:
    """All scenes of one community, or the ground of one camera with its scenes."""
    community_id = opened_community(filter_of(query).community)
    camera_id, scene_id = _word(query.get("camera")), _word(query.get("scene"))
    shown = body(community_id, camera_id, scene_id) if community_id else []
    page = door_page("camera-scenes", ids.CAMERA_SCENES, shown)
    return page_frame("/camera-scenes", community_id, page)


register_page(
    __name__,
    path="/camera-scenes",
    name="camera_scenes",
    order=36,
    group="system",
    title=lambda: text("scenes.title"),
    action="config.write",
    layout=layout,
)


@page_callback(
    Output(ids.CAMERA_SCENES[1], "children"),
    Output(ids.CAMERA_SCENES[2], "children"),
    Input(ids.CAMERA_SCENES[0], "data"),
    action="config.write",
    prevent_initial_call=True,
)
def answer_camera_scenes(data: object) -> tuple[Any, Any]:
    """Save a scene, take it away or have it learn anew; what was refused stays as drawn."""
    try:
        request = read_door_request(data)
        community_id = opened_community(request.value("community"))
        said = _carry_out(request, _desk(community_id))
    except (NotAllowed, SignInRequired):
        raise
    except HubMissing:
        words = text("error.camera_hub_missing")
        return html.Div(words, className="door-notice refused", role="alert"), no_update
    except RuleViolation as refusal:
        return refused(refusal), no_update
    return done(text(said)), body(community_id, request.value("camera"))


def body(community_id: str, camera_id: str = "", scene_id: str = "") -> list[Any]:
    """The table of all scenes, or one camera with the scene that is changed."""
    desk = _desk(community_id)
    rows = desk.listing()
    states = scene_states(desk.store, [row["scene_id"] for row in rows])
    at = now()
    view = SceneView(community_id, states, desk.feedback(at), desk.camera_feedback(at))
    shown: list[Any] = [
        html.H1(text("scenes.title"), className="page-title"),
        html.P(text("scenes.hint"), className="door-hint"),
    ]
    if not camera_id:
        return [*shown, all_sheet(view, rows, desk.cameras())]
    mine = desk.of_camera(camera_id)
    camera = next(row for row in desk.cameras() if row["device_id"] == camera_id)
    chosen = next((row for row in mine if row["scene_id"] == scene_id), None)
    drawing = drawing_sheet(view, camera, mine, chosen)
    return [*shown, drawing, camera_sheet(view, camera_id, mine)]


def _carry_out(request: DoorRequest, desk: SceneDesk) -> str:
    """Do what a form wants; returns the code of what to say."""
    scene_id, version = request.object_id, request.value("version")
    if request.action == "save":
        desk.save(SceneDraft(request.value("camera"), request.values, scene_id, version))
        return "scenes.done"
    if request.action == "remove":
        desk.remove(scene_id, version)
        return "scenes.removed"
    if request.action == "relearn":
        desk.relearn(scene_id)
        return "scenes.relearns"
    raise DoorRequestUnreadable()


def _desk(community_id: str) -> SceneDesk:
    running = services()
    return SceneDesk(running.store, running.audit, viewer(), community_id)


def _word(value: object) -> str:
    return value.strip()[:LONGEST_ID] if isinstance(value, str) else ""
