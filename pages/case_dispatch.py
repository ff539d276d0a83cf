"""Reads whom the case page offers to send, and sends what was confirmed there."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from dash import html

from actions.access import viewer
from actions.dispatching.recommending import advice_for
from actions.dispatching.sending import Dispatched, Order, dispatch, may_send
from components.dispatch_panel import SEND, DispatchOffer, dispatch_panel
from components.door_form import done
from components.wording import text
from pages.callbacks import services
from pages.door_request import DoorRequest
from rules.case_transitions import MOVES
from rules.cases import MoveIncomplete
from rules.privacy import may

Row = dict[str, Any]
_UNDER_WAY = ("dispatched", "handling", "rework")


def is_sending(request: DoorRequest) -> bool:
    """Tell whether a form of the case page confirms a dispatch."""
    return request.action == SEND


def offer_for(case: Row, at: datetime) -> html.Details | None:
    """The panel that sends people; None where nobody can be sent now or the viewer sends nobody.

    Args:
        case: A case the viewer reaches (desk/case).
        at: The moment, aware UTC.
    """
    asking = viewer()
    sends = asking.role in MOVES["dispatch"].roles and may(asking.role, "case.write")
    if not sends or not may_send(case["status"]):
        return None
    advice = advice_for(services().store, case["case_id"], at)
    offer = DispatchOffer(
        recommendation=advice.recommendation,
        names=advice.responders,
        chosen=advice.sent_by_default(),
        version=advice.case["event_id"],
        key=uuid4().hex,
        folded=case["status"] in _UNDER_WAY,
    )
    return dispatch_panel(offer)


def send_confirmed(case_id: str, request: DoorRequest, at: datetime) -> list[Any]:
    """Send whom the form marks; returns what to say.

    Raises:
        MoveIncomplete: Nobody is marked.
        RuleViolation: As `dispatch`.
    """
    assignees = request.chosen.get("assignees", ())
    if not assignees:
        raise MoveIncomplete(action="dispatch", field="assignees")
    order = Order(case_id, assignees, request.object_id, request.value("key"))
    sent: Dispatched = dispatch(services().store, viewer(), order, at)
    return [done(text("dispatch.sent", n=len(sent.tasks)))]
