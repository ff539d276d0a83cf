"""Decides what starting a plan makes: its tasks with deadlines, what is short, who must confirm.

REFERENCE §8, DOMAIN R15: a plan begins on one officer's word, a second person confirms within ten
minutes or is escalated to. A drill runs by the same rules and says so in everything it makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from rules.approvals import CONFIRM_WITHIN, second_person, step
from rules.cases import case_text
from rules.clocks import MomentNaive
from rules.errors import RuleViolation
from rules.plan_shortfalls import PlanShortfall, Resources, shortfalls
from rules.plans import Plan, PlanStep

StepState = Literal["waiting", "under_way", "done", "skipped", "unable"]
Confirmation = Literal["waiting", "confirmed", "refused", "escalated"]
SETTLED: tuple[StepState, ...] = ("done", "skipped", "unable")
# Doing something again after it proved impossible is allowed; undoing what was done is not.
STEP_MOVES: Mapping[StepState, tuple[StepState, ...]] = {
    "waiting": ("under_way", "done", "skipped", "unable"),
    "under_way": ("done", "skipped", "unable"),
    "unable": ("under_way", "done"),
    "skipped": ("under_way", "done"),
    "done": (),
}
TEXT_NEEDED: tuple[StepState, ...] = ("skipped", "unable")


class StepNotAllowed(RuleViolation):
    """The task is not in a state for this; show its present one."""

    code = "step_not_allowed"


class StepTooEarly(RuleViolation):
    """Tasks that must be settled first are open; `open` names them."""

    code = "step_too_early"


class RunNotFinished(RuleViolation):
    """Required tasks are open; settle each or say why not before ending. `open` names them."""

    code = "run_not_finished"


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One step of a running plan.

    Attributes:
        step: The step as the plan's version has it.
        due_at: When it should be done.
        drill: True in a drill: every screen and message that shows the task must say so.
        state: A code of PLAN_STEP_STATES.
        changed_at: When it came into that state.
        changed_by: Who brought it there.
        text: Why it was skipped or impossible.
    """

    step: PlanStep
    due_at: datetime
    drill: bool
    state: StepState = "waiting"
    changed_at: datetime | None = None
    changed_by: str | None = None
    text: str | None = None

    def overdue(self, now: datetime) -> bool:
        """Tell whether it is open past its time."""
        return self.state not in SETTLED and now > self.due_at


@dataclass(frozen=True, slots=True)
class Activation:
    """A plan set going.

    Attributes:
        plan_id: The plan.
        version: Its version; the run keeps it whatever becomes of the plan.
        drill: True for a drill.
        started_at: When.
        started_by: Who.
        started_by_worker: The worker behind that account, where known.
        confirm_by: When a second person must have confirmed.
        confirmation: State of that.
        tasks: Every task, in the order of the plan, all at once.
        shortfalls: What is missing; they hinder nothing.
    """

    plan_id: str
    version: int
    drill: bool
    started_at: datetime
    started_by: str
    started_by_worker: str | None
    confirm_by: datetime
    confirmation: Confirmation
    tasks: tuple[PlanTask, ...]
    shortfalls: tuple[PlanShortfall, ...]


def activate(
    plan: Plan,
    resources: Resources,
    now: datetime,
    actor: str,
    worker: str | None = None,
    *,
    today: date,
    drill: bool,
) -> Activation:
    """Set a plan going: all tasks at once, with what is short beside them.

    Args:
        plan: The version that holds.
        resources: What is there.
        now: Aware present moment.
        actor: Who starts it.
        worker: The worker behind that account, where known.
        today: Local date of the community.
        drill: True for a drill; there is no default, so that nobody drills by accident or the
            reverse.

    Raises:
        MomentNaive: `now` has no zone.
    """
    if now.tzinfo is None:
        raise MomentNaive(moment=now.isoformat())
    tasks = tuple(PlanTask(each, now + timedelta(seconds=each.due_s), drill) for each in plan.steps)
    return Activation(
        plan_id=plan.plan_id,
        version=plan.version,
        drill=drill,
        started_at=now,
        started_by=actor,
        started_by_worker=worker,
        confirm_by=now + CONFIRM_WITHIN,
        confirmation="waiting",
        tasks=tasks,
        shortfalls=shortfalls(plan, resources, today),
    )


def confirm(run: Activation, actor: str, worker: str | None = None) -> Activation:
    """Return the run as confirmed by a second person; late is possible, it was escalated then.

    Raises:
        SecondPersonNeeded: It is whoever started it.
        ApprovalSettled: It is confirmed or refused already.
    """
    second_person(run.started_by, actor, run.started_by_worker, worker)
    step("after", run.confirmation, "confirm")
    return replace(run, confirmation="confirmed")


def refuse(run: Activation, actor: str, worker: str | None = None) -> Activation:
    """Return the run as refused by a second person; what was set going is ended by a person.

    Raises:
        SecondPersonNeeded: It is whoever started it.
        ApprovalSettled: It is confirmed or refused already.
    """
    second_person(run.started_by, actor, run.started_by_worker, worker)
    step("after", run.confirmation, "refuse")
    return replace(run, confirmation="refused")


def escalated(run: Activation, now: datetime) -> Activation:
    """Return the run as it stands at `now`: unconfirmed after ten minutes it is escalated."""
    if run.confirmation == "waiting" and now >= run.confirm_by:
        return replace(run, confirmation="escalated")
    return run


def move_task(
    run: Activation,
    step_id: str,
    state: StepState,
    actor: str,
    now: datetime,
    text: str | None = None,
) -> Activation:
    """Return the run with one task in its new state.

    Args:
        run: The run.
        step_id: Which task.
        state: The state wanted.
        actor: Who.
        now: Aware present moment.
        text: Why; mandatory where a step is skipped or impossible.

    Raises:
        StepNotAllowed: There is no such task, or not from its state.
        StepTooEarly: It waits for others; skipping and giving up need not wait.
        CaseTextNeeded: The text is missing.
    """
    task = next((each for each in run.tasks if each.step.step_id == step_id), None)
    if task is None or state not in STEP_MOVES[task.state]:
        raise StepNotAllowed(step=step_id, state=task.state if task else None)
    if state in ("under_way", "done"):
        waits_for = [
            each.step.step_id
            for each in run.tasks
            if each.step.step_id in task.step.after and each.state not in SETTLED
        ]
        if waits_for:
            raise StepTooEarly(step=step_id, open=", ".join(waits_for))
    said = case_text(text, required=state in TEXT_NEEDED)
    moved = replace(task, state=state, changed_at=now, changed_by=actor, text=said)
    return replace(run, tasks=tuple(moved if each is task else each for each in run.tasks))


def check_end(run: Activation) -> None:
    """Hold that a run may end: every required task is done, skipped or impossible, with its why.

    Raises:
        RunNotFinished: Required tasks are open.
    """
    left = [t.step.step_id for t in run.tasks if t.step.required and t.state not in SETTLED]
    if left:
        raise RunNotFinished(open=", ".join(left))
