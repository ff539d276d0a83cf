"""What waits for a second person, and bulk exports: asked for here, decided here, fetched here."""

from __future__ import annotations

from datetime import date
from typing import Any

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, SignInRequired, allow, viewer
from actions.deciding import decide, withdraw
from actions.files.bulk_export import ExportWish, SpanInvalid, ask_export, exports_of, registers_for
from components import ids
from components.approval_list import export_form, export_table, settled_table, waiting_cards
from components.door_form import done, door_page, refused, sheet
from components.filters import filter_of
from components.navigation import nothing
from components.wording import local_name, text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, DoorRequestUnreadable, read_door_request
from pages.registration import opened_community, page_callback, page_frame, register_page
from pages.second_person import approvals_desk, names_of, zone_of
from rules.errors import RuleViolation

AREA_LEVELS = ("zone", "grid")


def layout(**query: object) -> Any:
    """What waits in one community."""
    community_id = opened_community(filter_of(query).community or "")
    shown = body(community_id) if community_id else _no_community()
    return page_frame("/approvals", community_id, door_page("approvals", ids.APPROVALS, shown))


register_page(
    __name__,
    path="/approvals",
    name="approvals",
    order=10,
    group="oversight",
    title=lambda: text("approvals.title"),
    action="export.approve",
    layout=layout,
)


@page_callback(
    Output(ids.APPROVALS[1], "children"),
    Output(ids.APPROVALS[2], "children"),
    Input(ids.APPROVALS[0], "data"),
    action="export.approve",
    prevent_initial_call=True,
)
def answer_approvals(data: object) -> tuple[Any, Any]:
    """Decide, take back, or ask for an export."""
    try:
        request = read_door_request(data)
        said = _carry_out(request)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    return done(said), body(opened_community(request.value("community")))


def body(community_id: str) -> list[Any]:
    """Everything the page shows."""
    asking, desk, at = allow("export.approve", community_id), approvals_desk(), now()
    zone = zone_of(community_id)
    waiting = desk.listing(asking, community_id, undecided=True)
    settled = desk.listing(asking, community_id, undecided=False)
    actors = {row[step] for row in (*waiting, *settled) for step in ("asked_by", "decided_by")}
    names = names_of(actor for actor in actors if actor)
    shown: list[Any] = [
        html.H1(text("approvals.title"), className="page-title"),
        html.P(text("approvals.hint"), className="door-hint"),
        sheet(text("approvals.waiting"), waiting_cards(waiting, names, asking.actor, at, zone)),
    ]
    registers = registers_for(asking.role)
    if registers:
        exports = exports_of(desk, asking, community_id)
        areas = [
            (row["area_id"], local_name(row) or row["area_id"])
            for row in services().store.rows("desk/areas", community_id=community_id)
            if row["level"] in AREA_LEVELS
        ]
        form = export_form(community_id, registers, areas, key=f"export-{len(exports)}")
        hint = html.P(text("exports.hint"), className="door-hint")
        shown.append(sheet(text("exports.title"), hint, form, export_table(exports, at, zone)))
    return [*shown, sheet(text("approvals.settled"), settled_table(settled, names, zone))]


def _carry_out(request: DoorRequest) -> str:
    asking, desk = viewer(), approvals_desk()
    if request.action == "confirm":
        decide(desk, asking, request.object_id, confirm=True)
        return text("approvals.done_confirmed")
    if request.action == "refuse":
        decide(desk, asking, request.object_id, False, request.value("refusal"))
        return text("approvals.done_refused")
    if request.action == "withdraw":
        withdraw(desk, asking, request.object_id)
        return text("approvals.done_withdrawn")
    if request.action != "export":
        raise DoorRequestUnreadable()
    wish = ExportWish(
        request.value("register"),
        request.value("purpose"),
        request.value("reason"),
        request.value("area") or None,
        _day(request.value("since")),
        _day(request.value("until")),
    )
    ask_export(desk, asking, request.value("community"), wish)
    return text("exports.asked")


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise SpanInvalid() from None


def _no_community() -> Any:
    return nothing(text("approvals.none_title"), text("approvals.none_hint"))
