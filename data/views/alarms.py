"""The view of alarms for every screen: what is on, what is silenced, and whether it is a flood.

DOMAIN R1: kind, place to the building and age; nobody's name, not even who took it.
"""

from __future__ import annotations

from typing import Any

from data.views.view import Question, Row, View, iso
from rules.alarm_load import FLOOD_WINDOW, grouped, is_flood
from rules.alarms import Alarm, AlarmKey, Shelf, sounds, stays_on_wall
from rules.vocabulary import URGENCIES

MOST_ROWS = 200  # a flood is shown in groups; the count says how many there are
_TIMES = ("first_at", "last_at", "acknowledged_at", "cleared_at")


def alarms(question: Question) -> dict[str, Any]:
    """Return `rows` (unacknowledged first), `n`, `shelved`, `flood` and its `groups`.

    Each row has `state`, `sounds` and where it is; of a flood the groups come by place and kind.
    """
    store, community_id = question.store, question.community_id
    rows = store.rows("view/alarms", community_id=community_id)
    standing = store.rows("alarm_shelf/standing", community_id=community_id, now=question.now)
    shelves = [
        Shelf(AlarmKey(s["device_id"], s["kind"]), "", "", s["start_at"], s["until_at"])
        for s in standing
    ]
    known = [(_alarm(row), row) for row in rows]
    shown = [(alarm, row) for alarm, row in known if stays_on_wall(alarm)]
    shown.sort(key=_order)
    raised = store.rows(
        "view/alarms_recent", community_id=community_id, since=question.now - FLOOD_WINDOW
    )
    operators = store.rows("view/operators", community_id=community_id)[0]["n"]
    flood = is_flood((row["recorded_at"] for row in raised), operators, question.now)
    row_of = {id(alarm): row for alarm, row in shown}
    return {
        "rows": [
            _row(alarm, row, sounds(alarm, shelves, question.now))
            for alarm, row in shown[:MOST_ROWS]
        ],
        "n": len(shown),
        "unacknowledged": sum(alarm.acknowledged_at is None for alarm, _ in shown),
        "shelved": len(shelves),
        "recent": len(raised),
        "operators": operators,
        "flood": flood,
        "groups": [
            {
                "kind": group.kind,
                "urgency": group.urgency,
                "n": len(group.alarms),
                "unacknowledged": group.unacknowledged,
                "first_at": iso(group.alarms[0].first_at),
                **_place(row_of[id(group.alarms[0])]),
            }
            for group in (grouped(alarm for alarm, _ in shown) if flood else ())
        ],
    }


def _order(pair: tuple[Alarm, Row]) -> tuple[bool, int, float]:
    """Nobody took it, then the gravest, then the newest."""
    alarm, _row = pair
    alert_at = alarm.alert_at or alarm.first_at
    return (
        alarm.acknowledged_at is not None,
        URGENCIES.index(alarm.urgency),
        -alert_at.timestamp(),
    )


def _alarm(row: Row) -> Alarm:
    return Alarm(
        key=AlarmKey(row["device_id"], row["kind"]),
        first_at=row["first_at"],
        last_at=row["last_at"],
        count=row["signals"],
        urgency=row["urgency"],
        place_id=row["place_id"],
        alert_at=row["alert_at"],
        acknowledged_at=row["acknowledged_at"],
        cleared_at=row["cleared_at"],
    )


def _row(alarm: Alarm, row: Row, sounding: bool) -> Row:
    return {
        "id": row["id"],
        "kind": alarm.key.kind,
        "urgency": alarm.urgency,
        "state": alarm.state,
        "sounds": sounding,
        "signals": alarm.count,
        "case_id": row["case_id"],
        "device_id": row["device_id"],  # where it is on the map, and so which cameras are near
        "place_id": row["place_id"],
        "detections": row["detections"],  # a number only; the desk shows what was found
        **{name: iso(row[name]) for name in _TIMES},
        **_place(row),
    }


def _place(row: Row) -> Row:
    """Say where: the building, else the public name of the device, else the grid."""
    for stem in ("place", "device", "area"):
        if row[f"{stem}_zh"] is not None:
            return {"place_zh": row[f"{stem}_zh"], "place_en": row[f"{stem}_en"]}
    return {"place_zh": None, "place_en": None}


ALARMS = View(
    "alarms", alarms, frozenset({"alarm", "alarm_shelf", "device", "place", "worker"}), every_s=15.0
)
