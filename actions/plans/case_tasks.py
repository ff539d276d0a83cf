"""Sends who is on duty for a plan to the case it belongs to, by the ordinary moves of cases."""

from __future__ import annotations

from actions.cases.moves import move_case
from actions.plans.documents import PlanDesk
from actions.plans.runs import run_in_reach
from actions.plans.state import known_run
from rules.case_facts import Move
from rules.errors import RuleViolation
from rules.viewer import Viewer

MOST_SENT = 20


def send_to_case(desk: PlanDesk, asking: Viewer, run_id: str) -> str | None:
    """Dispatch the people on duty to the run's case, or send them as more; a drill sends nobody.

    As many of each role go as the largest step of that role needs.

    Returns:
        None where they were sent, or there is no case or nobody; else the code of why the case
        could not take them, e.g. because nobody has filed it yet.
    """
    here = run_in_reach(desk, asking, run_id)
    if here["case_id"] is None or here["drill"]:
        return None
    plan, _ = known_run(desk.store, here)
    duty = desk.store.rows("plan_run/on_duty", community_id=here["community_id"])
    sent: list[str] = []
    for role in dict.fromkeys(step.role for step in plan.steps):
        needed = max(step.people for step in plan.steps if step.role == role)
        sent += [row["id"] for row in duty if row["role"] == role][:needed]
    assignees = tuple(dict.fromkeys(sent))[:MOST_SENT]
    if not assignees:
        return None
    refused: RuleViolation | None = None
    for action in ("dispatch", "reinforce"):
        try:
            move_case(desk.store, asking, here["case_id"], Move(action, assignees=assignees))
        except RuleViolation as refusal:
            refused = refused or refusal
        else:
            return None
    return refused.code if refused else None
