"""Reads the roster: who is on duty at a moment, what nobody keeps, and what changes next."""

from __future__ import annotations

from datetime import datetime

from actions.cases.limits import limits_of
from data.rosters import CommunityRoster, roster_of
from data.store import Store
from rules.roster import Duty, duty_at, next_change_at


def duty_now(store: Store, community_id: str, at: datetime) -> Duty:
    """Say who is on duty in a community at a moment, and what nobody keeps.

    Args:
        at: Aware moment.
    """
    return duty_in(store, community_id, roster_of(store, community_id, at), at)


def duty_in(store: Store, community_id: str, found: CommunityRoster, at: datetime) -> Duty:
    """Say who is on duty by a roster that was read already."""
    return duty_at(found.roster, limits_of(store).calendar(community_id), at)


def next_change(
    store: Store, community_id: str, found: CommunityRoster, at: datetime
) -> datetime | None:
    """Return when, UTC, somebody may next come on or go off duty; None within eight days."""
    return next_change_at(found.roster, limits_of(store).calendar(community_id), at)


def is_rostered(found: CommunityRoster) -> bool:
    """Tell whether anybody keeps a shift; without, the register's own word on duty holds."""
    return bool(found.roster.assignments)
