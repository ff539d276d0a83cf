"""Starts a plan: all its tasks at once, everybody concerned told, what is short beside them.

ADR 0023. A drill runs by the same rules, says so in every row, and moves no case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.access import allow
from actions.auditing import line_for
from actions.cases.access import actor_of, reached_case
from actions.files.consulting import local_day
from actions.notify.outbox import tell
from actions.plans.documents import PlanDesk, plan_of
from actions.plans.state import Row, append_run, resources_of, shortfalls_text
from data.audit import AuditLine
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.plan_runs import Activation, activate
from rules.plans import Plan
from rules.viewer import Viewer

_TOLD_ROLES = ("secretary", "duty_officer")


class RunPlaceUnknown(RuleViolation):
    """The place is not registered in this community; choose another or none."""

    code = "run_place_unknown"


@dataclass(frozen=True, slots=True)
class Start:
    """What a plan is started for.

    Attributes:
        code: The plan, as its document calls itself.
        drill: True for a drill; there is no default.
        place_id: Where it is, if one place says it.
        case_id: The case it belongs to.
        alarm_id: The alarm it is started from.
    """

    code: str
    drill: bool
    place_id: str | None = None
    case_id: str | None = None
    alarm_id: str | None = None


def start_plan(desk: PlanDesk, asking: Viewer, community_id: str, start: Start) -> str:
    """Set a plan going: all tasks at once, everybody told; returns the run's id.

    The same plan, drill or not, for the same place is started once: pressing again returns the
    run that is on.

    Raises:
        NotThere, NotAllowed: The community, plan, case or deed is not the viewer's.
        RunPlaceUnknown: As it says.
    """
    allow("plan.run", community_id)
    row = plan_of(desk.store, community_id, start.code)
    case = reached_case(desk.store, asking, start.case_id) if start.case_id else None
    worker = actor_of(desk.store, asking).worker_id
    today = local_day(desk.store, community_id, desk.now())

    def unit(tx: Transaction) -> str:
        for run in tx.rows("plan_run/running", community_id=community_id):
            same = (run["plan_id"], run["drill"], run["place_id"], run["case_id"])
            if same == (row["plan_id"], start.drill, start.place_id, start.case_id):
                return str(run["run_id"])
        return _start(tx, desk, asking, row, start, case, worker, today)

    return desk.store.write(unit).result()


def _start(
    tx: Transaction,
    desk: PlanDesk,
    asking: Viewer,
    row: Row,
    start: Start,
    case: Row | None,
    worker: str | None,
    today: date,
) -> str:
    plan: Plan = row["plan"]
    community_id = row["community_id"]
    area_id = case["area_id"] if case else None
    if start.place_id:
        places = tx.rows("plan_run/place", community_id=community_id, place_id=start.place_id)
        if not places:
            raise RunPlaceUnknown()
        area_id = places[0]["area_id"]
    resources, duty = resources_of(tx, community_id, plan, asking.actor)
    run = activate(plan, resources, tx.now, asking.actor, worker, today=today, drill=start.drill)
    (run_id,) = tx.ids(1)
    state = {
        "run_id": run_id,
        "community_id": community_id,
        "plan_id": row["plan_id"],
        "version": plan.version,
        "kind": plan.kind,
        "title_zh": plan.title_zh,
        "title_en": plan.title_en,
        "drill": run.drill,
        "started_at": run.started_at,
        "started_by": run.started_by,
        "started_worker_id": run.started_by_worker,
        "confirm_by": run.confirm_by,
        "confirmation": run.confirmation,
        "place_id": start.place_id,
        "area_id": area_id,
        "case_id": start.case_id,
        "alarm_id": start.alarm_id,
        "shortfalls": shortfalls_text(run.shortfalls),
        "gathered": 0,
    }
    append_run(tx, state, "activated", asking.actor, tx.now)
    tx.append("plan_task", _tasks(tx, run, state, asking.actor))
    _tell_started(tx, state, plan, duty)
    desk.audit.note(tx, run_line(asking, state, "plan.activate", "drill" if run.drill else "real"))
    return run_id


def _tasks(tx: Transaction, run: Activation, state: Row, actor: str) -> list[Row]:
    return [
        {
            "event_kind": "made",
            "happened_at": tx.now,
            "actor": actor,
            "plan_task_id": task_id,
            "community_id": state["community_id"],
            "run_id": state["run_id"],
            "step_id": task.step.step_id,
            "state": task.state,
            "due_at": task.due_at,
        }
        for task, task_id in zip(run.tasks, tx.ids(len(run.tasks)), strict=True)
    ]


def facts_to_tell(state: Mapping[str, Any]) -> dict[str, str]:
    """Return what a message about a run may carry; nothing about a person."""
    return {
        "emergency": state["kind"],
        "plan_mode": "drill" if state["drill"] else "real",
        "started_at": state["started_at"].isoformat(),
    }


def _tell_started(tx: Transaction, state: Row, plan: Plan, duty: list[Row]) -> None:
    """Tell everybody on duty in a role of the plan, and who may be the second person."""
    roles = {step.role for step in plan.steps}
    told = [f"{row['kind']}:{row['id']}" for row in duty if row["role"] in roles]
    for to in (*told, *(f"role:{role}" for role in _TOLD_ROLES)):
        tell(
            tx,
            community_id=state["community_id"],
            kind="plan_started",
            to=to,
            subject_id=state["run_id"],
            facts=facts_to_tell(state),
            key=f"plan_started:{state['run_id']}",
        )


def run_line(asking: Viewer, state: Row, action: str, detail: str | None = None) -> AuditLine:
    """Return the line of the audit for a deed on a run."""
    return line_for(
        asking,
        action,
        state["community_id"],
        subject_kind="plan_run",
        subject_id=state["run_id"],
        case_id=state["case_id"],
        detail=detail,
    )
