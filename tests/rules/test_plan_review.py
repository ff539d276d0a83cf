"""The review tells a run in the order it happened and compares tasks with their time."""

from datetime import timedelta
from random import Random

from rules.plan_review import RunEvent, task_reviews, timeline
from rules.plan_runs import move_task
from rules.plan_vocabulary import PLAN_EVENTS
from tests.rules.plan_stage import T0, started

MINUTE = timedelta(minutes=1)


def event(n: int, kind: str, minute: float, recorded: float | None = None) -> RunEvent:
    at = T0 + minute * MINUTE
    later = at if recorded is None else T0 + recorded * MINUTE
    return RunEvent(f"e-{n}", kind, at, later, "officer")


EVENTS = [
    event(1, "alarm_changed", -4),
    event(2, "activated", 0),
    event(3, "step_started", 0),  # in the same moment, after the start that caused it
    event(4, "confirmed", 3),
    event(5, "step_done", 6, recorded=20),  # a phone without network handed it in later
    event(6, "note", 12),
    event(7, "ended", 50),
]


def test_a_run_is_told_in_the_order_it_happened_not_in_that_of_recording() -> None:
    shuffled = [*EVENTS, EVENTS[2]]  # one of them sent twice
    for seed in range(5):
        Random(seed).shuffle(shuffled)
        entries = timeline(started(), shuffled)
        assert [entry.event for entry in entries] == EVENTS
    assert [entry.after_start / MINUTE for entry in entries] == [-4, 0, 0, 3, 6, 12, 50]
    assert [e.event.event_id for e in entries if e.handed_in_late] == ["e-5"]


def test_every_line_of_a_drill_says_so() -> None:
    assert all(entry.drill for entry in timeline(started(drill=True), EVENTS))
    assert not any(entry.drill for entry in timeline(started(), EVENTS))


def test_an_event_of_an_unknown_kind_is_told_and_not_lost() -> None:
    odd = event(9, "something_new", 0)
    assert [e.event.event_id for e in timeline(started(), [odd, EVENTS[1]])] == ["e-2", "e-9"]


def test_events_of_one_moment_follow_their_causes() -> None:
    together = [event(n, kind, 0) for n, kind in enumerate(reversed(PLAN_EVENTS))]
    assert [e.event.kind for e in timeline(started(), together)] == list(PLAN_EVENTS)


def test_tasks_are_compared_with_their_time() -> None:
    run = move_task(started(), "look", "done", "g-1", T0 + 4 * MINUTE)
    run = move_task(run, "pump", "done", "p-1", T0 + 20 * MINUTE)
    told = {r.step_id: (r.state, r.taken, r.late_by) for r in task_reviews(run, T0 + 30 * MINUTE)}
    assert told["look"] == ("done", 4 * MINUTE, 0 * MINUTE)  # a minute early
    assert told["pump"] == ("done", 20 * MINUTE, 5 * MINUTE)
    assert told["cordon"] == ("waiting", None, 20 * MINUTE)  # still open, so late so far
    assert told["report"] == ("waiting", None, 0 * MINUTE)  # not due yet
