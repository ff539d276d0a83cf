"""Keeps how available the cameras were, by local day, and reads it for the pages and the week.

A number that is added to every few minutes is a measurement, not an event: it has a table of its
own, no log (ADR 0003 is about what happened).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from actions.cameras.glimpse import HubMissing, lent_hub
from cameras.model import Condition
from data.store import Store
from data.transaction import Transaction
from rules.camera_availability import (
    GAPS,
    OUTCOMES,
    Availability,
    CameraWeek,
    Seen,
    SeenCamera,
    camera_week,
    local_days,
    recent_days,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RecentDays:
    """How available each camera was, by device id; one nobody looked at is missing.

    Attributes:
        today: Since the last local midnight.
        week: Today and the six days before.
    """

    today: Mapping[str, Availability]
    week: Mapping[str, Availability]


def keep_seen(store: Store, seen: Seen) -> None:
    """Add what was seen to the days of the cameras, all in one unit of work; blocks until on disk.

    Raises:
        StoreBusy, StoreClosed: Nothing was written; count it again.
    """
    rows = {row["device_id"]: row for row in store.rows("camera_day/zones")}
    zones = {device_id: ZoneInfo(row["timezone"]) for device_id, row in rows.items()}
    days = local_days(seen, zones)
    if not days:
        return

    def work(tx: Transaction) -> None:
        added = [
            {
                "device_id": device_id,
                "community_id": rows[device_id]["community_id"],
                "day": day,
                "written_at": tx.now,
                **{f"{code}_s": seconds[code] for code in OUTCOMES},
            }
            for (device_id, day), seconds in days.items()
        ]
        tx.run("camera_day/add", {"incoming": tx.table("camera_day", added)})

    store.write(work).result()


def recent_availability(
    store: Store, community_id: str, now: datetime, zone: ZoneInfo
) -> RecentDays:
    """Read today and the last seven days of a community's cameras; the caller has checked reach."""
    first, today = recent_days(now, zone)
    return RecentDays(
        _span(store, community_id, today, today), _span(store, community_id, first, today)
    )


def week_of_cameras(
    store: Store, community_id: str, first: date, last: date, areas: list[str] | None
) -> CameraWeek | None:
    """Read the cameras of some local days; None where there are none.

    Args:
        store: The open store.
        community_id: Whose.
        first: The first day; last: the last, in the span.
        areas: The areas the reader covers; None for all.
    """
    rows = store.rows(
        "camera_day/week", community_id=community_id, reach=areas, first=first, last=last
    )
    names = ("device_id", "name_zh", "name_en", "place_zh", "place_en")
    found = [
        SeenCamera(**{name: row[name] for name in names}, seen=_availability(row)) for row in rows
    ]
    return camera_week(found) if found else None


def camera_gaps(store: Store, community_id: str) -> dict[str, frozenset[str]]:
    """Return what each camera in use lacks, by device id.

    Codes of GAPS, and "observed" for one that was ever looked at.
    """
    rows = store.rows("camera/gaps", community_id=community_id)
    codes = (*GAPS, "observed")
    return {row["device_id"]: frozenset(code for code in codes if row[code]) for row in rows}


def conditions(store: Store, device_ids: list[str]) -> dict[str, Condition] | None:
    """Return how cameras are now; None where none are read here. From any thread."""
    try:
        hub = lent_hub(store)
    except HubMissing:
        return None
    return {device_id: hub.condition(device_id) for device_id in device_ids}


def _span(store: Store, community_id: str, first: date, last: date) -> dict[str, Availability]:
    rows = store.rows("camera_day/span", community_id=community_id, first=first, last=last)
    return {row["device_id"]: _availability(row) for row in rows}


def _availability(row: Row) -> Availability:
    return Availability({code: row[f"{code}_s"] or 0.0 for code in OUTCOMES})
