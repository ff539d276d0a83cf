"""The duty desk: the one map beside the list of cases, its filters and the chosen case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from dash import Input, Output, State, dcc, html, no_update

from actions.access import allow, reach
from components import ids
from components.attributes import dashed
from components.case_batch import batch_bar
from components.case_detail import case_summary
from components.case_history import history_steps
from components.case_list import BLOCK_ROWS, case_list, list_rows, sort_of
from components.filters import (
    DEFAULT_GROUP,
    CaseFilter,
    areas_below,
    categories_worded,
    filter_bar,
    filter_of,
    segments,
)
from components.navigation import nothing
from components.one_map import one_map
from components.wording import text
from pages import desk_batch  # noqa: F401 - registers the callback of the marked cases
from pages.callbacks import now, services
from pages.reading import case_in_reach, history_in_reach
from pages.registration import (
    opened_community,
    page_callback,
    page_frame,
    register_page,
    upkeep_strip,
)
from pages.second_person import names_of
from pages.setup_bodies import desk_strip
from rules.case_transitions import MOVES
from rules.privacy import may, scope_of
from rules.viewer import Viewer
from rules.vocabulary import FINISHED_STATUSES, OPEN_STATUSES

MOST_FOUND = 2_000
MOST_ROWS_PER_REQUEST = 500
KEYS = (("↑ ↓ / k j", "key_move"), ("Enter", "key_open"), ("/", "key_search"), ("Esc", "key_clear"))


def layout(**query: object) -> Any:
    """The desk for a community; the page address carries the filters."""
    wanted = filter_of(query)
    community_id = opened_community(wanted.community or "")
    if not community_id:
        return page_frame("/", "", _no_community(wanted.community or ""))
    body = _desk(services().store, replace(wanted, community=community_id))
    return page_frame("/", community_id, [desk_strip(community_id), *body])


register_page(
    __name__,
    path="/",
    name="desk",
    order=2,
    title=lambda: text("desk.title"),
    action="case.read",
    layout=layout,
    libraries=("grid", "map"),
)


@page_callback(
    Output(ids.DESK_LIST, "getRowsResponse"),
    Output(ids.DESK_SEGMENTS, "children"),
    Output(ids.DESK_COUNT, "children"),
    Output(ids.DESK_NOTE, "children"),
    Input(ids.DESK_LIST, "getRowsRequest"),
    State(ids.DESK_FILTERS, "data"),
    action="case.read",
    prevent_initial_call=True,
)
def show_block(request: dict[str, Any] | None, filters: dict[str, Any]) -> tuple[Any, ...]:
    """One block of the list; the first block also brings the numbers."""
    if request is None:
        return no_update, no_update, no_update, no_update
    wanted = filter_of(filters)
    start, length = _block(request)
    rows, counts, found = read_cases(wanted, request.get("sortModel"), start, length)
    if counts is None:
        return {"rowData": list_rows(rows, start)}, no_update, no_update, no_update
    matched = counts.get(wanted.status, 0)
    answer = {"rowData": list_rows(rows, start), "rowCount": matched}
    return answer, segments(wanted, counts), _count(matched, counts), _note(wanted, counts, found)


@page_callback(
    Output(ids.DESK_DETAILS, "children"),
    Input(ids.DESK_SELECTED, "data"),
    Input(ids.DESK_TICK, "data"),
    State(ids.DESK_FILTERS, "data"),
    action="case.read",
    prevent_initial_call=True,
)
def show_details(case_id: str | None, _tick: int, filters: dict[str, Any]) -> Any:
    """The chosen case beside the list."""
    found = case_in_reach(case_id) if case_id else None
    if found is None:
        return choose_a_case()
    events = history_in_reach(found)
    names = names_of(event["actor"] for event in events)
    steps = history_steps(events, ZoneInfo(found["timezone"]), names)
    address = filter_of(filters).address(f"/cases/{case_id}")
    return case_summary(found, steps, now(), address)


@page_callback(
    Output(ids.WARNING_STRIP, "children"),
    Input(ids.DESK_TICK, "data"),
    State(ids.DESK_FILTERS, "data"),
    action="case.read",
    prevent_initial_call=True,
)
def show_warnings(_tick: int, filters: dict[str, Any]) -> Any:
    """The strip of upkeep warnings anew: a desk stays open for weeks."""
    return upkeep_strip(filter_of(filters).community, "")


def read_cases(
    wanted: CaseFilter, sort_model: list[dict[str, Any]] | None, start: int, length: int
) -> tuple[list[dict[str, Any]], dict[str, int] | None, int | None]:
    """Read one block of cases and, for the first block, the number of cases per status.

    Returns:
        Rows of desk/cases; counts by group and status, or None after the first block; how many
        cases the text search found, or None without one.
    """
    store = services().store
    community_id = wanted.community or ""
    asking = allow("case.read", community_id)
    at = now()
    found = _found(wanted, readable=may(asking.role, "case.read_text"))
    areas = store.rows("desk/areas", community_id=community_id) if wanted.area else []
    shared: dict[str, Any] = {
        "community_id": community_id,
        "reach": reach(store, asking, "case.read", community_id),
        "open_statuses": list(OPEN_STATUSES),
        "category": wanted.category,
        "areas": areas_below(areas, wanted.area),
        "found": found,
        "now": at,
    }
    sort, descending = sort_of(sort_model)
    rows = store.rows(
        "desk/cases",
        statuses=list(wanted.statuses),
        due_before=at if wanted.overdue else None,
        sort=sort,
        descending=descending,
        offset=start,
        limit=length,
        **shared,
    )
    if not may(asking.role, "case.read_text"):
        rows = [{**row, "title": None, "address": None} for row in rows]
    counts = _counts(store.rows("desk/counts", **shared)) if start == 0 else None
    return rows, counts, len(found) if found is not None else None


def choose_a_case() -> html.Div:
    """The panel beside the list before a case is chosen: what it will show, and the keys."""
    keys = html.Dl(
        [html.Div([html.Dt(html.Kbd(key)), html.Dd(text(f"desk.{name}"))]) for key, name in KEYS],
        className="keys",
    )
    return nothing(text("desk.pick_title"), text("desk.pick_hint"), keys)


def _desk(store: Any, wanted: CaseFilter) -> list[Any]:
    asking = allow("case.read", wanted.community)
    areas_in_reach = reach(store, asking, "case.read", wanted.community)
    categories = store.rows("desk/categories", community_id=wanted.community, reach=areas_in_reach)
    areas = store.rows("desk/areas", community_id=wanted.community)
    return [
        dcc.Store(id=ids.DESK_FILTERS, data=_as_data(wanted)),
        dcc.Store(id=ids.DESK_SELECTED),
        dcc.Store(id=ids.DESK_TICK, data=0),
        filter_bar(wanted, categories, areas),
        html.Div(
            [
                html.Section(
                    [
                        html.Div(
                            [
                                html.H2(text("desk.list")),
                                html.Span(id=ids.DESK_COUNT),
                                *_reporting(asking, wanted.community),
                            ],
                            className="sheet-head",
                        ),
                        *(batch_bar() if asking.role in MOVES["accept"].roles else ()),
                        html.Div(case_list(), className="list-box"),
                        html.Div(id=ids.DESK_NOTE, className="list-note"),
                    ],
                    className="sheet desk-list",
                ),
                html.Section(
                    one_map(wanted.community, "desk"),
                    className="sheet desk-map",
                    **dashed(aria_label=text("desk.map")),
                ),
                html.Section(
                    choose_a_case(),
                    id=ids.DESK_DETAILS,
                    className="sheet desk-details",
                    **dashed(aria_label=text("desk.details"), aria_live="polite"),
                ),
            ],
            className="desk",
        ),
    ]


def _reporting(asking: Viewer, community_id: str) -> list[html.A]:
    """Ways to enter a caller's report and to the sheets of places, for who works at the desk."""
    if scope_of(asking.role, "case.write") != "community":
        return []
    ways = (
        (f"/report/desk?c={community_id}", "new_report"),
        (f"/sheets/{community_id}", "download"),
    )
    return [
        html.A(text(f"sheet.{word}"), href=href, target="_blank", className="quiet")
        for href, word in ways
    ]


