"""Emergency plans: what runs, each plan with its two starts, past runs, and new plan files."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from dash import Input, Output, State, dcc, html, no_update

from actions.access import NotAllowed, SignInRequired, allow, viewer
from actions.plans.case_tasks import send_to_case
from actions.plans.documents import PlanDesk, adopt_defaults, plans_of, read_document, save_plan
from actions.plans.reading import active_runs, ended_runs
from actions.plans.starting import Start, start_plan
from components import ids
from components.door_form import action_button, done, door_form, door_page, refused, sheet
from components.filters import filter_of
from components.navigation import nothing
from components.plan_list import past_table, plan_cards, running_cards
from components.wording import local_name, text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, DoorRequestUnreadable, read_door_request
from pages.registration import opened_community, page_callback, page_frame, register_page
from pages.second_person import zone_of
from rules.errors import RuleViolation
from rules.plans import PlanInvalid, suggested
from rules.privacy import may

LONGEST_UPLOAD = 400_000


def layout(case: str = "", alarm: str = "", **query: object) -> Any:
    """The plans of one community; `?case=` or `?alarm=` is what one is started for."""
    community_id = opened_community(filter_of(query).community or "")
    about = f"case:{case}" if case else f"alarm:{alarm}" if alarm else ""
    shown = body(community_id, about) if community_id else _no_community()
    kept = dcc.Store(id=ids.PLANS_ABOUT, data={"community": community_id, "about": about})
    return page_frame("/plans", community_id, [kept, door_page("plans", ids.PLANS, shown)])


register_page(
    __name__,
    path="/plans",
    name="plans",
    order=4,
    title=lambda: text("plans.title"),
    action="plan.read",
    layout=layout,
)


@page_callback(
    Output(ids.PLANS[1], "children"),
    Output(ids.PLANS[2], "children"),
    Input(ids.PLANS[0], "data"),
    State(ids.PLANS_ABOUT, "data"),
    action="plan.read",
    prevent_initial_call=True,
)
def answer_plans(data: object, kept: Any) -> tuple[Any, Any]:
    """Start a plan and go to its board, or load the default set."""
    community_id = opened_community(str(kept.get("community") or ""))
    try:
        said = _carry_out(read_door_request(data), community_id)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    return said, body(community_id, str(kept.get("about") or ""))


@page_callback(
    Output(ids.PLANS[1], "children", allow_duplicate=True),
    Output(ids.PLANS[2], "children", allow_duplicate=True),
    Input(ids.PLAN_FILE, "contents"),
    State(ids.PLANS_ABOUT, "data"),
    action="plan.write",
    prevent_initial_call=True,
)
def import_plan(contents: object, kept: Any) -> tuple[Any, Any]:
    """Take a plan file as a new plan, or as the next version of a known one."""
    community_id = opened_community(str(kept.get("community") or ""))
    try:
        plan = read_document(_uploaded(contents))
        save_plan(_desk(), viewer(), community_id, plan)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    title = local_name({"title_zh": plan.title_zh, "title_en": plan.title_en}, stem="title")
    said = done(text("plans.imported", title=title, version=plan.version))
    return said, body(community_id, str(kept.get("about") or ""))


def body(community_id: str, about: str = "") -> list[Any]:
    """Everything the page shows."""
    asking, store = allow("plan.read", community_id), services().store
    zone = zone_of(community_id)
    running = active_runs(store, community_id)
    plans = plans_of(store, community_id)
    shown: list[Any] = [
        html.H1(text("plans.title"), className="page-title"),
        html.P(text("plans.hint"), className="door-hint"),
    ]
    if running:
        shown.append(sheet(text("plans.running"), running_cards(running, zone)))
    starts = may(asking.role, "plan.run")
    cards = plan_cards(_suggested_first(plans, about), _places(community_id), starts, about)
    shown.append(sheet(text("plans.all"), cards, *_loading(asking.role, plans)))
    past = ended_runs(store, asking, community_id)
    if past:
        shown.append(sheet(text("plans.ended"), past_table(past, zone)))
    return shown


def _carry_out(request: DoorRequest, community_id: str) -> Any:
    asking, desk = viewer(), _desk()
    if request.action == "adopt":
        allow("plan.write", community_id)
        n = adopt_defaults(desk.store, community_id, asking.actor)
        return done(text("plans.adopted", n=n))
    if request.action not in ("start:real", "start:drill"):
        raise DoorRequestUnreadable()
    code, _, about = request.object_id.partition("|")
    kind, _, about_id = about.partition(":")
    start = Start(
        code,
        drill=request.action == "start:drill",
        place_id=request.value("place") or None,
        case_id=about_id if kind == "case" else None,
        alarm_id=about_id if kind == "alarm" else None,
    )
    run_id = start_plan(desk, asking, community_id, start)
    send_to_case(desk, asking, run_id)
    return dcc.Location(id=ids.PLANS_GO, href=f"/plans/{run_id}")


def _suggested_first(plans: list[dict[str, Any]], about: str) -> list[dict[str, Any]]:
    """Put first what the case or alarm suggests; a person chooses."""
    kind, _, about_id = about.partition(":")
    alarm_kind = category = None
    store = services().store
    if kind == "alarm":
        rows = store.rows("alarm/one", alarm_id=about_id)
        alarm_kind = rows[0]["kind"] if rows else None
    elif kind == "case":
        rows = store.rows("desk/case", case_id=about_id)
        category = rows[0]["category"] if rows else None
    wanted = suggested(tuple(row["plan"] for row in plans), alarm_kind, category)
    codes = {plan.plan_id for plan in wanted}
    return sorted(plans, key=lambda row: row["code"] not in codes)


def _loading(role: str, plans: list[dict[str, Any]]) -> list[Any]:
    if not may(role, "plan.write"):
        return []
    adopt = door_form(
        [], action_button("adopt", text("plans.adopt"), main=not plans), style="inline"
    )
    upload = dcc.Upload(
        html.Button(text("plans.import"), className="door-button", type="button"),
        id=ids.PLAN_FILE,
        accept=".json,application/json",
        max_size=LONGEST_UPLOAD,
    )
    return [html.Div([adopt, upload], className="plan-moves")]


def _uploaded(contents: object) -> str:
    """Return the text of an uploaded file.

    Raises:
        PlanInvalid: It is no text.
    """
    encoded = str(contents or "").partition(",")[2]
    if len(encoded) > LONGEST_UPLOAD * 2:
        raise PlanInvalid(field="plan", message="is too long")
    try:
        return base64.b64decode(encoded, validate=True).decode("utf-8-sig")
    except (binascii.Error, UnicodeDecodeError):
        raise PlanInvalid(field="plan", message="is not text in UTF-8") from None


def _places(community_id: str) -> list[tuple[str, str]]:
    rows = services().store.rows("plan_run/places", community_id=community_id)
    return [(row["place_id"], local_name(row) or row["place_id"]) for row in rows]


def _desk() -> PlanDesk:
    running = services()
    return PlanDesk(running.store, running.keyring, running.audit, now)


def _no_community() -> Any:
    return nothing(text("alarms.no_community_title"), text("alarms.no_community_hint"))
