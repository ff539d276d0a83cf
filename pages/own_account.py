"""One's own account: password, second factor, signed-in browsers, language."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, no_update

from actions.access import (
    NotAllowed,
    NotThere,
    SignInRequired,
    communities,
    current_session,
    viewer,
)
from actions.users.own_account import OwnAccount
from actions.users.passwords import password_hashing
from components import ids
from components.door_form import done, door_page, refused
from components.filters import filter_of
from components.own_account_panels import codes_box, own_account, setup_box
from components.qr import qr_picture
from components.wording import local_name, text
from pages.callbacks import services
from pages.door_request import DoorRequest, read_door_request, zone_of_viewer
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.errors import RuleViolation
from rules.passwords import LEAST_CHARACTERS


def layout(**query: object) -> Any:
    """The account of whoever is signed in; walls have none."""
    if viewer().kind != "account":
        raise NotThere()
    community_id = opened_community(filter_of(query).community)
    content = door_page("own-account", ids.OWN_ACCOUNT, body(), narrow=True)
    return page_frame("/account", community_id, content)


# feed.read is what every role that signs in has; nothing here is about the community.
register_page(
    __name__,
    path="/account",
    name="own_account",
    title=lambda: text("own.title"),
    action="feed.read",
    layout=layout,
)


@page_callback(
    Output(ids.OWN_ACCOUNT[1], "children"),
    Output(ids.OWN_ACCOUNT[2], "children"),
    Input(ids.OWN_ACCOUNT[0], "data"),
    action="feed.read",
    prevent_initial_call=True,
)
def answer_own_account(data: object) -> tuple[Any, Any]:
    """Carry out what a form asks; what is shown once stands in the notice."""
    try:
        request = read_door_request(data)
        notice = _carry_out(_own(), request)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    return notice, body()


def body() -> list[Any]:
    """Everything the page shows."""
    own = _own()
    rows = communities(services().store)
    names = [local_name(row) or row["community_id"] for row in rows]
    return own_account(own.facts(), own.sessions(), names, LEAST_CHARACTERS, zone_of_viewer())


def _carry_out(own: OwnAccount, request: DoorRequest) -> Any:
    present = request.values.get("present", "")
    if request.action == "change_password":
        own.change_password(present, request.values.get("wanted", ""))
        return done(text("own.changed"))
    if request.action == "begin_factor":
        setup = own.begin_second_factor(present)
        return setup_box(setup.secret, qr_picture(setup.address))
    if request.action == "confirm_factor":
        return codes_box(own.confirm_second_factor(request.value("code")))
    if request.action == "renew_codes":
        return codes_box(own.renew_recovery_codes(present))
    if request.action == "remove_factor":
        own.remove_second_factor(present)
        return done(text("own.factor_removed"))
    if request.action == "end_session":
        own.end_session(request.object_id)
        return done(text("own.ended"))
    if request.action == "end_others":
        own.end_other_sessions()
        return done(text("own.ended"))
    raise NotThere(action=request.action)


def _own() -> OwnAccount:
    running = services()
    return OwnAccount(
        running.store,
        running.audit,
        running.keyring,
        password_hashing(),
        viewer(),
        current_session.get(),
    )
