"""What staff and the reporter of a case say to each other, the number to call back, video calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dash import dcc, html

from components.case_history import actor_words, local_time
from components.door_form import action_button, door_form, labelled, line_field
from components.exact_time import exact_between
from components.wording import named, text

ASK, SHOW_NUMBER = "ask_reporter", "show_number"
MOST_CHARS = 1_000
Row = Mapping[str, Any]


def reporter_panel(
    links: Sequence[Row],
    messages: Sequence[Row],
    numbers: int,
    zone: ZoneInfo,
    names: Mapping[str, str],
    *,
    may_write: bool,
) -> html.Section | None:
    """The people who hold a private link of the case; None where nobody does.

    Args:
        links: Rows of data/sql/case_link/of_case.sql.
        messages: Rows of data/sql/case_message/of_case.sql.
        numbers: How many of them left a number.
        zone: The community's time zone.
        names: Logins by actor.
        may_write: True where the viewer works on cases.
    """
    if not links:
        return None
    followers = sum(1 for link in links if link["kind"] == "follower")
    heading = html.H2(
        [
            html.Span(text("reporter.title")),
            html.Span(text("reporter.followers", n=followers), className="count")
            if followers
            else None,
        ]
    )
    listed = html.Ul([_message(row, zone, names) for row in messages], className="case-messages")
    return html.Section(
        [
            heading,
            listed if messages else None,
            _ask() if may_write else None,
            _number(numbers) if may_write else None,
        ],
        className="sheet case-section",
    )


def calls_panel(calls: Sequence[Row], zone: ZoneInfo) -> html.Section | None:
    """The register of video calls about a case; None without any.

    Args:
        calls: Rows of data/sql/video_call/of_case.sql.
        zone: The community's time zone.
    """
    if not calls:
        return None
    heading = html.H2(
        [html.Span(text("video.calls")), html.Span(str(len(calls)), className="count")]
    )
    return html.Section(
        [heading, html.Ul([_call(row, zone) for row in calls], className="case-people")],
        className="sheet case-section",
    )


def _message(row: Row, zone: ZoneInfo, names: Mapping[str, str]) -> html.Li:
    who = text("case.actor_link") if row["link_id"] else actor_words(row["actor"], names)
    head: list[Any] = [html.Strong(who), " ", local_time(row["written_at"], zone)]
    return html.Li([html.Div(head, className="note"), html.Div(row["note"])])


def _ask() -> html.Form:
    words = dcc.Textarea(name="text", rows=2, maxLength=MOST_CHARS, className="case-text")
    field = labelled(text("reporter.ask"), words, text("reporter.ask_hint"))
    return door_form([field], action_button(ASK, text("reporter.ask")), key="ask-reporter")


def _number(numbers: int) -> Any:
    if not numbers:
        return html.P(text("reporter.no_number"), className="note")
    why = line_field("reason", text("reporter.number_why"), longest=200)
    return door_form([why], action_button(SHOW_NUMBER, text("reporter.number")), key="show-number")


def _call(row: Row, zone: ZoneInfo) -> html.Li:
    outcome = named("video_outcome", row["outcome"]) if row["outcome"] else text("video.running")
    if row["answered_at"] and row["ended_at"]:
        age = exact_between(row["answered_at"], row["ended_at"])
        outcome += " · " + text("video.lasted", age=age)
    said = text(
        "video.call_line",
        callsign=row["callsign"] or "—",
        purpose=named("video_purpose", row["purpose"]),
        at=local_time(row["started_at"], zone, seconds=True),
        outcome=outcome,
    )
    return html.Li(said)
