"""The desk's filters: what a page address asks for, and the controls that say and change it.

The address is the only memory of a filter, so that a link, a reload and "back" all keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html

from components import ids
from components.attributes import dashed
from components.wording import local_name, named, phrases, text
from rules.vocabulary import CASE_STATUSES, FINISHED_STATUSES, OPEN_STATUSES

GROUPS: dict[str, tuple[str, ...]] = {
    "open": OPEN_STATUSES,
    "overdue": OPEN_STATUSES,
    "finished": FINISHED_STATUSES,
    "all": CASE_STATUSES,
}
DEFAULT_GROUP = "open"
LONGEST_TEXT = 100
LONGEST_CODE = 200


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases the desk lists.

    Attributes:
        community: Community, or empty for the only or first one.
        status: A key of GROUPS or a code of CASE_STATUSES.
        category: One category, or None for all.
        area: A zone or grid, or None for all.
        text: Text to find, as typed, or empty.
    """

    community: str = ""
    status: str = DEFAULT_GROUP
    category: str | None = None
    area: str | None = None
    text: str = ""

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses to list."""
        return GROUPS.get(self.status, (self.status,))

    @property
    def overdue(self) -> bool:
        """True where only unfinished cases past their deadline are wanted."""
        return self.status == "overdue"

    @property
    def narrowed(self) -> bool:
        """True where anything but the community is asked for."""
        return self != CaseFilter(community=self.community)

    def address(self, path: str = "/") -> str:
        """The page address that asks for these cases; what is not narrowed is left out."""
        default = CaseFilter()
        wanted = {
            "community": self.community,
            "status": "" if self.status == default.status else self.status,
            "category": self.category or "",
            "area": self.area or "",
            "q": self.text,
        }
        query = urlencode({name: value for name, value in wanted.items() if value})
        return f"{path}?{query}" if query else path


def filter_of(query: Mapping[str, object]) -> CaseFilter:
    """Read a filter from a page address or from the scripts; what makes no sense is left out."""
    status = _word(query.get("status"), LONGEST_CODE)
    known = status in GROUPS or status in CASE_STATUSES
    return CaseFilter(
        community=_word(query.get("community"), LONGEST_CODE),
        status=status if known else DEFAULT_GROUP,
        category=_word(query.get("category"), LONGEST_CODE) or None,
        area=_word(query.get("area"), LONGEST_CODE) or None,
        text=_word(query.get("q"), LONGEST_TEXT),
    )


def categories_worded(text_wanted: str) -> list[str]:
    """Codes of the categories whose name in either language holds a text."""
    wanted = text_wanted.lower()
    return [
        code.removeprefix("category.")
        for code, pair in phrases("category.").items()
        if any(wanted in phrase.lower() for phrase in pair)
    ]


def areas_below(areas: Iterable[Mapping[str, Any]], area_id: str | None) -> list[str] | None:
    """The area itself and every area below it; None without a wish, so that all are listed."""
    if area_id is None:
        return None
    children: dict[str | None, list[str]] = {}
    for area in areas:
        children.setdefault(area["parent_id"], []).append(area["area_id"])
    found, waiting = [], [area_id]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.append(current)
            waiting.extend(children.get(current, []))
    return found


def segments(wanted: CaseFilter, counts: Mapping[str, int] | None) -> list[html.Button]:
    """The four status groups with their numbers of cases; numbers are left out until known."""
    return [
        html.Button(
            [
                html.Span(text(f"desk.group_{group}")),
                html.Span(f"{counts[group]:,}" if counts else "", className="segment-n"),
            ],
            className=f"segment segment-{group}",
            **dashed(
                data_group=group,
                data_some=str(bool(counts and counts[group])).lower(),
                aria_pressed="true" if wanted.status == group else "false",
            ),
        )
        for group in GROUPS
    ]


def filter_bar(
    wanted: CaseFilter,
    categories: Sequence[Mapping[str, Any]],
    areas: Sequence[Mapping[str, Any]],
) -> html.Form:
    """Search field, status groups and the three lists to choose from; assets/desk.js runs it.

    Args:
        wanted: What the page address asks for.
        categories: Rows category, n.
        areas: Rows area_id, level, name_zh, name_en.
    """
    return html.Form(
        [
            _search_box(wanted.text),
            html.Div(segments(wanted, None), id=ids.DESK_SEGMENTS, className="segments"),
            *_choices(wanted, categories, areas),
            html.Button(
                text("desk.clear"),
                id=ids.DESK_CLEAR,
                type="button",
                className="quiet",
                hidden=not wanted.narrowed,
            ),
        ],
        className="filter-bar",
        role="search",
        action="/",
    )


def _search_box(wanted: str) -> html.Label:
    return html.Label(
        [
            html.Span(text("desk.search"), className="unseen"),
            dcc.Input(
                id=ids.DESK_SEARCH,
                type="search",
                value=wanted,
                maxLength=LONGEST_TEXT,
                placeholder=text("desk.search_hint"),
                autoComplete="off",
                className="desk-search",
            ),
        ],
        className="search-box",
    )


def _choices(
    wanted: CaseFilter,
    categories: Sequence[Mapping[str, Any]],
    areas: Sequence[Mapping[str, Any]],
) -> list[html.Select]:
    statuses = [(status, named("status", status)) for status in CASE_STATUSES]
    kinds = [
        (row["category"], f"{named('category', row['category'])} ({row['n']:,})")
        for row in categories
    ]
    places = [
        (row["area_id"], f"{named('area', row['level'])} · {local_name(dict(row))}")
        for row in areas
    ]
    status = wanted.status if wanted.status in CASE_STATUSES else ""
    return [
        _choice(ids.DESK_STATUS, "desk.status", "desk.any_status", statuses, status),
        _choice(
            ids.DESK_CATEGORY, "desk.category", "desk.any_category", kinds, wanted.category or ""
        ),
        _choice(ids.DESK_AREA, "desk.area", "desk.any_area", places, wanted.area or ""),
    ]


def _choice(
    element_id: str, label: str, any_label: str, options: Iterable[tuple[str, str]], chosen: str
) -> html.Select:
    return html.Select(
        [
            html.Option(text(any_label), value=""),
            *(html.Option(words, value=value) for value, words in options),
        ],
        id=element_id,
        className="choice",
        title=text(label),
        **dashed(aria_label=text(label), data_chosen=chosen),
    )


def _word(value: object, longest: int) -> str:
    # A name repeated in an address arrives as a list; the first is meant.
    first = value[0] if isinstance(value, list) and value else value
    return first.strip()[:longest] if isinstance(first, str) else ""
