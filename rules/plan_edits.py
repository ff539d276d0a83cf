"""Makes the next version of a plan by one change: a step added, altered or removed, its name."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rules.plans import Plan, PlanInvalid, parse_plan


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step as somebody typed it.

    Attributes:
        after: Id of the step that comes first; empty for none. Others it waits for are kept.
    """

    title_zh: str
    title_en: str
    role: str
    people: int
    due_s: int
    required: bool
    after: str = ""


@dataclass(frozen=True, slots=True)
class PlanHead:
    """The plan's names, and by when it is to be looked through again."""

    title_zh: str
    title_en: str
    review_by: date | None


def with_step(plan: Plan, step_id: str | None, draft: StepDraft) -> Plan:
    """Return the next version with one step altered, or added at the end.

    Args:
        step_id: The step; None for a new one.

    Raises:
        PlanInvalid: There is no such step, or the plan could not be followed.
    """
    document = _next(plan)
    typed = asdict(draft)
    typed["after"] = [draft.after] if draft.after else []
    steps: list[dict[str, Any]] = document["steps"]
    if step_id is None:
        steps.append({**typed, "step_id": _free_id(plan, draft.title_en)})
        return parse_plan(document)
    place = _place(plan, step_id)
    kept = [each for each in steps[place]["after"][1:] if each != draft.after]
    typed["after"] = [*typed["after"], *kept] if draft.after else []
    steps[place] = {**steps[place], **typed}
    return parse_plan(document)


def without_step(plan: Plan, step_id: str) -> Plan:
    """Return the next version without a step; nothing waits for it any more.

    Raises:
        PlanInvalid: There is no such step, or it is the last one.
    """
    document = _next(plan)
    del document["steps"][_place(plan, step_id)]
    for step in document["steps"]:
        step["after"] = [each for each in step["after"] if each != step_id]
    return parse_plan(document)


def with_head(plan: Plan, head: PlanHead) -> Plan:
    """Return the next version under other names.

    Raises:
        PlanInvalid: A name is missing or too long.
    """
    return parse_plan({**_next(plan), **asdict(head)})


def _next(plan: Plan) -> dict[str, Any]:
    return {**plan.model_dump(mode="json"), "version": plan.version + 1}


def _place(plan: Plan, step_id: str) -> int:
    for place, step in enumerate(plan.steps):
        if step.step_id == step_id:
            return place
    raise PlanInvalid(field="steps", message=f"there is no step {step_id}")


def _free_id(plan: Plan, title: str) -> str:
    """Return an id for a new step, from its English name where that yields one."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:30].strip("-") or "step"
    taken = {step.step_id for step in plan.steps}
    return next(
        name for n in range(1, 1_000) if (name := words if n == 1 else f"{words}-{n}") not in taken
    )