def _no_community(community_id: str) -> html.Div:
    if community_id:
        return nothing(
            text("desk.no_such_community_title", community=community_id[:80]),
            text("desk.no_such_community_hint"),
        )
    return nothing(text("desk.no_community_title"), text("desk.no_community_hint"))


def _block(request: dict[str, Any]) -> tuple[int, int]:
    start = max(0, int(request.get("startRow") or 0))
    end = int(request.get("endRow") or start + BLOCK_ROWS)
    return start, min(max(1, end - start), MOST_ROWS_PER_REQUEST)


def _found(wanted: CaseFilter, *, readable: bool) -> list[str] | None:
    if not wanted.text:
        return None
    rows = services().store.rows(
        "desk/found",
        community_id=wanted.community,
        text=wanted.text.lower(),
        categories=categories_worded(wanted.text),
        readable=readable,
        limit=MOST_FOUND,
    )
    return [row["case_id"] for row in rows]


def _counts(rows: list[dict[str, Any]]) -> dict[str, int]:
    by_status = {row["status"]: int(row["n"]) for row in rows}
    return {
        **by_status,
        "open": sum(by_status.get(status, 0) for status in OPEN_STATUSES),
        "overdue": sum(int(row["overdue"]) for row in rows),
        "finished": sum(by_status.get(status, 0) for status in FINISHED_STATUSES),
        "all": sum(by_status.values()),
    }


def _count(matched: int, counts: dict[str, int]) -> str:
    return text("desk.shown", matched=f"{matched:,}", all=f"{counts['all']:,}")


def _note(wanted: CaseFilter, counts: dict[str, int], found: int | None) -> Any:
    if found is not None and found >= MOST_FOUND:
        return html.P(text("desk.found_many", limit=f"{MOST_FOUND:,}"), className="note")
    if counts.get(wanted.status):
        return None
    empty = counts["all"] == 0 and replace(wanted, status=DEFAULT_GROUP).narrowed is False
    kind = "empty" if empty else "none"
    return nothing(text(f"desk.{kind}_title"), text(f"desk.{kind}_hint"))


def _as_data(wanted: CaseFilter) -> dict[str, Any]:
    return {
        "community": wanted.community,
        "status": wanted.status,
        "category": wanted.category,
        "area": wanted.area,
        "q": wanted.text,
    }
