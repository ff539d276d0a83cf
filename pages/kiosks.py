"""The device links of walls: made here, shown once with a QR code, revoked at once."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, SignInRequired, communities, viewer
from actions.users.kiosks import Kiosks
from components import ids
from components.door_form import (
    action_button,
    choice_field,
    done,
    door_form,
    door_page,
    line_field,
    moment,
    refused,
    sheet,
    shown_once,
    table,
)
from components.filters import filter_of
from components.navigation import nothing
from components.qr import qr_picture
from components.wording import local_name, text
from pages.callbacks import services
from pages.door_request import DoorRequest, own_address, read_door_request, zone_of_viewer
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.errors import RuleViolation


def layout(**query: object) -> Any:
    """All links of the viewer's communities."""
    community_id = opened_community(filter_of(query).community)
    return page_frame("/kiosks", community_id, door_page("kiosks", ids.KIOSKS, body()))


register_page(
    __name__,
    path="/kiosks",
    name="kiosks",
    order=31,
    group="system",
    title=lambda: text("kiosks.title"),
    action="account.manage",
    layout=layout,
)


@page_callback(
    Output(ids.KIOSKS[1], "children"),
    Output(ids.KIOSKS[2], "children"),
    Input(ids.KIOSKS[0], "data"),
    action="account.manage",
    prevent_initial_call=True,
)
def answer_kiosks(data: object) -> tuple[Any, Any]:
    """Make or revoke a link."""
    try:
        notice = _carry_out(read_door_request(data))
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    return notice, body()


def body() -> list[Any]:
    """The form for a new link, and the links there are."""
    rows = _kiosks().listed()
    names = {row["community_id"]: local_name(row) for row in communities(services().store)}
    zone = zone_of_viewer()
    lines = [
        html.Tr(
            [
                html.Td(row["label"] or "—"),
                html.Td(names.get(row["community_id"]) or row["community_id"]),
                html.Td(moment(row["created_at"], zone)),
                html.Td(moment(row["seen_at"], zone)),
                html.Td(str(row["walls"])),
                html.Td(_state(row, zone)),
            ],
            className="closed" if row["removed_at"] else "",
        )
        for row in rows
    ]
    heads = ("kiosks.place", "door.community", "door.created", "kiosks.seen", "kiosks.walls")
    headings = [*(text(code) for code in heads), text("door.state")]
    shown = (
        table(headings, lines, text("kiosks.title"))
        if lines
        else nothing(text("kiosks.none_title"), text("kiosks.none_hint"))
    )
    form = door_form(
        [
            choice_field("community", text("door.community"), list(names.items())),
            line_field("label", text("kiosks.place")),
        ],
        action_button("create", text("kiosks.create"), main=True),
        key=f"new-{len(rows)}",
    )
    hint = html.P(text("kiosks.hint"), className="door-hint")
    return [
        html.H1(text("kiosks.title"), className="page-title"),
        sheet(text("kiosks.new"), hint, form),
        sheet(text("kiosks.title"), shown),
    ]


def _carry_out(request: DoorRequest) -> Any:
    kiosks = _kiosks()
    if request.action == "revoke":
        kiosks.revoke(request.object_id)
        return done(text("kiosks.done_revoke"))
    label = request.value("label")
    made = kiosks.create(request.value("community"), label)
    link = own_address() + made.path
    return shown_once(text("kiosks.made", label=label or "—"), link, qr_picture(link))


def _state(row: dict[str, Any], zone: Any) -> Any:
    if row["removed_at"]:
        return text("door.revoked", at=moment(row["removed_at"], zone))
    revoke = action_button("revoke", text("door.revoke"), confirm=text("door.revoke_sure"))
    return door_form([], revoke, object_id=row["kiosk_id"], style="inline")


def _kiosks() -> Kiosks:
    running = services()
    return Kiosks(running.store, running.audit, viewer())
