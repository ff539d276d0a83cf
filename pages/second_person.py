"""What the pages about approvals, requests and retention share: the desk, names and the zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from actions.access import communities
from actions.approvals import Approvals
from pages.callbacks import now, services

DEFAULT_ZONE = "Asia/Shanghai"


def approvals_desk() -> Approvals:
    """The second approvals of the running application."""
    running = services()
    return Approvals(running.store, running.keyring, running.audit, now)


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Return the login of each account among some actors."""
    names = {}
    for actor in actors:
        kind, _, account_id = actor.partition(":")
        found = services().store.rows("account/one", account_id=account_id)
        if kind == "account" and found:
            names[actor] = str(found[0]["login"])
    return names


def zone_of(community_id: str) -> ZoneInfo:
    """Return the zone in which a community reads its clocks."""
    zones = {row["community_id"]: row["timezone"] for row in communities(services().store)}
    return ZoneInfo(zones.get(community_id) or DEFAULT_ZONE)


def typed_day(typed: str) -> date | None:
    """Read a day as year-month-day; None where it is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
