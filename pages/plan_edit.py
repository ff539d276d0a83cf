"""One plan step by step: each save is its next version; as a JSON file it goes out."""

from __future__ import annotations

from datetime import date
from typing import Any

from dash import Input, Output, State, dcc, no_update

from actions.access import NotAllowed, NotThere, SignInRequired, viewer
from actions.plans.documents import PlanChanged, PlanDesk, document_text, plan_of, save_plan
from components import ids
from components.door_form import done, door_page, refused
from components.filters import filter_of
from components.plan_editor import editor
from components.wording import text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, DoorRequestUnreadable, read_door_request
from pages.registration import opened_community, page_callback, page_frame, refusal, register_page
from pages.second_person import names_of, zone_of
from rules.errors import RuleViolation
from rules.plan_edits import PlanHead, StepDraft, with_head, with_step, without_step
from rules.plans import Plan, PlanInvalid
from rules.privacy import may


def layout(code: str = "", **query: object) -> Any:
    """The editor of one plan."""
    community_id = opened_community(filter_of(query).community or "")
    try:
        shown = body(community_id, code)
    except NotThere:
        return page_frame("/plans", community_id, refusal("refusal.not_there"))
    kept = dcc.Store(id=ids.PLAN_EDIT_OF, data={"community": community_id, "code": code})
    page = [kept, dcc.Download(id=ids.PLAN_DOWNLOAD), door_page("plan-edit", ids.PLAN_EDIT, shown)]
    return page_frame("/plans", community_id, page)


register_page(
    __name__,
    path_template="/plans/edit/<code>",
    name="plan_edit",
    title=lambda **_path: text("plans.title"),
    action="plan.read",
    layout=layout,
)


@page_callback(
    Output(ids.PLAN_EDIT[1], "children"),
    Output(ids.PLAN_EDIT[2], "children"),
    Input(ids.PLAN_EDIT[0], "data"),
    State(ids.PLAN_EDIT_OF, "data"),
    action="plan.write",
    prevent_initial_call=True,
)
def answer_edit(data: object, kept: Any) -> tuple[Any, Any]:
    """Save one change as the next version."""
    community_id, code = opened_community(str(kept.get("community"))), str(kept.get("code"))
    try:
        request = read_door_request(data)
        changed = _changed(plan_of(services().store, community_id, code)["plan"], request)
        save_plan(_desk(), viewer(), community_id, changed)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    said = done(text("plan_edit.saved", version=changed.version))
    return said, body(community_id, code)


@page_callback(
    Output(ids.PLAN_DOWNLOAD, "data"),
    Input(ids.PLAN_EXPORT, "n_clicks"),
    State(ids.PLAN_EDIT_OF, "data"),
    action="plan.read",
    prevent_initial_call=True,
)
def export_plan(clicks: object, kept: Any) -> Any:
    """Hand out the plan as a JSON file."""
    if not clicks:
        return no_update
    community_id, code = opened_community(str(kept.get("community"))), str(kept.get("code"))
    plan: Plan = plan_of(services().store, community_id, code)["plan"]
    name = f"{plan.plan_id}-v{plan.version}.json"
    return {"content": document_text(plan), "filename": name, "type": "application/json"}


def body(community_id: str, code: str) -> list[Any]:
    """Everything the page shows.

    Raises:
        NotThere: There is no such plan for this viewer.
    """
    if not community_id or not may(viewer().role, "plan.read"):
        raise NotThere()
    store = services().store
    row = plan_of(store, community_id, code)
    versions = store.rows("plan/versions", plan_id=row["plan_id"])
    names = names_of({each["actor"] for each in versions})
    writes = may(viewer().role, "plan.write")
    return editor(row, versions, names, zone_of(community_id), writes)


def _changed(plan: Plan, request: DoorRequest) -> Plan:
    action, _, seen = request.action.partition(":")
    if seen != str(plan.version):
        raise PlanChanged(version=plan.version)
    if action == "remove":
        return without_step(plan, request.object_id)
    if action == "head":
        until = request.value("review_by")
        try:
            review_by = date.fromisoformat(until) if until else None
        except ValueError:
            raise PlanInvalid(field="review_by", message="is no day") from None
        head = PlanHead(request.value("title_zh"), request.value("title_en"), review_by)
        return with_head(plan, head)
    if action != "step":
        raise DoorRequestUnreadable()
    draft = StepDraft(
        title_zh=request.value("title_zh"),
        title_en=request.value("title_en"),
        role=request.value("role"),
        people=_number(request, "people"),
        due_s=_number(request, "due_min") * 60,
        required=request.value("required") != "no",
        after=request.value("after"),
    )
    return with_step(plan, request.object_id or None, draft)


def _number(request: DoorRequest, name: str) -> int:
    typed = request.value(name)
    if not typed.isdecimal() or len(typed) > 6:
        raise PlanInvalid(field=name, message="is no number")
    return int(typed)


def _desk() -> PlanDesk:
    running = services()
    return PlanDesk(running.store, running.keyring, running.audit, now)
