"""Lists of files: people by name, number, building or grid; households, buildings, enterprises."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, html, no_update

from actions.access import NotAllowed, NotThere
from actions.files.editor import Editor
from actions.files.listing import PAGE_ROWS
from actions.files.moving import register_person
from actions.intake.place_names import place_names
from components import ids
from components.file_list import FilesQuery, files_frame, query_of
from components.file_table import file_address
from components.file_view import refusal_words
from components.navigation import nothing
from components.wording import text
from pages.callbacks import now, services
from pages.files_blocks import block, reader_of, triggered
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.errors import RowRejected
from rules.privacy import may

MOST_PAGES = 10_000


def layout(**query: object) -> Any:
    """The lists of a community; filters may stand in the address, names never do."""
    wanted = query_of(query)
    community_id = opened_community(wanted.community)
    if not community_id:
        body: Any = nothing(text("files.no_community_title"), text("files.no_community_hint"))
        return page_frame("/files", "", body)
    reader = reader_of(community_id)
    if reader.reach == []:
        body = nothing(text("files.no_reach_title"), text("files.no_reach_hint"))
        return page_frame("/files", community_id, body)
    names = place_names(services().store, community_id)
    reached = reader.reach
    buildings = [b for b in names.buildings() if reached is None or b["area_id"] in reached]
    areas = [
        area
        for area in services().store.rows("desk/areas", community_id=community_id)
        if reached is None or area["area_id"] in reached
    ]
    shown = FilesQuery(**{**_fields(wanted), "community": community_id})
    body = files_frame(shown, areas, buildings, may(reader.viewer.role, "person.write"))
    return page_frame("/files", community_id, html.Div(body, className="files"))


@page_callback(
    Output(ids.FILES_RESULTS, "children"),
    Output(ids.FILES_PAGE, "data"),
    Output(ids.FILES_PREVIOUS, "disabled"),
    Output(ids.FILES_NEXT, "disabled"),
    Input(ids.FILES_QUERY, "data"),
    Input(ids.FILES_AREA, "value"),
    Input(ids.FILES_PLACE, "value"),
    Input(ids.FILES_FLAGS, "value"),
    Input(ids.FILES_SEARCH, "n_submit"),
    Input(ids.FILES_GO, "n_clicks"),
    Input(ids.FILES_PREVIOUS, "n_clicks"),
    Input(ids.FILES_NEXT, "n_clicks"),
    State(ids.FILES_SEARCH, "value"),
    State(ids.FILES_PAGE, "data"),
    action="person.read",
)
def show_files(
    data: dict[str, Any],
    area: str | None,
    place: str | None,
    flags: list[str] | None,
    _submits: int,
    _clicks: int,
    _back: int,
    _on: int,
    typed: str | None,
    page: int | None,
) -> tuple[Any, ...]:
    """One block of the list; every other control than the pager begins at the first."""
    step = {ids.FILES_PREVIOUS: -1, ids.FILES_NEXT: 1}.get(triggered(), 0)
    number = max(0, min(int(page or 0) + step, MOST_PAGES)) if step else 0
    asked = query_of({**data, "area": area, "place": place})
    wanted = FilesQuery(
        asked.community,
        asked.kind,
        asked.area,
        asked.place,
        "incomplete" in (flags or []),
        "gone" in (flags or []),
    )
    try:
        table, total, shown = block(wanted, (typed or "").strip(), number * PAGE_ROWS)
    except (NotThere, NotAllowed):
        return _nobody(), 0, True, True
    last = (number + 1) * PAGE_ROWS >= total
    return [table] if shown is None else shown, number, number == 0, last


@page_callback(
    Output(ids.FILES_NEW_SAID, "children"),
    Input(ids.FILES_NEW_SAVE, "n_clicks"),
    State(ids.FILES_QUERY, "data"),
    State(ids.FILES_NEW_NAME, "value"),
    State(ids.FILES_NEW_BUILDING, "value"),
    State(ids.FILES_NEW_RESIDENCE, "value"),
    State(ids.FILES_NEW_GUARDIAN, "value"),
    action="person.write",
    prevent_initial_call=True,
)
def register(
    clicks: int | None,
    data: dict[str, Any],
    name: str | None,
    place_id: str | None,
    residence: str | None,
    guardian: str | None,
) -> Any:
    """Register a person by hand; the rest is entered in the file."""
    if not clicks:
        return no_update
    community_id = query_of(data).community
    parts = services()
    reader = reader_of(community_id)
    editor = Editor(parts.store, parts.audit, reader.viewer, now())
    row: dict[str, object] = {
        "name": name or "",
        "place_id": place_id,
        "residence": residence,
        "guardian_consent_on": guardian or None,
    }
    given = {key: value for key, value in row.items() if value is not None}
    try:
        person_id, code, field = register_person(editor, community_id, given)
    except RowRejected as refusal:
        return refusal_words(refusal.code, refusal.field)
    except NotThere:
        return refusal_words("reference_unknown")
    if person_id is None:
        return refusal_words(code or "unknown", field)
    address = file_address("person", person_id, community_id)
    return [text("file.new_done"), " ", html.A(text("file.new_open"), href=address)]


def _fields(query: FilesQuery) -> dict[str, Any]:
    return {
        "kind": query.kind,
        "area": query.area,
        "place": query.place,
        "incomplete": query.incomplete,
        "gone": query.gone,
    }


def _nobody() -> Any:
    return nothing(text("refusal.not_there_title"), text("refusal.not_there_hint"))


register_page(
    __name__,
    path="/files",
    name="files",
    order=5,
    group="people",
    title=lambda: text("files.title"),
    action="person.read",
    layout=layout,
)
