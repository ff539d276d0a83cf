"""The register of gates: who may ring, what opens them, and how the latest calls ended."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, SignInRequired, communities, viewer
from actions.gates.calls import recent_calls
from actions.gates.register import GateDesk, GateDraft
from components import ids
from components.door_form import done, door_page, refused, shown_once
from components.filters import filter_of
from components.gate_register import calls_sheet, gate_sheet, new_gate, no_gates
from components.qr import qr_picture
from components.wording import local_name, text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, own_address, read_door_request
from pages.outgoing import guard_of
from pages.registration import opened_community, page_callback, page_frame, register_page
from pages.second_person import approvals_desk, zone_of
from rules.errors import RuleViolation
from rules.gates import ACTUATORS


def layout(**query: object) -> Any:
    """The gates of one community."""
    community_id = opened_community(filter_of(query).community)
    return page_frame("/gates", community_id, door_page("gates", ids.GATES, body(community_id)))


register_page(
    __name__,
    path="/gates",
    name="gates",
    order=38,
    group="system",
    title=lambda: text("gates.title"),
    action="config.write",
    layout=layout,
)


@page_callback(
    Output(ids.GATES[1], "children"),
    Output(ids.GATES[2], "children"),
    Input(ids.GATES[0], "data"),
    action="config.write",
    prevent_initial_call=True,
)
def answer_gates(data: object) -> tuple[Any, Any]:
    """Change a gate, its switches or its link."""
    try:
        request = read_door_request(data)
        notice = _carry_out(request)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    return notice, body(request.value("community"))


def body(community_id: str) -> list[Any]:
    """The form for a new gate, every gate there is, and the latest calls."""
    store = services().store
    mine = [row for row in communities(store) if row["community_id"] == community_id]
    head = [
        html.H1(text("gates.title"), className="page-title"),
        html.P(text("gates.hint"), className="door-hint"),
    ]
    if not mine:
        return [*head, no_gates()]
    kinds = [kind for kind in ACTUATORS if kind != "simulated" or mine[0]["is_demo"]]
    cameras = [
        (row["device_id"], local_name(row))
        for row in store.rows("camera/list", community_id=community_id)
    ]
    rows = store.rows("gate/list", community_ids=[community_id], now=now())
    zone = zone_of(community_id)
    shown = [gate_sheet(row, cameras, kinds, zone) for row in rows] or [no_gates()]
    calls = [
        row
        for row in recent_calls(store, viewer())
        if row["gate_id"] in {r["gate_id"] for r in rows}
    ]
    form = new_gate(community_id, cameras, kinds, f"new-{community_id}-{len(rows)}")
    return [*head, *shown, form, calls_sheet(calls, zone)]


def _carry_out(request: DoorRequest) -> Any:
    desk, gate_id = _desk(request.value("community")), request.object_id
    if request.action == "save":
        return _saved(desk, request)
    if request.action in ("calls_on", "calls_off"):
        desk.switch(gate_id, request.action == "calls_on")
    elif request.action == "link":
        link = own_address() + desk.link(gate_id)
        named = local_name(services().store.rows("gate/one", gate_id=gate_id)[0])
        return shown_once(text("gates.made_link", gate=named), link, qr_picture(link))
    elif request.action == "unlink":
        desk.unlink(gate_id)
    elif request.action == "ask":
        desk.ask_opening(approvals_desk(), gate_id, request.value("reason"))
        return done(text("gates.asked"))
    elif request.action == "stop":
        desk.stop_opening(gate_id)
    elif request.action == "remove":
        desk.remove(gate_id, request.value("version"))
    return done(text("gates.done"))


def _saved(desk: GateDesk, request: DoorRequest) -> Any:
    values = {name: request.value(name) for name in ("name_zh", "name_en", "camera_id", "kind")}
    draft = GateDraft(values, request.value("address"), request.object_id, request.value("version"))
    secret = desk.save(draft)
    if not secret:
        return done(text("gates.done"))
    return shown_once(text("gates.made_secret", gate=request.value("name_zh")), secret)


def _desk(community_id: str) -> GateDesk:
    running = services()
    guard = guard_of(running)
    return GateDesk(running.store, running.audit, running.keyring, guard, viewer(), community_id)
