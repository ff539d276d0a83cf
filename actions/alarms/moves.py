"""What people do with alarms: take, reset, silence, close; each deed is one unit of the writer.

Whoever looked at an older state is refused with the present one; a device that merely goes on
reporting makes nobody's look outdated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from actions.access import NotThere, allow
from actions.alarms.reading import alarm_in_reach
from actions.alarms.state import append_alarm, facts_of, known_alarm
from actions.approvals import utc_now
from actions.auditing import line_for
from actions.files.sealed_notes import keep_note, notes_of, seal_note
from data.audit import AuditChain
from data.ids import IdClock
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.alarms import Alarm, AlarmKey, acknowledge, close_alarm, reset, shelve
from rules.errors import RuleViolation
from rules.viewer import Viewer

Row = dict[str, Any]
MOVES = ("acknowledge", "reset", "close", "shelve", "unshelve", "to_case")
NOTE = "alarm_shelf"
_ids = IdClock()


class AlarmChanged(RuleViolation):
    """Somebody else was first; `state` is the present one."""

    code = "alarm_changed"


class AlarmMoveUnknown(RuleViolation):
    """There is no such deed, or it does not fit; `field` names what is at fault."""

    code = "alarm_move_unknown"


@dataclass(frozen=True, slots=True)
class AlarmMove:
    """One deed, and what was given for it.

    Attributes:
        action: A word of MOVES.
        seen_version: `version` of the alarm as it was read; None takes it as it is.
        verdict: real, false or test, to close.
        reason: Why it is silenced.
        minutes: For how long it is silenced.
        category: Category of the case; None for that of the kind.
    """

    action: str
    seen_version: str | None = None
    verdict: str | None = None
    reason: str | None = None
    minutes: int | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class AlarmDesk:
    """What deeds on alarms need of the running application."""

    store: Store
    keyring: Keyring
    audit: AuditChain
    now: Callable[[], datetime] = utc_now


Change = Callable[[Alarm, str, datetime], Alarm]


def move_alarm(desk: AlarmDesk, asking: Viewer, alarm_id: str, move: AlarmMove) -> Row:
    """Do one thing to an alarm; returns every column of it when that is on disk.

    `to_case` is actions/alarms/to_case.py's.

    Raises:
        NotThere, NotAllowed: The alarm or the deed is not the viewer's.
        AlarmChanged: Somebody else was first.
        AlarmMoveUnknown: There is no such deed, or `minutes` is missing.
        RuleViolation: What rules/alarms.py objects to.
    """
    here = alarm_in_reach(desk.store, asking, alarm_id, desk.now())
    allow("alarm.handle", here["community_id"])
    if move.action in ("shelve", "unshelve"):
        return _silence(desk, asking, here, move)
    change = _changes(move).get(move.action)
    if change is None:
        raise AlarmMoveUnknown(action=move.action, field="action")

    def unit(tx: Transaction) -> Row:
        row = present(tx, alarm_id, move.seen_version)
        known = known_alarm(row)
        after = change(known, asking.actor, tx.now)
        if after == known:
            return row
        event = append_alarm(
            tx, {**row, **facts_of(after)}, _KINDS[move.action], asking.actor, tx.now
        )
        desk.audit.note(tx, _line(asking, here, move.action, detail=move.verdict))
        return event

    return desk.store.write(unit).result()


def present(tx: Transaction, alarm_id: str, seen_version: str | None) -> Row:
    """Return an alarm inside the unit that changes it.

    Raises:
        NotThere: There is none.
        AlarmChanged: It is not what the viewer looked at.
    """
    rows = tx.rows("alarm/one", alarm_id=alarm_id)
    if not rows:
        raise NotThere()
    if seen_version not in (None, rows[0]["version"]):
        raise AlarmChanged(state=known_alarm(rows[0]).state)
    return rows[0]


def reasons_of(desk: AlarmDesk, shelves: list[Row]) -> Mapping[str, str]:
    """Return why each shelf was made, by its id."""
    found = notes_of(desk.store, desk.keyring, NOTE, [row["shelf_id"] for row in shelves])
    return {shelf_id: text for (shelf_id, _part), text in found.items()}


_KINDS = {"acknowledge": "acknowledged", "reset": "reset", "close": "closed"}


def _changes(move: AlarmMove) -> dict[str, Change]:
    return {
        "acknowledge": acknowledge,
        "reset": reset,
        "close": lambda alarm, actor, at: close_alarm(alarm, move.verdict or "", actor, at),
    }


def _silence(desk: AlarmDesk, asking: Viewer, here: Row, move: AlarmMove) -> Row:
    """Begin or end the silence of an alarm's device and kind; the alarm itself stays as it is."""
    if move.action == "unshelve":
        return desk.store.write(lambda tx: _speak_again(tx, desk, asking, here)).result()
    if move.minutes is None:
        raise AlarmMoveUnknown(action=move.action, field="minutes")
    now = desk.now()
    key = AlarmKey(here["device_id"], here["kind"])
    until = now + timedelta(minutes=move.minutes)
    shelf = shelve(key, move.reason or "", asking.actor, now, until)
    (shelf_id,) = _ids.take(1)
    community_id = here["community_id"]
    # Its key must be durable before the unit begins, which may be replayed.
    note = seal_note(desk.keyring, NOTE, shelf_id, "reason", community_id, None, shelf.reason)

    def unit(tx: Transaction) -> Row:
        row = present(tx, here["alarm_id"], move.seen_version)
        event = {
            "event_kind": "shelved",
            "happened_at": tx.now,
            "actor": asking.actor,
            "shelf_id": shelf_id,
            "community_id": community_id,
            "device_id": key.device_id,
            "kind": key.kind,
            "start_at": shelf.start_at,
            "until_at": shelf.until,
        }
        tx.append("alarm_shelf", [event])
        keep_note(tx, note, tx.now)
        desk.audit.note(tx, _line(asking, here, "shelve", detail=f"{move.minutes} min"))
        return row

    return desk.store.write(unit).result()


def _speak_again(tx: Transaction, desk: AlarmDesk, asking: Viewer, here: Row) -> Row:
    row = present(tx, here["alarm_id"], None)
    shelves = tx.rows("alarm_shelf/standing", community_id=here["community_id"], now=tx.now)
    ended = [
        {**s, "event_kind": "ended", "happened_at": tx.now, "actor": asking.actor}
        | {"ended_at": tx.now, "ended_by": asking.actor}
        for s in shelves
        if (s["device_id"], s["kind"]) == (row["device_id"], row["kind"])
    ]
    for shelf in ended:
        del shelf["event_id"], shelf["recorded_at"]
    tx.append("alarm_shelf", ended)
    if ended:
        desk.audit.note(tx, _line(asking, here, "unshelve"))
    return row


def _line(asking: Viewer, here: Row, action: str, detail: str | None = None) -> Any:
    return line_for(
        asking,
        f"alarm.{action}",
        here["community_id"],
        subject_kind="alarm",
        subject_id=here["alarm_id"],
        case_id=here["case_id"],
        detail=detail,
    )
