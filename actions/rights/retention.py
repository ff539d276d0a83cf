"""Runs retention: counted first, confirmed by a person, deleted in small batches (R18, ADR 0017).

One run at a time per store, on a thread of its own. Between batches it rests as long as the last
one took, so that the wall's commits never wait behind more than one. A run that was cut off goes on
where it was: what is gone is no longer due.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from actions.access import NotAllowed, NotThere
from actions.approvals import Approvals, Row, Wish
from actions.auditing import line_for
from actions.rights.retention_deeds import Run, append_proof, delete_batch
from actions.rights.retention_plan import ClassPlan, due, people_in, plan
from data.audit import AuditLine
from data.store import Store
from data.transaction import Transaction
from rules.approvals import one_of, reason_text
from rules.errors import RuleViolation
from rules.privacy import may
from rules.retention import CLASSES, needs_second_person, rule_version
from rules.viewer import Viewer

log = logging.getLogger(__name__)

LEAST_REST_S = 0.02
MOST_WAITING = 4  # units in the writer's queue above which a run waits
LONGEST_WAIT_S = 2.0


class RunUnderWay(RuleViolation):
    """Retention is running already; wait until it is done."""

    code = "retention_under_way"


class NothingDue(RuleViolation):
    """Nothing of the chosen classes is past its purpose."""

    code = "nothing_due"


@dataclass(frozen=True, slots=True)
class Progress:
    """How a run does, for the page; `error` is a code once it failed."""

    run_id: str
    community_id: str
    code: str = ""
    done: int = 0
    total: int = 0
    finished: bool = False
    error: str = ""


_lock = threading.Lock()
_progress: WeakKeyDictionary[Store, Progress] = WeakKeyDictionary()


def progress_of(store: Store) -> Progress | None:
    """Return how the last run since the start does, None where there was none."""
    with _lock:
        return _progress.get(store)


def allow_retention(viewer: Viewer, community_id: str) -> None:
    """Let pass who may run retention in a community; the machine's own command line may.

    Raises:
        NotThere, NotAllowed: The community or the deed is not the viewer's.
    """
    if viewer.kind == "cli":
        return
    if community_id not in viewer.community_ids:
        raise NotThere(community=community_id)
    if viewer.kind != "account" or not may(viewer.role, "retention.run"):
        raise NotAllowed(role=viewer.role, action="retention.run")


def request_run(
    approvals: Approvals,
    viewer: Viewer,
    community_id: str,
    codes: Sequence[str],
    reason: str,
    *,
    wait: bool = False,
) -> str:
    """Start a run, or ask the second person where it deletes a register of people.

    Args:
        codes: Classes to run, keys of rules/retention.CLASSES.
        reason: In the officer's words.
        wait: Return only when the run is done; for the command line.

    Returns:
        "started", or "asked" where it waits for the second person.

    Raises:
        NothingDue, RunUnderWay, CodeUnknown, ReasonNeeded, NotAllowed, NotThere: As it says.
    """
    allow_retention(viewer, community_id)
    words = reason_text(reason)
    chosen = [CLASSES[one_of(code, tuple(CLASSES), "retention_class")] for code in codes]
    now = approvals.now()
    found = [due(approvals.store, each, community_id, now, now, 0) for each in chosen]
    if not any(each.subjects for each in found):
        raise NothingDue()
    run_id: str = approvals.store.write(lambda tx: tx.ids(1)[0]).result()
    if needs_second_person(people_in(found)):
        _ask(approvals, viewer, community_id, run_id, words, found)
        return "asked"
    run = _run_of(approvals, community_id, run_id, viewer.actor, viewer.role, now)
    thread = _begin(run, [each.code for each in chosen], people_and_all(found))
    detail = ", ".join(f"{each.code}: {each.subjects}" for each in found)
    try:
        approvals.audit.record(_start(viewer, community_id, run_id, words, detail)).result()
        thread.start()
    except BaseException:
        _note(run.store, finished=True)
        raise
    if wait:
        thread.join()
    return "started"


def _start(viewer: Viewer, community_id: str, run_id: str, reason: str, detail: str) -> AuditLine:
    return line_for(
        viewer,
        "retention.start",
        community_id,
        subject_kind="retention_run",
        subject_id=run_id,
        purpose="retention",
        reason=reason,
        detail=detail,
    )


def carry_out(approvals: Approvals, approval: Row) -> bool:
    """Run what the second person has confirmed; True once nothing of it is left.

    Called again and again by the clock: it starts the run, sees it run, and notices its end.
    """
    progress = progress_of(approvals.store)
    if progress is not None and not progress.finished:
        return False
    detail = _detail(approval)
    codes = [code for code in detail.get("classes", []) if code in CLASSES]
    as_of, now = approval["asked_at"], approvals.now()
    found = [
        due(approvals.store, CLASSES[code], approval["community_id"], as_of, now, 0)
        for code in codes
    ]
    if not any(each.subjects for each in found):
        return True
    run = _run_of(
        approvals,
        approval["community_id"],
        approval["subject_id"],
        approval["decided_by"],
        approval["decided_role"],
        as_of,
    )
    try:
        _begin(run, codes, people_and_all(found)).start()
    except RunUnderWay:  # somebody else's began in this moment; the clock comes back
        log.info("retention of %s waits for another run", approval["community_id"])
    return False


def run_by_itself(approvals: Approvals, community_id: str) -> list[ClassPlan]:
    """Delete what needs nobody's word, and write down what waits for one; returns that plan.

    The nightly run of actions/clock.py.
    """
    now = approvals.now()
    run_id: str = approvals.store.write(lambda tx: tx.ids(1)[0]).result()
    run = _run_of(approvals, community_id, run_id, "system", "system", now)
    for each in CLASSES.values():
        while each.by_itself and delete_batch(run, each):
            _rest(run.store, LEAST_REST_S)
    proposed = plan(approvals.store, community_id, now)

    def unit(tx: Transaction) -> None:
        for each in proposed:
            append_proof(
                tx,
                run,
                {
                    "kind": "proposed",
                    "class": each.code,
                    "batch": 1,
                    "subjects": each.subjects,
                    "held": each.held,
                    "oldest_at": each.oldest_at,
                },
            )

    approvals.store.write(unit).result()
    return proposed


def people_and_all(found: Sequence[ClassPlan]) -> int:
    """Return how many subjects a run deletes in all."""
    return sum(each.subjects for each in found)


def _ask(
    approvals: Approvals,
    viewer: Viewer,
    community_id: str,
    run_id: str,
    reason: str,
    found: Sequence[ClassPlan],
) -> None:
    """Ask the second person for a run; what is asked for is what carry_out will do."""
    detail: dict[str, object] = {
        "classes": [each.code for each in found],
        "counts": {each.code: each.subjects for each in found},
        "people": people_in(found),
        "rule_version": rule_version(),
    }
    about = ("retention_run", run_id, "retention", reason)
    approvals.ask(viewer, Wish("register_deletion", community_id, *about, detail))


def _begin(run: Run, codes: Sequence[str], total: int) -> threading.Thread:
    """Take the one place for a run; the thread returned is not started yet."""
    with _lock:
        running = _progress.get(run.store)
        if running is not None and not running.finished:
            raise RunUnderWay(run=running.run_id)
        _progress[run.store] = Progress(run.run_id, run.community_id, total=total)
    return threading.Thread(target=_work, args=(run, tuple(codes)), name="retention", daemon=True)


def _work(run: Run, codes: Sequence[str]) -> None:
    try:
        for code in codes:
            _note(run.store, code=code)
            while True:
                started = time.perf_counter()
                done = delete_batch(run, CLASSES[code])
                if not done:
                    break
                _note(run.store, more=done)
                _rest(run.store, time.perf_counter() - started)
    except Exception as failure:  # the thread's top level; the next run takes up what is left
        log.exception("retention of %s stopped", run.community_id)
        _note(run.store, error=getattr(failure, "code", "retention_failed"))
    finally:
        _note(run.store, finished=True)


def _rest(store: Store, took_s: float) -> None:
    """Leave the writer to others as long as the last batch took, until its queue is short."""
    time.sleep(max(LEAST_REST_S, took_s))
    deadline = time.monotonic() + LONGEST_WAIT_S
    while store.health().queue_depth > MOST_WAITING and time.monotonic() < deadline:
        time.sleep(LEAST_REST_S)


def _note(store: Store, more: int = 0, **changes: Any) -> None:
    with _lock:
        now = _progress[store]
        _progress[store] = replace(now, done=now.done + more, **changes)


def _run_of(
    approvals: Approvals, community_id: str, run_id: str, actor: str, role: str, as_of: datetime
) -> Run:
    return Run(
        approvals.store,
        approvals.keyring,
        approvals.audit,
        community_id,
        run_id,
        actor,
        role,
        as_of,
        approvals.now,
    )


def _detail(approval: Row) -> dict[str, Any]:
    detail = approval["detail"]
    found: dict[str, Any] = json.loads(detail) if isinstance(detail, str) else detail or {}
    return found
