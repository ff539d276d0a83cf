"""Retention: what is due, deleted on a person's word in small batches, proved, or kept."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, SignInRequired, allow, viewer
from actions.rights.legal_holds import HoldWish, ask_hold, holds_of, release
from actions.rights.retention import progress_of, request_run
from actions.rights.retention_plan import plan
from components import ids
from components.door_form import done, door_page, refused, sheet
from components.filters import filter_of
from components.navigation import nothing
from components.retention_report import (
    hold_form,
    hold_table,
    plan_table,
    progress_part,
    proof_table,
    run_form,
)
from components.wording import text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, DoorRequestUnreadable, read_door_request
from pages.registration import opened_community, page_callback, page_frame, register_page
from pages.second_person import approvals_desk, names_of, typed_day, zone_of
from rules.errors import RuleViolation
from rules.retention import AUDIT_DAYS, LONGEST_HOLD, HoldInvalid

MOST_PROOFS = 100


def layout(**query: object) -> Any:
    """Retention in one community."""
    community_id = opened_community(filter_of(query).community or "")
    none = nothing(text("retention.title"), text("retention.nothing"))
    shown = body(community_id) if community_id else none
    return page_frame("/retention", community_id, door_page("retention", ids.RETENTION, shown))


register_page(
    __name__,
    path="/retention",
    name="retention",
    order=13,
    group="oversight",
    title=lambda: text("retention.title"),
    action="retention.run",
    layout=layout,
)


@page_callback(
    Output(ids.RETENTION[1], "children"),
    Output(ids.RETENTION[2], "children"),
    Input(ids.RETENTION[0], "data"),
    action="retention.run",
    prevent_initial_call=True,
)
def answer_retention(data: object) -> tuple[Any, Any]:
    """Start a run, look again, ask for a hold or release one."""
    try:
        request = read_door_request(data)
        said = _carry_out(request)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    shown = body(opened_community(request.value("community")))
    return done(said) if said else None, shown


def body(community_id: str) -> list[Any]:
    """Everything the page shows."""
    allow("retention.run", community_id)
    store, at, zone = services().store, now(), zone_of(community_id)
    plans = plan(store, community_id, at)
    proofs = store.rows("retention/proofs", community_id=community_id, most=MOST_PROOFS)
    holds = holds_of(store, community_id, at)
    names = names_of({row["actor"] for row in proofs})
    today = at.astimezone(zone).date()
    return [
        html.H1(text("retention.title"), className="page-title"),
        html.P(text("retention.hint"), className="door-hint"),
        *progress_part(community_id, progress_of(store)),
        sheet(
            text("retention.plan"),
            plan_table(plans, zone),
            html.P(text("retention.audit_note", days=f"{AUDIT_DAYS:,}"), className="door-hint"),
        ),
        sheet(text("retention.run"), run_form(community_id, plans)),
        sheet(text("retention.proofs"), proof_table(proofs, names, zone)),
        sheet(
            text("holds.title"),
            html.P(text("holds.hint"), className="door-hint"),
            hold_table(holds, community_id, zone, at),
            hold_form(community_id, today, key=f"hold-{len(holds)}"),
        ),
    ]


def _carry_out(request: DoorRequest) -> str:
    community_id = opened_community(request.value("community"))
    asking, desk = viewer(), approvals_desk()
    reason = request.value("reason")
    if request.action == "refresh":
        return ""
    if request.action == "run":
        chosen = request.chosen.get("classes", ())
        done_as = request_run(desk, asking, community_id, chosen, reason)
        return text(f"retention.{done_as}")
    if request.action == "release":
        release(desk, asking, request.object_id, reason)
        return text("holds.released")
    if request.action != "hold":
        raise DoorRequestUnreadable()
    ask_hold(desk, asking, community_id, _hold(request, community_id))
    return text("holds.asked")


def _hold(request: DoorRequest, community_id: str) -> HoldWish:
    day = typed_day(request.value("until"))
    if day is None or day.year > now().year + 2:  # before reckoning with days of far calendars
        raise HoldInvalid(days=LONGEST_HOLD.days)
    end = datetime.combine(day + timedelta(days=1), time(), zone_of(community_id))
    return HoldWish(
        request.value("subject_kind"),
        request.value("subject_id"),
        request.value("basis"),
        request.value("reason"),
        end,
    )
