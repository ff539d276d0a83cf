"""One case on its own page: everything known about it, its history, and the moves to work on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Input, Output, State, dcc, html, no_update

from actions.access import NotAllowed, SignInRequired, viewer
from actions.cases.moves import Moved, move_case
from components import ids
from components.case_detail import no_such_case
from components.case_moves import undo_form
from components.door_form import done, door_page, refused
from components.filters import filter_of
from components.wording import named, text
from pages.callbacks import now, services
from pages.case_body import case_body
from pages.case_dispatch import is_sending, send_confirmed
from pages.case_reporter import answer_to_reporter, is_to_reporter
from pages.case_request import move_of
from pages.door_request import read_door_request
from pages.reading import case_in_reach
from pages.registration import page_callback, page_frame, register_page
from rules.case_undo import UNDO
from rules.cases import CaseChanged, TransitionNotAllowed
from rules.errors import RuleViolation
from rules.privacy import may


def layout(case_id: str = "", **query: object) -> Any:
    """The page of one case; the filters in the address are those to go back to."""
    wanted = filter_of(query)
    back = wanted.address("/")
    found = case_in_reach(case_id)
    if found is None:
        return page_frame("", wanted.community or "", no_such_case(case_id, back))
    shown = [
        dcc.Store(id=ids.CASE_ID, data=case_id),
        dcc.Store(id=ids.CASE_TICK),
        door_page("case-work", ids.CASE_WORK, case_body(found, now())),
    ]
    return page_frame("", found["community_id"], [_tools(back, found), *shown])


register_page(
    __name__,
    path_template="/cases/<case_id>",
    name="case",
    title=lambda **_path: text("case.title"),
    action="case.read",
    layout=layout,
)


@page_callback(
    Output(ids.CASE_WORK[1], "children"),
    Output(ids.CASE_WORK[2], "children"),
    Input(ids.CASE_WORK[0], "data"),
    State(ids.CASE_ID, "data"),
    action="case.read",
    prevent_initial_call=True,
)
def answer_case(data: object, case_id: str) -> tuple[Any, Any]:
    """Make a move and show the case after it; where it is refused, what was typed stays."""
    try:
        request = read_door_request(data)
        if is_sending(request):
            said = send_confirmed(str(case_id), request, now())
        elif is_to_reporter(request):
            said = answer_to_reporter(str(case_id), request)
        else:
            said = _said(move_case(services().store, viewer(), str(case_id), move_of(request)))
    except (NotAllowed, SignInRequired):
        raise
    except (CaseChanged, TransitionNotAllowed) as refusal:
        state = named("status", str(refusal.fields["status"]))
        present = html.P(text("case_work.present_state", status=state), className="door-hint")
        return _notice(data, refused(refusal), present), _body(case_id)
    except RuleViolation as refusal:
        return _notice(data, refused(refusal)), no_update
    return _notice(data, *said), _body(case_id)


# A callback of its own: Dash drops the answer of one that is asked again before it has answered.
@page_callback(
    Output(ids.CASE_WORK[2], "children", allow_duplicate=True),
    Input(ids.CASE_TICK, "data"),
    State(ids.CASE_ID, "data"),
    action="case.read",
    prevent_initial_call=True,
)
def renew_case(_tick: object, case_id: str) -> Any:
    """Show the case anew because somebody, or a source, changed it."""
    return _body(case_id)


def _body(case_id: str) -> Any:
    found = case_in_reach(str(case_id))
    return no_such_case(str(case_id), "/") if found is None else case_body(found, now())


def _notice(data: object, *said: Any) -> html.Div:
    """Each answer is an element of its own, so that the script sees a repeated one as new."""
    key = str(data.get("seq")) if isinstance(data, Mapping) else ""
    return html.Div(list(said), key=key)


def _said(moved: Moved) -> list[Any]:
    action = moved.case["action"]
    said = text("case_work.done", action=named("case_action", action))
    notice: list[Any] = [done(said)]
    if moved.undoable and action != UNDO:
        hint = html.Span(text("case_work.undo_hint"), className="door-hint")
        notice.append(html.Div([undo_form(moved.case["event_id"]), hint], className="case-undo"))
    return notice


def _tools(back: str, case: Mapping[str, Any]) -> html.Div:
    about = f"?community={case['community_id']}&case={case['case_id']}"
    ways = [
        html.A(text(words), href=f"{path}{about}", className="door-button")
        for words, path, grant in (
            ("alarms.raise_from_case", "/alarms", "alarm.handle"),
            ("alarm_move.plan", "/plans", "plan.run"),
        )
        if may(viewer().role, grant)
    ]
    return html.Div(
        [
            html.A(["← ", text("case.back")], href=back, className="back"),
            *ways,
            html.Button(text("case.print"), id=ids.CASE_PRINT, className="quiet"),
        ],
        className="page-tools",
    )
