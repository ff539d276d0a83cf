"""The checklist of setting up a community: what the wall still lacks, and the last changes."""

from __future__ import annotations

from typing import Any

import pages.setup_answers  # noqa: F401 - its callback answers the forms of this page
from components.filters import filter_of
from components.navigation import nothing
from components.setup_frame import setup_page
from components.wording import text
from pages.registration import opened_community, page_frame, register_page
from pages.setup_bodies import checklist_body
from pages.setup_request import desk_for


def layout(**query: object) -> Any:
    """The checklist of the community in the address."""
    community_id = opened_community(filter_of(query).community)
    if not community_id:
        body: Any = nothing(text("setup.no_community_title"), text("setup.no_community_hint"))
    else:
        body = setup_page("checklist", community_id, checklist_body(desk_for(community_id)))
    return page_frame("/setup", community_id, body)


register_page(
    __name__,
    path="/setup",
    name="setup",
    order=20,
    group="system",
    title=lambda: text("setup.title"),
    action="config.write",
    layout=layout,
)
