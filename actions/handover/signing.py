"""Writes, signs and takes over a handover; whoever looked at an older version is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.access import allow
from actions.files.sealed_notes import Note, keep_note, seal_note
from actions.handover.reading import OWNER, begin_of, cases_of, is_overdue
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.handover import EVENTS, LONGEST_NOTE, HandoverNoteTooLong, HandoverStep, step
from rules.viewer import Viewer

Row = dict[str, Any]
# What is sealed at which step: the note of who goes, the remark of who comes.
PART_OF: dict[HandoverStep, str] = {"write": "note", "sign": "note", "take": "remark"}


class HandoverChanged(RuleViolation):
    """Somebody wrote, signed or took over meanwhile; look at the present state first."""

    code = "handover_changed"


@dataclass(frozen=True, slots=True)
class Wish:
    """One step somebody wants.

    Attributes:
        seen_version: The version the form was made from; empty where there was nothing.
        words: The note or remark; for `take_back` nothing.
    """

    step: HandoverStep
    seen_version: str
    words: str = ""


def carry_out(
    store: Store, keyring: Keyring, community_id: str, wish: Wish, at: datetime | None = None
) -> str:
    """Take a step for the current viewer; returns the handover's id once it is on disk.

    Args:
        at: When it happened, aware UTC; the time of writing where left out.

    Raises:
        NotAllowed, NotThere: The role does not hand shifts over here.
        HandoverChanged: Another version stands than was looked at.
        HandoverNotOpen, HandoverNotSigned, HandoverNotYours, HandoverSamePerson: See rules.
        HandoverNoteTooLong: The words are longer than LONGEST_NOTE.
    """
    asking = allow("shift.hand_over", community_id)
    words = wish.words.strip()
    if len(words) > LONGEST_NOTE:
        raise HandoverNoteTooLong(most=LONGEST_NOTE)
    latest = _latest(store.rows("handover/newest", community_id=community_id, row_limit=1))
    _check(latest, wish, asking)  # before a key is made for a note that is refused
    handover_id = latest["handover_id"] if latest else store.write(_new_id).result()
    part = PART_OF.get(wish.step)
    note: Note | None = None
    if part and (words or part == "note"):
        note = seal_note(keyring, OWNER, handover_id, part, community_id, None, words)
    return store.write(
        lambda tx: _write(tx, store, community_id, handover_id, wish, asking, note, at)
    ).result()


def _new_id(tx: Transaction) -> str:
    return tx.ids(1)[0]


def _write(
    tx: Transaction,
    store: Store,
    community_id: str,
    handover_id: str,
    wish: Wish,
    asking: Viewer,
    note: Note | None,
    at: datetime | None,
) -> str:
    when = at or tx.now
    before = _latest(tx.rows("handover/newest", community_id=community_id, row_limit=1))
    status = _check(before, wish, asking)
    row: Row = before or {
        "handover_id": handover_id,
        "community_id": community_id,
        "shift_started_at": begin_of(store, community_id, when),
    }
    after = {**row, "status": status}
    after.pop("event_id", None)
    if wish.step == "sign":
        after.update(_snapshot(tx, after, asking.actor, when))
    elif wish.step == "take_back":
        gone = ("shift_ended_at", "outgoing", "done_case_ids", "undone_case_ids", "overdue")
        after.update(dict.fromkeys((*gone, "alarms")))
    elif wish.step == "take":
        after.update(incoming=asking.actor, taken_at=when)
    stamp = {"event_kind": EVENTS[wish.step], "happened_at": when, "actor": asking.actor}
    tx.append("handover", [{**after, **stamp}])
    if note is not None:
        if note.part == "note":  # the newest wording alone is kept
            tx.run("retention/delete_officer_note", ids=[row["handover_id"]])
        keep_note(tx, note, when)
    return str(row["handover_id"])


def _check(row: Row | None, wish: Wish, asking: Viewer) -> str:
    """Return the state the step leads to."""
    if wish.seen_version != (row["event_id"] if row else ""):
        raise HandoverChanged()
    state, outgoing = (row["status"], row["outgoing"]) if row else (None, None)
    return step(state, wish.step, asking.actor, outgoing)


def _latest(rows: list[Row]) -> Row | None:
    return rows[0] if rows and rows[0]["status"] != "taken" else None


def _snapshot(tx: Transaction, row: Row, actor: str, at: datetime) -> Row:
    """Keep what was done and left, so that the paper says later what it said at the signing."""
    done, undone = cases_of(tx, row["community_id"], row["shift_started_at"], at)
    alarms = tx.rows("handover/open_alarms", community_id=row["community_id"])[0]["n"]
    return {
        "outgoing": actor,
        "shift_ended_at": at,
        "done_case_ids": json.dumps([case["case_id"] for case in done]),
        "undone_case_ids": json.dumps([case["case_id"] for case in undone]),
        "overdue": sum(is_overdue(case, at) for case in undone),
        "alarms": alarms,
    }
