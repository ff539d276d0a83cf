"""Counts what the checklist of setting up looks at, in one community."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from actions.cameras.availability import camera_gaps, conditions
from actions.setup.community import TIME_LIMITS, limits_fingerprint
from actions.setup.objects import PLACED_KINDS
from data.store import Store
from rules.setup_checks import NIGHT_SERVICES, SetupFacts, open_count, setup_checks

_NAMES = frozenset(field.name for field in fields(SetupFacts))


def setup_facts(store: Store, community_id: str, backup_at: datetime | None) -> SetupFacts:
    """Count everything the checks ask for; a few milliseconds.

    Args:
        store: The open store.
        community_id: The community.
        backup_at: When the last good backup was taken, or None.
    """
    counted: dict[str, Any] = {}
    for query, more in (
        ("setup/facts_register", {"placed_kinds": list(PLACED_KINDS)}),
        ("setup/facts_access", {}),
    ):
        counted |= store.rows(query, community_id=community_id, **more)[0]
    night = {r["service"] for r in store.rows("setup/night_services", community_id=community_id)}
    return SetupFacts(
        **_community_facts(store, community_id),
        **{name: value for name, value in counted.items() if name in _NAMES},
        **_camera_facts(store, community_id),
        overwritten=len(store.rows("setup/overwritten", community_id=community_id)),
        uncovered_services=tuple(s for s in NIGHT_SERVICES if s not in night),
        limits_reviewed=limits_reviewed(store, community_id) is not None,
        backup_at=backup_at,
    )


def open_setup_checks(store: Store, community_id: str, backup_at: datetime | None) -> int:
    """Return how many checks are open in a community, for the desk."""
    return open_count(setup_checks(setup_facts(store, community_id, backup_at)))


def limits_reviewed(store: Store, community_id: str) -> dict[str, Any] | None:
    """Return who looked through the time limits as they are now, and when; None where nobody."""
    rows = store.rows("setup/acknowledged", acknowledgement_id=f"{community_id}/{TIME_LIMITS}")
    return (
        rows[0] if rows and rows[0]["reviewed"] == limits_fingerprint(store, community_id) else None
    )


def _camera_facts(store: Store, community_id: str) -> dict[str, Any]:
    gaps = camera_gaps(store, community_id)
    states = conditions(store, list(gaps)) or {}
    known = [each.state for each in states.values() if each.state != "unknown"]

    def lacking(code: str) -> int:
        return sum(code in found for found in gaps.values())

    return {
        "cameras_without_address": lacking("address"),
        "cameras_without_place": lacking("place"),
        "cameras_without_fov": lacking("fov"),
        "cameras_without_class": lacking("legal_class"),
        "cameras_without_sign": lacking("sign"),
        "cameras_observed": lacking("observed"),
        "cameras_without_picture": lacking("picture"),
        "cameras_read": len(known),
        "cameras_refused": known.count("refused"),
    }


def _community_facts(store: Store, community_id: str) -> dict[str, Any]:
    rows = store.rows("setup/community", community_id=community_id)
    if not rows:
        return {}
    row = rows[0]
    return {
        "named": row["name_zh"] != community_id,
        "named_in_english": bool(row["name_en"]),
        "centred": row["lon"] is not None,
        "zone": row["timezone"] or None,
        "counted": row["households"] is not None and row["residents"] is not None,
    }
