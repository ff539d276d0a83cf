"""Stills of cameras for a case, and covered copies of its photos, which alone are published."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, NotThere, SignInRequired, viewer
from actions.approvals import Approvals
from actions.cameras.glimpse import HubMissing
from actions.cameras.stills import StillMissing, ask_still
from actions.cameras.watchable import watchable
from actions.cases.access import reached_case
from actions.cases.covering import cover, take_back
from actions.cases.photos import photos_of
from components import ids
from components.case_pictures import cover_sheet, covered_sheet, still_sheet
from components.door_form import Option, done, door_page, refused
from components.wording import local_name, named, text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, read_door_request
from pages.registration import page_callback, page_frame, register_page
from rules.covering import boxes_of
from rules.errors import RuleViolation
from rules.privacy import may

MOST_CAMERAS = 200


def layout(**query: object) -> Any:
    """The pictures of one case, for who works on it."""
    case_id = str(query.get("case") or "")[:100]
    here = reached_case(services().store, viewer(), case_id)
    page = door_page("case-pictures", ids.CASE_PICTURES, body(case_id))
    return page_frame("/case-pictures", here["community_id"], page)


register_page(
    __name__,
    path="/case-pictures",
    name="case_pictures",
    title=lambda: text("pictures.title"),
    action="case.write",
    layout=layout,
)


@page_callback(
    Output(ids.CASE_PICTURES[1], "children"),
    Output(ids.CASE_PICTURES[2], "children"),
    Input(ids.CASE_PICTURES[0], "data"),
    action="case.write",
    prevent_initial_call=True,
)
def answer_case_pictures(data: object) -> tuple[Any, Any]:
    """Take a still, make a covered copy, or take one back."""
    try:
        request = read_door_request(data)
        words = _carry_out(request)
    except (NotAllowed, SignInRequired):
        raise
    except StillMissing as missing:
        why = named("camera_reason", str(missing.fields["reason"]))
        return refused(StillMissing(reason=why)), no_update
    except RuleViolation as refusal:
        return refused(refusal), no_update
    except HubMissing as missing:
        words = text(f"error.{missing.code}")
        return html.Div(words, className="door-notice refused", role="alert"), no_update
    return done(words), body(request.value("case"))


def body(case_id: str) -> list[Any]:
    """Asking for a still, the originals to cover, and what is published."""
    store, asking = services().store, viewer()
    photos = photos_of(store, asking, case_id)
    back = html.A(text("pictures.back"), href=f"/cases/{case_id}")
    shown: list[Any] = [html.H1(text("pictures.title"), className="page-title"), html.P(back)]
    if may(asking.role, "video.view"):
        shown.append(still_sheet(case_id, _cameras(case_id), str(len(photos))))
    shown.append(cover_sheet(photos, case_id))
    copies = covered_sheet(photos, case_id)
    return [*shown, copies] if copies is not None else shown


def _cameras(case_id: str) -> list[Option]:
    store, asking = services().store, viewer()
    community_id = reached_case(store, asking, case_id)["community_id"]
    mine = watchable(store, asking, community_id)
    rows = store.rows("camera/nearest", case_id=case_id, most=MOST_CAMERAS)
    return [(row["device_id"], local_name(row)) for row in rows if row["device_id"] in mine]


def _carry_out(request: DoorRequest) -> str:
    running, asking, case_id = services(), viewer(), request.value("case")
    store, audit = running.store, running.audit
    if request.action == "ask":
        approvals = Approvals(store, running.keyring, audit, now)
        ask_still(
            approvals, asking, case_id, request.value("camera"), request.value("purpose"),
            request.value("reason"),
        )  # fmt: skip
        return text("pictures.asked")
    if request.action == "cover":
        cover(store, audit, asking, case_id, request.object_id, boxes_of(request.value("boxes")))
    elif request.action == "nothing":
        cover(store, audit, asking, case_id, request.object_id, ())
    elif request.action == "take_back":
        take_back(store, audit, asking, case_id, request.object_id)
    else:
        raise NotThere(action=request.action)
    return text("pictures.done")
