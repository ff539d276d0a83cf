"""Shift handover: what was done and left, notes, two signatures, and the handovers before."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, SignInRequired, allow
from actions.catalogue.reading import catalogue_of
from actions.handover.reading import Shift, earlier, handed_over, is_overdue, present_shift
from actions.handover.signing import Wish, carry_out
from components import ids
from components.door_form import done, door_page, refused
from components.filters import filter_of
from components.handover_sheet import (
    case_table,
    earlier_table,
    facts_of,
    forms_of,
    headed,
    notes_of,
    print_button,
)
from components.navigation import nothing, with_community
from components.wording import local_name, named, text
from pages.callbacks import now, services
from pages.door_request import DoorRequestUnreadable, read_door_request
from pages.registration import opened_community, page_callback, page_frame, register_page
from pages.second_person import names_of, zone_of
from rules.errors import RuleViolation
from rules.handover import STEPS


def layout(handover: str = "", **query: object) -> Any:
    """The present shift of a community, or the earlier one the address names."""
    community_id = opened_community(filter_of(query).community or "")
    if not community_id:
        body_: Any = nothing(text("handover.none_title"), text("handover.none_hint"))
    else:
        body_ = body(community_id, str(handover or "")[:64])
    return page_frame("/handover", community_id, door_page("handover", ids.HANDOVER, body_))


register_page(
    __name__,
    path="/handover",
    name="handover",
    order=4.5,
    title=lambda: text("handover.title"),
    action="shift.hand_over",
    layout=layout,
)


@page_callback(
    Output(ids.HANDOVER[1], "children"),
    Output(ids.HANDOVER[2], "children"),
    Input(ids.HANDOVER[0], "data"),
    action="shift.hand_over",
    prevent_initial_call=True,
)
def answer_handover(data: object) -> tuple[Any, Any]:
    """Save the notes, sign, take the signature back, or take over."""
    try:
        request = read_door_request(data)
        wanted = next((each for each in STEPS if each == request.action), None)
        if wanted is None:
            raise DoorRequestUnreadable()
        community_id = opened_community(request.value("community"))
        words = request.value("remark" if wanted == "take" else "note")
        wish = Wish(wanted, request.value("seen"), words)
        running = services()
        carry_out(running.store, running.keyring, community_id, wish)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        # What was typed stays where it is; the page is opened anew for what stands now.
        return refused(refusal), no_update
    return done(text(f"handover.said_{wanted}")), body(community_id)


def body(community_id: str, handover_id: str = "") -> list[Any]:
    """Everything the page shows of the present shift, or of an earlier one.

    Raises:
        NotThere: There is no such handover.
    """
    asking, running, at = allow("shift.hand_over", community_id), services(), now()
    if handover_id:
        shift = handed_over(running.store, running.keyring, community_id, handover_id)
    else:
        shift = present_shift(running.store, running.keyring, community_id, at)
    rows = [] if handover_id else earlier(running.store, community_id)
    actors = {row[end] for row in [*rows, shift.handover or {}] for end in ("outgoing", "incoming")
              if row.get(end)}  # fmt: skip
    names = names_of(actors)

    def name(actor: str | None) -> str:
        return names.get(actor or "", actor or "")

    forms = [] if handover_id else forms_of(shift, community_id, asking.actor)
    parts = _parts(shift, name, community_id, forms)
    if handover_id:
        back = with_community("/handover", community_id)
        return [html.A(["← ", text("handover.back")], href=back, className="back"), *parts]
    table = earlier_table(rows, name, zone_of(community_id), community_id)
    return [*parts, headed("handover.earlier", table)]


def _parts(shift: Shift, name: Any, community_id: str, forms: list[Any]) -> list[Any]:
    zone, until = zone_of(community_id), shift.until
    names = catalogue_of(services().store, community_id)

    def category(code: str) -> str:
        entry = names.get(code)
        own = {"name_zh": entry.name_zh, "name_en": entry.name_en} if entry else {}
        return local_name(dict(own)) or named("category", code)

    def overdue(row: Any) -> bool:
        return is_overdue(row, until)

    late = sum(overdue(row) for row in shift.undone)
    undone = case_table(shift.undone, category, overdue, zone, community_id, done=False)
    finished = case_table(shift.done, category, overdue, zone, community_id, done=True)
    parts = [
        html.H1(text("handover.title"), className="page-title"),
        html.P(text("handover.hint"), className="door-hint"),
        headed(
            f"handover.state_{shift.status}",
            facts_of(shift, late, name, zone),
            *forms,
            aside=print_button(),
        ),
    ]
    if shift.status != "open":
        parts.append(headed("handover.note", *notes_of(shift)))
    return [*parts, headed("handover.undone", undone), headed("handover.done", finished)]
