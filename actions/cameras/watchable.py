"""Decides which cameras somebody may watch: role, community and areas (DOMAIN §3, role matrix)."""

from __future__ import annotations

from dataclasses import dataclass

from actions.access import NotAllowed, NotThere, reach
from data.store import Store
from rules.privacy import may
from rules.viewer import Viewer

DEMO_CLASS = "art9"  # what the cameras of a demo without records stand for: inside an estate


@dataclass(frozen=True, slots=True)
class Watchable:
    """A camera somebody may watch.

    Attributes:
        camera_id: Its device id.
        legal_class: art7, art9 or art33; None where nobody has entered one.
        name_zh: Its name, of the place and purpose.
    """

    camera_id: str
    community_id: str
    legal_class: str | None
    name_zh: str
    name_en: str | None


def watchable(store: Store, asking: Viewer, community_id: str) -> dict[str, Watchable]:
    """Return the cameras the viewer may watch in a community, by id; a read of the store.

    Raises:
        NotThere, NotAllowed: The community is not the viewer's, or the role may not.
    """
    if community_id not in asking.community_ids:
        raise NotThere(community=community_id)
    if not may(asking.role, "video.view"):
        raise NotAllowed(role=asking.role, action="video.view")
    rows = store.rows(
        "camera/watchable",
        community_id=community_id,
        reach=reach(store, asking, "video.view", community_id),
    )
    return {
        row["device_id"]: Watchable(
            row["device_id"],
            community_id,
            row["legal_class"] or (DEMO_CLASS if row["is_demo"] else None),
            row["name_zh"],
            row["name_en"],
        )
        for row in rows
    }


def may_watch(store: Store, asking: Viewer, camera_id: str) -> Watchable:
    """Return a camera the viewer may watch.

    Raises:
        NotThere, NotAllowed: There is none such for this viewer, or the role may not.
    """
    rows = store.rows("camera/device", device_id=camera_id)
    community_id = rows[0]["community_id"] if rows else ""
    found = watchable(store, asking, community_id).get(camera_id)
    if found is None:
        raise NotThere(camera=camera_id)
    return found
