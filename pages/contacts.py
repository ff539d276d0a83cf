"""Organisations and the contact directory: who to call for what, in working hours and after."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, dcc, html, no_update

import pages.setup_answers  # noqa: F401 - its callback answers the forms of this page
from actions.access import NotAllowed, allow
from actions.setup.step import SetupDesk
from components import ids
from components.filters import filter_of
from components.navigation import nothing
from components.setup_frame import setup_page
from components.wording import text
from pages.callbacks import services
from pages.registration import opened_community, page_callback, page_frame, register_page
from pages.setup_bodies import contacts_body, directory_body, directory_section, may_see_numbers
from rules.privacy import may


def layout(**query: object) -> Any:
    """The directory of the community in the address; with forms for those who set it up."""
    community_id = opened_community(filter_of(query).community)
    if not community_id:
        body: Any = nothing(text("setup.no_community_title"), text("setup.no_community_hint"))
        return page_frame("/contacts", community_id, body)
    desk = reading_desk(community_id)
    body = [
        html.H1(text("contacts.title"), className="page-title"),
        dcc.Store(id=ids.CONTACT_COMMUNITY, data=community_id),
    ]
    if may(desk.viewer.role, "config.write"):
        body += setup_page("contacts", community_id, contacts_body(desk))
    else:
        body.append(directory_section(desk, may_see_numbers(desk.viewer)))
    return page_frame("/contacts", community_id, html.Div(body, className="setup-page"))


@page_callback(
    Output(ids.CONTACT_DIRECTORY, "children"),
    Input(ids.CONTACT_SHOW, "n_clicks"),
    State(ids.CONTACT_COMMUNITY, "data"),
    action="health.read",
    prevent_initial_call=True,
)
def show_numbers(clicks: int | None, community_id: str) -> Any:
    """The directory with its numbers; leaves one audit line."""
    if not clicks:
        return no_update
    desk = reading_desk(str(community_id))
    if not may_see_numbers(desk.viewer):
        raise NotAllowed(role=desk.viewer.role, action="person.read")
    return directory_body(desk, True, show=True)


def reading_desk(community_id: str) -> SetupDesk:
    """Return the desk of somebody who reads the directory; `config.write` is asked for elsewhere.

    Raises:
        SignInRequired, NotThere, NotAllowed: As actions/access.py decides.
    """
    viewer = allow("health.read", community_id)
    return SetupDesk(services().store, services().audit, viewer, community_id)


register_page(
    __name__,
    path="/contacts",
    name="contacts",
    order=19,
    group="system",
    title=lambda: text("contacts.title"),
    action="health.read",
    layout=layout,
)
