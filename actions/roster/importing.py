"""Records rows of a roster sheet: teams, shifts and who keeps them; the same row twice is one.

A team and an organisation are known by their names and made where they are new; a worker must be
registered. A shift is known by what it says, so people with the same hours share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.intake.recorder import RowError, RowResult, Verdict
from actions.roster.membership import belong
from data.store import Store
from data.transaction import Transaction
from rules.roster_record import RosterRecord

Row = dict[str, Any]
Key = tuple[Any, ...]
_SHIFT = ("starts", "ends", "first_on", "weekdays", "days", "every_days")


def record_roster(
    store: Store,
    community_id: str,
    source: str,
    records: Sequence[RosterRecord],
    *,
    actor: str | None = None,
) -> list[RowResult]:
    """Record rows of a roster in one unit; on disk when this returns.

    Args:
        store: The open store.
        community_id: The community they serve.
        source: Name of the source.
        records: In the order they arrived.
        actor: Who caused it; "source:<source>" when left out.

    Returns:
        One result per row, in order: new, changed (its last day), unchanged or rejected.
    """
    caused = actor or f"source:{source}"
    return store.write(lambda tx: _Taking(tx, community_id, caused).take(records)).result()


class _Taking:
    """One sheet inside one unit of work."""

    def __init__(self, tx: Transaction, community_id: str, actor: str) -> None:
        self._tx, self._community_id, self._actor = tx, community_id, actor
        here: Row = {"community_id": community_id}
        self._teams = {row["name_zh"]: row for row in tx.rows("roster/teams", **here)}
        self._units = {row["name_zh"]: row for row in tx.rows("organisation/register", **here)}
        shifts = tx.rows("roster/shifts", **here)
        self._shifts: dict[Key, str] = {_shift_key(row): row["shift_id"] for row in shifts}
        self._members = {(r["team_id"], r["worker_id"]) for r in tx.rows("roster/members", **here)}
        kept = tx.rows("roster/assignments", **here)
        self._kept = {(row["shift_id"], row["worker_id"]): row for row in kept}

    def take(self, records: Sequence[RosterRecord]) -> list[RowResult]:
        names = sorted({record.worker for record in records})
        rows = self._tx.rows("roster/named_workers", community_id=self._community_id, names=names)
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["name"], []).append(row["worker_id"])
        return [self._row(record, found.get(record.worker, [])) for record in records]

    def _row(self, record: RosterRecord, workers: list[str]) -> RowResult:
        if len(workers) != 1:
            said = "is not registered in this community" if not workers else "names several people"
            error = RowError("reference_unknown", "worker", said)
            return RowResult(record.source_id, None, "rejected", error)
        (worker_id,) = workers
        team = self._team(record)
        self._join(team, worker_id)
        shift_id = self._shift(record, team["team_id"])
        held = self._kept.get((shift_id, worker_id))
        if held is not None and held["last_on"] == record.last_on:
            return RowResult(record.source_id, held["assignment_id"], "unchanged")
        state: Row = {
            "assignment_id": held["assignment_id"] if held else self._tx.ids(1)[0],
            "shift_id": shift_id,
            "worker_id": worker_id,
            "first_on": record.first_on,
            "last_on": record.last_on,
        }
        self._append("assignment", "changed" if held else "assigned", state)
        self._kept[shift_id, worker_id] = state
        verdict: Verdict = "changed" if held else "new"
        return RowResult(record.source_id, state["assignment_id"], verdict)

    def _team(self, record: RosterRecord) -> Row:
        if record.team not in self._teams:
            state = {
                "team_id": self._tx.ids(1)[0],
                "kind": record.team_kind,
                "name_zh": record.team,
                "organisation_id": self._unit(record),
            }
            self._append("team", "registered", state)
            self._teams[record.team] = state
        return self._teams[record.team]

    def _unit(self, record: RosterRecord) -> str | None:
        name = record.organisation
        if name is None:
            return None
        if name not in self._units:
            state = {
                "organisation_id": self._tx.ids(1)[0],
                "kind": record.organisation_kind,
                "name_zh": name,
            }
            self._append("organisation", "registered", state)
            self._units[name] = state
        return str(self._units[name]["organisation_id"])

    def _join(self, team: Row, worker_id: str) -> None:
        if (team["team_id"], worker_id) in self._members:
            return
        self._members.add((team["team_id"], worker_id))
        member_id = self._tx.ids(1)[0]
        state = {"team_member_id": member_id, "team_id": team["team_id"], "worker_id": worker_id}
        self._append("team_member", "joined", state)
        belong(self._tx, [worker_id], team["organisation_id"], self._actor)

    def _shift(self, record: RosterRecord, team_id: str) -> str:
        state = {"team_id": team_id, **{name: getattr(record, name) for name in _SHIFT}}
        key = _shift_key(state)
        if key not in self._shifts:
            self._shifts[key] = self._tx.ids(1)[0]
            self._append("shift", "registered", {**state, "shift_id": self._shifts[key]})
        return self._shifts[key]

    def _append(self, noun: str, kind: str, state: Row) -> None:
        stamp = {
            "event_kind": kind,
            "happened_at": self._tx.now,
            "actor": self._actor,
            "community_id": self._community_id,
        }
        self._tx.append(noun, [{**state, **stamp}])


def _shift_key(row: Row) -> Key:
    return (row["team_id"], *(row[name] for name in _SHIFT))
