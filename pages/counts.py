"""How many people are registered where: numbers only, small ones counted together (R1)."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, dcc, html

from actions.access import allow, reach
from actions.intake.place_names import place_names
from components import ids
from components.counts_table import counts_table
from components.filters import filter_of
from components.navigation import nothing
from components.wording import text
from pages.callbacks import services
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.privacy import SMALL_CELL, suppress_small_cells

UNKNOWN = ""  # people whose building is not known


def layout(**query: object) -> Any:
    """The counts of a community; they come by callback."""
    community_id = opened_community(filter_of(query).community)
    if not community_id:
        body: Any = nothing(text("files.no_community_title"), text("files.no_community_hint"))
        return page_frame("/counts", "", body)
    body = [
        html.H1(text("counts.title"), className="page-title"),
        html.P(text("counts.note"), className="note"),
        dcc.Store(id=ids.COUNTS_ASKED, data=community_id),
        html.Section(
            html.P(text("files.loading"), className="note"),
            id=ids.COUNTS_BODY,
            className="sheet",
        ),
    ]
    return page_frame("/counts", community_id, html.Div(body, className="files"))


@page_callback(
    Output(ids.COUNTS_BODY, "children"), Input(ids.COUNTS_ASKED, "data"), action="person.count"
)
def show_counts(community_id: str) -> Any:
    """People per building as far as numbers may be shown."""
    asking = allow("person.count", str(community_id))
    store = services().store
    rows = store.rows(
        "files/counts",
        community_id=community_id,
        reach=reach(store, asking, "person.count", str(community_id)),
    )
    if not rows:
        return nothing(text("counts.none_title"), text("counts.none_hint"))
    counts = suppress_small_cells(
        {row["place_id"] or UNKNOWN: row["people"] for row in rows},
        {row["place_id"]: row["area_id"] for row in rows if row["place_id"] and row["area_id"]},
    )
    total = sum(row["people"] for row in rows)
    number = f"{total:,}" if total >= SMALL_CELL else text("counts.hidden")
    return [
        counts_table(counts, place_names(store, str(community_id))),
        html.P([text("counts.total"), " ", number], className="files-count"),
    ]


register_page(
    __name__,
    path="/counts",
    name="counts",
    order=7,
    group="people",
    title=lambda: text("counts.title"),
    action="person.count",
    layout=layout,
)
