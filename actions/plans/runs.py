"""Carries running plans on: the second person, steps, notes; each deed one unit of the writer."""

from __future__ import annotations

from actions.access import NotThere, allow
from actions.cases.access import actor_of
from actions.files.sealed_notes import Note, keep_note, seal_note
from actions.plans.documents import PlanDesk
from actions.plans.starting import run_line
from actions.plans.state import (
    STEP_EVENTS,
    Row,
    append_run,
    known_run,
)
from data.ids import IdClock
from data.transaction import Transaction
from rules.cases import case_text
from rules.errors import RuleViolation
from rules.plan_runs import (
    StepNotAllowed,
    StepState,
    confirm,
    move_task,
    refuse,
)
from rules.viewer import Viewer

NOTE = "plan_run"
_ids = IdClock()


class RunEnded(RuleViolation):
    """The run has ended; its review can be read, nothing more is done in it."""

    code = "run_ended"


def decide_run(desk: PlanDesk, asking: Viewer, run_id: str, *, agrees: bool) -> None:
    """Be the second person of a run: confirm it, or refuse it, which somebody then ends.

    Raises:
        NotThere, NotAllowed: The run or the deed is not the viewer's.
        SecondPersonNeeded: The viewer started it.
        ApprovalSettled, RunEnded: It is decided already, or over.
    """
    here = run_in_reach(desk, asking, run_id)
    allow("plan.approve", here["community_id"])
    worker = actor_of(desk.store, asking).worker_id

    def unit(tx: Transaction) -> None:
        row = present_run(tx, run_id)
        _, run = known_run(tx, row)
        after = (confirm if agrees else refuse)(run, asking.actor, worker)
        state = {**row, "confirmation": after.confirmation, "confirmed_by": asking.actor}
        append_run(tx, {**state, "note_id": None}, after.confirmation, asking.actor, tx.now)
        action = "plan.confirm" if agrees else "plan.refuse"
        desk.audit.note(tx, run_line(asking, row, action))

    desk.store.write(unit).result()


def move_step(
    desk: PlanDesk,
    asking: Viewer,
    run_id: str,
    step_id: str,
    state: StepState,
    text: str | None = None,
    seen: str | None = None,
) -> None:
    """Bring one task of a run into another state.

    Args:
        text: Why; mandatory where a step is skipped or impossible. Kept sealed.
        seen: The state the viewer looked at; None takes it as it is.

    Raises:
        NotThere, NotAllowed: The run or the deed is not the viewer's.
        StepNotAllowed: Not from its present state, or somebody was first.
        StepTooEarly, CaseTextNeeded, RunEnded: As it says.
    """
    here = run_in_reach(desk, asking, run_id)
    allow("plan.run", here["community_id"])
    note = _note(desk, here["community_id"], text)

    def unit(tx: Transaction) -> None:
        row = present_run(tx, run_id)
        _, run = known_run(tx, row)
        tasks = {t["step_id"]: t for t in tx.rows("plan_task/of_run", run_id=run_id)}
        _check_seen(tasks.get(step_id), seen)
        move_task(run, step_id, state, asking.actor, tx.now, text)
        event = {
            **tasks[step_id],
            "event_kind": STEP_EVENTS[state],
            "happened_at": tx.now,
            "actor": asking.actor,
            "state": state,
            "changed_at": tx.now,
            "changed_by": asking.actor,
            "note_id": note.owner_id if note else None,
        }
        tx.append("plan_task", [event])
        if note:
            keep_note(tx, note, tx.now)

    desk.store.write(unit).result()


def write_note(desk: PlanDesk, asking: Viewer, run_id: str, text: str) -> None:
    """Write something down in a run, for its timeline.

    Raises:
        NotThere, NotAllowed: The run or the deed is not the viewer's.
        CaseTextNeeded, RunEnded: As it says.
    """
    here = run_in_reach(desk, asking, run_id)
    allow("plan.run", here["community_id"])
    note = _note(desk, here["community_id"], case_text(text, required=True))

    def unit(tx: Transaction) -> None:
        row = present_run(tx, run_id)
        if note:
            append_run(tx, {**row, "note_id": note.owner_id}, "note", asking.actor, tx.now)
            keep_note(tx, note, tx.now)

    desk.store.write(unit).result()


def run_in_reach(desk: PlanDesk, asking: Viewer, run_id: str) -> Row:
    """Return a run of the viewer's communities, running or ended.

    Raises:
        NotThere, NotAllowed: There is none for this viewer.
    """
    rows = desk.store.rows("plan_run/one", run_id=run_id)
    if not rows or rows[0]["community_id"] not in asking.community_ids:
        raise NotThere()
    allow("plan.read", rows[0]["community_id"])
    return rows[0]


def present_run(tx: Transaction, run_id: str) -> Row:
    """Return a run that is on, inside the unit that changes it.

    Raises:
        RunEnded: It is over.
    """
    row = tx.rows("plan_run/one", run_id=run_id)[0]
    if row["ended_at"] is not None:
        raise RunEnded()
    return row


def _note(desk: PlanDesk, community_id: str, text: str | None) -> Note | None:
    words = case_text(text, required=False)
    if words is None:
        return None
    (note_id,) = _ids.take(1)
    return seal_note(desk.keyring, NOTE, note_id, "note", community_id, None, words)


def _check_seen(task: Row | None, seen: str | None) -> None:
    if task is not None and seen not in (None, task["state"]):
        raise StepNotAllowed(step=task["step_id"], state=task["state"])
