"""The duty roster: who is on duty, what nobody keeps, the week, absences, shifts and teams."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, dcc, html, no_update

from actions.access import NotAllowed, SignInRequired, allow, viewer
from actions.roster.changing import RosterDesk
from components import ids
from components.door_form import choice_field, done, door_page, refused
from components.filters import filter_of
from components.navigation import nothing
from components.roster_forms import absence_form, shift_form, team_form
from components.roster_page import (
    RosterView,
    absence_section,
    duty_section,
    uncovered_section,
    week_section,
)
from components.roster_shifts import change_section, roster_address, shift_section, team_section
from components.wording import text
from pages.callbacks import now, services
from pages.door_request import read_door_request
from pages.registration import opened_community, page_callback, page_frame, register_page
from pages.roster_request import carry_out
from pages.roster_view import roster_view
from rules.errors import RuleViolation
from rules.privacy import may


def layout(change: str = "", **query: object) -> Any:
    """The roster of the community in the address; `change` is a team or shift, as noun:id."""
    community_id = opened_community(filter_of(query).community)
    if not community_id:
        none = nothing(text("setup.no_community_title"), text("setup.no_community_hint"))
        return page_frame("/roster", "", none)
    page = door_page("roster", ids.ROSTER, body(community_id, change))
    store = dcc.Store(id=ids.ROSTER_COMMUNITY, data=community_id)
    return page_frame("/roster", community_id, [store, page])


register_page(
    __name__,
    path="/roster",
    name="roster",
    order=4,
    title=lambda: text("roster.title"),
    action="roster.read",
    layout=layout,
)


@page_callback(
    Output(ids.ROSTER[1], "children"),
    Output(ids.ROSTER[2], "children"),
    Input(ids.ROSTER[0], "data"),
    State(ids.ROSTER_COMMUNITY, "data"),
    action="roster.read",
    prevent_initial_call=True,
)
def answer_roster(data: object, community_id: object) -> tuple[Any, Any]:
    """Change the roster and show it after that; where it is refused, what was typed stays."""
    here = str(community_id)
    running = services()
    allow("roster.read", here)
    desk = RosterDesk(running.store, running.audit, viewer(), here)
    try:
        zone = roster_view(running.store, here, now()).zone
        said = carry_out(desk, read_door_request(data), zone)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    return done(text(said)), body(here)


def body(community_id: str, change: str = "") -> list[Any]:
    """Everything the page shows of a community, with the form of what is to be changed first."""
    role, store = viewer().role, services().store
    allow("roster.read", community_id)
    view = roster_view(store, community_id, now())
    people = store.rows("roster/workers", community_id=community_id)
    units = store.rows("organisation/register", community_id=community_id)
    workers = [(row["worker_id"], row["callsign"]) for row in people]
    covers, writes = may(role, "roster.cover"), may(role, "roster.write")

    def choose(chosen: str) -> Any:
        options = [("", text("roster.no_stand_in")), *workers]
        return choice_field("stand_in_id", text("roster.stand_in"), options, chosen)

    parts = [
        html.H1(text("roster.title"), className="page-title"),
        _change_form(view, change, workers, units) if writes else None,
        uncovered_section(view),
        duty_section(view),
        week_section(view),
        absence_section(view, covers, choose, absence_form(view, workers)),
        shift_section(view, writes, shift_form(view, workers)),
        team_section(view, team_form(view, workers, units)) if writes else None,
    ]
    return [part for part in parts if part is not None]


def _change_form(
    view: RosterView, change: str, workers: list[tuple[str, str]], units: list[dict[str, Any]]
) -> html.Section | None:
    """The form of the team or shift the address names; None where it names none that is here."""
    noun, _, object_id = change.partition(":")
    store, back = services().store, roster_address(view.community_id)
    rows = {"team": view.teams, "shift": view.shifts}.get(noun, ())
    row = next((row for row in rows if row[f"{noun}_id"] == object_id), None)
    if row is None:
        return None
    query = "roster/memberships" if noun == "team" else "roster/kept_shift"
    held = [one["worker_id"] for one in store.rows(query, **{f"{noun}_id": object_id})]
    if noun == "team":
        return change_section(noun, team_form(view, workers, units, row, held), back)
    return change_section(noun, shift_form(view, workers, row, held), back)
