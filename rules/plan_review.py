"""Orders what happened while a plan ran, and compares each task with its time, for the review.

REFERENCE §8: the review tells the run to the second and is about the plan, not about people: it
compares tasks, never workers (DOMAIN R20).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.plan_runs import SETTLED, Activation, StepState
from rules.plan_vocabulary import PLAN_EVENTS


@dataclass(frozen=True, slots=True)
class RunEvent:
    """One thing that happened in a run.

    Attributes:
        event_id: Time-ordered id.
        kind: A code of PLAN_EVENTS.
        happened_at: Aware moment in the world; a phone may hand it in later.
        recorded_at: Aware moment of recording.
        actor: Who or what.
        subject: Task, case or alarm it is about, where it is about one.
        text: What was written, if anything.
    """

    event_id: str
    kind: str
    happened_at: datetime
    recorded_at: datetime
    actor: str
    subject: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A line of the review.

    Attributes:
        event: What happened.
        after_start: Time since the plan was started; negative for what led to it.
        handed_in_late: True where it was recorded over a minute after it happened.
        drill: True in a drill, on every line.
    """

    event: RunEvent
    after_start: timedelta
    handed_in_late: bool
    drill: bool


@dataclass(frozen=True, slots=True)
class TaskReview:
    """A task against its time.

    Attributes:
        step_id: Which task.
        state: How it ended, or still stands.
        planned: Time from the start until it should have been done.
        taken: Time until it was settled; None while it is open.
        late_by: How much later than planned, zero in time; of an open one, so far.
    """

    step_id: str
    state: StepState
    planned: timedelta
    taken: timedelta | None
    late_by: timedelta


LATE_RECORD = timedelta(minutes=1)


def timeline(run: Activation, events: Iterable[RunEvent]) -> tuple[TimelineEntry, ...]:
    """Order the events of a run as they happened.

    Args:
        run: The run.
        events: In any order; one that comes twice under one id is told once.

    Returns:
        By the moment it happened; what happened at the same moment in the order of PLAN_EVENTS
        (so that a start stands before what it set going), then as it was recorded.
    """
    rank = {kind: place for place, kind in enumerate(PLAN_EVENTS)}
    unique = {event.event_id: event for event in events}
    ordered = sorted(
        unique.values(),
        key=lambda e: (e.happened_at, rank.get(e.kind, len(rank)), e.recorded_at, e.event_id),
    )
    return tuple(
        TimelineEntry(
            event,
            event.happened_at - run.started_at,
            event.recorded_at - event.happened_at > LATE_RECORD,
            run.drill,
        )
        for event in ordered
    )


def task_reviews(run: Activation, now: datetime) -> tuple[TaskReview, ...]:
    """Compare each task with its time, in the order of the plan.

    Args:
        run: The run.
        now: Aware present moment, or the moment the run ended.
    """
    found = []
    for task in run.tasks:
        settled = task.changed_at if task.state in SETTLED else None
        found.append(
            TaskReview(
                task.step.step_id,
                task.state,
                task.due_at - run.started_at,
                None if settled is None else settled - run.started_at,
                max((settled or now) - task.due_at, timedelta()),
            )
        )
    return tuple(found)
