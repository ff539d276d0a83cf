"""The empty frame of the wall: header, key figures and panels that the pushed views fill."""

from __future__ import annotations

from dash import html

from components import ids
from components.alarm_panel import alarm_panel
from components.attributes import dashed
from components.frame import demo_ribbon, language_switch, live_state, said
from components.mosaic import cameras_panel
from components.one_map import one_map
from components.plan_board import plan_board, plan_ribbon
from components.ticker import ticker

# Key figures in reading order; assets/wall_figures.js knows what each shows.
FIGURES = (
    "households",
    "residents",
    "buildings",
    "workers",
    "cameras",
    "devices",
    "open",
    "overdue",
    "today",
    "on_time",
)
# Panels of the lower row: sentence code of the title and id of the body.
LOWER_PANELS = (
    ("wall.progress", ids.WALL_STATUS),
    ("wall.days", ids.WALL_DAYS),
    ("wall.zones", ids.WALL_ZONES),
    ("wall.categories", ids.WALL_CATEGORIES),
    ("wall.recent", ids.WALL_RECENT),
    ("wall.notices", ids.WALL_NOTICES),
)


def wall_frame(community_id: str) -> html.Div:
    """The whole wall of one community, before any data: what stays when nothing arrives.

    Args:
        community_id: Community to show; empty for the one the page was opened for.
    """
    return html.Div(
        [
            html.Div([demo_ribbon(), plan_ribbon()], className="ribbons"),
            _header(),
            html.Section(
                [_figure(key) for key in FIGURES], id=ids.WALL_FIGURES, className="figures"
            ),
            plan_board(),
            cameras_panel(),
            panel("map.title", one_map(community_id, "wall"), "map"),
            html.Div(
                [alarm_panel(), panel("ticker.title", ticker(), "cases")], className="wall-right"
            ),
            html.Div(
                [
                    panel(title, html.Div(className="rows", id=body), body.removeprefix("wall-"))
                    for title, body in LOWER_PANELS
                ],
                className="lower",
            ),
        ],
        id=ids.WALL,
        className="wall",
    )


def panel(title: str, body: html.Div, name: str) -> html.Section:
    """A titled panel; its note (id `<name>-note`) says how much it shows and how old it is."""
    return html.Section(
        [
            html.Header(
                [said(title, html.H2), html.Span(id=f"{name}-note", className="panel-note")],
                className="panel-head",
            ),
            body,
        ],
        className=f"panel panel-{name}",
    )


def _header() -> html.Header:
    return html.Header(
        [
            html.Div(
                [
                    html.H1("", id=ids.WALL_NAME),
                    said("app.subtitle", className="subtitle"),
                ],
                className="brand",
            ),
            html.Div([live_state()], id=ids.WALL_STRIP, className="strip"),
            html.Div(id=ids.WALL_SOURCES, className="sources"),
            html.Div(
                [
                    html.Time("", id=ids.WALL_CLOCK, className="clock"),
                    html.Span("", id=ids.WALL_DATE, className="date"),
                ],
                className="now",
            ),
            language_switch(),
        ],
        className="wall-head",
    )


def _figure(key: str) -> html.Div:
    return html.Div(
        [
            said(f"figure.{key}", className="figure-label"),
            html.Span("—", className="figure-value"),
            html.Span("", className="figure-note"),
        ],
        className="figure",
        **dashed(data_figure=key),
    )
