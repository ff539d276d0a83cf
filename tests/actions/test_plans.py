"""Plans in the store: versions, one press, the second person, steps, and how a run ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere, current_viewer
from actions.plans.case_tasks import send_to_case
from actions.plans.clock import let_plans_wait
from actions.plans.documents import (
    PlanChanged,
    PlanDesk,
    adopt_defaults,
    default_plans,
    document_text,
    plan_of,
    plans_of,
    read_document,
    save_plan,
)
from actions.plans.ending import end_run
from actions.plans.reading import active_runs, ended_runs, open_run
from actions.plans.runs import RunEnded, decide_run, move_step, write_note
from actions.plans.starting import RunPlaceUnknown, Start, start_plan
from actions.vault import Vault
from data.rebuild import rebuild
from data.store import Store
from data.views.plan_runs import plan_runs
from data.views.view import Question
from rules.approvals import ApprovalSettled, SecondPersonNeeded
from rules.cases import CaseTextNeeded
from rules.plan_edits import PlanHead, StepDraft, with_head, with_step, without_step
from rules.plan_runs import RunNotFinished, StepNotAllowed, StepTooEarly
from rules.plan_vocabulary import EMERGENCY_KINDS
from rules.plans import PlanInvalid
from rules.viewer import Viewer
from tests.case_desk import WHY, CaseDesk

LIFT = "lift-entrapment"


class PlanStage:
    """A community with the default plans and people to run them."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self.store = store
        self.people = CaseDesk(store).set_up()
        self.desk = PlanDesk(store, vault.keyring, vault.audit)
        adopt_defaults(store, "demo", "cli")

    def acting(self, login: str) -> Viewer:
        viewer = self.people.viewers[login]
        current_viewer.set(viewer)
        return viewer

    def start(self, login: str = "officer", code: str = LIFT, **given: Any) -> str:
        start = Start(code, **{"drill": True, **given})
        return start_plan(self.desk, self.acting(login), "demo", start)

    def step(self, run_id: str, step_id: str, state: str, text: str | None = None) -> None:
        officer = self.acting("officer")
        move_step(self.desk, officer, run_id, step_id, state, text)  # type: ignore[arg-type]

    def settle(self, run_id: str) -> None:
        for task in self.run(run_id).run.tasks:
            if task.state == "waiting":
                self.step(run_id, task.step.step_id, "done")

    def run(self, run_id: str, login: str = "officer") -> Any:
        return open_run(self.desk, self.acting(login), run_id, datetime.now(UTC))

    def told(self, kind: str) -> set[str]:
        cursor = self.store.cursor()
        rows = cursor.execute("select recipient from message_now where kind = ?", [kind]).fetchall()
        cursor.close()
        return {row[0] for row in rows}

    def view(self) -> list[dict[str, Any]]:
        now = datetime.now(UTC)
        return plan_runs(Question(self.store, "demo", "Asia/Shanghai", now, tuple, lambda n: 0))


@pytest.fixture
def stage(store: Store, tmp_path: Path) -> Iterator[PlanStage]:
    vault = Vault.open(tmp_path / "keys", store)
    token = current_viewer.set(None)
    yield PlanStage(store, vault)
    current_viewer.reset(token)
    vault.close()


def test_the_default_set_is_five_plans_in_two_languages_and_says_that_it_is_one(
    stage: PlanStage,
) -> None:
    plans = default_plans()
    assert len(plans) == 5 and {plan.kind for plan in plans} <= set(EMERGENCY_KINDS)
    assert {"high_rise_fire", "urban_flooding", "gas_leak", "lift_entrapment", "typhoon"} == {
        plan.kind for plan in plans
    }
    for plan in plans:
        assert plan.triggers and plan.contacts and len(plan.steps) >= 9
        for step in plan.steps:
            assert step.title_en.isascii() and not step.title_zh.isascii()
    assert all(row["is_default"] for row in plans_of(stage.store, "demo"))
    assert adopt_defaults(stage.store, "demo", "cli") == 0


def test_an_edit_is_the_next_version_and_no_default_any_more(stage: PlanStage) -> None:
    secretary, plan = stage.acting("secretary"), plan_of(stage.store, "demo", LIFT)["plan"]
    draft = StepDraft("通知家属", "Tell the family", "grid_worker", 1, 1200, False, "talk")
    added = with_step(plan, None, draft)
    save_plan(stage.desk, secretary, "demo", added)
    row = plan_of(stage.store, "demo", LIFT)
    assert (row["version"], row["is_default"]) == (2, False)
    assert row["plan"].steps[-1].step_id == "tell-the-family"
    with pytest.raises(PlanChanged):
        save_plan(stage.desk, secretary, "demo", added)  # somebody was first
    again = without_step(with_head(row["plan"], PlanHead("电梯", "Lift", None)), "tell-the-family")
    with pytest.raises(PlanChanged):
        save_plan(stage.desk, secretary, "demo", again)  # two changes are two versions
    with pytest.raises(NotAllowed):
        save_plan(stage.desk, stage.acting("officer"), "demo", added)


