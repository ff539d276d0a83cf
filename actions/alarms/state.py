"""Turns rows of alarm_now into what rules/alarms.py decides on, and back into the next event."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from data.transaction import Transaction
from rules.alarms import Alarm, AlarmKey, Shelf
from rules.vocabulary import Urgency

Row = dict[str, Any]


def known_alarm(row: Row) -> Alarm:
    """Return an alarm as the rules know it.

    Args:
        row: Every column of alarm_now, or those of alarm/listed.sql.
    """
    return Alarm(
        key=AlarmKey(row["device_id"], row["kind"]),
        first_at=row["first_at"],
        last_at=row["last_at"],
        count=row["signals"],
        urgency=cast(Urgency, row["urgency"]),
        place_id=row["place_id"],
        alert_at=row["alert_at"],
        acknowledged_at=row["acknowledged_at"],
        acknowledged_by=row.get("acknowledged_by"),
        cleared_at=row["cleared_at"],
        closed_at=row.get("closed_at"),
        closed_by=row.get("closed_by"),
        verdict=row.get("verdict"),
    )


def known_shelf(row: Row) -> Shelf:
    """Return a shelf as the rules know it; why it was made is not in the log."""
    key = AlarmKey(row["device_id"], row["kind"])
    return Shelf(key, "", row["actor"], row["start_at"], row["until_at"])


def facts_of(alarm: Alarm) -> Row:
    """Return the columns of an alarm that the rules decide."""
    return {
        "device_id": alarm.key.device_id,
        "kind": alarm.key.kind,
        "urgency": alarm.urgency,
        "place_id": alarm.place_id,
        "first_at": alarm.first_at,
        "last_at": alarm.last_at,
        "signals": alarm.count,
        "alert_at": alarm.alert_at or alarm.first_at,
        "acknowledged_at": alarm.acknowledged_at,
        "acknowledged_by": alarm.acknowledged_by,
        "cleared_at": alarm.cleared_at,
        "closed_at": alarm.closed_at,
        "closed_by": alarm.closed_by,
        "verdict": alarm.verdict,
    }


def append_alarm(tx: Transaction, state: Row, kind: str, actor: str, at: datetime) -> Row:
    """Append one event of an alarm; returns it.

    A mere repeat keeps the version, so that a device that goes on reporting never makes an
    officer's deed outdated.

    Args:
        state: The whole state after it.
        kind: Kind of event.
        at: When it happened, aware UTC.
    """
    (event_id,) = tx.ids(1)
    event = {
        **state,
        "event_id": event_id,
        "event_kind": kind,
        "happened_at": at,
        "recorded_at": tx.now,
        "actor": actor,
        "version": state["version"] if kind == "repeated" else event_id,
    }
    tx.append_table("alarm", tx.table("alarm_event", [event]))
    return event
