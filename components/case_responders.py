"""Who was sent to a case and what became of it, and which other reports follow the case."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.case_history import local_time
from components.exact_time import exact_between
from components.wording import local_name, named, text


def responders_panel(tasks: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> html.Section | None:
    """Everybody who was sent, first sent first; None where nobody was.

    Args:
        tasks: Rows of data/sql/task/shown.sql.
        zone: The community's time zone.
    """
    if not tasks:
        return None
    return _panel("case_work.tasks", [_task(task, zone) for task in tasks])


def followers_panel(reports: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> html.Section | None:
    """The reports that were merged into a case; None where there are none.

    Args:
        reports: Rows of data/sql/case/merged_reports.sql.
        zone: The community's time zone.
    """
    if not reports:
        return None
    items = [
        html.Li(
            [
                html.A(named("category", row["category"]), href=f"/cases/{row['case_id']}"),
                " · ",
                local_time(row["reported_at"], zone),
            ]
        )
        for row in reports
    ]
    return _panel("case_work.followers", items)


def followed_note(case: Mapping[str, Any]) -> html.P | None:
    """Where a case was merged into another: the way there."""
    if case["merged_into"] is None:
        return None
    link = html.A(text("case_work.open_it"), href=f"/cases/{case['merged_into']}")
    return html.P([text("case_work.followed"), link], className="door-notice")


def _task(task: Mapping[str, Any], zone: ZoneInfo) -> html.Li:
    said = [
        named("task_status", task["status"]),
        text("case_work.task_times", at=local_time(task["sent_at"], zone, seconds=True)),
    ]
    if task["finished_at"] is not None:
        age = exact_between(task["sent_at"], task["finished_at"])
        said.append(text("case_work.task_took", age=age))
    name = html.Strong(local_name(dict(task)))
    content: list[Any] = [name, " · ", " · ".join(said)]
    if task["reasons"]:
        why = [named("dispatch_reason", code) for code in json.loads(task["reasons"])]
        words = text("case_work.task_reasons", why=text("dispatch.and").join(why))
        content.append(html.Span(words, className="door-hint"))
    return html.Li(content, className=f"task task-{task['status']}")


def _panel(code: str, items: Sequence[html.Li]) -> html.Section:
    heading = html.H2([html.Span(text(code)), html.Span(str(len(items)), className="count")])
    return html.Section(
        [heading, html.Ul(list(items), className="case-people")], className="sheet case-section"
    )
