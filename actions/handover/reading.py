"""Reads a shift as it is handed over: what was done and left undone since it began."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.access import NotThere
from actions.files.sealed_notes import notes_of
from actions.roster.reading import duty_now
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.handover import shift_began

Row = dict[str, Any]
OWNER = "handover"
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift, running or handed over.

    Attributes:
        handover: Row of handover/newest; None while nobody has written anything.
        started_at, until: The shift; the present moment while it is not signed.
        done: Rows of handover/cases that were finished on it.
        undone: Those open, overdue ones first.
        moves: What was done with cases, by action.
        alarms: Alarms nobody had closed.
        note: What who goes wrote; empty without.
        remark: What who comes wrote; empty without.
    """

    handover: Row | None
    started_at: datetime
    until: datetime
    done: tuple[Row, ...]
    undone: tuple[Row, ...]
    moves: tuple[tuple[str, int], ...]
    alarms: int
    note: str
    remark: str

    @property
    def status(self) -> str:
        """State of its handover; open while there is none."""
        return str(self.handover["status"]) if self.handover else "open"

    @property
    def version(self) -> str:
        """What a form made from it has seen; empty while there is nothing."""
        return str(self.handover["event_id"]) if self.handover else ""


def present_shift(store: Store, keyring: Keyring, community_id: str, now: datetime) -> Shift:
    """Return the shift that runs, or that is signed and waits to be taken over."""
    rows = store.rows("handover/newest", community_id=community_id, row_limit=1)
    latest = rows[0] if rows and rows[0]["status"] != "taken" else None
    if latest is not None:
        return _shift(store, keyring, latest, now)
    began = begin_of(store, community_id, now)
    return _running(store, community_id, None, began, now, {})


def handed_over(store: Store, keyring: Keyring, community_id: str, handover_id: str) -> Shift:
    """Return an earlier shift as it was signed.

    Raises:
        NotThere: There is no such handover in this community.
    """
    rows = store.rows("handover/one", community_id=community_id, handover_id=handover_id)
    if not rows or rows[0]["status"] == "open":
        raise NotThere()
    return _shift(store, keyring, rows[0], rows[0]["shift_ended_at"])


def earlier(store: Store, community_id: str) -> list[Row]:
    """Return the handovers that were taken over, newest first."""
    rows = store.rows("handover/newest", community_id=community_id, row_limit=MOST_LISTED)
    return [row for row in rows if row["status"] == "taken"]


def begin_of(store: Store, community_id: str, now: datetime) -> datetime:
    """Say when the present shift began: by the last handover, else by the roster."""
    taken = next((row["taken_at"] for row in earlier(store, community_id)), None)
    on_duty = duty_now(store, community_id, now).on
    return shift_began(taken, [each.start_at for each in on_duty], now)


def cases_of(
    source: Store | Transaction, community_id: str, since: datetime, now: datetime
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return what was finished since a moment and what is open, overdue first."""
    rows = source.rows("handover/cases", community_id=community_id, since=since, ids=None)
    done = sorted((r for r in rows if r["ended_at"] is not None), key=lambda r: r["ended_at"])
    undone = [row for row in rows if row["ended_at"] is None]
    undone.sort(key=lambda row: not is_overdue(row, now))
    return tuple(done), tuple(undone)


def is_overdue(row: Row, at: datetime) -> bool:
    """Say whether an open case was past its deadline with its clock running."""
    return row["deadline_at"] is not None and row["deadline_at"] < at and not row["paused"]


def _shift(store: Store, keyring: Keyring, row: Row, now: datetime) -> Shift:
    notes = notes_of(store, keyring, OWNER, [row["handover_id"]])
    parts = {part: words for (_, part), words in notes.items()}
    if row["status"] == "open":
        return _running(store, row["community_id"], row, row["shift_started_at"], now, parts)
    listed = [json.loads(row[name] or "[]") for name in ("done_case_ids", "undone_case_ids")]
    found = {
        case["case_id"]: case
        for case in store.rows(
            "handover/cases",
            community_id=row["community_id"],
            since=row["shift_started_at"],
            ids=[case_id for ids in listed for case_id in ids],
        )
    }
    done, undone = ([found[i] for i in ids if i in found] for ids in listed)
    return Shift(
        handover=row,
        started_at=row["shift_started_at"],
        until=row["shift_ended_at"],
        done=tuple(done),
        undone=tuple(undone),
        moves=_moves(store, row["community_id"], row["shift_started_at"], row["shift_ended_at"]),
        alarms=row["alarms"] or 0,
        note=parts.get("note", ""),
        remark=parts.get("remark", ""),
    )


def _running(
    store: Store,
    community_id: str,
    row: Row | None,
    began: datetime,
    now: datetime,
    notes: dict[str, str],
) -> Shift:
    done, undone = cases_of(store, community_id, began, now)
    alarms = store.rows("handover/open_alarms", community_id=community_id)[0]["n"]
    moves = _moves(store, community_id, began, now)
    return Shift(row, began, now, done, undone, moves, alarms, notes.get("note", ""), "")


def _moves(
    store: Store, community_id: str, since: datetime, until: datetime
) -> tuple[tuple[str, int], ...]:
    rows = store.rows("handover/moves", community_id=community_id, since=since, until=until)
    return tuple((row["action"], row["n"]) for row in rows)
