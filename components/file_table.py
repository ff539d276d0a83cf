"""Tables of files: on a narrow screen each row becomes a card, headings beside the values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from dash import html

from components.attributes import dashed
from components.wording import local_name, named, text

Cells = Sequence[Any]


def file_table(columns: Sequence[str], rows: Sequence[Any]) -> html.Div:
    """A table; a column's heading is the word `files.col_<column>`, or `file.<column>`."""
    heads = [text(column) for column in columns]
    return html.Div(
        html.Table(
            [
                html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
                html.Tbody(
                    [
                        html.Tr(
                            [
                                html.Td(cell, **dashed(data_label=head))
                                for head, cell in zip(heads, cells, strict=True)
                            ]
                        )
                        for cells in rows
                    ]
                ),
            ],
            className="report-table file-table",
        ),
        className="table-box",
    )


def pager(previous: str, following: str) -> html.Div:
    """Two buttons to the blocks before and after, by their ids."""
    return html.Div(
        [
            html.Button(text("files.previous"), id=previous, className="quiet", n_clicks=0),
            html.Button(text("files.next"), id=following, className="quiet", n_clicks=0),
        ],
        className="file-pager",
    )


def people_rows(people: Sequence[Any], places: Any, community_id: str) -> list[Cells]:
    """Rows of residents.

    Args:
        people: actions.files.name_columns.MaskedPerson each.
        places: actions.intake.place_names.PlaceNames of the community.
        community_id: Kept in the links.
    """
    rows: list[Cells] = []
    for person in people:
        facts = person.facts
        place = places.row(facts.place_id)
        rows.append(
            (
                person_link(person, community_id),
                person.age or "—",
                person.phone or "—",
                place_name(place),
                local_name(dict(place), stem="area") or "—",
                named("residence", facts.residence) if facts.residence else "—",
                share(facts.completeness),
            )
        )
    return rows


PEOPLE_COLUMNS = (
    "files.col_name",
    "files.col_age",
    "files.col_phone",
    "files.col_building",
    "files.col_area",
    "files.col_residence",
    "files.col_completeness",
)


def person_link(person: Any, community_id: str) -> Any:
    """A resident's masked name as the way to the file; a child's name is not shown at all."""
    words = person.name or text("files.no_name")
    if person.guarded:
        words = text("files.under_14")
    address = file_address("person", person.facts.person_id, community_id)
    return html.A(words, href=address, className="file-link")


def place_name(place: Mapping[str, Any]) -> str:
    """Name of a building in the reader's language, or a dash."""
    return local_name(dict(place)) or "—"


def share(value: float | None) -> html.Span:
    """A completeness as a number with a bar; a number of a file, never of a person."""
    part = 0.0 if value is None else max(0.0, min(1.0, value))
    tenth = round(part * 10)
    return html.Span(
        [
            html.Span(className=f"share-bar share-{tenth}", **dashed(aria_hidden="true")),
            html.Span(percent(part), className="share-text"),
        ],
        className="share",
    )


def percent(part: float | None) -> str:
    """A share in whole per cent, rounded down so that only a whole file says 100 %."""
    return "—" if part is None else f"{int(part * 100 + 1e-9)} %"


def file_address(kind: str, subject_id: str, community_id: str) -> str:
    """The address of a file."""
    query = urlencode({"community": community_id})
    return f"/files/{kind}/{subject_id}?{query}"


def list_address(kind: str, community_id: str, **more: str | None) -> str:
    """The address of a list of files, with its filters."""
    given = {"kind": kind, "community": community_id, **more}
    return f"/files?{urlencode({name: value for name, value in given.items() if value})}"
