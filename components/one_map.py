"""The one map: dash-leaflet without tiles; assets/one_map*.js draw plan, objects and cases."""

from __future__ import annotations

import dash_leaflet as dl
from dash import html

from components import ids
from components.attributes import dashed
from components.frame import said

# Chips under the map, in this order; `case` cannot be hidden, the others can.
LAYERS = ("worker", "care", "key_place", "building", "facility", "device", "camera")


def one_map(community_id: str, screen: str) -> html.Div:
    """The map of one community for `wall` or `desk`.

    Args:
        community_id: Community whose plan, objects and cases are drawn; empty: the page's own.
        screen: `wall` (larger marks, no controls but the layers) or `desk` (zoom buttons too).
    """
    return html.Div(
        [
            dl.Map(
                id=ids.ONE_MAP_CANVAS,
                className="one-map-canvas",
                center=[0, 0],
                zoom=15,
                minZoom=3,
                maxZoom=22,
                zoomSnap=0.1,
                zoomDelta=0.5,
                wheelPxPerZoomLevel=120,
                zoomControl=screen == "desk",
                attributionControl=False,
                boxZoom=False,
                keyboard=screen == "desk",
                trackViewport=False,
            ),
            html.Div(
                said("map.no_plan"), id=ids.ONE_MAP_NOTE, className="one-map-note", hidden=True
            ),
            said(
                "map.locked",
                html.Button,
                id=ids.ONE_MAP_LOCK,
                className="one-map-lock",
                hidden=True,
            ),
            html.Div(id=ids.ONE_MAP_CARD, className="one-map-card", hidden=True),
            html.Div(id=ids.ONE_MAP_LAYERS, className="one-map-layers"),
            html.Div(id=ids.ONE_MAP_CREDIT, className="one-map-credit"),
        ],
        id=ids.ONE_MAP,
        className=f"one-map one-map-{screen}",
        **dashed(data_community=community_id, data_screen=screen),
    )
