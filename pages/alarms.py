"""The desk's alarms: taken, silenced, closed, made cases of, and raised by hand."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, dcc, html, no_update

from actions.access import NotAllowed, SignInRequired, viewer
from actions.alarms.moves import AlarmDesk, AlarmMove, move_alarm, reasons_of
from actions.alarms.raising import raise_by_hand
from actions.alarms.reading import alarms_of, standing
from actions.alarms.to_case import case_of_alarm
from actions.cameras.detection_records import detections_of
from actions.cameras.strips import alarms_with_pictures
from components import ids
from components.alarm_list import alarm_table, closed_table, raise_form, silenced_list
from components.door_form import done, door_page, refused, sheet
from components.filters import filter_of
from components.navigation import nothing
from components.wording import local_name, named, text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, read_door_request
from pages.registration import opened_community, page_callback, page_frame, register_page
from pages.second_person import names_of, zone_of
from rules.errors import RuleViolation
from rules.privacy import may

LAST_CLOSED = 20


def layout(case: str = "", **query: object) -> Any:
    """The alarms of one community; `?case=` is the case one is raised from."""
    community_id = opened_community(filter_of(query).community or "")
    shown = _page(community_id, case) if community_id else _no_community()
    tick = dcc.Store(id=ids.ALARM_TICK)
    chosen = dcc.Store(id=ids.ALARM_COMMUNITY, data={"community": community_id, "case": case})
    page = [tick, chosen, door_page("alarm-desk", ids.ALARM_DESK, shown)]
    return page_frame("/alarms", community_id, page)


register_page(
    __name__,
    path="/alarms",
    name="alarms",
    order=2,
    title=lambda: text("alarms.title"),
    action="alarm.read",
    layout=layout,
)


@page_callback(
    Output(ids.ALARM_DESK[1], "children"),
    Output(ids.ALARM_LIST, "children"),
    Input(ids.ALARM_DESK[0], "data"),
    State(ids.ALARM_COMMUNITY, "data"),
    action="alarm.read",
    prevent_initial_call=True,
)
def answer_alarms(data: object, kept: Any) -> tuple[Any, Any]:
    """Do one thing to an alarm, or raise one; where it is refused, the list is shown as it is."""
    community_id, case_id = _kept(kept)
    try:
        said = _carry_out(read_door_request(data), community_id, case_id)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        if refusal.code != "alarm_changed":
            return refused(refusal), no_update
        refusal.fields["state"] = named("alarm_state", str(refusal.fields["state"]))
        return refused(refusal), body(community_id)
    return said, body(community_id)


# A callback of its own: Dash drops the answer of one that is asked again before it has answered.
@page_callback(
    Output(ids.ALARM_LIST, "children", allow_duplicate=True),
    Input(ids.ALARM_TICK, "data"),
    State(ids.ALARM_COMMUNITY, "data"),
    action="alarm.read",
    prevent_initial_call=True,
)
def renew_alarms(_tick: object, kept: Any) -> Any:
    """Show the list anew because an alarm came or somebody did something."""
    community_id, _ = _kept(kept)
    return body(community_id) if community_id else no_update


def _page(community_id: str, case_id: str) -> list[Any]:
    """List and form; only the list is made anew, so that nothing typed is lost and little sent."""
    shown: list[Any] = [html.Div(body(community_id), id=ids.ALARM_LIST)]
    if may(viewer().role, "alarm.raise"):
        places = [] if case_id else _buildings(community_id)
        form = raise_form(places, places_known=bool(case_id))
        heading = text("alarms.raise_from_case" if case_id else "alarms.raise")
        shown.insert(0 if case_id else 1, sheet(heading, form))
    return [html.H1(text("alarms.title"), className="page-title"), *shown]


def body(community_id: str) -> list[Any]:
    """The lists of alarms: silenced, open, closed last."""
    asking, store, at = viewer(), services().store, now()
    rows = alarms_of(store, asking, community_id, at)
    closed = alarms_of(store, asking, community_id, at, opened=False, most=LAST_CLOSED)
    shelves = standing(store, asking, community_id, at)
    zone = zone_of(community_id)
    actors = {row[step] for row in (*rows, *closed) for step in ("acknowledged_by", "closed_by")}
    names = names_of(actor for actor in actors if actor)
    silenced = frozenset((shelf["device_id"], shelf["kind"]) for shelf in shelves)
    handles, watches = may(asking.role, "alarm.handle"), may(asking.role, "video.view")
    known, alarm_ids = _pictured(community_id), [row["alarm_id"] for row in rows]
    found = detections_of(store, alarm_ids)
    open_rows = [
        {
            **row,
            "community_id": community_id,
            "pictured": row["alarm_id"] in known,
            "found": found.get(row["alarm_id"], []),
        }
        for row in rows
    ]
    closed = [{**row, "pictured": row["alarm_id"] in known} for row in closed]
    shown: list[Any] = [
        *silenced_list(shelves, reasons_of(_desk(), shelves) if handles else {}, zone),
        sheet(
            text("alarms.open"),
            html.P(text("alarms.keys_hint"), className="door-hint keys-hint") if handles else None,
            alarm_table(open_rows, names, silenced, at, zone, handles, watches),
        ),
    ]
    if closed:
        shown.append(sheet(text("alarms.closed"), closed_table(closed, names, zone)))
    return shown


def _pictured(community_id: str) -> frozenset[str]:
    """Return the alarms of which the viewer may ask to see pictures."""
    asking = viewer()
    if asking.kind != "account" or not may(asking.role, "video.view"):
        return frozenset()
    rows = alarms_with_pictures(services().store, asking, community_id)
    return frozenset(row["alarm_id"] for row in rows)


def _carry_out(request: DoorRequest, community_id: str, raised_from: str) -> Any:
    asking, desk = viewer(), _desk()
    if request.action == "raise":
        raise_by_hand(
            desk.store,
            asking,
            community_id,
            request.value("kind"),
            urgency=request.value("urgency") or None,
            place=request.value("place") or None,
            case_id=raised_from or None,
        )
        return done(text("alarms.done_raised"))
    word, _, version = request.action.partition(":")
    action, _, verdict = word.partition("_") if word.startswith("close_") else (word, "", "")
    move = AlarmMove(
        action,
        version or None,
        verdict or None,
        request.value("reason") or None,
        int(request.value("minutes")) if request.value("minutes").isdecimal() else None,
    )
    if action in ("to_case", "dispatch"):
        case_id = case_of_alarm(desk, asking, request.object_id, move)
        if action == "dispatch":
            return dcc.Location(id=ids.ALARM_GO, href=f"/cases/{case_id}")
        link = html.A(text("alarm_move.open_case"), href=f"/cases/{case_id}")
        return html.Div([done(text("alarms.done_case")), link], className="case-undo")
    move_alarm(desk, asking, request.object_id, move)
    return done(text("alarms.done", what=text(f"alarm_move.{word}")))


def _kept(kept: Any) -> tuple[str, str]:
    """Return the page's community and the case an alarm is raised from, empty for none."""
    return opened_community(str(kept.get("community") or "")), str(kept.get("case") or "")


def _buildings(community_id: str) -> list[tuple[str, str]]:
    rows = services().store.rows("plan_run/places", community_id=community_id)
    return [(row["place_id"], local_name(row) or row["place_id"]) for row in rows]


def _desk() -> AlarmDesk:
    running = services()
    return AlarmDesk(running.store, running.keyring, running.audit, now)


def _no_community() -> Any:
    return nothing(text("alarms.no_community_title"), text("alarms.no_community_hint"))
