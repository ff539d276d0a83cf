"""The list of unfinished cases; assets/ticker.js fills as many lines as fit and pages the rest."""

from __future__ import annotations

from dash import html

from components import ids


def ticker() -> html.Div:
    """Room for the lines: a fixed top part, then the part that pages slowly."""
    return html.Div(
        [
            html.Div(id=ids.TICKER_TOP, className="ticker-lines"),
            html.Div(id=ids.TICKER_PAGE, className="ticker-turn", hidden=True),
            html.Div(id=ids.TICKER_REST, className="ticker-lines"),
        ],
        id=ids.TICKER,
        className="ticker",
    )
