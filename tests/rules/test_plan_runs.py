"""A plan starts at one click, is confirmed by a second person, and its tasks are settled."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from rules.approvals import ApprovalSettled, SecondPersonNeeded
from rules.cases import CaseTextNeeded
from rules.clocks import MomentNaive
from rules.plan_runs import (
    Activation,
    RunNotFinished,
    StepNotAllowed,
    StepTooEarly,
    activate,
    check_end,
    confirm,
    escalated,
    move_task,
    refuse,
)
from rules.plan_shortfalls import PlanShortfall, Resources, shortfalls
from rules.plan_vocabulary import PLAN_SHORTFALLS, PLAN_STEP_STATES
from tests.rules.plan_stage import ENOUGH, PLAN, T0, TODAY, started

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def test_one_click_makes_every_task_with_its_time() -> None:
    run = started()
    assert [(t.step.step_id, (t.due_at - T0) // MINUTE) for t in run.tasks] == [
        ("look", 5),
        ("cordon", 10),
        ("pump", 15),
        ("cut-power", 15),
        ("tell", 20),
        ("report", 60),
    ]
    assert {task.state for task in run.tasks} == {"waiting"}
    assert (run.plan_id, run.version, run.confirmation) == ("flooding", 3, "waiting")
    assert run.shortfalls == ()


@pytest.mark.parametrize("drill", [True, False])
def test_a_drill_says_so_in_everything_it_makes(drill: bool) -> None:
    run = started(drill)
    assert run.drill is drill
    assert {task.drill for task in run.tasks} == {drill}


def test_a_start_without_a_zone_is_refused() -> None:
    with pytest.raises(MomentNaive):
        activate(PLAN, ENOUGH, T0.replace(tzinfo=None), "officer", today=TODAY, drill=True)


class TestConfirmation:
    def test_a_second_person_has_ten_minutes_and_can_still_confirm_later(self) -> None:
        run = started()
        assert run.confirm_by == T0 + 10 * MINUTE
        assert escalated(run, T0 + 10 * MINUTE - SECOND).confirmation == "waiting"
        late = escalated(run, T0 + 10 * MINUTE)
        assert late.confirmation == "escalated"
        assert confirm(late, "secretary").confirmation == "confirmed"

    def test_a_confirmed_run_is_never_escalated(self) -> None:
        run = confirm(started(), "secretary", "w-2")
        assert escalated(run, T0 + 60 * MINUTE) == run

    @pytest.mark.parametrize(("actor", "worker"), [("officer", "w-1"), ("other-account", "w-1")])
    def test_whoever_started_it_is_not_the_second_person(self, actor: str, worker: str) -> None:
        for decide in (confirm, refuse):
            with pytest.raises(SecondPersonNeeded):
                decide(started(), actor, worker)

    def test_what_is_decided_stays_decided(self) -> None:
        for settled in (confirm(started(), "secretary"), refuse(started(), "secretary")):
            for decide in (confirm, refuse):
                with pytest.raises(ApprovalSettled):
                    decide(settled, "street")


# What may follow what, apart from the rule's own table.
ALLOWED = {
    ("waiting", "under_way"),
    ("waiting", "done"),
    ("waiting", "skipped"),
    ("waiting", "unable"),
    ("under_way", "done"),
    ("under_way", "skipped"),
    ("under_way", "unable"),
    ("unable", "under_way"),
    ("unable", "done"),
    ("skipped", "under_way"),
    ("skipped", "done"),
}


def in_state(state: str) -> Activation:
    run = started()
    tasks = (replace(run.tasks[0], state=state), *run.tasks[1:])  # type: ignore[arg-type]
    return replace(run, tasks=tasks)


@pytest.mark.parametrize(("before", "after"), list(product(PLAN_STEP_STATES, PLAN_STEP_STATES)))
def test_every_pair_of_states_of_a_task_is_allowed_or_refused(before: str, after: str) -> None:
    def move() -> Activation:
        return move_task(in_state(before), "look", after, "g-1", T0, "积水太深")  # type: ignore[arg-type]

    if (before, after) in ALLOWED:
        assert move().tasks[0].state == after
    else:
        with pytest.raises(StepNotAllowed):
            move()


def test_there_is_no_such_task() -> None:
    with pytest.raises(StepNotAllowed):
        move_task(started(), "dance", "done", "g-1", T0)


def test_a_task_waits_for_those_before_it() -> None:
    run = started()
    with pytest.raises(StepTooEarly) as raised:
        move_task(run, "report", "done", "c-1", T0)
    assert raised.value.fields["open"] == "cordon, pump"
    run = move_task(run, "look", "done", "g-1", T0 + MINUTE)
    assert move_task(run, "pump", "under_way", "p-1", T0 + MINUTE).tasks[2].changed_by == "p-1"
    # giving up need not wait
    assert move_task(run, "report", "unable", "c-1", T0, "电话不通").tasks[5].text == "电话不通"


@pytest.mark.parametrize("state", ["skipped", "unable"])
@pytest.mark.parametrize("text", [None, "", " "])
def test_leaving_a_task_undone_needs_a_why(state: str, text: str | None) -> None:
    with pytest.raises(CaseTextNeeded):
        move_task(started(), "look", state, "g-1", T0, text)  # type: ignore[arg-type]


def test_a_task_is_overdue_while_it_is_open_past_its_time() -> None:
    task = started().tasks[0]
    assert not task.overdue(T0 + 5 * MINUTE)
    assert task.overdue(T0 + 5 * MINUTE + SECOND)
    assert not replace(task, state="done").overdue(T0 + 60 * MINUTE)


def test_a_run_ends_when_every_required_task_is_settled() -> None:
    run = started()
    with pytest.raises(RunNotFinished) as raised:
        check_end(run)
    assert raised.value.fields["open"] == "look, cordon, pump, cut-power, report"
    for step_id in ("look", "cordon", "pump"):
        run = move_task(run, step_id, "done", "w", T0)
    run = move_task(run, "cut-power", "skipped", "w", T0, "无需断电")
    run = move_task(run, "report", "unable", "w", T0, "电话不通")
    check_end(run)  # telling people was not required


class TestShortfalls:
    @pytest.mark.parametrize(
        ("resources", "expected"),
        [
            (
                replace(ENOUGH, on_duty={**ENOUGH.on_duty, "patrol": []}),
                PlanShortfall("nobody_on_duty", "patrol", "cordon", 2),
            ),
            (
                # the same person twice is one person
                replace(ENOUGH, on_duty={**ENOUGH.on_duty, "patrol": ["r-1", "r-1"]}),
                PlanShortfall("too_few", "patrol", "cordon", 1),
            ),
            (
                replace(ENOUGH, reachable_services=frozenset()),
                PlanShortfall("contact_unreachable", "drains", "pump"),
            ),
            (
                replace(ENOUGH, contacts={}),
                PlanShortfall("contact_unknown", "power", "cut-power"),
            ),
            (
                replace(ENOUGH, contacts={"contact-7": False}),
                PlanShortfall("contact_unreachable", "power", "cut-power"),
            ),
            (
                replace(ENOUGH, cameras={"cam-1": False, "cam-2": True}),
                PlanShortfall("camera_offline", "cam-1"),
            ),
            (
                replace(ENOUGH, cameras={"cam-1": True}),
                PlanShortfall("camera_unknown", "cam-2", "look"),
            ),
            (
                replace(ENOUGH, area_ids=frozenset()),
                PlanShortfall("area_unknown", "estate-1"),
            ),
        ],
    )
    def test_what_is_missing_is_named_and_hinders_nothing(
        self, resources: Resources, expected: PlanShortfall
    ) -> None:
        run = activate(PLAN, resources, T0, "officer", today=TODAY, drill=False)
        assert run.shortfalls == (expected,)
        assert len(run.tasks) == len(PLAN.steps)
        assert expected.code in PLAN_SHORTFALLS

    def test_a_plan_that_was_not_looked_through_says_so_from_the_next_day(self) -> None:
        assert PLAN.review_by is not None
        assert shortfalls(PLAN, ENOUGH, PLAN.review_by) == ()
        late = shortfalls(PLAN, ENOUGH, PLAN.review_by + timedelta(days=1))
        assert late == (PlanShortfall("review_overdue", "flooding"),)

    def test_an_empty_house_lacks_everything_and_the_plan_starts_all_the_same(self) -> None:
        found = shortfalls(PLAN, Resources({}), TODAY)
        assert [each.code for each in found].count("nobody_on_duty") == 5
        assert {each.code for each in found} <= set(PLAN_SHORTFALLS)
