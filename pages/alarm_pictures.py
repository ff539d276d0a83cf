"""Pictures kept with alarms: what there is, asking to look at it, and looking (ADR 0032)."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, NotThere, SignInRequired, viewer
from actions.cameras.strips import (
    alarms_with_pictures,
    ask_pictures,
    kept_pictures,
    put_into_case,
)
from components import ids
from components.alarm_pictures import alarms_sheet, ask_sheet, kept_sheet, strip_sheets
from components.door_form import done, door_page, refused
from components.filters import filter_of
from components.navigation import nothing
from components.wording import text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, read_door_request
from pages.registration import opened_community, page_callback, page_frame, register_page
from pages.second_person import approvals_desk, zone_of
from rules.errors import RuleViolation


def layout(**query: object) -> Any:
    """What is kept of one alarm; without one, the alarms of which something is kept."""
    alarm_id = str(query.get("alarm") or "")[:100]
    if alarm_id:
        found = kept_pictures(services().store, viewer(), alarm_id, now())
        community_id = str(found.alarm["community_id"])
    else:
        community_id = opened_community(filter_of(query).community or "")
    shown = body(alarm_id, community_id) if community_id else _no_community()
    page = door_page("alarm-pictures", ids.ALARM_PICTURES, shown)
    return page_frame("/alarm-pictures", community_id, page)


register_page(
    __name__,
    path="/alarm-pictures",
    name="alarm_pictures",
    title=lambda: text("kept.title"),
    action="video.view",
    layout=layout,
)


@page_callback(
    Output(ids.ALARM_PICTURES[1], "children"),
    Output(ids.ALARM_PICTURES[2], "children"),
    Input(ids.ALARM_PICTURES[0], "data"),
    action="video.view",
    prevent_initial_call=True,
)
def answer_alarm_pictures(data: object) -> tuple[Any, Any]:
    """Ask to look, or put a picture into the alarm's case."""
    try:
        request = read_door_request(data)
        return _carry_out(request)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update


def body(alarm_id: str, community_id: str) -> list[Any]:
    """The page under its heading."""
    store, asking, zone = services().store, viewer(), zone_of(community_id)
    hint = html.P(text("kept.hint"), className="door-hint")
    shown: list[Any] = [html.H1(text("kept.title"), className="page-title"), hint]
    if not alarm_id:
        rows = alarms_with_pictures(store, asking, community_id)
        return [*shown, alarms_sheet(rows, zone)]
    found = kept_pictures(store, asking, alarm_id, now())
    if not found.strips:
        return [*shown, alarms_sheet((), zone)]
    shown.append(kept_sheet(found.alarm, found.strips, zone))
    if found.until is None:
        return [*shown, ask_sheet(alarm_id, found.asked)]
    return [*shown, *strip_sheets(found.strips, found.until, zone, found.alarm["case_id"])]


def _no_community() -> Any:
    return nothing(text("alarms.no_community_title"), text("alarms.no_community_hint"))


def _carry_out(request: DoorRequest) -> tuple[Any, Any]:
    approvals, asking, given = approvals_desk(), viewer(), request.object_id
    if request.action == "ask":
        ask_pictures(approvals, asking, given, request.value("purpose"), request.value("reason"))
        here = kept_pictures(approvals.store, asking, given, now()).alarm["community_id"]
        return done(text("kept.asked")), body(given, here)
    strip_id, _, number = given.partition(":")
    if request.action != "put" or not number.isdecimal():
        raise NotThere(action=request.action)
    put_into_case(approvals, asking, strip_id, int(number))
    return done(text("kept.put")), no_update
