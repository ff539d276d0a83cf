"""The wall: one community at a glance for a room, day and night; nothing scrolls away."""

from __future__ import annotations

from typing import Any

import dash
from dash import html

from components.wall_panels import wall_frame


def layout(community: str = "", **_query: Any) -> html.Div:
    """The wall of `?community=`, else of the community this installation opens with."""
    return wall_frame(community)


dash.register_page(__name__, path="/wall", name="wall", title="一屏 Yiping", layout=layout)