def test_a_plan_goes_out_as_json_and_comes_back_the_same(stage: PlanStage) -> None:
    plan = plan_of(stage.store, "demo", "gas-leak")["plan"]
    assert read_document(document_text(plan)) == plan
    for text in ("{", "[]", "x" * 200_001, "[" * 50_000, json.dumps({"plan_id": "X!"})):
        with pytest.raises(PlanInvalid):
            read_document(text)
    with pytest.raises(PlanInvalid):
        other = plan.model_copy(update={"plan_id": "gas-two", "version": 3})
        save_plan(stage.desk, stage.acting("secretary"), "demo", other)


def test_one_press_makes_every_task_tells_everybody_and_names_what_is_short(
    stage: PlanStage,
) -> None:
    run_id = stage.start(drill=False)
    opened = stage.run(run_id)
    assert [task.state for task in opened.run.tasks] == ["waiting"] * len(opened.plan.steps)
    assert opened.row["confirmation"] == "waiting"
    assert stage.start(drill=False) == run_id  # pressed twice, it is one
    short = {(each.subject, each.code) for each in opened.run.shortfalls}
    assert ("duty_officer", "nobody_on_duty") in short and ("lift", "contact_unreachable") in short
    workers = stage.people.workers
    assert f"worker:{workers['w2']}" in stage.told("plan_started")  # property, on duty
    assert "role:secretary" in stage.told("plan_started")
    assert [row["run_id"] for row in active_runs(stage.store, "demo")] == [run_id]


def test_who_may_not_start_a_plan_does_not(stage: PlanStage) -> None:
    for login in ("grid1", "crew", "subdistrict", "privacy"):
        with pytest.raises(NotAllowed):
            stage.start(login)
    with pytest.raises(NotThere):
        stage.start(code="no-such-plan")
    with pytest.raises(RunPlaceUnknown):
        stage.start(place_id="nowhere")
    with pytest.raises(NotThere):
        stage.start(case_id="nothing")
    run_id = stage.start()
    stranger = Viewer("account", "x", "secretary", frozenset({"other"}))
    current_viewer.set(stranger)
    with pytest.raises(NotThere):
        open_run(stage.desk, stranger, run_id, datetime.now(UTC))


def test_a_second_person_confirms_and_nobody_is_his_own(stage: PlanStage) -> None:
    run_id = stage.start()
    with pytest.raises(SecondPersonNeeded):
        decide_run(stage.desk, stage.acting("officer"), run_id, agrees=True)
    with pytest.raises(NotAllowed):
        decide_run(stage.desk, stage.acting("grid1"), run_id, agrees=True)
    decide_run(stage.desk, stage.acting("second"), run_id, agrees=True)
    assert stage.run(run_id).row["confirmed_by"] == "account:a-second"
    with pytest.raises(ApprovalSettled):
        decide_run(stage.desk, stage.acting("secretary"), run_id, agrees=False)


def test_after_ten_minutes_without_one_it_is_escalated_once(stage: PlanStage) -> None:
    run_id = stage.start()
    started = stage.run(run_id).row["started_at"]
    assert let_plans_wait(stage.store, started + timedelta(minutes=9)) == 0
    late = started + timedelta(minutes=10)
    assert (let_plans_wait(stage.store, late), let_plans_wait(stage.store, late)) == (1, 0)
    assert stage.run(run_id).row["confirmation"] == "escalated"
    assert stage.told("plan_unconfirmed") == {"role:secretary", "role:subdistrict"}
    decide_run(stage.desk, stage.acting("subdistrict"), run_id, agrees=True)  # late is possible
    assert stage.run(run_id).row["confirmation"] == "confirmed"


