"""Reads alarms for a viewer: the list, one with its history, and what is silenced."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from actions.access import NotAllowed, NotThere, reach
from actions.alarms.state import known_alarm, known_shelf
from data.store import Store
from rules.alarms import sounds
from rules.privacy import may
from rules.viewer import Viewer

Row = dict[str, Any]
MOST_ROWS = 500


def alarms_of(
    store: Store,
    asking: Viewer,
    community_id: str,
    now: datetime,
    *,
    opened: bool | None = True,
    before: str = "",
    most: int = MOST_ROWS,
) -> list[Row]:
    """Return alarms of a community, the newest first.

    Args:
        opened: True for those nobody has closed, False for closed ones, None for both.
        before: Only alarms older than this one; empty for the newest.
        most: How many at most.

    Returns:
        The rows of alarm/listed.sql with `state` (a code of ALARM_STATES), `latching` and
        `sounds`.

    Raises:
        NotThere, NotAllowed: The community or the deed is not the viewer's.
    """
    _allow(asking, community_id)
    rows = store.rows(
        "alarm/listed",
        community_id=community_id,
        alarm_id=None,
        reach=reach(store, asking, "alarm.read", community_id),
        open=opened,
        before=before,
        row_limit=most,
    )
    return _with_states(store, community_id, rows, now)


def alarm_in_reach(store: Store, asking: Viewer, alarm_id: str, now: datetime) -> Row:
    """Return one alarm, as `alarms_of` does, with its community.

    Raises:
        NotThere: There is none, or it is not the viewer's.
    """
    found = store.rows("alarm/one", alarm_id=alarm_id)
    if not found or not may(asking.role, "alarm.read"):
        raise NotThere()
    community_id = found[0]["community_id"]
    if community_id not in asking.community_ids:
        raise NotThere()
    rows = store.rows(
        "alarm/listed",
        community_id=community_id,
        alarm_id=alarm_id,
        reach=reach(store, asking, "alarm.read", community_id),
        open=None,
        before="",
        row_limit=1,
    )
    if not rows:
        raise NotThere()
    return {**_with_states(store, community_id, rows, now)[0], "community_id": community_id}


def standing(store: Store, asking: Viewer, community_id: str, now: datetime) -> list[Row]:
    """Return what is silenced now, the shelf that ends first first.

    Raises:
        NotThere, NotAllowed: The community or the deed is not the viewer's.
    """
    _allow(asking, community_id)
    return store.rows("alarm_shelf/standing", community_id=community_id, now=now)


def _allow(asking: Viewer, community_id: str) -> None:
    if community_id not in asking.community_ids:
        raise NotThere(community=community_id)
    if not may(asking.role, "alarm.read"):
        raise NotAllowed(role=asking.role, action="alarm.read")


def _with_states(store: Store, community_id: str, rows: list[Row], now: datetime) -> list[Row]:
    shelves = store.rows("alarm_shelf/standing", community_id=community_id, now=now)
    known = [known_shelf(shelf) for shelf in shelves]
    found = []
    for row in rows:
        alarm = known_alarm(row)
        more = {"state": alarm.state, "latching": alarm.latching}
        found.append({**row, **more, "sounds": sounds(alarm, known, now)})
    return found
