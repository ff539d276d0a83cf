"""Care visits by the day the next is due; without faces for who may not see files."""

from __future__ import annotations

from datetime import date
from typing import Any

from dash import Input, Output, State, dcc, html

from actions.access import allow
from actions.files.listing import PAGE_ROWS
from actions.intake.place_names import place_names
from components import ids
from components.counts_table import counts_table
from components.file_forms import cadence
from components.file_table import file_table, pager, person_link
from components.filters import filter_of
from components.navigation import nothing
from components.wording import local_name, text
from pages.callbacks import services
from pages.files_blocks import reader_of, triggered
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.privacy import may, suppress_small_cells

MOST_PAGES = 10_000


def layout(**query: object) -> Any:
    """The care page of a community; its list comes by callback."""
    community_id = opened_community(filter_of(query).community)
    if not community_id:
        body: Any = nothing(text("files.no_community_title"), text("files.no_community_hint"))
        return page_frame("/care", "", body)
    body = [
        html.H1(text("care.title"), className="page-title"),
        dcc.Store(id=ids.CARE_ASKED, data=community_id),
        dcc.Store(id=ids.CARE_PAGE, data=0),
        html.Div(html.P(text("files.loading"), className="note"), id=ids.CARE_BODY),
        pager(ids.CARE_PREVIOUS, ids.CARE_NEXT),
    ]
    return page_frame("/care", community_id, html.Div(body, className="files"))


@page_callback(
    Output(ids.CARE_BODY, "children"),
    Output(ids.CARE_PAGE, "data"),
    Output(ids.CARE_PREVIOUS, "hidden"),
    Output(ids.CARE_NEXT, "hidden"),
    Input(ids.CARE_ASKED, "data"),
    Input(ids.CARE_PREVIOUS, "n_clicks"),
    Input(ids.CARE_NEXT, "n_clicks"),
    State(ids.CARE_PAGE, "data"),
    action="feed.read",
)
def show_care(
    community_id: str, _back: int = 0, _on: int = 0, page: int | None = 0
) -> tuple[Any, int, bool, bool]:
    """The list for who may see files, else how many live where."""
    asking = allow("feed.read", str(community_id))
    if not may(asking.role, "person.read"):
        return _presence(str(community_id)), 0, True, True
    step = {ids.CARE_PREVIOUS: -1, ids.CARE_NEXT: 1}.get(triggered(), 0)
    number = max(0, min(int(page or 0) + step, MOST_PAGES))
    body, total = _visits(str(community_id), number * PAGE_ROWS)
    return body, number, number == 0, (number + 1) * PAGE_ROWS >= total


def _visits(community_id: str, offset: int) -> tuple[Any, int]:
    store, reader = services().store, reader_of(community_id)
    rows = store.rows(
        "care_recipient/due",
        community_id=community_id,
        reach=reader.reach,
        zone=store.rows("community/timezone", community_id=community_id)[0]["timezone"],
        offset=offset,
        limit=PAGE_ROWS,
    )
    if not rows:
        return nothing(text("care.none_title"), text("care.none_hint")), 0
    linked = [row["person_id"] for row in rows if row["person_id"]]
    people = reader.masked(linked)
    cells = [
        (
            _due(row["due"], reader.today),
            person_link(people[row["person_id"]], community_id)
            if row["person_id"] in people
            else text("care.unlinked"),
            local_name(row, stem="place") or "—",
            local_name(row, stem="area") or "—",
            cadence(row["visit_every_days"]),
        )
        for row in rows
    ]
    columns = ["care.col_due", "care.col_who", "files.col_building", "files.col_area"]
    shown = text("files.shown", first=offset + 1, last=offset + len(rows))
    total = rows[0]["total"]
    return [
        html.P(text("care.note"), className="note"),
        html.Section(
            [
                html.P(f"{text('files.total', n=f'{total:,}')} · {shown}", className="files-count"),
                file_table([*columns, "care.col_cadence"], cells),
            ],
            className="sheet",
        ),
    ], total


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
    group="people",
    title=lambda: text("care.title"),
    action="feed.read",
    layout=layout,
)
