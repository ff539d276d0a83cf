"""The page of lists: tabs, search, filters by grid and building, one block of files, paging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from components import ids
from components.attributes import dashed
from components.file_table import list_address, pager, percent
from components.navigation import nothing
from components.wording import local_name, named, text
from rules.residents import RESIDENCES

TABS = ("person", "household", "building", "enterprise")
# Which lists can be narrowed by what.
FLAGGED = {"incomplete": ("person", "household", "enterprise"), "gone": ("person",)}
SEARCHED = ("person", "building", "enterprise")
LONGEST_QUERY = 60


@dataclass(frozen=True, slots=True)
class FilesQuery:
    """What the page address asks for; what is typed into the search never stands in it."""

    community: str = ""
    kind: str = "person"
    area: str | None = None
    place: str | None = None
    incomplete: bool = False
    gone: bool = False

    def data(self) -> dict[str, Any]:
        """As the page's own store keeps it."""
        return {
            "community": self.community,
            "kind": self.kind,
            "area": self.area,
            "place": self.place,
            "incomplete": "1" if self.incomplete else "",
            "gone": "1" if self.gone else "",
        }


def query_of(given: Mapping[str, object]) -> FilesQuery:
    """Read a query from a page address or the page's store; what makes no sense is left out."""

    def word(name: str) -> str:
        value = given.get(name)
        return value[:64] if isinstance(value, str) else ""

    return FilesQuery(
        community=word("community"),
        kind=word("kind") if word("kind") in TABS else "person",
        area=word("area") or None,
        place=word("place") or None,
        incomplete=word("incomplete") == "1",
        gone=word("gone") == "1",
    )


def files_frame(
    query: FilesQuery,
    areas: Sequence[Mapping[str, Any]],
    buildings: Sequence[Mapping[str, Any]],
    may_write: bool,
) -> list[Any]:
    """The page around the list, which a callback fills in."""
    return [
        dcc.Store(id=ids.FILES_QUERY, data=query.data()),
        dcc.Store(id=ids.FILES_PAGE, data=0),
        html.H1(text("files.title"), className="page-title"),
        _tabs(query),
        _search(query),
        _filters(query, areas, buildings),
        html.Section(
            html.P(text("files.loading"), className="note"),
            id=ids.FILES_RESULTS,
            className="sheet files-results",
            **dashed(aria_live="polite"),
        ),
        pager(ids.FILES_PREVIOUS, ids.FILES_NEXT),
        *([_new_person(buildings)] if may_write and query.kind == "person" else []),
    ]


def results(
    table: Any, total: int, offset: int, count: int, *, found: bool, completeness: float | None
) -> list[Any]:
    """One block of a list with how many there are in all."""
    if not count:
        return [nothing(text("files.none_title"), text("files.none_hint"))]
    words = [text("files.found" if found else "files.total", n=f"{total:,}")]
    words.append(text("files.shown", first=offset + 1, last=offset + count))
    if completeness is not None:
        words.append(text("files.mean_completeness", share=percent(completeness)))
    return [html.P(" · ".join(words), className="files-count"), table]


def _tabs(query: FilesQuery) -> html.Nav:
    return html.Nav(
        [
            html.A(
                text(f"files.tab_{kind}"),
                href=list_address(kind, query.community, area=query.area, place=query.place),
                className="file-tab",
                **(dashed(aria_current="page") if kind == query.kind else {}),
            )
            for kind in TABS
        ],
        className="file-tabs",
        **dashed(aria_label=text("files.title")),
    )


def _search(query: FilesQuery) -> html.Div:
    hidden = query.kind not in SEARCHED
    code = "files.search" if hidden else f"files.search_{query.kind}"
    return html.Div(
        [
            dcc.Input(
                id=ids.FILES_SEARCH,
                type="text",
                maxLength=LONGEST_QUERY,
                placeholder=text(code),
                className="file-input",
                autoComplete="off",
                n_submit=0,
            ),
            html.Button(text("files.search"), id=ids.FILES_GO, className="quiet", n_clicks=0),
            html.P(text("files.search_noted"), className="note")
            if query.kind == "person"
            else None,
        ],
        className="file-search",
        hidden=hidden,
        role="search",
    )


def _filters(
    query: FilesQuery, areas: Sequence[Mapping[str, Any]], buildings: Sequence[Mapping[str, Any]]
) -> html.Div:
    flags = [name for name in ("incomplete", "gone") if query.kind in FLAGGED[name]]
    chosen = {"incomplete": query.incomplete, "gone": query.gone}
    return html.Div(
        [
            _dropdown(ids.FILES_AREA, "files.all_areas", query.area, areas, "area_id"),
            _dropdown(ids.FILES_PLACE, "files.all_buildings", query.place, buildings, "place_id"),
            dcc.Checklist(
                id=ids.FILES_FLAGS,
                options=[{"label": text(f"files.{name}"), "value": name} for name in flags],
                value=[name for name in flags if chosen[name]],
                className="file-flags",
            ),
        ],
        className="file-filters",
    )


def _dropdown(
    element: str,
    placeholder: str,
    chosen: str | None,
    rows: Sequence[Mapping[str, Any]],
    key: str,
) -> dcc.Dropdown:
    options = [{"label": local_name(dict(row)) or row[key], "value": row[key]} for row in rows]
    known = chosen if any(row[key] == chosen for row in rows) else None
    return dcc.Dropdown(
        id=element,
        options=options,
        value=known,
        placeholder=text(placeholder),
        className="file-choice",
    )


def _new_person(buildings: Sequence[Mapping[str, Any]]) -> html.Details:
    return html.Details(
        [
            html.Summary(text("file.new")),
            html.P(text("file.new_note"), className="note"),
            html.Div(
                [
                    _labelled("field.name", _input(ids.FILES_NEW_NAME, 60)),
                    _labelled(
                        "field.place_id",
                        dcc.Dropdown(
                            id=ids.FILES_NEW_BUILDING,
                            options=[
                                {"label": local_name(dict(row)), "value": row["place_id"]}
                                for row in buildings
                            ],
                        ),
                    ),
                    _labelled(
                        "field.residence",
                        dcc.Dropdown(
                            id=ids.FILES_NEW_RESIDENCE,
                            options=[
                                {"label": named("residence", code), "value": code}
                                for code in RESIDENCES
                            ],
                        ),
                    ),
                    _labelled("file.new_guardian", _input(ids.FILES_NEW_GUARDIAN, 10)),
                    html.Button(
                        text("file.save"), id=ids.FILES_NEW_SAVE, className="quiet", n_clicks=0
                    ),
                ],
                className="file-form",
            ),
            html.Div(id=ids.FILES_NEW_SAID, className="file-said", role="status"),
        ],
        className="sheet file-new",
    )


def _input(element: str, longest: int) -> dcc.Input:
    return dcc.Input(
        id=element, type="text", maxLength=longest, className="file-input", autoComplete="off"
    )


def _labelled(code: str, control: Any) -> html.Label:
    return html.Label([html.Span(text(code)), control], className="file-label")