def test_steps_go_their_way_and_what_is_not_done_says_why(stage: PlanStage) -> None:
    run_id = stage.start()
    with pytest.raises(StepTooEarly):
        stage.step(run_id, "power-off", "done")
    with pytest.raises(CaseTextNeeded):
        stage.step(run_id, "on-site", "unable")
    stage.step(run_id, "on-site", "unable", WHY)
    stage.step(run_id, "power-off", "under_way")
    stage.step(run_id, "power-off", "done")
    with pytest.raises(StepNotAllowed):
        stage.step(run_id, "power-off", "skipped", WHY)
    with pytest.raises(StepNotAllowed):  # somebody was first
        officer = stage.acting("officer")
        move_step(stage.desk, officer, run_id, "talk", "done", seen="under_way")
    opened = stage.run(run_id)
    assert opened.why == {"on-site": WHY}
    assert stage.run(run_id, "grid1").why == {}  # who cannot run plans does not read it
    cursor = stage.store.cursor()
    logged = str(cursor.execute("from plan_task_event select note_id, state, step_id").fetchall())
    cursor.close()
    assert WHY not in logged


def test_it_ends_when_the_required_steps_are_settled_and_leaves_its_review(
    stage: PlanStage,
) -> None:
    run_id = stage.start()
    with pytest.raises(RunNotFinished):
        end_run(stage.desk, stage.acting("officer"), run_id)
    stage.settle(run_id)
    write_note(stage.desk, stage.acting("officer"), run_id, "现场已恢复")
    end_run(stage.desk, stage.acting("officer"), run_id)
    opened = stage.run(run_id)
    kinds = [entry.event.kind for entry in opened.timeline]
    assert kinds[0] == "activated" and kinds[-1] == "ended" and "note" in kinds
    assert kinds.count("step_done") == len(opened.plan.steps)
    assert any(entry.event.text == "现场已恢复" for entry in opened.timeline)
    assert all(entry.drill for entry in opened.timeline)
    assert active_runs(stage.store, "demo") == [] == stage.view()
    assert [r["run_id"] for r in ended_runs(stage.store, stage.acting("grid1"), "demo")] == [run_id]
    for deed in (
        lambda: stage.step(run_id, "talk", "under_way"),
        lambda: write_note(stage.desk, stage.acting("officer"), run_id, "再记一句"),
        lambda: end_run(stage.desk, stage.acting("officer"), run_id),
        lambda: decide_run(stage.desk, stage.acting("second"), run_id, agrees=True),
    ):
        with pytest.raises(RunEnded):
            deed()


def test_what_the_second_person_refused_may_end_at_once(stage: PlanStage) -> None:
    run_id = stage.start()
    decide_run(stage.desk, stage.acting("second"), run_id, agrees=False)
    end_run(stage.desk, stage.acting("officer"), run_id)
    assert stage.run(run_id).row["ended_at"] is not None


def test_the_run_keeps_its_version_whatever_becomes_of_the_plan(stage: PlanStage) -> None:
    run_id = stage.start()
    plan = plan_of(stage.store, "demo", LIFT)["plan"]
    save_plan(stage.desk, stage.acting("secretary"), "demo", without_step(plan, "medical"))
    assert "medical" in {task.step.step_id for task in stage.run(run_id).run.tasks}


def test_with_a_case_people_are_sent_by_its_own_moves_and_a_drill_sends_nobody(
    stage: PlanStage,
) -> None:
    case_id = stage.people.report(category="lift_entrapment")
    drill = stage.start(drill=True, case_id=case_id)
    assert send_to_case(stage.desk, stage.acting("officer"), drill) is None
    assert stage.people.tasks(case_id) == []
    run_id = stage.start(drill=False, case_id=case_id)
    officer = stage.acting("officer")
    assert send_to_case(stage.desk, officer, run_id) == "transition_not_allowed"  # not filed yet
    stage.people.move("officer", case_id, "accept", 1)
    stage.people.move("officer", case_id, "file", 2)
    assert send_to_case(stage.desk, stage.acting("officer"), run_id) is None
    sent = {worker for worker, _status in stage.people.tasks(case_id)}
    assert stage.people.workers["w2"] in sent
    assert "case_changed" in {e.event.kind for e in stage.run(run_id).timeline}


def test_the_wall_s_board_has_roles_and_no_names(stage: PlanStage) -> None:
    run_id = stage.start(drill=False)
    (shown,) = stage.view()
    assert (shown["id"], shown["drill"], len(shown["steps"])) == (run_id, False, 9)
    text = json.dumps(shown, ensure_ascii=False)
    assert "account" not in text and "网格1-甲" not in text
    assert not any(worker in text for worker in stage.people.workers.values())


def test_plans_rebuilt_from_their_logs_are_as_they_were(stage: PlanStage) -> None:
    run_id = stage.start()
    stage.settle(run_id)
    end_run(stage.desk, stage.acting("officer"), run_id)
    assert all(table.same for table in rebuild(stage.store))
