"""Makes a case of an alarm by the ordinary recording of cases; each names the other.

The case is known by the alarm's id, so that pressing twice, or again after a crash, makes one.
Clearing or closing the alarm later never closes the case (REFERENCE §3).
"""

from __future__ import annotations

from actions.access import allow
from actions.alarms.moves import AlarmDesk, AlarmMove, AlarmMoveUnknown, present
from actions.alarms.reading import alarm_in_reach
from actions.alarms.state import append_alarm, facts_of, known_alarm
from actions.auditing import line_for
from actions.intake.recording import record
from data.transaction import Transaction
from rules.alarm_kinds import BY_HAND, CATEGORY_OF
from rules.alarms import acknowledge
from rules.records import CaseRecord
from rules.viewer import Viewer
from rules.vocabulary import CATEGORIES

SOURCE = "alarm"


def case_of_alarm(desk: AlarmDesk, asking: Viewer, alarm_id: str, move: AlarmMove) -> str:
    """Return the id of the case of an alarm, made now where there is none; it is on disk then.

    Whoever makes a case of it has taken it.

    Raises:
        NotThere, NotAllowed: The alarm or the deed is not the viewer's.
        AlarmChanged: Somebody else was first.
        AlarmMoveUnknown: The category is none of ours.
    """
    here = alarm_in_reach(desk.store, asking, alarm_id, desk.now())
    community_id = here["community_id"]
    allow("alarm.handle", community_id)
    allow("case.write", community_id)
    if here["case_id"] is not None:
        return str(here["case_id"])
    category = move.category or CATEGORY_OF.get(here["kind"], CATEGORY_OF[BY_HAND])
    if category not in CATEGORIES:
        raise AlarmMoveUnknown(action="to_case", field="category")
    desk.store.write(lambda tx: present(tx, alarm_id, move.seen_version)).result()
    row = CaseRecord(
        source_id=alarm_id,
        category=category,
        urgency=here["urgency"],
        reported_at=here["first_at"],
        place_id=here["place_id"],
        area_id=here["area_id"],
        channel="patrol" if here["latching"] and not here["device_known"] else "sensor",
    )
    made = record(desk.store, "cases", community_id, SOURCE, [row], actor=asking.actor).result()[0]
    if made.id is None:
        field = made.error.field if made.error else None
        raise AlarmMoveUnknown(action="to_case", field=field or "category")
    case_id = made.id
    desk.store.write(lambda tx: _link(tx, desk, asking, alarm_id, case_id)).result()
    return case_id


def _link(tx: Transaction, desk: AlarmDesk, asking: Viewer, alarm_id: str, case_id: str) -> None:
    state = present(tx, alarm_id, None)
    if state["case_id"] is not None:
        return
    known = known_alarm(state)
    taken = known if known.closed_at else acknowledge(known, asking.actor, tx.now)
    after = {**state, **facts_of(taken), "case_id": case_id}
    append_alarm(tx, after, "linked", asking.actor, tx.now)
    line = line_for(
        asking,
        "alarm.to_case",
        state["community_id"],
        subject_kind="alarm",
        subject_id=alarm_id,
        case_id=case_id,
    )
    desk.audit.note(tx, line)
