"""Changes what is registered of a community itself, and records what somebody looked through."""

from __future__ import annotations

import hashlib
from typing import Any

from actions.catalogue.reading import categories
from actions.setup.areas import MOST_PEOPLE
from actions.setup.shapes import read_position
from actions.setup.step import SetupDesk, Step
from data.store import Store
from rules.setup_fields import name_of, needed_name, whole_number_of, zone_of

TIME_LIMITS = "time_limits"


def save_facts(desk: SetupDesk, values: dict[str, Any], version: str) -> None:
    """Change name, time zone and published figures of the community.

    Raises:
        RuleViolation: A field or the version cannot be taken; nothing was changed.
    """
    facts = {
        "name_zh": needed_name("name_zh", values.get("name_zh")),
        "name_en": name_of("name_en", values.get("name_en")),
        "timezone": zone_of("timezone", values.get("timezone")),
        "households": whole_number_of("households", values.get("households"), MOST_PEOPLE),
        "residents": whole_number_of("residents", values.get("residents"), MOST_PEOPLE),
    }
    _change(desk, facts, version)


def save_centre(desk: SetupDesk, lon: object, lat: object, crs: str, version: str) -> None:
    """Set the middle of the community: where its map opens, and what positions are held against.

    Raises:
        RuleViolation: The position or the version cannot be taken; nothing was changed.
    """
    centre = read_position(lon, lat, crs, None)
    _change(desk, {"lon": centre.lon, "lat": centre.lat}, version)


def acknowledge_limits(desk: SetupDesk) -> None:
    """Record that somebody has looked through the default time limits as they are now."""
    key = f"{desk.community_id}/{TIME_LIMITS}"

    def work(step: Step) -> None:
        state = {
            "acknowledgement_id": key,
            "topic": TIME_LIMITS,
            "reviewed": limits_fingerprint(desk.store, desk.community_id),
            "removed_at": None,
        }
        known = step.find("acknowledgement", key)
        step.put("acknowledgement", state, "changed" if known else "registered")

    desk.take("registered", work)


def limits_fingerprint(store: Store, community_id: str) -> str:
    """Return a hash of the time limits in use, so that a later change asks for another look."""
    entries = categories(store, community_id)
    table = repr(sorted((e.code, e.urgency, e.limit_value, e.limit_kind) for e in entries))
    return hashlib.blake2b(table.encode(), digest_size=16).hexdigest()


def _change(desk: SetupDesk, facts: dict[str, Any], version: str) -> None:
    def work(step: Step) -> None:
        state = step.current("community", desk.community_id, version)
        step.put("community", {**state, **facts}, "changed")

    desk.take("changed", work)
