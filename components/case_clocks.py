"""The two clocks of a case in lights and words, and why its deadline is what it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.case_history import limit_words, local_time
from components.exact_time import exact_duration
from components.wording import named, text
from rules.case_deadlines import Explanation
from rules.clocks import Light

# The lights of rules/clocks.py as the style sheets name them.
_CLASSES = {"green": "fine", "yellow": "soon", "red": "over"}


def clock_lights(
    case: Mapping[str, Any],
    case_light: Light | None,
    step_light: Light | None,
    paused_since: datetime | None,
    zone: ZoneInfo,
) -> html.Dl:
    """Whole case and present step, each with its light, a word and its deadline.

    Args:
        case: A row of data/sql/desk/case.sql.
        case_light: Light of the whole case; None without a limit or once it is finished.
        step_light: Light of the step; None where it has no limit of its own.
        paused_since: When the whole-case clock stopped; None while it runs.
        zone: The community's time zone.
    """
    rows = []
    if case_light is not None:
        word = "case_clock.paused" if paused_since else f"case_clock.{case_light}"
        due_at = local_time(case["deadline_at"], zone)
        rows.append(_light("case_clock.case", case_light, text(word), due_at))
    if step_light is not None:
        due_at = local_time(case["step_deadline_at"], zone)
        due = text("case_clock.step_due", status=named("status", case["status"]), at=due_at)
        rows.append(_light("case_clock.step", step_light, text(f"case_clock.{step_light}"), due))
    return html.Dl(rows, className="facts case-lights")


def deadline_story(explained: Explanation, zone: ZoneInfo) -> list[str]:
    """Why a deadline is what it is, one sentence per fact, in the reader's language."""
    due = explained.due
    limit = limit_words(explained.limit_value, explained.limit_kind)
    begun = text("case_clock.started", at=local_time(explained.start_at, zone))
    said = [f"{named('category', explained.category)} · {limit}", begun]
    if explained.pauses or explained.extensions:
        said.append(text("case_clock.base", at=local_time(explained.base_at, zone)))
    for pause in explained.pauses:
        said.append(
            text(
                "case_clock.pause",
                start=local_time(pause.start_at, zone, seconds=True),
                end=local_time(pause.end_at, zone, seconds=True),
                age=exact_duration(pause.counted.total_seconds()),
            )
        )
    for each in explained.extensions:
        granted, until = local_time(each.granted_at, zone), local_time(each.until, zone)
        said.append(text("case_clock.extension", at=granted, until=until))
    if due.paused_since is not None:
        since = local_time(due.paused_since, zone)
        said.append(text("case_clock.paused_since", at=since, due=local_time(due.at, zone)))
    if explained.holidays:
        said.append(text("case_clock.holidays", days=_days(explained.holidays)))
    if explained.makeup_days:
        said.append(text("case_clock.makeup", days=_days(explained.makeup_days)))
    if explained.calendar_version is not None:
        version = explained.calendar_version
        said.append(text("case_clock.calendar", version=version, zone=explained.zone))
    if due.provisional:
        said.append(text("case.provisional"))
    return said


def _light(code: str, light: Light, word: str, due: str) -> html.Div:
    shown = html.Span(f"● {word}", className=f"case-time light-{_CLASSES[light]}")
    return html.Div([html.Dt(text(code)), html.Dd([shown, " ", html.Span(due)])])


def _days(days: tuple[Any, ...]) -> str:
    return ", ".join(day.isoformat() for day in days)
