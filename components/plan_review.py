"""The after-action review of a run: its figures, each task against its time, the timeline.

DOMAIN R20: it is about the plan. Tasks are compared with their times, never people with people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components import ids
from components.case_history import actor_words, local_time
from components.door_form import moment, sheet, table
from components.exact_time import exact_duration
from components.plan_run import second_words, shortfall_list, title_of
from components.wording import local_name, named, text
from rules.plan_review import TaskReview, TimelineEntry
from rules.plan_runs import Activation
from rules.plans import Plan

Row = Mapping[str, Any]


def review(
    row: Row,
    plan: Plan,
    run: Activation,
    reviews: Sequence[TaskReview],
    entries: Sequence[TimelineEntry],
    names: Mapping[str, str],
    zone: ZoneInfo,
) -> list[Any]:
    """The whole review of a run that is over; it prints on paper.

    Args:
        row: Every column of plan_run_now.
        names: Login by actor.
        zone: Zone of the community.
    """
    parts: list[Any] = [
        html.P(
            f"{text('plan_review.drill')} · {local_name(dict(row), stem='title')}",
            className="plan-drill-mark",
        )
        if row["drill"]
        else None,
        sheet(
            text("plan_review.title", title=local_name(dict(row), stem="title")),
            *_facts(row, reviews, zone),
        ),
    ]
    if run.shortfalls:
        parts.append(sheet(text("plans.short"), shortfall_list(run)))
    parts.append(sheet(text("plan_review.tasks"), _tasks(plan, reviews)))
    told = _timeline(plan, entries, names, zone)
    parts.append(sheet(text("plan_review.timeline"), told))
    return [part for part in parts if part is not None]


def _facts(row: Row, reviews: Sequence[TaskReview], zone: ZoneInfo) -> list[Any]:
    words = text(
        "plan_review.facts",
        start=moment(row["started_at"], zone),
        end=moment(row["ended_at"], zone),
        took=exact_duration((row["ended_at"] - row["started_at"]).total_seconds()),
        done=sum(each.state == "done" for each in reviews),
        n=len(reviews),
        late=sum(bool(each.late_by) for each in reviews),
    )
    print_it = html.Button(text("plan_review.print"), id=ids.CASE_PRINT, className="quiet no-print")
    second = second_words(row, row["ended_at"])
    found: list[Any] = [html.P(words), html.P(second), print_it]
    if row["destroyed_at"] is not None:
        gone = text(
            "plan_review.destroyed",
            n=row["gathered"],
            at=moment(row["destroyed_at"], zone),
            proof=row["proof"],
        )
        found.append(html.P(gone, className="door-hint"))
    return found


def _tasks(plan: Plan, reviews: Sequence[TaskReview]) -> html.Div:
    titles = {step.step_id: title_of(step) for step in plan.steps}
    heads = [
        text("plan_run.step"),
        text("plan_run.state"),
        *(text(f"plan_review.{code}") for code in ("planned", "taken", "late")),
    ]
    lines = []
    for number, each in enumerate(reviews, 1):
        taken = text("plan_review.open")
        if each.taken is not None:
            taken = exact_duration(each.taken.total_seconds())
        late = exact_duration(each.late_by.total_seconds()) if each.late_by else "—"
        cells = [
            f"{number}. {titles[each.step_id]}",
            named("plan_step_state", each.state),
            exact_duration(each.planned.total_seconds()),
            taken,
            late,
        ]
        lines.append(html.Tr([html.Td(cell) for cell in cells]))
    return table(heads, lines, text("plan_review.tasks"))


def _timeline(
    plan: Plan, entries: Sequence[TimelineEntry], names: Mapping[str, str], zone: ZoneInfo
) -> html.Ol:
    titles = {step.step_id: title_of(step) for step in plan.steps}
    items = []
    for entry in entries:
        event = entry.event
        about = titles.get(event.subject or "", "")
        if event.kind == "case_changed":
            about = named("status", event.subject or "")
        words = [named("plan_event", event.kind), about]
        since = exact_duration(max(0.0, entry.after_start.total_seconds()))
        line: list[Any] = [
            html.Span(local_time(event.happened_at, zone, seconds=True), className="history-time"),
            html.Span(f" +{since} ", className="history-since"),
            html.B(" · ".join(word for word in words if word)),
            html.Span(f" {actor_words(event.actor, names)}", className="plan-note"),
        ]
        if entry.drill:
            line.append(html.Span(text("plan_review.drill"), className="review-drill"))
        if entry.handed_in_late:
            line.append(html.Span(f" {text('plan_review.handed_in')}", className="plan-note"))
        if event.text:
            line.append(html.P(event.text, className="history-note"))
        items.append(html.Li(line))
    return html.Ol(items, className="history review-timeline")
