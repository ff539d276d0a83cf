"""One run of a plan: its board while it is on, its after-action review when it is over."""

from __future__ import annotations

from typing import Any, cast

from dash import Input, Output, State, dcc, html, no_update

from actions.access import NotAllowed, NotThere, SignInRequired, viewer
from actions.plans.case_tasks import send_to_case
from actions.plans.documents import PlanDesk
from actions.plans.ending import end_run
from actions.plans.people import gather_people, people_of
from actions.plans.reading import OpenedRun, open_run
from actions.plans.runs import decide_run, move_step, write_note
from components import ids
from components.door_form import action_button, done, door_form, door_page, refused, sheet
from components.plan_review import review
from components.plan_run import (
    end_form,
    note_form,
    people_table,
    run_top,
    second_person_form,
    shortfall_list,
    task_table,
)
from components.wording import local_name, named, text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, DoorRequestUnreadable, read_door_request
from pages.registration import page_callback, page_frame, refusal, register_page
from pages.second_person import names_of, zone_of
from rules.errors import RuleViolation
from rules.plan_runs import STEP_MOVES, StepState
from rules.privacy import may


def layout(run_id: str = "", **_query: object) -> Any:
    """The page of one run."""
    try:
        opened = _open(run_id)
    except NotThere:
        return page_frame("", "", refusal("refusal.not_there"))
    kept = [dcc.Store(id=ids.PLAN_RUN_ID, data=run_id), dcc.Store(id=ids.PLAN_RUN_TICK)]
    page = door_page("plan-run", ids.PLAN_RUN, _shown(opened))
    return page_frame("/plans", opened.row["community_id"], [*kept, page])


register_page(
    __name__,
    path_template="/plans/<run_id>",
    name="plan_run",
    title=lambda **_path: text("plan_run.title"),
    action="plan.read",
    layout=layout,
)


@page_callback(
    Output(ids.PLAN_RUN[1], "children"),
    Output(ids.PLAN_RUN[2], "children"),
    Input(ids.PLAN_RUN[0], "data"),
    State(ids.PLAN_RUN_ID, "data"),
    action="plan.read",
    prevent_initial_call=True,
)
def answer_run(data: object, run_id: object) -> tuple[Any, Any]:
    """Do one thing in a run; where it is refused, what was typed stays."""
    try:
        said = _carry_out(read_door_request(data), str(run_id))
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        if "state" in refusal.fields and refusal.code == "step_not_allowed":
            return refused(refusal), _shown(_open(str(run_id)))
        return refused(refusal), no_update
    return said, _shown(_open(str(run_id)))


# A callback of its own: Dash drops the answer of one that is asked again before it has answered.
@page_callback(
    Output(ids.PLAN_RUN[2], "children", allow_duplicate=True),
    Input(ids.PLAN_RUN_TICK, "data"),
    State(ids.PLAN_RUN_ID, "data"),
    action="plan.read",
    prevent_initial_call=True,
)
def renew_run(_tick: object, run_id: object) -> Any:
    """Show the run anew because somebody did something in it."""
    return _shown(_open(str(run_id)))


def _carry_out(request: DoorRequest, run_id: str) -> Any:
    desk, asking, action = _desk(), viewer(), request.action
    if action in ("confirm", "refuse"):
        decide_run(desk, asking, run_id, agrees=action == "confirm")
        return done(text("plan_run.confirmed" if action == "confirm" else "plan_run.refused"))
    if action == "note":
        write_note(desk, asking, run_id, request.value("text"))
        return done(text("plan_run.noted"))
    if action == "end":
        end_run(desk, asking, run_id)
        return done(text("plan_run.ended"))
    if action == "send":
        code = send_to_case(desk, asking, run_id)
        if code is None:
            return done(text("plan_run.sent"))
        return html.Div(text(f"error.{code}"), className="door-notice refused", role="alert")
    if action == "gather":
        n = gather_people(desk, asking, run_id)
        return done(text("plan_run.gathered", n=n))
    if action == "people":
        return sheet(text("plan_run.people"), people_table(people_of(desk, asking, run_id)))
    state, _, seen = action.partition(":")
    if state not in STEP_MOVES:
        raise DoorRequestUnreadable()
    moved = cast(StepState, state)
    words = request.value("text") or None
    move_step(desk, asking, run_id, request.object_id, moved, words, seen or None)
    return done(text("plan_run.said", state=named("plan_step_state", state)))


def _shown(opened: OpenedRun) -> list[Any]:
    row, at = opened.row, now()
    zone = zone_of(row["community_id"])
    top = run_top(row, _place(row), at)
    if row["ended_at"] is not None:
        names = names_of({entry.event.actor for entry in opened.timeline})
        told = (opened.plan, opened.run, opened.reviews, opened.timeline)
        return [top, *review(row, *told, names, zone)]
    acts = may(viewer().role, "plan.run")
    decides = row["confirmation"] in ("waiting", "escalated") and row["started_by"] != (
        viewer().actor
    )
    parts: list[Any] = [top]
    if decides and may(viewer().role, "plan.approve"):
        parts.append(second_person_form(row))
    if opened.run.shortfalls:
        parts.append(sheet(text("plans.short"), shortfall_list(opened.run)))
    tasks = task_table(opened.plan, opened.run, opened.why, acts, zone)
    parts.append(sheet(text("plan_run.title"), tasks))
    if acts:
        parts += [_people(row), *_case(row)]
        n = len(opened.timeline)
        parts.append(sheet(text("plan_run.note"), note_form(row, f"note-{n}"), end_form(row)))
    return parts


def _people(row: dict[str, Any]) -> Any:
    if row["drill"]:
        hint = html.P(text("plan_run.people_drill"), className="door-hint")
        return sheet(text("plan_run.people"), hint)
    if not may(viewer().role, "person.unmask"):
        return None
    buttons = [action_button("gather", text("plan_run.gather"))]
    if row["gathered"]:
        buttons.append(action_button("people", text("plan_run.show"), main=True))
    hint = html.P(text("plan_run.people_hint"), className="door-hint")
    form = door_form([], *buttons, object_id=row["run_id"], style="inline")
    count = html.Span(text("plan_run.gathered", n=row["gathered"])) if row["gathered"] else None
    return sheet(text("plan_run.people"), hint, form, aside=count)


def _case(row: dict[str, Any]) -> list[Any]:
    if row["case_id"] is None:
        return []
    link = html.A(text("plan_run.case"), href=f"/cases/{row['case_id']}")
    send = door_form(
        [],
        action_button("send", text("plan_run.send")),
        object_id=row["run_id"],
        style="inline",
    )
    return [sheet(text("plan_run.case"), link, None if row["drill"] else send)]


def _place(row: dict[str, Any]) -> str:
    if row["place_id"] is None:
        return ""
    found = services().store.rows("alarm/place_name", place_id=row["place_id"])
    return local_name(found[0]) if found else ""


def _open(run_id: str) -> OpenedRun:
    return open_run(_desk(), viewer(), run_id, now())


def _desk() -> PlanDesk:
    running = services()
    return PlanDesk(running.store, running.keyring, running.audit, now)
