"""Holds who may call and answer, and writes each call down: who, when, why, and no picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from actions.access import NotAllowed, NotThere, allow
from actions.auditing import line_for
from actions.cases.access import actor_of, reached_case
from actions.cases.tasks import OPEN
from actions.field.day import worker_of_viewer
from data.audit import AuditChain
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.privacy import scope_of
from rules.viewer import Viewer
from rules.vocabulary import VIDEO_PURPOSES

Row = dict[str, Any]


class VideoPurposeUnknown(RuleViolation):
    """A call says why it is made: one of VIDEO_PURPOSES."""

    code = "video_purpose_unknown"


@dataclass(frozen=True, slots=True)
class VideoCall:
    """A call as it stands.

    Attributes:
        caller: Account that called, as the logs name it.
        callsign: How screens name the worker.
        purpose: A code of VIDEO_PURPOSES.
        answered_by: Account that answered; None while it rings.
        started_at: When it rang, UTC.
    """

    call_id: str
    case_id: str
    community_id: str
    caller: str
    worker_id: str
    callsign: str
    purpose: str
    started_at: datetime
    answered_by: str | None = None
    answered_at: datetime | None = None


def may_answer(asking: Viewer, community_id: str) -> bool:
    """Tell whether a viewer sits at the command centre of a community."""
    here = asking.kind == "account" and community_id in asking.community_ids
    return here and scope_of(asking.role, "case.write") == "community"


def ring(store: Store, audit: AuditChain, asking: Viewer, task_id: str, purpose: str) -> VideoCall:
    """Begin a call from the own open task; on disk when this returns.

    Raises:
        NotThere, NotAllowed: The task is not the viewer's, or is over.
        VideoPurposeUnknown: No reason was given.
    """
    if purpose not in VIDEO_PURPOSES:
        raise VideoPurposeUnknown(purpose=purpose[:40])
    rows = store.rows("task/one", task_id=task_id)
    actor = actor_of(store, asking)
    if not rows or not actor.does(rows[0]["assignee_kind"], rows[0]["assignee_id"]):
        raise NotThere(task=task_id)
    if rows[0]["status"] not in OPEN or rows[0]["case_id"] is None:
        raise NotThere(task=task_id)
    allow("case.write", rows[0]["community_id"])
    worker = worker_of_viewer(store, asking)

    def unit(tx: Transaction) -> VideoCall:
        call = VideoCall(
            tx.ids(1)[0],
            rows[0]["case_id"],
            rows[0]["community_id"],
            asking.actor,
            worker["worker_id"],
            worker["callsign"],
            purpose,
            tx.now,
        )
        _append(tx, call, "ringing", asking.actor)
        audit.note(tx, _line(asking, call, "video.call", purpose))
        return call

    return store.write(unit).result()


def answer(store: Store, audit: AuditChain, asking: Viewer, call: VideoCall) -> VideoCall:
    """Take a call at the command centre.

    Raises:
        NotThere, NotAllowed: The case is not the viewer's, or the viewer is not at the desk.
    """
    reached_case(store, asking, call.case_id)
    if not may_answer(asking, call.community_id):
        raise NotAllowed(role=asking.role, action="case.write")

    def unit(tx: Transaction) -> VideoCall:
        taken = replace(call, answered_by=asking.actor, answered_at=tx.now)
        _append(tx, taken, "answered", asking.actor)
        audit.note(tx, _line(asking, taken, "video.answer", call.purpose))
        return taken

    return store.write(unit).result()


def end(store: Store, audit: AuditChain, call: VideoCall, outcome: str, asking: Viewer) -> None:
    """Write down that a call is over and how: a code of VIDEO_OUTCOMES."""

    def unit(tx: Transaction) -> None:
        _append(tx, call, "ended", asking.actor, outcome)
        audit.note(tx, _line(asking, call, "video.end", outcome))

    store.write(unit).result()


def calls_of(store: Store, case_id: str) -> list[Row]:
    """Return the calls about a case, the first first; the caller has checked the reader.

    Returns:
        call_id, callsign, purpose, outcome, started_at, answered_at, ended_at, answered_by.
    """
    return store.rows("video_call/of_case", case_id=case_id)


def end_left_open(store: Store) -> None:
    """Write down as lost what rang or ran when the program stopped; call it once at the start."""

    if not store.rows("video_call/unended"):
        return

    def unit(tx: Transaction) -> None:
        rows = tx.rows("video_call/unended")
        tx.append(
            "video_call",
            [
                {
                    **row,
                    "event_kind": "ended",
                    "happened_at": tx.now,
                    "actor": "system",
                    "outcome": "lost",
                    "ended_at": tx.now,
                }
                for row in rows
            ],
        )

    store.write(unit).result()


def _append(
    tx: Transaction, call: VideoCall, kind: str, actor: str, outcome: str | None = None
) -> None:
    row = {
        "event_kind": kind,
        "happened_at": tx.now,
        "actor": actor,
        "call_id": call.call_id,
        "case_id": call.case_id,
        "community_id": call.community_id,
        "caller": call.caller,
        "worker_id": call.worker_id,
        "answered_by": call.answered_by,
        "purpose": call.purpose,
        "outcome": outcome,
        "started_at": call.started_at,
        "answered_at": call.answered_at,
        "ended_at": tx.now if outcome else None,
    }
    tx.append("video_call", [row])


def _line(asking: Viewer, call: VideoCall, action: str, detail: str) -> Any:
    return line_for(
        asking,
        action,
        call.community_id,
        subject_kind="video_call",
        subject_id=call.call_id,
        case_id=call.case_id,
        purpose="case_handling",
        detail=detail,
    )
