"""The wall: one community at a glance for a room, day and night; nothing scrolls away."""

from __future__ import annotations

from typing import Any

from dash import html

from components.wall_panels import wall_frame
from pages.registration import opened_community, register_page


def layout(community: str = "", **_query: Any) -> html.Div:
    """The wall of `?community=`, else of the viewer's own."""
    return wall_frame(opened_community(community))


register_page(
    __name__,
    path="/wall",
    name="wall",
    order=1,
    title="一屏 Yiping",
    action="feed.read",
    layout=layout,
    libraries=("map",),
)
