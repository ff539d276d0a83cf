"""The panels of the audit page: chain, lines with filter and pager, copy, summary."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from components import ids
from components.attributes import dashed
from components.wording import text


def chain_panel() -> html.Section:
    """Whether the chain is in order, and a button that checks it anew."""
    return _panel(
        "audit.chain",
        html.Div(text("audit.checking"), id=ids.AUDIT_CHAIN, className="audit-chain"),
        html.Button(text("audit.check"), id=ids.AUDIT_CHECK, type="button", className="quiet"),
    )


def lines_panel(form: Any) -> html.Section:
    """The filter, a block of lines and the way to the next ones."""
    return html.Section(
        [
            html.H2(text("audit.lines")),
            form,
            dcc.Store(id=ids.AUDIT_PLACE),
            html.Div(text("audit.reading"), id=ids.AUDIT_LINES, **dashed(aria_live="polite")),
            html.Div(
                [
                    _turn(ids.AUDIT_NEWER, "audit.newer"),
                    _turn(ids.AUDIT_OLDER, "audit.older"),
                ],
                className="audit-pager",
            ),
        ],
        className="sheet",
    )


def export_panel() -> html.Section:
    """A copy of the filtered lines as a file, for a reason."""
    return _panel(
        "audit.export",
        html.P(text("audit.export_hint"), className="note"),
        html.Div(
            [
                html.Label(
                    [
                        html.Span(text("audit.reason")),
                        dcc.Input(
                            id=ids.AUDIT_REASON,
                            type="text",
                            maxLength=500,
                            placeholder=text("audit.reason_hint"),
                            autoComplete="off",
                            className="audit-input",
                        ),
                    ],
                    className="audit-field audit-field-wide",
                ),
                html.Button(
                    text("audit.export_button"),
                    id=ids.AUDIT_EXPORT,
                    type="button",
                    className="quiet",
                ),
            ],
            className="audit-export",
        ),
        html.P(id=ids.AUDIT_EXPORT_NOTE, className="audit-export-note", role="status"),
        dcc.Download(id=ids.AUDIT_DOWNLOAD),
    )


def summary_panel() -> html.Section:
    """Counts per day, for everybody who may see the page."""
    return html.Section(
        [
            html.H2(text("audit.summary")),
            html.P(text("audit.summary_hint"), className="note audit-summary-hint"),
            html.Div(text("audit.reading"), id=ids.AUDIT_SUMMARY),
        ],
        className="sheet",
    )


def _panel(title: str, *content: Any) -> html.Section:
    return html.Section(
        [html.H2(text(title)), html.Div(content, className="audit-panel")], className="sheet"
    )


def _turn(element_id: str, words: str) -> html.Button:
    return html.Button(text(words), id=element_id, type="button", className="quiet", disabled=True)
