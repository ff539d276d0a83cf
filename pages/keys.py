"""The keys of other software: made here, shown once, revoked at once."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, SignInRequired, communities, viewer
from actions.users.keys import SOFTWARE_ROLES, RoleUnknown, create_key, listed_keys, revoke_key
from actions.users.kiosks import checked_label
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
from components.wording import local_name, named, text
from pages.callbacks import services
from pages.door_request import DoorRequest, read_door_request, zone_of_viewer
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.errors import RuleViolation


def layout(**query: object) -> Any:
    """All keys of the viewer's communities."""
    community_id = opened_community(filter_of(query).community)
    return page_frame("/keys", community_id, door_page("keys", ids.KEYS, body()))


register_page(
    __name__,
    path="/keys",
    name="keys",
    order=32,
    group="system",
    title=lambda: text("keys.title"),
    action="account.manage",
    layout=layout,
)


@page_callback(
    Output(ids.KEYS[1], "children"),
    Output(ids.KEYS[2], "children"),
    Input(ids.KEYS[0], "data"),
    action="account.manage",
    prevent_initial_call=True,
)
def answer_keys(data: object) -> tuple[Any, Any]:
    """Make or revoke a key."""
    try:
        notice = _carry_out(read_door_request(data))
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    return notice, body()


def body() -> list[Any]:
    """The form for a new key, and the keys there are."""
    rows = listed_keys(services().store, viewer())
    names = {row["community_id"]: local_name(row) for row in communities(services().store)}
    zone = zone_of_viewer()
    lines = [
        html.Tr(
            [
                html.Td(html.Code(row["api_key_id"])),
                html.Td(row["label"] or "—"),
                html.Td(named("role", row["role"])),
                html.Td(names.get(row["community_id"]) or row["community_id"]),
                html.Td(moment(row["recorded_at"], zone)),
                html.Td(_state(row, zone)),
            ],
            className="closed" if row["revoked_at"] else "",
        )
        for row in rows
    ]
    heads = ("keys.id", "door.label", "keys.role", "door.community", "door.created", "door.state")
    shown = (
        table([text(code) for code in heads], lines, text("keys.title"))
        if lines
        else nothing(text("keys.none_title"), text("keys.none_hint"))
    )
    roles = [(role, named("role", role)) for role in SOFTWARE_ROLES]
    form = door_form(
        [
            choice_field("community", text("door.community"), list(names.items())),
            choice_field("role", text("keys.role"), roles),
            line_field("label", text("door.label")),
        ],
        action_button("create", text("keys.create"), main=True),
        key=f"new-{len(rows)}",
    )
    hint = html.P(text("keys.hint"), className="door-hint")
    return [
        html.H1(text("keys.title"), className="page-title"),
        sheet(text("keys.new"), hint, form),
        sheet(text("keys.title"), shown),
    ]


def _carry_out(request: DoorRequest) -> Any:
    running = services()
    if request.action == "revoke":
        revoke_key(running.store, request.object_id, running.audit, viewer())
        return done(text("keys.done_revoke"))
    role = request.value("role")
    if role not in SOFTWARE_ROLES:
        raise RoleUnknown(role=role[:60], known=", ".join(SOFTWARE_ROLES))
    made = create_key(
        running.store,
        role,
        request.value("community"),
        checked_label(request.value("label")) or None,
        running.audit,
        viewer(),
    )
    return shown_once(text("keys.made"), made)


def _state(row: dict[str, Any], zone: Any) -> Any:
    if row["revoked_at"]:
        return text("door.revoked", at=moment(row["revoked_at"], zone))
    revoke = action_button("revoke", text("door.revoke"), confirm=text("door.revoke_sure"))
    return door_form([], revoke, object_id=row["api_key_id"], style="inline")
