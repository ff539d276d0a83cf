"""What the set-up pages share: tabs, the box for what was said last, sections and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from components import ids
from components.attributes import dashed
from components.navigation import with_community
from components.wording import knows, local_name, text
from rules.errors import RuleViolation

TABS = (
    ("checklist", "/setup"),
    ("map", "/setup/map"),
    ("workers", "/setup/workers"),
    ("contacts", "/contacts"),
)


def setup_page(page: str, community_id: str, body: Any) -> list[Any]:
    """The body of a set-up page with forms: tabs, what was said last, and what can change."""
    return [
        setup_tabs(page, community_id),
        dcc.Store(id=ids.SETUP_REQUEST),
        html.Div(id=ids.SETUP_NOTICE, className="setup-notices", **dashed(aria_live="polite")),
        html.Div(
            body,
            id=ids.SETUP_BODY,
            className="setup-page",
            **dashed(data_setup_page=page, data_community=community_id),
        ),
    ]


def setup_tabs(page: str, community_id: str) -> html.Nav:
    """Links to the pages of setting up."""
    return html.Nav(
        [
            html.A(
                text(f"setup.tab_{name}"),
                href=with_community(path, community_id),
                className="setup-tab",
                **(dashed(aria_current="page") if name == page else {}),
            )
            for name, path in TABS
        ],
        className="setup-tabs",
        **dashed(aria_label=text("setup.tabs")),
    )


def section(code: str, *content: Any, hint: str = "", count: str = "") -> html.Section:
    """A part of a page under its heading."""
    head: list[Any] = [html.H2(text(code))]
    if count:
        head.append(html.Span(count))
    body: list[Any] = [html.P(hint, className="setup-hint")] if hint else []
    return html.Section(
        [
            html.Div(head, className="sheet-head"),
            html.Div([*body, *content], className="setup-part"),
        ],
        className="sheet setup-sheet",
    )


def table(headings: Sequence[str], rows: Sequence[Sequence[Any]], label: str) -> html.Div:
    """A table that can be scrolled sideways on a phone.

    Args:
        headings: Words of the columns, an empty one for buttons.
        rows: Cells in the order of the headings; a row of one cell spans all columns.
        label: What the table is called for those who hear it read.
    """
    return html.Div(
        html.Table(
            [
                html.Thead(html.Tr([html.Th(words, scope="col") for words in headings])),
                html.Tbody([_row(cells, len(headings)) for cells in rows]),
            ],
            className="report-table setup-table",
            **dashed(aria_label=label),
        ),
        className="table-box",
    )


def done(code: str) -> html.Div:
    """That something was done."""
    return html.Div(text(f"setup_done.{code}"), className="setup-notice setup-done", role="status")


def refused(refusal: RuleViolation) -> html.Div:
    """Why something was not done, in the sentence of its code."""
    return html.Div(
        text(f"error.{refusal.code}", None, **_fields(refusal)),
        className="setup-notice setup-refused",
        role="alert",
        **dashed(data_code=refusal.code, data_field=str(refusal.fields.get("field") or "")),
    )


def _fields(refusal: RuleViolation) -> dict[str, object]:
    fields = dict(refusal.fields)
    name = f"setup_field.{fields.get('field')}"
    if knows(name):
        fields["field"] = text(name)
    named = fields.get("named")
    if isinstance(named, list):
        fields["named"] = ", ".join(local_name(row) for row in named)
    return fields


def _row(cells: Sequence[Any], columns: int) -> html.Tr:
    if len(cells) == 1:
        return html.Tr(html.Td(cells[0], colSpan=columns, className="setup-open-row"))
    return html.Tr([html.Td(cell) for cell in cells])
