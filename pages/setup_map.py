"""The map editor: boundary, zones and grids drawn, buildings, cameras and points placed."""

from __future__ import annotations

from typing import Any

from components.filters import filter_of
from components.navigation import nothing
from components.setup_map import setup_map_page
from components.wording import text
from pages.registration import opened_community, page_frame, register_page
from pages.setup_map_answers import first_panel
from pages.setup_request import desk_for


def layout(**query: object) -> Any:
    """The editor of the community in the address."""
    community_id = opened_community(filter_of(query).community)
    if not community_id:
        body: Any = nothing(text("setup.no_community_title"), text("setup.no_community_hint"))
    else:
        centre, panel = first_panel(desk_for(community_id))
        body = setup_map_page(community_id, centre, panel)
    return page_frame("/setup", community_id, body)


register_page(
    __name__,
    path="/setup/map",
    name="setup-map",
    title=lambda: text("setup.tab_map"),
    action="config.write",
    layout=layout,
    libraries=("map",),
)
