"""The map editor: the plan with its tools beside a panel; assets/setup_map*.js draw and listen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_leaflet as dl
from dash import dcc, html

from components import ids
from components.attributes import dashed
from components.setup_frame import setup_tabs
from components.wording import named, text
from rules.vocabulary import DEVICE_KINDS, FACILITY_KINDS, KEY_PLACE_KINDS

DRAW_TOOLS = ("boundary", "zone", "grid")
NARROWEST_PX = 900  # below it a finger hides what it moves


def setup_map_page(community_id: str, centre: Sequence[float] | None, panel: Any) -> list[Any]:
    """The body of the editor's page.

    Args:
        community_id: The community.
        centre: Its [lon, lat], or None where it is not known yet.
        panel: What the panel shows first.
    """
    where = ",".join(str(degrees) for degrees in centre) if centre else ""
    return [
        setup_tabs("map", community_id),
        dcc.Store(id=ids.SETUP_MAP_REQUEST),
        html.Pre(id=ids.SETUP_MAP_ANSWER, hidden=True),
        html.P(text("setup_map.narrow"), className="setup-narrow"),
        html.Div(
            [
                html.Section(
                    [_tools(), _canvas()],
                    className="sheet setup-map",
                    **dashed(aria_label=text("setup_map.map")),
                ),
                html.Div(
                    [
                        html.Div(
                            id=ids.SETUP_MAP_NOTICE,
                            className="setup-notices",
                            **dashed(aria_live="polite"),
                        ),
                        html.Div(panel, id=ids.SETUP_MAP_PANEL, className="setup-panel"),
                        html.Div(id=ids.SETUP_MAP_CHANGES, className="setup-panel"),
                    ],
                    className="setup-side",
                ),
            ],
            className="setup-editor",
            **dashed(data_setup_page="map", data_community=community_id, data_centre=where),
        ),
    ]


def _canvas() -> html.Div:
    return html.Div(
        dl.Map(
            id=ids.SETUP_MAP_CANVAS,
            className="setup-map-canvas",
            center=[0, 0],
            zoom=3,
            minZoom=3,
            maxZoom=22,
            zoomSnap=0.25,
            zoomDelta=0.5,
            wheelPxPerZoomLevel=120,
            attributionControl=False,
            doubleClickZoom=False,
            boxZoom=False,
            trackViewport=False,
        ),
        className="setup-map-home",
    )


def _tools() -> html.Div:
    return html.Div(
        [
            _tool("select", True),
            *(_tool(name, False) for name in DRAW_TOOLS),
            html.Span(
                [
                    html.Select(
                        _kinds(),
                        className="setup-input setup-kind",
                        **dashed(data_chosen="place:building", aria_label=text("setup_map.kind")),
                    ),
                    _tool("place", False),
                ],
                className="setup-place-tool",
            ),
            _tool("centre", False),
            html.Span(className="setup-map-hint", **dashed(aria_live="polite")),
        ],
        className="setup-tools",
        role="toolbar",
        **dashed(aria_label=text("setup_map.tools")),
    )


def _tool(name: str, on: bool) -> html.Button:
    return html.Button(
        text(f"setup_map.{name}"),
        type="button",
        className="setup-tool",
        **dashed(data_tool=name, aria_pressed=str(on).lower()),
    )


def _kinds() -> list[html.Optgroup]:
    groups: tuple[tuple[str, str, str, Sequence[str]], ...] = (
        ("building", "place", "place", ("building",)),
        ("key_place", "place", "place", KEY_PLACE_KINDS),
        ("facility", "place", "place", FACILITY_KINDS),
        ("device", "device", "device", DEVICE_KINDS),
    )
    return [
        html.Optgroup(
            [html.Option(named(words, kind), value=f"{noun}:{kind}") for kind in kinds],
            label=text(f"setup_map.group_{group}"),
        )
        for group, noun, words, kinds in groups
    ]
