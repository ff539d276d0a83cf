"""Reads runs: what is on now, one run with its tasks, its timeline and review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.access import NotAllowed, NotThere
from actions.files.sealed_notes import notes_of
from actions.plans.documents import PlanDesk
from actions.plans.runs import NOTE, run_in_reach
from actions.plans.state import known_run
from data.store import Store
from rules.plan_review import RunEvent, TaskReview, TimelineEntry, task_reviews, timeline
from rules.plan_runs import Activation
from rules.plans import Plan
from rules.privacy import may
from rules.viewer import Viewer

Row = dict[str, Any]
MOST_ENDED = 50


@dataclass(frozen=True, slots=True)
class OpenedRun:
    """One run as its page shows it.

    Attributes:
        row: Every column of plan_run_now.
        plan: The version it follows.
        run: As the rules know it.
        timeline: What happened, in order.
        reviews: Each task against its time.
        why: Why each step was skipped or impossible, or what was said with it, by step.
    """

    row: Row
    plan: Plan
    run: Activation
    timeline: tuple[TimelineEntry, ...]
    reviews: tuple[TaskReview, ...]
    why: dict[str, str]


def active_runs(store: Store, community_id: str) -> list[Row]:
    """Return what runs now, for the band every screen shows; the first started first.

    Returns:
        run_id, kind, title_zh, title_en, drill, started_at, confirmation, place_zh, place_en.
    """
    names = (
        "run_id", "kind", "title_zh", "title_en", "drill", "started_at", "confirmation",
        "place_zh", "place_en",
    )  # fmt: skip
    rows = store.rows("plan_run/running", community_id=community_id)
    return [{name: row[name] for name in names} for row in rows]


def ended_runs(store: Store, asking: Viewer, community_id: str) -> list[Row]:
    """Return runs that are over, the latest first.

    Raises:
        NotThere, NotAllowed: The community or the deed is not the viewer's.
    """
    if community_id not in asking.community_ids:
        raise NotThere()
    if not may(asking.role, "plan.read"):
        raise NotAllowed(role=asking.role, action="plan.read")
    return store.rows("plan_run/ended", community_id=community_id, row_limit=MOST_ENDED)


def open_run(desk: PlanDesk, asking: Viewer, run_id: str, now: datetime) -> OpenedRun:
    """Return one run, on or over.

    What was written is shown to those who may run plans; others see that something was.

    Raises:
        NotThere, NotAllowed: The run or the deed is not the viewer's.
    """
    row = run_in_reach(desk, asking, run_id)
    plan, run = known_run(desk.store, row)
    events = desk.store.rows("plan_run/timeline", run_id=run_id)
    readable = may(asking.role, "plan.run")
    noted = [event["note_id"] for event in events if event["note_id"]] if readable else []
    found = notes_of(desk.store, desk.keyring, NOTE, noted)
    notes = {note_id: text for (note_id, _part), text in found.items()}
    told = timeline(run, [_event(event, notes) for event in events])
    why = {
        event["subject"]: notes[event["note_id"]]
        for event in sorted(events, key=lambda each: each["event_id"])
        if event["note_id"] in notes and event["subject"]
    }
    reviews = task_reviews(run, row["ended_at"] or now)
    return OpenedRun(row, plan, run, told, reviews, why)


def _event(event: Row, notes: dict[str, str]) -> RunEvent:
    return RunEvent(
        event["event_id"],
        event["kind"],
        event["happened_at"],
        event["recorded_at"],
        event["actor"],
        event["subject"],
        notes.get(event["note_id"]),
    )
