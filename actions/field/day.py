"""What a worker has to do today, by place; no count of deeds, no ranking, no track (DOMAIN R20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from actions.access import NotAllowed, reach
from actions.cases.access import actor_of
from actions.cases.task_moves import tasks_of
from actions.notify.inbox import Told, unread
from actions.plans.reading import active_runs
from data.store import Store
from rules.privacy import scope_of
from rules.viewer import Viewer
from rules.vocabulary import KEY_PLACE_KINDS

Row = dict[str, Any]
DONE_SHOWN = timedelta(hours=16)  # ours: what was finished in this shift


@dataclass(frozen=True, slots=True)
class FieldDay:
    """The page of a worker.

    Attributes:
        worker: worker_id, community_id, callsign, kind and on_duty.
        open: Tasks to do, by place, within a place the next due first.
        done: Tasks finished in this shift.
        told: Messages of the last days, the newest first.
        runs: Plans that are on, drills among them.
        places: Where the worker may report; empty where the role does not report.
        reports: Whether the worker reports by this page.
    """

    worker: Row
    open: tuple[Row, ...]
    done: tuple[Row, ...]
    told: tuple[Told, ...]
    runs: tuple[Row, ...]
    places: tuple[Row, ...]
    reports: bool


def field_day(store: Store, asking: Viewer, now: datetime) -> FieldDay:
    """Return what a signed-in worker's page shows.

    Raises:
        NotAllowed: No worker uses this account.
    """
    worker = worker_of_viewer(store, asking)
    community_id = worker["community_id"]
    tasks = tasks_of(store, asking)
    done = [
        row
        for row in tasks_of(store, asking, ("finished",))
        if row["finished_at"] is not None and row["finished_at"] > now - DONE_SHOWN
    ]
    reports = may_report(asking)
    hands = actor_of(store, asking)
    to = [f"worker:{worker['worker_id']}", f"role:{asking.role}"]
    if hands.organisation_id:
        to.append(f"organisation:{hands.organisation_id}")
    told = unread(store, to, None, community_id=community_id, now=now)
    return FieldDay(
        worker,
        tuple(_by_place(tasks)),
        tuple(done),
        tuple(reversed(told)),
        tuple(active_runs(store, community_id)),
        tuple(_places(store, asking, community_id) if reports else ()),
        reports,
    )


def worker_of_viewer(store: Store, asking: Viewer) -> Row:
    """Return the worker who uses the viewer's account.

    Raises:
        NotAllowed: There is none, or the worker has left.
    """
    hands = actor_of(store, asking)
    rows = store.rows("worker/one", worker_id=hands.worker_id) if hands.worker_id else []
    if not rows or rows[0]["community_id"] not in asking.community_ids:
        raise NotAllowed(role=asking.role, action="case.write")
    return rows[0]


def may_report(asking: Viewer) -> bool:
    """Tell whether a role reports what it sees: in the own grid, or in the whole community."""
    return scope_of(asking.role, "case.write") in ("own_grid", "community")


def _places(store: Store, asking: Viewer, community_id: str) -> list[Row]:
    return store.rows(
        "place/choices_in_areas",
        community_id=community_id,
        kinds=["building", *KEY_PLACE_KINDS],
        reach=reach(store, asking, "case.write", community_id),
    )


def _by_place(tasks: list[Row]) -> list[Row]:
    """Return tasks place by place, the place with the most urgent first."""
    first: dict[str, int] = {}
    for number, row in enumerate(tasks):
        first.setdefault(row["place_zh"] or "", number)
    return sorted(tasks, key=lambda row: first[row["place_zh"] or ""])
