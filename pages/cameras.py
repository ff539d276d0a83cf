"""The desk's cameras: the pictures of one community, as many at once as are wanted."""

from __future__ import annotations

from typing import Any

from components.filters import filter_of
from components.mosaic import cameras_page
from components.navigation import nothing
from components.wording import text
from pages.registration import opened_community, page_frame, register_page


def layout(**query: object) -> Any:
    """The cameras of one community."""
    community_id = opened_community(filter_of(query).community or "")
    hint = text("alarms.no_community_title"), text("alarms.no_community_hint")
    body = cameras_page() if community_id else nothing(*hint)
    return page_frame("/cameras", community_id, body)


register_page(
    __name__,
    path="/cameras",
    name="cameras",
    order=3,
    title=lambda: text("mosaic.title"),
    action="video.view",
    layout=layout,
)
