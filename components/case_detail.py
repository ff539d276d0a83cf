"""One case in full: the panel beside the list and the parts of the case page.

Everything a resident wrote enters as text children, never as HTML or Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from dash import html

from components.case_clocks import clock_lights, deadline_story
from components.case_history import HistoryStep, history_list, limit_words, local_time, source_words
from components.case_light import case_light, shape, time_words
from components.case_list import place_of
from components.navigation import nothing
from components.wording import local_name, named, text
from rules.case_deadlines import Explanation
from rules.clocks import Light

LATEST_STEPS = 4


class ClockReading(Protocol):
    """How the two clocks of a case stand; actions/cases/clock.py reads them."""

    @property
    def case_light(self) -> Light | None:
        """Light of the whole case."""

    @property
    def step_light(self) -> Light | None:
        """Light of the present step."""

    @property
    def paused_since(self) -> datetime | None:
        """When the whole-case clock stopped."""

    @property
    def explanation(self) -> Explanation | None:
        """Why the deadline is what it is."""


_WORKING_CLOCKS = ("work_hour", "work_day")


def case_heading(case: Mapping[str, Any], now: datetime, level: type[Any] = html.H2) -> html.Div:
    """Shape, category, status and light of a case in one line each."""
    light = case_light(case, now)
    return html.Div(
        [
            level(
                [
                    html.Span(
                        shape(case["urgency"]),
                        className=f"shape light-{light}",
                        title=named("urgency", case["urgency"]),
                    ),
                    html.Span(named("category", case["category"])),
                ],
                className="case-category",
            ),
            html.P(case["title"], className="case-title") if case["title"] else None,
            html.P(
                [
                    html.Span(named("status", case["status"]), className="tag"),
                    html.Span(time_words(case, now), className=f"case-time light-{light}"),
                ],
                className="case-state",
            ),
        ],
        className="case-heading",
    )


def case_summary(
    case: Mapping[str, Any], steps: Sequence[HistoryStep], now: datetime, address: str
) -> html.Div:
    """The panel beside the list: what, where, until when, the latest steps, one way onward.

    Args:
        case: A row of data/sql/desk/case.sql.
        steps: Its history, oldest first.
        now: The moment, aware UTC.
        address: Address of the case page, with the filters to come back to.
    """
    zone = ZoneInfo(case["timezone"])
    latest = list(reversed(steps))[:LATEST_STEPS]
    return html.Div(
        [
            case_heading(case, now),
            html.A(text("desk.open_case"), href=address, className="primary"),
            facts_list(
                [
                    ("place", place_of(case)),
                    ("area", local_name(dict(case), stem="area")),
                    ("reported_at", local_time(case["reported_at"], zone)),
                    ("deadline_at", local_time(case["deadline_at"], zone) or text("time.no_limit")),
                    ("channel", named("channel", case["channel"]) if case["channel"] else ""),
                    ("source_id", case["source_id"]),
                    ("address", case["address"] or ""),
                ]
            ),
            html.P(case["description"], className="case-description")
            if (case["description"] or "").strip()
            else None,
            html.H3(text("desk.latest")),
            history_list(latest),
        ],
        className="case-summary",
    )


def case_page(
    case: Mapping[str, Any],
    steps: Sequence[HistoryStep],
    now: datetime,
    clocks: ClockReading,
    panels: Sequence[Any] = (),
) -> html.Article:
    """Everything about a case and its whole history.

    Args:
        case: A row of data/sql/desk/case.sql.
        steps: Its history, oldest first.
        now: The moment, aware UTC.
        clocks: How its two clocks stand.
        panels: What can be done with it, above everything known.
    """
    zone = ZoneInfo(case["timezone"])
    return html.Article(
        [
            case_heading(case, now, level=html.H1),
            *panels,
            html.Div(
                [
                    _section("case.texts", _texts(case)),
                    _section("case.deadline", _deadline(case, zone, clocks)),
                    _section("case.location", _location(case)),
                    _section("case.origin", _origin(case, zone)),
                ],
                className="case-sections",
            ),
            _section(
                "case.history",
                history_list(steps),
                html.P(text("case.time_in_zone", zone=case["timezone"]), className="note"),
                count=text("case.history_count", n=len(steps)),
            ),
        ],
        className="case-page",
    )


def no_such_case(case_id: str, back: str) -> html.Div:
    """What stands in the place of a case that does not exist."""
    return nothing(
        text("case.none_title"),
        text("case.none_hint", case_id=case_id[:80]),
        html.A(text("case.back"), href=back, className="primary"),
    )


def deadline_reason(case: Mapping[str, Any], explained: Explanation | None) -> list[str]:
    """Why a case is due when it is: its limit, the clock that runs, and all that moved it.

    Args:
        case: A row of data/sql/desk/case.sql.
        explained: What rules/case_deadlines.py found; None where it is not reckoned here.
    """
    kind, value = case["limit_kind"], case["limit_value"]
    if case["deadline_at"] is None:
        return [text("case.why_none")]
    if kind == "source" or kind is None or value is None:
        return [text("case.why_source")]
    clock = text("case.clock_working" if kind in _WORKING_CLOCKS else "case.clock_continuous")
    unit = text(f"case.limit_unit_{kind}")
    if explained is None:
        return [text("case.why_limit", value=f"{value:g}", kind=unit, clock=clock)]
    return [clock, *deadline_story(explained, ZoneInfo(case["timezone"]))]


def facts_list(facts: Sequence[tuple[str, Any]]) -> html.Dl:
    """Names and values of facts; what is not known is left out."""
    return html.Dl(
        [
            html.Div([html.Dt(text(f"case.field_{name}")), html.Dd(value)])
            for name, value in facts
            if value not in ("", None)
        ],
        className="facts",
    )


def _section(code: str, *content: Any, count: str = "") -> html.Section:
    heading = [html.Span(text(code)), *([html.Span(count, className="count")] if count else [])]
    return html.Section([html.H2(heading), *content], className="sheet case-section")


def _texts(case: Mapping[str, Any]) -> html.Div:
    if not (case["description"] or case["address"]):
        return html.Div(html.P(text("case.no_texts"), className="note"))
    return html.Div(
        [
            html.P(case["description"], className="case-description")
            if (case["description"] or "").strip()
            else None,
            facts_list([("address", case["address"])]),
        ]
    )


def _deadline(case: Mapping[str, Any], zone: ZoneInfo, clocks: ClockReading) -> html.Div:
    lights = (clocks.case_light, clocks.step_light, clocks.paused_since)
    return html.Div(
        [
            clock_lights(case, *lights, zone),
            facts_list(
                [
                    ("reported_at", local_time(case["reported_at"], zone)),
                    ("deadline_at", local_time(case["deadline_at"], zone) or text("time.no_limit")),
                    ("limit", limit_words(case["limit_value"], case["limit_kind"])),
                    ("closed_at", local_time(case["closed_at"], zone)),
                    ("outcome", named("outcome", case["outcome"]) if case["outcome"] else ""),
                    ("source_flag", case["source_flag"]),
                ]
            ),
            *(
                html.P(reason, className="note")
                for reason in deadline_reason(case, clocks.explanation)
            ),
        ]
    )


def _location(case: Mapping[str, Any]) -> html.Div:
    accuracy = case["accuracy_m"]
    flag = case["location_flag"]
    facts = facts_list(
        [
            ("place", local_name(dict(case), stem="place")),
            ("area", local_name(dict(case), stem="area")),
            ("locality", case["locality"]),
            ("position", _pair(case["lon"], case["lat"], " WGS-84")),
            ("source_crs", case["source_crs"] if case["lon"] is not None else ""),
            ("raw", _pair(case["raw_x"], case["raw_y"], "")),
            ("accuracy_m", text("case.metres", metres=f"{accuracy:g}") if accuracy else ""),
            ("location_flag", named("location_flag", flag) if flag else ""),
        ]
    )
    missing = html.P(text("case.no_position"), className="note") if case["lon"] is None else None
    return html.Div([facts, missing])


def _origin(case: Mapping[str, Any], zone: ZoneInfo) -> html.Dl:
    return facts_list(
        [
            ("community", local_name(dict(case), stem="community") or case["community_id"]),
            ("source", source_words(case["source"])),
            ("source_id", case["source_id"]),
            ("source_version", case["source_version"]),
            ("channel", named("channel", case["channel"]) if case["channel"] else ""),
            ("category", named("category", case["category"])),
            ("urgency", named("urgency", case["urgency"])),
            ("case_id", case["case_id"]),
        ]
    )


def _pair(x: float | None, y: float | None, frame: str) -> str:
    return "" if x is None or y is None else f"{x:.6f}, {y:.6f}{frame}"
