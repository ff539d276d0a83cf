"""A running plan names its cameras to the screens, by our ids, so that they come to the front."""

from __future__ import annotations

from actions.intake.recording import record
from actions.plans.documents import plan_of, save_plan
from rules.records import DeviceRecord
from tests.actions.test_plans import LIFT, PlanStage, stage

__all__ = ["stage"]  # a fixture


def test_cameras_of_plan_and_steps_are_named_once_and_unknown_ones_left_out(
    stage: PlanStage,
) -> None:
    rows = [DeviceRecord(source_id=n, kind="camera", name_zh=n) for n in ("cam-1", "cam-2")]
    record(stage.store, "devices", "demo", "t", rows).result()
    known = {
        r["source_id"]: r["device_id"]
        for r in stage.store.rows("plan_run/cameras", community_id="demo")
    }
    plan = plan_of(stage.store, "demo", LIFT)["plan"]
    first = plan.steps[0].model_copy(update={"camera_ids": ("cam-1", "cam-2")})
    steps = (first, *plan.steps[1:])
    changed = {"camera_ids": ("cam-2", "gone"), "steps": steps, "version": plan.version + 1}
    named = plan.model_copy(update=changed)
    save_plan(stage.desk, stage.acting("secretary"), "demo", named)
    stage.start()
    (run,) = stage.view()
    assert run["camera_ids"] == [known["cam-2"], known["cam-1"]]
