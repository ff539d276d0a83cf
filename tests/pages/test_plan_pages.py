"""Plans at the desk: list, start, board, editor, review; both languages, and who may not."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from actions.access import NotAllowed
from actions.plans.documents import adopt_defaults, document_text, plan_of
from components.wording import text
from data.store import Store
from tests.desk_store import fill

LIFT = "lift-entrapment"
KEPT = {"community": "demo", "about": ""}


def wish(action: str, object_id: str = "", **values: str) -> dict[str, Any]:
    return {"action": action, "id": object_id, "values": values}


def started(page: Any, store: Store, drill: bool = True) -> str:
    fill(store)
    adopt_defaults(store, "demo", "cli")
    action = "start:drill" if drill else "start:real"
    page("plans").answer_plans(wish(action, f"{LIFT}|", place=""), KEPT)
    return str(store.rows("plan_run/running", community_id="demo")[0]["run_id"])


def test_the_plans_stand_empty_and_full_in_both_languages(
    page: Any, render: Any, store: Store, language: str, as_viewer: Callable[..., Any]
) -> None:
    plans = page("plans")
    fill(store)
    assert text("plans.none_title") in render(plans.layout(community="demo"))
    as_viewer("secretary")
    said, shown = plans.answer_plans(wish("adopt"), KEPT)
    assert text("plans.adopted", n=5) in render(said)
    for code in ("plans.default", "plans.start_real", "plans.start_drill", "plans.import"):
        assert text(code) in render(shown)


def test_a_drill_says_so_on_its_board_and_in_its_review(
    page: Any, render: Any, store: Store, language: str
) -> None:
    run_id = started(page, store)
    runs = page("plan_run")
    shown = render(runs.layout(run_id=run_id))
    assert text("plan_board.drill") in shown and text("plan_run.people_drill") in shown
    assert text("plan_shortfall.nobody_on_duty") in shown
    steps = [task["step_id"] for task in store.rows("plan_task/of_run", run_id=run_id)]
    refused, _ = runs.answer_run(wish("skipped:waiting", steps[0]), run_id)
    assert "case_text_needed" in render(refused)
    for step in steps:
        runs.answer_run(wish("skipped:waiting", step, text="演练不做"), run_id)
    _, shown = runs.answer_run(wish("end", run_id), run_id)
    told = render(shown)
    assert text("plan_review.timeline") in told and "演练不做" in told
    assert text("plan_review.drill") in told


def test_the_second_person_sees_the_answers_and_the_first_does_not(
    page: Any, render: Any, store: Store, as_viewer: Callable[..., Any]
) -> None:
    run_id = started(page, store, drill=False)
    runs = page("plan_run")
    assert '"confirm"' not in render(runs.layout(run_id=run_id))
    as_viewer("secretary")
    assert '"confirm"' in render(runs.layout(run_id=run_id))
    _, shown = runs.answer_run(wish("confirm", run_id), run_id)
    assert text("plan_board.confirmed") in render(shown)


def test_somebody_who_was_second_is_shown_the_present_state(
    page: Any, render: Any, store: Store
) -> None:
    run_id = started(page, store)
    runs = page("plan_run")
    runs.answer_run(wish("done:waiting", "talk"), run_id)
    refused, shown = runs.answer_run(wish("under_way:waiting", "talk"), run_id)
    assert "step_not_allowed" in render(refused) and text("plan_step_state.done") in render(shown)


def test_a_step_is_edited_added_and_removed_each_as_a_version(
    page: Any, render: Any, store: Store, as_viewer: Callable[..., Any]
) -> None:
    started(page, store)
    edit = page("plan_edit")
    as_viewer("secretary")
    kept = {"community": "demo", "code": LIFT}
    assert text("plan_edit.steps") in render(edit.layout(code=LIFT, community="demo"))
    step = {
        "title_zh": "通知家属", "title_en": "Tell the family", "role": "grid_worker",
        "people": "1", "due_min": "60", "required": "no", "after": "talk",
    }  # fmt: skip
    said, _ = edit.answer_edit(wish("step:1", "", **step), kept)
    assert text("plan_edit.saved", version=2) in render(said)
    old, _ = edit.answer_edit(wish("remove:1", "tell-the-family"), kept)
    assert "plan_changed" in render(old)
    for field, value in (("people", "many"), ("due_min", "9" * 9), ("role", "wizard")):
        bad, _ = edit.answer_edit(wish("step:2", "", **{**step, field: value}), kept)
        assert "plan_invalid" in render(bad)
    edit.answer_edit(wish("remove:2", "tell-the-family"), kept)
    assert plan_of(store, "demo", LIFT)["version"] == 3
    file = edit.export_plan(1, kept)
    assert json.loads(file["content"])["version"] == 3 and file["filename"].endswith("-v3.json")


@pytest.mark.parametrize(
    "contents", [None, "x", "data:,%%%", "data:;base64,/w==", "data:;base64,e30="]
)
def test_a_file_that_is_no_plan_is_refused(
    page: Any, render: Any, store: Store, as_viewer: Callable[..., Any], contents: Any
) -> None:
    fill(store)
    plans = page("plans")
    as_viewer("secretary")
    refused, _ = plans.import_plan(contents, KEPT)
    assert "plan_invalid" in render(refused)


def test_a_plan_file_becomes_a_version(
    page: Any, render: Any, store: Store, as_viewer: Callable[..., Any]
) -> None:
    started(page, store)
    as_viewer("secretary")
    plan = plan_of(store, "demo", LIFT)["plan"].model_copy(update={"version": 2})
    file = base64.b64encode(document_text(plan).encode()).decode()
    page("plans").import_plan(f"data:application/json;base64,{file}", KEPT)
    assert plan_of(store, "demo", LIFT)["version"] == 2


def test_others_look_on_or_see_nothing(
    page: Any, render: Any, store: Store, as_viewer: Callable[..., Any]
) -> None:
    run_id = started(page, store)
    as_viewer("grid_worker")
    assert "start:real" not in render(page("plans").layout(community="demo"))
    assert "data-action" not in render(page("plan_run").layout(run_id=run_id))
    with pytest.raises(NotAllowed):
        page("plan_run").answer_run(wish("done:waiting", "talk"), run_id)
    as_viewer("duty_officer", "other")
    assert LIFT not in render(page("plan_run").layout(run_id=run_id))
