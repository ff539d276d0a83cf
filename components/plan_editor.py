"""The editor of one plan: a form per step, its names, its versions, and the way out as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components import ids
from components.case_history import actor_words
from components.door_form import (
    action_button,
    choice_field,
    door_form,
    line_field,
    moment,
    sheet,
    table,
)
from components.plan_run import title_of
from components.wording import duration, local_name, named, text
from rules.plan_vocabulary import PLAN_ROLES
from rules.plans import Plan, PlanStep

Row = Mapping[str, Any]


def editor(
    row: Row, versions: Sequence[Row], names: Mapping[str, str], zone: ZoneInfo, writes: bool
) -> list[Any]:
    """The whole page.

    Args:
        row: As actions/plans/documents.plan_of returns it.
        versions: Rows of plan/versions.sql.
        names: Login by actor.
        zone: Zone of the community.
        writes: True where the viewer may change it.
    """
    plan: Plan = row["plan"]
    title = local_name(dict(row), stem="title")
    export = html.Button(text("plan_edit.export"), id=ids.PLAN_EXPORT, className="door-button")
    shown: list[Any] = [
        html.A(text("plan_edit.back"), href="/plans"),
        html.H1(text("plan_edit.title", title=title), className="page-title"),
        html.P(text("plan_edit.hint"), className="door-hint"),
        html.Span(text("plans.default"), className="tag") if row["is_default"] else None,
        html.Div([export], className="plan-moves"),
    ]
    if writes:
        shown.append(sheet(text("plan_edit.heads"), _head_form(plan), *_around(plan)))
    shown.append(sheet(text("plan_edit.steps"), _steps(plan, writes)))
    if writes:
        shown.append(sheet(text("plan_edit.add"), _step_form(plan, None)))
    shown.append(sheet(text("plan_edit.versions"), _versions(versions, names, zone)))
    return [part for part in shown if part is not None]


def _around(plan: Plan) -> list[Any]:
    """What only the file changes: whom to call outside, and what suggests the plan."""
    calls = "、".join(named("service", contact.service) for contact in plan.contacts) or "—"
    by = [
        named("alarm_kind", each.alarm_kind)
        if each.alarm_kind
        else named("category", str(each.category))
        for each in plan.triggers
    ]
    return [
        html.P(text("plan_edit.contacts", what=calls), className="door-hint"),
        html.P(text("plan_edit.triggers", what="、".join(by) or "—"), className="door-hint"),
    ]


def _head_form(plan: Plan) -> html.Form:
    until = plan.review_by.isoformat() if plan.review_by else ""
    return door_form(
        [
            line_field("title_zh", text("plan_edit.title_zh"), plan.title_zh, longest=120),
            line_field("title_en", text("plan_edit.title_en"), plan.title_en, longest=120),
            line_field("review_by", text("plan_edit.review_by"), until, longest=10),
        ],
        action_button(f"head:{plan.version}", text("plan_edit.save"), main=True),
        key=f"head-{plan.version}",
    )


def _steps(plan: Plan, writes: bool) -> html.Div:
    heads = [text(f"plan_edit.{c}") for c in ("steps", "role", "people", "due_min")]
    titles = {step.step_id: title_of(step) for step in plan.steps}
    lines = []
    for number, step in enumerate(plan.steps, 1):
        waits = "、".join(titles[each] for each in step.after)
        what: list[Any] = [html.B(f"{number}. {titles[step.step_id]}")]
        if waits:
            what.append(html.Span(text("plan_run.waits", what=waits), className="plan-note"))
        if not step.required:
            what.append(html.Span(text("plan_run.optional"), className="plan-note"))
        if writes:
            summary = html.Summary(text("plans.edit"), className="plan-note")
            what.append(html.Details([summary, _step_form(plan, step)]))
        cells = [
            what,
            named("plan_role", step.role),
            str(step.people),
            duration(step.due_s),
        ]
        lines.append(html.Tr([html.Td(cell) for cell in cells], key=f"{step.step_id}"))
    return table(heads, lines, text("plan_edit.steps"))


def _step_form(plan: Plan, step: PlanStep | None) -> html.Form:
    above = plan.steps
    if step is not None:
        above = plan.steps[: plan.steps.index(step)]
    roles = [(role, named("plan_role", role)) for role in PLAN_ROLES]
    answers = [("yes", text("plan_edit.yes")), ("no", text("plan_edit.no"))]
    earlier = [("", "—"), *((each.step_id, title_of(each)) for each in above)]
    buttons = [action_button(f"step:{plan.version}", text("plan_edit.save"), main=True)]
    if step is not None:
        sure = text("plan_edit.remove_sure")
        buttons.append(
            action_button(f"remove:{plan.version}", text("plan_edit.remove"), confirm=sure)
        )
    last_due = max(each.due_s for each in plan.steps)
    fields = [
        line_field("title_zh", text("plan_edit.title_zh"), step.title_zh if step else "", "", 400),
        line_field("title_en", text("plan_edit.title_en"), step.title_en if step else "", "", 400),
        choice_field("role", text("plan_edit.role"), roles, step.role if step else "grid_worker"),
        line_field("people", text("plan_edit.people"), str(step.people if step else 1), "", 3),
        line_field(
            "due_min", text("plan_edit.due_min"), str((step.due_s if step else last_due) // 60)
        ),
        choice_field(
            "required",
            text("plan_edit.required"),
            answers,
            "yes" if step is None or step.required else "no",
        ),
        choice_field(
            "after", text("plan_edit.after"), earlier, step.after[0] if step and step.after else ""
        ),
    ]
    key = f"{step.step_id if step else 'new'}-{plan.version}"
    return door_form(fields, *buttons, object_id=step.step_id if step else "", key=key)


def _versions(rows: Sequence[Row], names: Mapping[str, str], zone: ZoneInfo) -> html.Ul:
    return html.Ul(
        [
            html.Li(
                f"{row['version']} · {moment(row['happened_at'], zone)} · "
                f"{actor_words(row['actor'], names)}"
            )
            for row in rows
        ],
        className="alarm-shelves",
    )
