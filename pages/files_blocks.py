"""Reads one block of a list of files and puts it into a table, for the page of lists."""

from __future__ import annotations

from typing import Any

from dash import ctx, html
from dash.exceptions import MissingCallbackContextException

from actions.files.listing import PAGE_ROWS, FilesFilter, FilesReader, files_reader
from actions.files.reading import BUILDING_FACTS
from actions.intake.place_names import place_names
from components.file_list import FilesQuery, results
from components.file_table import (
    PEOPLE_COLUMNS,
    file_address,
    file_table,
    people_rows,
    place_name,
    share,
)
from components.filters import areas_below
from components.wording import local_name, text
from pages.callbacks import now, services
from rules.fields import completeness

Block = tuple[Any, int, list[Any] | None]


def reader_of(community_id: str) -> FilesReader:
    """Return the current viewer's reader of a community's files.

    Raises:
        SignInRequired, NotThere, NotAllowed: As actions/access.py decides.
    """
    parts = services()
    return files_reader(parts.store, parts.keyring, parts.audit, community_id, now())


def triggered() -> str:
    """Id of the element that caused this call; empty where a test calls the function itself."""
    try:
        return str(ctx.triggered_id or "")
    except MissingCallbackContextException:
        return ""


def block(query: FilesQuery, typed: str, offset: int) -> Block:
    """Read one block: (what to show instead, files in all, the list).

    Raises:
        NotThere, NotAllowed: The community is not the viewer's, or the role reads no files.
    """
    reader = reader_of(query.community)
    areas = None
    if query.area:
        rows = services().store.rows("desk/areas", community_id=query.community)
        areas = areas_below(rows, query.area)
    wanted = FilesFilter(areas, query.place, query.incomplete, query.gone)
    if query.kind == "person":
        return _people(reader, query, wanted, typed, offset)
    rows_of = {"household": _households, "building": _buildings, "enterprise": _enterprises}
    columns, rows, total = rows_of[query.kind](reader, wanted, typed, offset)
    table = file_table(columns, rows)
    shown = results(table, total, offset, len(rows), found=bool(typed), completeness=None)
    return None, total, shown


def _people(
    reader: FilesReader, query: FilesQuery, wanted: FilesFilter, typed: str, offset: int
) -> Block:
    listed = reader.search(typed, wanted, offset) if typed else reader.people(wanted, offset)
    if listed is None:
        return html.P(text("files.building_index"), className="note files-wait"), 0, None
    places = place_names(reader.store, query.community)
    table = file_table(PEOPLE_COLUMNS, people_rows(listed.people, places, query.community))
    shown = results(
        table,
        listed.total,
        offset,
        len(listed.people),
        found=bool(typed),
        completeness=listed.completeness,
    )
    return None, listed.total, shown


def _scope(reader: FilesReader, wanted: FilesFilter, offset: int) -> dict[str, Any]:
    return {
        "community_id": reader.community_id,
        "reach": reader.reach,
        "areas": wanted.areas,
        "place_id": wanted.place_id,
        "offset": offset,
        "limit": PAGE_ROWS,
    }


def _households(
    reader: FilesReader, wanted: FilesFilter, _typed: str, offset: int
) -> tuple[list[str], list[Any], int]:
    rows = reader.store.rows(
        "files/households", incomplete=wanted.incomplete, **_scope(reader, wanted, offset)
    )
    cells = [
        (
            html.A(
                _home_words(row),
                href=file_address("household", row["household_id"], reader.community_id),
                className="file-link",
            ),
            local_name(row, stem="area") or "—",
            row["members"],
            share(row["completeness"]),
        )
        for row in rows
    ]
    columns = ["files.tab_household", "files.col_area", "files.col_members"]
    return [*columns, "files.col_completeness"], cells, _total(rows)


def _buildings(
    reader: FilesReader, wanted: FilesFilter, typed: str, offset: int
) -> tuple[list[str], list[Any], int]:
    rows = reader.store.rows(
        "files/building_list", text=typed.lower() or None, **_scope(reader, wanted, offset)
    )
    cells = [
        (
            html.A(
                place_name(row),
                href=file_address("building", row["place_id"], reader.community_id),
                className="file-link",
            ),
            local_name(row, stem="area") or "—",
            row["built_year"] or "—",
            row["floors_above"] or "—",
            "—" if row["lifts"] is None else row["lifts"],
            row["households"],
            row["people"],
            share(completeness("building_file", {n for n in BUILDING_FACTS if row[n] is not None})),
        )
        for row in rows
    ]
    names = ("building", "area", "built", "floors", "lifts", "households", "people", "completeness")
    return [f"files.col_{name}" for name in names], cells, _total(rows)


def _enterprises(
    reader: FilesReader, wanted: FilesFilter, typed: str, offset: int
) -> tuple[list[str], list[Any], int]:
    rows = reader.store.rows(
        "files/enterprises",
        text=typed.lower() or None,
        incomplete=wanted.incomplete,
        **_scope(reader, wanted, offset),
    )
    cells = [
        (
            html.A(
                row["name_zh"] or text("files.no_name"),
                href=file_address("enterprise", row["enterprise_id"], reader.community_id),
                className="file-link",
            ),
            row["industry"] or "—",
            local_name(row, stem="place") or "—",
            local_name(row, stem="area") or "—",
            share(row["completeness"]),
        )
        for row in rows
    ]
    names = ("industry", "building", "area", "completeness")
    return ["files.tab_enterprise", *(f"files.col_{n}" for n in names)], cells, _total(rows)


def _home_words(row: dict[str, Any]) -> str:
    building = local_name(row, stem="place")
    if not building:
        return text("files.home_unknown")
    return text("files.household_of", building=building)


def _total(rows: list[dict[str, Any]]) -> int:
    return int(rows[0]["total"]) if rows else 0
