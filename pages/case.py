"""One case on its own page: everything known about it and its whole history, ready to print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components import ids
from components.case_detail import case_page, no_such_case
from components.case_history import history_steps
from components.filters import filter_of
from components.wording import text
from data.calendars import work_calendar
from pages.callbacks import now, services
from pages.reading import case_in_reach
from pages.registration import page_frame, register_page
from rules.clocks import LimitInvalid, deadline


def layout(case_id: str = "", **query: object) -> Any:
    """The page of one case; the filters in the address are those to go back to."""
    wanted = filter_of(query)
    back = wanted.address("/")
    found = case_in_reach(case_id)
    if found is None:
        return page_frame("", wanted.community or "", no_such_case(case_id, back))
    events = services().store.rows("desk/case_history", case_id=case_id)
    steps = history_steps(events, ZoneInfo(found["timezone"]))
    article = case_page(found, steps, now(), is_provisional(found))
    return page_frame("", found["community_id"], [_tools(back), article])


register_page(
    __name__,
    path_template="/cases/<case_id>",
    name="case",
    title=lambda **_path: text("case.title"),
    action="case.read",
    layout=layout,
)


def is_provisional(case: Mapping[str, Any]) -> bool:
    """True where the deadline rests on working days of a year without a known calendar."""
    value, kind = case["limit_value"], case["limit_kind"]
    if case["deadline_at"] is None or value is None or kind not in ("work_hour", "work_day"):
        return False
    try:
        return deadline(
            case["reported_at"], value, kind, work_calendar(case["timezone"])
        ).provisional
    except LimitInvalid:  # a source's own limit may be one our clocks do not reckon with
        return False


def _tools(back: str) -> html.Div:
    return html.Div(
        [
            html.A(["← ", text("case.back")], href=back, className="back"),
            html.Button(text("case.print"), id=ids.CASE_PRINT, className="quiet"),
        ],
        className="page-tools",
    )
