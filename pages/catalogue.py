"""The catalogue of categories: read, edit, take out of use, import and export, reckon deadlines."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from dash import Input, Output, State, dcc, html, no_update

from actions.access import NotAllowed, SignInRequired, viewer
from actions.catalogue.editing import CatalogueDesk, Imported
from actions.catalogue.files import (
    MOST_BYTES,
    CatalogueFileInvalid,
    read_rows,
    write_csv,
    write_xlsx,
)
from actions.catalogue.recomputing import recompute_deadlines
from components import ids
from components.catalogue_view import category_form, category_table, import_report
from components.door_form import action_button, done, door_form, door_page, refused, sheet
from components.filters import filter_of
from components.wording import named, text
from pages.callbacks import services
from pages.door_request import DoorRequest, read_door_request
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.catalogue_rows import write_entry
from rules.errors import RuleViolation


def layout(category: str = "", **query: object) -> Any:
    """Every category of the community shown, and the form of one."""
    community_id = opened_community(filter_of(query).community)
    shown = body(community_id, category) if community_id else []
    page = [door_page("catalogue", ids.CATALOGUE, shown), dcc.Download(id=ids.CATALOGUE_DOWNLOAD)]
    return page_frame("/catalogue", community_id, page)


register_page(
    __name__,
    path="/catalogue",
    name="catalogue",
    order=35,
    group="system",
    title=lambda: text("catalogue.title"),
    action="config.write",
    layout=layout,
)


@page_callback(
    Output(ids.CATALOGUE[1], "children"),
    Output(ids.CATALOGUE[2], "children"),
    Output(ids.CATALOGUE_DOWNLOAD, "data"),
    Input(ids.CATALOGUE[0], "data"),
    action="config.write",
    prevent_initial_call=True,
)
def answer_catalogue(data: object) -> tuple[Any, Any, Any]:
    """Save, take out of use, use again, export, or reckon open deadlines anew."""
    try:
        request = read_door_request(data)
        community_id = opened_community(request.value("community"))
        desk = desk_of(community_id)
        if request.action in ("export_csv", "export_xlsx"):
            return no_update, no_update, _file(desk, request.action.removeprefix("export_"))
        notice = _carry_out(desk, request)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update, no_update
    return notice, body(community_id), no_update


@page_callback(
    Output(ids.CATALOGUE_IMPORT, "children"),
    Input(ids.CATALOGUE_FILE, "contents"),
    State(ids.CATALOGUE_FILE, "filename"),
    State(ids.PAGE, "data-community"),
    action="config.write",
    prevent_initial_call=True,
)
def take_file(contents: object, filename: object, community: object) -> Any:
    """Take over the rows of a file and say which could not be taken."""
    try:
        rows = read_rows(str(filename or ""), _bytes(contents))
        found: Imported = desk_of(opened_community(str(community or ""))).take_rows(rows)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal)
    return import_report(found)


def body(community_id: str, code: str = "") -> list[Any]:
    """The table, the form, the files and the button that reckons anew."""
    entries = desk_of(community_id).entries()
    chosen = next((entry for entry in entries if entry.code == code), None)
    given = write_entry(chosen) if chosen else {}
    heading = named("category", chosen.code) if chosen else text("catalogue.new")
    hint = html.P(text("catalogue.hint"), className="door-hint")
    form = category_form(given, community_id)
    sure = text("catalogue.recompute_sure")
    again = door_form(
        [community_field(community_id)],
        action_button("recompute", text("catalogue.recompute"), confirm=sure),
        key="recompute",
    )
    return [
        html.H1(text("catalogue.title"), className="page-title"),
        *([sheet(heading, form)] if chosen else []),
        sheet(text("catalogue.list"), hint, category_table(entries, community_id)),
        *([] if chosen else [sheet(heading, form)]),
        _files(community_id),
        sheet(
            text("catalogue.recompute_title"),
            html.P(text("catalogue.recompute_hint"), className="door-hint"),
            again,
        ),
    ]


def community_field(community_id: str) -> dcc.Input:
    """The community a form is about, which is not shown."""
    return dcc.Input(name="community", type="hidden", value=community_id)


def _files(community_id: str) -> html.Section:
    upload = dcc.Upload(
        html.Button(text("catalogue.import"), className="door-button", type="button"),
        id=ids.CATALOGUE_FILE,
        accept=".csv,.xlsx",
        max_size=MOST_BYTES,
    )
    export = door_form(
        [community_field(community_id)],
        action_button("export_csv", text("catalogue.export_csv")),
        action_button("export_xlsx", text("catalogue.export_xlsx")),
        style="inline",
        key="export",
    )
    hint = html.P(text("catalogue.files_hint"), className="door-hint")
    report = html.Div(id=ids.CATALOGUE_IMPORT, role="status")
    return sheet(text("catalogue.files"), hint, upload, report, export)


def _carry_out(desk: CatalogueDesk, request: DoorRequest) -> Any:
    if request.action == "save":
        entry = desk.save({name: value.strip() for name, value in request.values.items()})
        return done(text("catalogue.saved", name=named("category", entry.code)))
    if request.action == "recompute":
        found = recompute_deadlines(desk)
        return done(text("catalogue.recomputed", open=found.open, moved=found.moved))
    desk.set_in_use(request.object_id, request.action == "restore")
    return done(text("catalogue.changed"))


def _file(desk: CatalogueDesk, form: str) -> Any:
    write = write_csv if form == "csv" else write_xlsx
    name = f"catalogue-{desk.community_id}.{form}"
    content = base64.b64encode(write(desk.entries())).decode()
    return {"content": content, "filename": name, "base64": True}


def _bytes(contents: object) -> bytes:
    encoded = str(contents or "").partition(",")[2]
    if len(encoded) > MOST_BYTES * 2:
        raise CatalogueFileInvalid()
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise CatalogueFileInvalid() from None


def desk_of(community_id: str) -> CatalogueDesk:
    """The catalogue of a community, as the viewer may change it."""
    running = services()
    return CatalogueDesk(running.store, running.audit, viewer(), community_id)
