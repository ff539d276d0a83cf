"""A community with cases, people who are sent, and the accounts that move them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from actions.access import current_viewer
from actions.cases.moves import Moved, move_case
from actions.intake.recording import record
from data.store import Store
from rules.case_facts import Move
from rules.records import CaseRecord, WorkerRecord
from rules.viewer import Viewer
from tests.desk_store import fill

# A Tuesday, 10:00 in the community: every working clock runs.
MORNING = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
WHY = "因业主外出，无法入户"


@dataclass
class CaseDesk:
    """A store with people at work in it; who acts is named at each move."""

    store: Store
    viewers: dict[str, Viewer] = field(default_factory=dict)
    workers: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)

    def set_up(self) -> CaseDesk:
        """Fill the store: the cases of desk_store and four workers."""
        self.cases = fill(self.store)
        areas = {row["name_zh"]: row["area_id"] for row in self._areas()}
        rows = [
            WorkerRecord(source_id="w1", kind="grid_worker", callsign="网格1-甲", on_duty=True),
            WorkerRecord(source_id="w2", kind="property", callsign="物业1", on_duty=True),
            WorkerRecord(source_id="w3", kind="grid_worker", callsign="网格2-甲", on_duty=True),
            WorkerRecord(source_id="w4", kind="property", callsign="物业2", on_duty=False),
        ]
        found = record(self.store, "workers", "demo", "test", rows).result()
        self.workers = {row.source_id: str(row.id) for row in found}
        self.account("officer", "duty_officer")
        self.account("second", "duty_officer")
        self.account("secretary", "secretary")
        self.account("subdistrict", "subdistrict")
        self.account("privacy", "privacy")
        self.account("grid1", "grid_worker", self.workers["w1"], areas["网格1"])
        self.account("grid2", "grid_worker", self.workers["w3"], areas["网格2"])
        self.account("crew", "property", self.workers["w2"])
        return self

    def account(self, login: str, role: str, worker: str | None = None, area: str = "") -> Viewer:
        """Make an account and the viewer it signs in as."""
        areas = frozenset([area] if area else [])
        row = {
            "account_id": f"a-{login}",
            "community_id": "demo",
            "login": login,
            "role": role,
            "worker_id": worker,
            "area_ids": sorted(areas),
            "event_kind": "created",
            "happened_at": MORNING,
            "actor": "cli",
        }
        self.store.write(lambda tx: tx.append("account", [row])).result()
        viewer = Viewer("account", f"a-{login}", role, frozenset({"demo"}), areas, login)
        self.viewers[login] = viewer
        return viewer

    def organisation(self, organisation_id: str, kind: str = "property_company") -> None:
        """Register an organisation under an id of our own choice."""
        row = {
            "organisation_id": organisation_id,
            "community_id": "demo",
            "kind": kind,
            "name_zh": f"单位{organisation_id}",
            "event_kind": "registered",
            "happened_at": MORNING,
            "actor": "cli",
        }
        self.store.write(lambda tx: tx.append("organisation", [row])).result()

    def belongs(self, worker: str, organisation_id: str) -> None:
        """Let a worker belong to an organisation."""
        columns = "* exclude (event_id, recorded_at)"
        cursor = self.store.cursor()
        query = f"select {columns} from worker_now where worker_id = ?"
        found = cursor.execute(query, [self.workers[worker]]).to_arrow_table().to_pylist()[0]
        cursor.close()
        row = {**found, "organisation_id": organisation_id, "event_kind": "changed"}
        self.store.write(lambda tx: tx.append("worker", [row])).result()

    def report(self, source_id: str = "r1", **facts: object) -> str:
        """Report a case an hour before MORNING; returns its id."""
        row = {
            "source_id": source_id,
            "category": "noise",
            "reported_at": MORNING - timedelta(hours=1),
            **facts,
        }
        made = record(self.store, "cases", "demo", "test", [CaseRecord.model_validate(row)])
        return str(made.result()[0].id)

    def move(
        self, login: str, case_id: str, action: str, minutes: float = 0, **given: Any
    ) -> Moved:
        """Move a case as somebody, some minutes after MORNING."""
        token = current_viewer.set(self.viewers[login])
        at = MORNING + timedelta(minutes=minutes)
        try:
            return move_case(self.store, self.viewers[login], case_id, Move(action, **given), at=at)
        finally:
            current_viewer.reset(token)

    def case(self, case_id: str) -> dict[str, Any]:
        """Return a case as the desk reads it."""
        return self.store.rows("desk/case", case_id=case_id)[0]

    def tasks(self, case_id: str) -> list[tuple[str, str]]:
        """Return who was sent to a case and what became of it."""
        rows = self.store.rows("task/of_case", case_id=case_id)
        return [(row["assignee_id"], row["status"]) for row in rows]

    def to(self, status: str, case_id: str) -> None:
        """Bring a reported case into a state on the straight way."""
        way: list[tuple[str, dict[str, Any]]] = [
            ("accept", {}),
            ("file", {}),
            ("dispatch", {"assignees": (self.workers["w1"],)}),
            ("start", {}),
            ("feed_back", {"text": "已疏通"}),
            ("verify", {}),
            ("close", {"text": "已办结", "outcome": "solved", "verification": "pass"}),
        ]
        names = ("accepted", "filed", "dispatched", "handling", "feedback", "verifying", "closed")
        for minutes, (action, given) in enumerate(way[: names.index(status) + 1], 1):
            self.move("officer", case_id, action, minutes, **given)

    def _areas(self) -> list[dict[str, Any]]:
        cursor = self.store.cursor()
        names = cursor.execute("select area_id, name_zh from area_now").fetchall()
        cursor.close()
        return [{"area_id": area_id, "name_zh": name} for area_id, name in names]
