"""Ends a run: every required step settled, the gathered people destroyed with proof, all told."""

from __future__ import annotations

from typing import Any

from actions.access import allow
from actions.notify.outbox import tell
from actions.plans.documents import PlanDesk
from actions.plans.people import destroy_key
from actions.plans.runs import present_run, run_in_reach
from actions.plans.starting import facts_to_tell, run_line
from actions.plans.state import append_run, known_run
from data.transaction import Transaction
from rules.plan_runs import check_end
from rules.viewer import Viewer

Row = dict[str, Any]


def end_run(desk: PlanDesk, asking: Viewer, run_id: str) -> None:
    """End a run; what was gathered about people is gone when this returns.

    A run that the second person refused may end with steps open: it should not have begun.

    Raises:
        NotThere, NotAllowed: The run or the deed is not the viewer's.
        RunNotFinished: Required steps are open.
        RunEnded: It is over already.
    """
    here = run_in_reach(desk, asking, run_id)
    allow("plan.run", here["community_id"])

    def check(tx: Transaction) -> Row:
        row = present_run(tx, run_id)
        if row["confirmation"] != "refused":
            check_end(known_run(tx, row)[1])
        return row

    state = desk.store.write(check).result()
    proof = destroy_key(desk, run_id) if state["gathered"] else None

    def unit(tx: Transaction) -> None:
        row = check(tx)
        tx.run("plan_run_person/drop", run_id=run_id)
        ended = {"ended_at": tx.now, "ended_by": asking.actor, "note_id": None}
        if proof is not None:
            ended |= {"destroyed_at": tx.now, "proof": proof}
            line = run_line(asking, row, "plan.destroy", f"n={row['gathered']} {proof}")
            desk.audit.note(tx, line)
        append_run(tx, {**row, **ended}, "ended", asking.actor, tx.now)
        desk.audit.note(tx, run_line(asking, row, "plan.end"))
        tell(
            tx,
            community_id=row["community_id"],
            kind="plan_ended",
            to="role:secretary",
            subject_id=run_id,
            facts=facts_to_tell(row),
            key=f"plan_ended:{run_id}",
        )

    desk.store.write(unit).result()
