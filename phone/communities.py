"""Which community a phone page is about, and the plan to tap on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from actions.reporting.places import Plan, around, kept_plan, place_of
from api.services import Services

Row = dict[str, Any]


def community_of(
    parts: Services, asked: str, place_id: str, allowed: Collection[str] | None
) -> Row | None:
    """Return the community of a name or place, else the installation's own, else the only one.

    Args:
        parts: The running application.
        asked: Id of a community, or empty.
        place_id: Place of a QR code, or empty.
        allowed: Communities that count; None for all.

    Returns:
        A row of view/community, None where there is none or several.
    """
    rows = parts.store.rows("view/community")
    there = [row for row in rows if allowed is None or row["community_id"] in allowed]
    place = place_of(parts.store, place_id) if place_id and not asked else None
    wanted = asked or (place["community_id"] if place else "") or parts.settings.community or ""
    for row in there:
        if row["community_id"] == wanted:
            return row
    return there[0] if not asked and len(there) == 1 else None


def plan_now(parts: Services, community_id: str, place: Row | None = None) -> Plan | None:
    """Return the plan of a community, drawn anew once its places have changed.

    Args:
        parts: The running application.
        community_id: The community.
        place: Only what is around this place; None for all.
    """
    version = parts.feed.version(community_id, ("place",))
    plan = kept_plan(parts.store, community_id, version)
    if plan is None or place is None:
        return plan
    return around(plan, place["lon"], place["lat"])
