"""Care visits by the day the next is due; without faces for who may not see files."""

from __future__ import annotations

from datetime import date
from typing import Any

from dash import Input, Output, dcc, html

from actions.access import allow, reach
from actions.files_consulting import local_day
from actions.name_index import name_index_of
from actions.place_names import place_names
from components import ids
from components.counts_table import counts_table
from components.file_forms import cadence
from components.file_table import file_table, person_link
from components.filters import filter_of
from components.navigation import nothing
from components.wording import local_name, text
from pages.callbacks import now, services
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.privacy import may, suppress_small_cells
from rules.viewer import Viewer

MOST_ROWS = 500


def layout(**query: object) -> Any:
    """The care page of a community; its list comes by callback."""
    community_id = opened_community(filter_of(query).community)
    if not community_id:
        body: Any = nothing(text("files.no_community_title"), text("files.no_community_hint"))
        return page_frame("/care", "", body)
    body = [
        html.H1(text("care.title"), className="page-title"),
        dcc.Store(id=ids.CARE_ASKED, data=community_id),
        html.Div(html.P(text("files.loading"), className="note"), id=ids.CARE_BODY),
    ]
    return page_frame("/care", community_id, html.Div(body, className="files"))


@page_callback(Output(ids.CARE_BODY, "children"), Input(ids.CARE_ASKED, "data"), action="feed.read")
def show_care(community_id: str) -> Any:
    """The list for who may see files, else how many live where."""
    asking = allow("feed.read", str(community_id))
    if may(asking.role, "person.read"):
        return _visits(asking, str(community_id))
    return _presence(str(community_id))


def _visits(asking: Viewer, community_id: str) -> Any:
    store = services().store
    at = now()
    today = local_day(store, community_id, at)
    zone = store.rows("community/timezone", community_id=community_id)[0]["timezone"]
    rows = store.rows(
        "care_recipient/due",
        community_id=community_id,
        reach=reach(store, asking, "person.read", community_id),
        zone=zone,
        limit=MOST_ROWS + 1,
    )
    if not rows:
        return nothing(text("care.none_title"), text("care.none_hint"))
    shown = rows[:MOST_ROWS]
    linked = [row["person_id"] for row in shown if row["person_id"]]
    index = name_index_of(store)
    people = index.masked(community_id, linked, today) or {}
    cells = [
        (
            _due(row["due"], today),
            person_link(people[row["person_id"]], community_id)
            if row["person_id"] in people
            else text("care.unlinked"),
            local_name(row, stem="place") or "—",
            local_name(row, stem="area") or "—",
            cadence(row["visit_every_days"]),
        )
        for row in shown
    ]
    columns = ["care.col_due", "care.col_who", "files.col_building", "files.col_area"]
    table = file_table([*columns, "care.col_cadence"], cells)
    more = len(rows) > MOST_ROWS
    return [
        html.P(text("care.note"), className="note"),
        html.Section(table, className="sheet"),
        html.P(text("care.more", n=MOST_ROWS), className="note") if more else None,
        None if people or not linked else html.P(text("files.building_index"), className="note"),
    ]


def _presence(community_id: str) -> Any:
    store = services().store
    rows = store.rows("care_recipient/presence", community_id=community_id)
    if not rows:
        return nothing(text("care.none_title"), text("care.none_hint"))
    counts = suppress_small_cells(
        {row["place_id"]: row["people"] for row in rows},
        {row["place_id"]: row["area_id"] for row in rows if row["area_id"]},
    )
    names = place_names(store, community_id)
    return [
        html.P(text("care.presence_note"), className="note"),
        html.Section(
            [html.H2(text("care.presence_title")), counts_table(counts, names)], className="sheet"
        ),
    ]


def _due(due: date, today: date) -> list[Any]:
    days = (due - today).days
    code = "care.today" if days == 0 else "care.in_days" if days > 0 else "care.late"
    return [due.isoformat(), " ", html.Span(text(code, days=abs(days)), className="care-when")]


register_page(
    __name__,
    path="/care",
    name="care",
    order=6,
    title=lambda: text("care.title"),
    action="feed.read",
    layout=layout,
)
