"""Requests of the people on record: found by a number, taken, answered, each step in the audit."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, SignInRequired, viewer
from actions.files.sealed_notes import notes_of
from actions.rights.answers import ask_second_person, hand_over, refuse, take_back
from actions.rights.deeds import correct, withdraw_consent
from actions.rights.requests import Match, ReceiptInvalid, RequestDraft, RightsDesk, request_line
from components import ids
from components.approval_list import hidden
from components.door_form import done, door_page, moment, refused, sheet
from components.filters import filter_of
from components.navigation import nothing, with_community
from components.rights_desk import (
    due_words,
    facts_list,
    find_form,
    found_part,
    person_facts,
    received_at,
    request_actions,
    request_table,
)
from components.wording import text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, DoorRequestUnreadable, read_door_request
from pages.registration import opened_community, page_callback, page_frame, register_page
from pages.second_person import approvals_desk, typed_day, zone_of
from rules.errors import RuleViolation
from rules.rights import reply_light

BY = ("id_number", "phone")


def layout(**query: object) -> Any:
    """The desk of one community, or one request where the address names it."""
    community_id = opened_community(filter_of(query).community or "")
    if not community_id:
        shown: Any = nothing(text("rights.none_title"), text("rights.none_hint"))
    elif query.get("request"):
        shown = request_body(community_id, str(query["request"])[:64])
    else:
        shown = body(community_id)
    return page_frame("/rights", community_id, door_page("rights", ids.RIGHTS, shown))


register_page(
    __name__,
    path="/rights",
    name="rights",
    order=11,
    group="oversight",
    title=lambda: text("rights.title"),
    action="rights.handle",
    layout=layout,
)


@page_callback(
    Output(ids.RIGHTS[1], "children"),
    Output(ids.RIGHTS[2], "children"),
    Input(ids.RIGHTS[0], "data"),
    action="rights.handle",
    prevent_initial_call=True,
)
def answer_rights(data: object) -> tuple[Any, Any]:
    """Look somebody up, take a request, or take the next step of one."""
    try:
        return _carry_out(read_door_request(data))
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update


def body(community_id: str, found: list[Match] | None = None, by: str = BY[0]) -> list[Any]:
    """The look-up and the list.

    Args:
        found: Files the look-up has found; None before one.
        by: What they were looked up by.
    """
    desk, at, zone = _desk(community_id), now(), zone_of(community_id)
    rows = desk.requests()
    names = {}
    for person_id in {row["person_id"] for row in rows if row["person_id"]}:
        match = desk.match(person_id)
        if match is not None:
            names[person_id] = match.masked.get("name", "**")
    today = at.astimezone(zone).date()
    parts = found_part(community_id, found, today) if found is not None else []
    return [
        html.H1(text("rights.title"), className="page-title"),
        html.P(text("rights.hint"), className="door-hint"),
        sheet(text("rights.find"), find_form(community_id, by), *parts),
        sheet(text("rights.list"), request_table(community_id, rows, names, at, zone)),
    ]


def request_body(community_id: str, request_id: str) -> list[Any]:
    """One request: what it is, how it stands, and what can be done."""
    desk, at, zone = _desk(community_id), now(), zone_of(community_id)
    row = desk.request(request_id)
    line = request_line(desk.viewer, "rights.open", row)
    services().audit.record(line).result()
    row = {**row, "light": reply_light(row["state"], row["due_at"], at)}
    notes = notes_of(services().store, services().keyring, "rights_request", [request_id])
    facts: list[tuple[str, Any]] = [
        (text("rights.requester"), text(f"requester.{row['requester']}")),
        (text("rights.channel"), text(f"request_channel.{row['channel']}")),
        (text("rights.identity_check"), text(f"identity_check.{row['identity_check']}")),
        (text("rights.received_on"), moment(row["received_at"], zone)),
        (text("rights.due"), due_words(row, at, zone)),
        (text("rights.state"), text(f"request_state.{row['state']}")),
    ]
    if row["field"]:
        facts.append((text("rights.field"), text(f"field.{row['field']}")))
    if row["consent_purpose"]:
        facts.append((text("rights.consent"), text(f"consent.{row['consent_purpose']}")))
    if row["refusal"]:
        facts.append((text("rights.refusal"), text(f"request_refusal.{row['refusal']}")))
    if (request_id, "answer") in notes:
        facts.append((text("rights.answer"), notes[request_id, "answer"]))
    if row["decided_at"]:
        facts.append((text("rights.decided"), moment(row["decided_at"], zone)))
    match = desk.match(row["person_id"]) if row["person_id"] else None
    gone = text("rights.nobody" if row["person_id"] is None else "rights.erased")
    person = person_facts(match) if match else html.P(gone, className="note")
    back = with_community("/rights", community_id)
    actions = request_actions(row)
    return [
        html.A(["← ", text("rights.back")], href=back, className="back"),
        html.H1(text(f"request_kind.{row['kind']}"), className="page-title"),
        sheet(text("rights.person"), person),
        sheet(text("rights.kind"), facts_list(facts)),
        *([sheet(text("rights.actions"), *actions)] if actions else []),
        hidden("request", request_id),
    ]


def _carry_out(request: DoorRequest) -> tuple[Any, Any]:
    community_id = opened_community(request.value("community"))
    desk = _desk(community_id)
    if request.action == "find":
        by = request.value("by")
        found = desk.find(by, request.value("number"))
        return None, body(community_id, found, by)
    if request.action == "receive":
        request_id = desk.receive(_draft(request, community_id))
        return done(text("rights.received")), request_body(community_id, request_id)
    said = _step(desk, request)
    return done(said), request_body(community_id, request.object_id)


def _step(desk: RightsDesk, request: DoorRequest) -> str:
    request_id, reason = request.object_id, request.value("reason")
    if request.action == "ask":
        ask_second_person(desk, request_id, reason)
        return text("rights.asked")
    if request.action == "refuse":
        refuse(desk, request_id, request.value("refusal"), reason)
        return text("rights.refused")
    if request.action == "take_back":
        take_back(desk, request_id)
    elif request.action == "hand_over":
        hand_over(desk, request_id)
    elif request.action == "correct":
        correct(desk, request_id, request.value("value"), request.value("proof"))
    elif request.action == "withdraw_consent":
        withdraw_consent(desk, request_id)
    else:
        raise DoorRequestUnreadable()
    return text("rights.done")


def _draft(request: DoorRequest, community_id: str) -> RequestDraft:
    day = typed_day(request.value("received_on"))
    if day is None:
        raise ReceiptInvalid(days=90)
    return RequestDraft(
        kind=request.value("kind"),
        requester=request.value("requester"),
        channel=request.value("channel"),
        identity_check=request.value("identity_check"),
        received_at=received_at(day, now(), zone_of(community_id)),
        person_id=request.value("person") or None,
        field=request.value("field"),
        consent_purpose=request.value("consent"),
    )


def _desk(community_id: str) -> RightsDesk:
    return RightsDesk.open(approvals_desk(), viewer(), community_id)
