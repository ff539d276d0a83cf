"""Builds what the page of one file shows, for the callback that fills it in."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from dash import dcc, html

from actions.access import NotThere, viewer
from actions.files.listing import FilesReader
from actions.files.reading import (
    BUILDING_FACTS,
    BuildingFile,
    OpenedFile,
    community_of,
    open_building,
    open_file,
)
from actions.intake.place_names import place_names
from components import ids
from components.attributes import dashed
from components.file_forms import (
    care_section,
    consent_forms,
    edit_section,
    leave_section,
)
from components.file_table import PEOPLE_COLUMNS, file_table, list_address, people_rows, place_name
from components.file_view import (
    back_link,
    consents_section,
    facts_of,
    facts_section,
    file_head,
    history_section,
    section,
    values_section,
)
from components.navigation import nothing
from components.wording import local_name, named, text
from pages.callbacks import services
from pages.files_blocks import reader_of
from pages.registration import opened_community, page_frame

LONGEST_ID = 64


def file_layout(kind: str, subject_id: str, query: dict[str, object]) -> Any:
    """The page of one file; its content comes by callback, so that reading blocks nobody."""
    community_id = _community(kind, subject_id[:LONGEST_ID], query)
    body = [
        back_link(kind, community_id),
        dcc.Store(
            id=ids.FILE_ASKED,
            data={"kind": kind, "id": subject_id[:LONGEST_ID], "community": community_id},
        ),
        dcc.Store(id=ids.FILE_TICK, data=0),
        html.Div(id=ids.FILE_SAID, className="file-said", role="status"),
        html.Div(
            html.P(text("files.loading"), className="note"),
            id=ids.FILE_BODY,
            className="file-body",
        ),
    ]
    return page_frame("/files", community_id, html.Div(body, className="files"))


def file_body(asked: dict[str, Any]) -> Any:
    """The content of a file's page; one that is out of reach is as if it did not exist."""
    kind, subject_id = str(asked.get("kind")), str(asked.get("id"))[:LONGEST_ID]
    try:
        reader = reader_of(str(asked.get("community")))
        if kind == "building":
            return _building(reader, open_building(reader, subject_id))
        if kind not in ("person", "household", "enterprise"):
            raise NotThere()
        return _file(reader, open_file(reader, kind, subject_id))
    except NotThere:
        return nothing(text("file.gone_title"), text("file.gone_hint"))


def _community(kind: str, subject_id: str, query: dict[str, object]) -> str:
    """The community of the file where it is the viewer's, else the one the page opens with."""
    if kind != "building":
        found = community_of(services().store, kind, subject_id)
        if found in viewer().community_ids:
            return found
    return opened_community(str(query.get("community") or ""))


def _file(reader: FilesReader, opened: OpenedFile) -> list[Any]:
    zone = ZoneInfo(opened.facts["timezone"])
    gone = opened.facts["removed_at"] is not None
    left = "file.moved_out" if opened.kind == "person" else "file.left"
    badges = [text(left)] if gone else []
    head = file_head(opened.kind, _title(opened), badges, opened.facts["completeness"])
    parts = [values_section(opened), facts_section(opened, zone)]
    if opened.kind == "household":
        parts.append(_members(reader, opened.subject_id))
    if opened.care is not None:
        parts.append(care_section(opened.care, opened.may_write))
    if opened.kind == "person":
        parts.append(consents_section(opened.consents))
    if opened.may_write:
        parts.append(edit_section(opened.kind))
        if opened.kind == "person":
            parts.append(consent_forms(opened.consents, reader.today))
        parts.append(leave_section(opened.kind, gone))
    parts.append(history_section(opened.history, zone))
    return [head, html.Div(parts, className="file-sections"), _cases(opened, zone)]


def _title(opened: OpenedFile) -> str:
    facts = opened.facts
    if opened.kind == "enterprise":
        return facts["name_zh"] or text("files.no_name")
    if opened.kind == "household":
        building = local_name(facts, stem="place")
        known = text("files.household_of", building=building)
        return known if building else text("files.home_unknown")
    if opened.guarded:
        return text("files.under_14")
    name = next((f.masked for f in opened.fields if f.field.name == "name"), None)
    return name or text("files.no_name")


def _members(reader: FilesReader, household_id: str) -> html.Section:
    members = reader.members(household_id)
    if not members:
        return section("file.members", html.P(text("file.members_none"), className="note"))
    places = place_names(reader.store, reader.community_id)
    rows = people_rows([person for person, _ in members], places, reader.community_id)
    relations = [named("relation", relation) if relation else "—" for _, relation in members]
    cells = [
        (row[0], relation, *row[1:3], row[6]) for row, relation in zip(rows, relations, strict=True)
    ]
    columns = (PEOPLE_COLUMNS[0], "files.col_relation", *PEOPLE_COLUMNS[1:3], PEOPLE_COLUMNS[6])
    return section("file.members", file_table(columns, cells))


def _cases(opened: OpenedFile, zone: ZoneInfo) -> html.Ul:
    """Open cases to name as a reason, for assets/unmask.js; hidden."""
    items = [
        html.Li(
            " · ".join(
                filter(
                    None,
                    (
                        named("category", case["category"]),
                        case["locality"],
                        case["reported_at"].astimezone(zone).strftime("%m-%d %H:%M"),
                    ),
                )
            ),
            **dashed(data_case=case["case_id"]),
        )
        for case in opened.cases
    ]
    return html.Ul(items, className="unmask-cases", hidden=True)


def _building(reader: FilesReader, opened: BuildingFile) -> list[Any]:
    facts, community_id = opened.facts, reader.community_id
    zone = ZoneInfo(_timezone(community_id))
    place_id = facts["place_id"]
    rows: list[tuple[str, Any]] = [("area_id", _area_words(reader, place_id))]
    for name in BUILDING_FACTS:
        value = facts[name]
        shown = named("structure", value) if name == "structure" and value else value
        rows.append((name, text("file.not_recorded") if value is None else str(shown)))
    counts = [
        html.Li([html.Strong(f"{opened.counts[name]:,}"), " ", text(f"file.count_{name}")])
        for name in ("people", "households", "enterprises", "care")
    ]
    links = [
        html.A(text(f"file.see_{word}"), href=list_address(kind, community_id, place=place_id))
        for kind, word in (("person", "people"), ("household", "households"))
    ]
    parts = [
        section("file.facts", facts_of(rows)),
        section(
            "file.counts",
            html.Ul(counts, className="file-counts"),
            html.P(links, className="file-links"),
        ),
        *([edit_section("building")] if opened.may_write else []),
        history_section(opened.history, zone),
    ]
    head = file_head("building", place_name(facts), [], opened.completeness)
    return [head, html.Div(parts, className="file-sections")]


def _area_words(reader: FilesReader, place_id: str) -> str:
    row = place_names(reader.store, reader.community_id).row(place_id)
    return local_name(dict(row), stem="area")


def _timezone(community_id: str) -> str:
    rows = services().store.rows("community/timezone", community_id=community_id)
    return rows[0]["timezone"] if rows else "Asia/Shanghai"
