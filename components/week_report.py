"""The week on a page: figures with n and definition, its parts, and what is overdue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.case_history import local_time
from components.navigation import with_community
from components.wording import duration, local_name, named, text
from rules.week import Figures, WeekCase, why_overdue
from rules.week_lines import figure_lines

MOST_OVERDUE = 200
Row = Mapping[str, Any]


def figure_table(found: Figures) -> html.Table:
    """The figures, each with what it is over and how it is defined."""
    rows = []
    for line in figure_lines(found):
        value = f"{line.count:,}" if line.n is None else rate_words(line.rate, line.n)
        rows.append(
            html.Tr(
                [
                    html.Th(text(f"week.figure_{line.code}"), scope="row"),
                    html.Td(value, className="number"),
                    html.Td(text(f"week.define_{line.code}"), className="week-definition"),
                ]
            )
        )
    return _table(("figure", "value", "definition"), rows)


def part_table(
    column: str, parts: Iterable[tuple[str | None, Figures]], word: Callable[[str | None], str]
) -> html.Table:
    """One line per part.

    Args:
        column: category or area.
        word: Names a part.
    """
    shown = ("reported", "closed", "open", "overdue")
    rows = [
        html.Tr(
            [
                html.Th(word(code), scope="row"),
                *(html.Td(f"{getattr(found, name):,}", className="number") for name in shown),
                html.Td(rate_words(found.on_time.rate, found.on_time.n), className="number"),
            ]
        )
        for code, found in parts
    ]
    heads = [text(f"week.column_{column}"), *(text(f"week.figure_{name}") for name in shown)]
    return week_table([*heads, text("week.column_on_time")], rows)


def overdue_table(
    cases: Sequence[WeekCase],
    rows: Mapping[str, Row],
    category: Callable[[str], str],
    as_of: datetime,
    zone: ZoneInfo,
    community_id: str,
) -> Any:
    """What is overdue, longest first, and where each stands."""
    if not cases:
        return html.P(text("week.nothing_overdue"), className="note")
    lines = []
    for case in cases[:MOST_OVERDUE]:
        row = rows[case.case_id]
        place = local_name(dict(row), stem="place") or row["locality"]
        late_s = (as_of - case.deadline_at).total_seconds() if case.deadline_at else 0
        link = html.A(
            category(case.category), href=with_community(f"/cases/{case.case_id}", community_id)
        )
        lines.append(
            html.Tr(
                [
                    html.Th(link, scope="row"),
                    html.Td(place or local_name(dict(row), stem="area")),
                    html.Td(named("status", case.status)),
                    html.Td(local_time(case.deadline_at, zone) if case.deadline_at else ""),
                    html.Td(duration(late_s), className="number"),
                    html.Td(text(f"week.why_{why_overdue(case)}")),
                ]
            )
        )
    return _table(("category", "place", "status", "due", "overdue_by", "why"), lines)


def rate_words(rate: float | None, n: int) -> str:
    """A rate with its n; in words where it is over nothing."""
    shown = text("week.no_rate") if rate is None else f"{100 * rate:.1f} %"
    return text("week.rate", rate=shown, n=f"{n:,}")


def _table(columns: Sequence[str], rows: list[html.Tr]) -> html.Table:
    return week_table([text(f"week.column_{column}") for column in columns], rows)


def week_table(heads: Sequence[str], rows: Sequence[html.Tr]) -> html.Table:
    """A table of the week's page; each row begins with its own heading."""
    head = html.Thead(html.Tr([html.Th(word, scope="col") for word in heads]))
    return html.Table([head, html.Tbody(list(rows))], className="week-table")
