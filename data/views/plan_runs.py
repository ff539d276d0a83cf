"""The view of running plans: the band of every screen and the wall's board; roles, never names."""

from __future__ import annotations

import json

from data.views.view import Question, Row, View, iso
from rules.plans import Plan, parse_plan


def plan_runs(question: Question) -> list[Row]:
    """Return every plan that runs with its steps, the first started first."""
    store = question.store
    return [
        _run(question, row)
        for row in store.rows("plan_run/running", community_id=question.community_id)
    ]


def _run(question: Question, row: Row) -> Row:
    store = question.store
    found = store.rows("plan/version", plan_id=row["plan_id"], version=row["version"])
    plan = parse_plan(json.loads(found[0]["document"]))
    tasks = {t["step_id"]: t for t in store.rows("plan_task/of_run", run_id=row["run_id"])}
    return {
        "id": row["run_id"],
        "kind": row["kind"],
        "title_zh": row["title_zh"],
        "title_en": row["title_en"],
        "drill": row["drill"],
        "started_at": iso(row["started_at"]),
        "confirmation": row["confirmation"],
        "confirm_by": iso(row["confirm_by"]),
        "place_id": row["place_id"],
        "camera_ids": _cameras(question, plan),
        "place_zh": row["place_zh"],
        "place_en": row["place_en"],
        # Roles and codes; a contact or camera is named by the plan's own id for it.
        "shortfalls": [
            {name: each[name] for name in ("code", "subject", "n")}
            for each in json.loads(row["shortfalls"])
        ],
        "steps": [
            {
                "id": step.step_id,
                "title_zh": step.title_zh,
                "title_en": step.title_en,
                "role": step.role,
                "people": step.people,
                "state": tasks[step.step_id]["state"],
                "due_at": iso(tasks[step.step_id]["due_at"]),
            }
            for step in plan.steps
            if step.step_id in tasks
        ],
    }


def _cameras(question: Question, plan: Plan) -> list[str]:
    """Return the devices a plan names, by our id or by the register's, in its order."""
    rows = question.store.rows("plan_run/cameras", community_id=question.community_id)
    known = {row[key]: row["device_id"] for row in rows for key in ("source_id", "device_id")}
    named = [*plan.camera_ids, *(each for step in plan.steps for each in step.camera_ids)]
    return list(dict.fromkeys(known[each] for each in named if each in known))


PLAN_RUNS = View("plan_runs", plan_runs, frozenset({"plan_run", "plan_task", "place"}))
