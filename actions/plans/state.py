"""Turns the rows of a run into what rules/plan_runs.py decides on, and back into events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from data.store import Store
from data.transaction import Transaction
from rules.plan_runs import Activation, PlanTask
from rules.plan_shortfalls import PlanShortfall, Resources
from rules.plans import Plan, parse_plan

Row = dict[str, Any]
STEP_EVENTS = {
    "under_way": "step_started",
    "done": "step_done",
    "skipped": "step_skipped",
    "unable": "step_unable",
}


def known_run(source: Store | Transaction, row: Row) -> tuple[Plan, Activation]:
    """Return a run as the rules know it, with the version of the plan it follows.

    Args:
        row: Every column of plan_run_now.
    """
    found = source.rows("plan/version", plan_id=row["plan_id"], version=row["version"])
    plan = parse_plan(json.loads(found[0]["document"]))
    tasks = {t["step_id"]: t for t in source.rows("plan_task/of_run", run_id=row["run_id"])}
    made = tuple(
        PlanTask(
            step,
            task["due_at"],
            row["drill"],
            task["state"],
            task["changed_at"],
            task["changed_by"],
        )
        for step in plan.steps
        if (task := tasks.get(step.step_id)) is not None
    )
    return plan, Activation(
        plan_id=plan.plan_id,
        version=row["version"],
        drill=row["drill"],
        started_at=row["started_at"],
        started_by=row["started_by"],
        started_by_worker=row["started_worker_id"],
        confirm_by=row["confirm_by"],
        confirmation=row["confirmation"],
        tasks=made,
        shortfalls=shortfalls_of(row),
    )


def shortfalls_of(row: Row) -> tuple[PlanShortfall, ...]:
    """Return what was missing when a run was started."""
    return tuple(PlanShortfall(**each) for each in json.loads(row["shortfalls"]))


def shortfalls_text(found: Sequence[PlanShortfall]) -> str:
    """Return shortfalls as they are kept."""
    return json.dumps([asdict(each) for each in found])


def resources_of(
    source: Store | Transaction, community_id: str, plan: Plan, actor: str
) -> tuple[Resources, list[Row]]:
    """Return what is there for a plan, and the rows of who is on duty.

    Whoever starts a plan commands until somebody takes over.
    """
    duty = source.rows("plan_run/on_duty", community_id=community_id)
    on_duty: dict[str, list[str]] = {"commander": [actor]}
    for row in duty:
        on_duty.setdefault(row["role"], []).append(row["id"])
    contacts = source.rows("plan_run/contacts", community_id=community_id)
    services = {s for row in contacts if row["reachable"] for s in row["services"]}
    cameras: dict[str, bool] = {}
    for row in source.rows("plan_run/cameras", community_id=community_id):
        cameras[row["device_id"]] = cameras[row["source_id"]] = row["online"]
    areas = source.rows("area/below", community_id=community_id, roots=sorted(plan.area_ids))
    return Resources(
        on_duty=on_duty,
        reachable_services=frozenset(services),
        contacts={row["contact_id"]: row["reachable"] for row in contacts},
        cameras=cameras,
        area_ids=frozenset(row["area_id"] for row in areas),
    ), duty


def append_run(tx: Transaction, state: Row, kind: str, actor: str, at: datetime) -> Row:
    """Append one event of a run; returns it without its id."""
    event = {**state, "event_kind": kind, "happened_at": at, "actor": actor}
    event.pop("event_id", None)
    if kind != "note" and "note_id" not in state:
        event["note_id"] = None
    tx.append("plan_run", [event])
    return event
