"""A running plan at the desk: what is short, every task with its timer and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.attributes import dashed
from components.case_history import local_time
from components.door_form import action_button, door_form, labelled, table
from components.wording import local_name, named, text
from rules.cases import TEXT_CHARS
from rules.plan_runs import SETTLED, STEP_MOVES, TEXT_NEEDED, Activation, PlanTask
from rules.plans import Plan

Row = Mapping[str, Any]


def run_top(row: Row, place: str, now: datetime) -> html.Div:
    """Live or drill, name, place, how the second person stands, and the clock since the start."""
    second = second_words(row, now)
    clock = html.Span(
        "",
        className="plan-clock",
        **dashed(data_plan_since=row["started_at"].isoformat()),
    )
    return html.Div(
        [
            html.Span(
                text(f"plan_board.{'drill' if row['drill'] else 'real'}"), className="plan-mode"
            ),
            html.H1(local_name(dict(row), stem="title")),
            html.Span(place) if place else None,
            html.Span(second, className="tag", **dashed(data_state=row["confirmation"])),
            clock if row["ended_at"] is None else None,
        ],
        className="plan-top",
        **dashed(data_drill=str(row["drill"]).lower()),
    )


def second_words(row: Row, now: datetime) -> str:
    """Say how the second person stands, with the time left while one is waited for."""
    if row["confirmation"] == "waiting" and row["ended_at"] is not None:
        return text("plan_board.never")
    left = max(0, int((row["confirm_by"] - now).total_seconds()))
    return text(f"plan_board.{row['confirmation']}", left=f"{left // 60:02d}:{left % 60:02d}")


def shortfall_list(run: Activation) -> Any:
    """What the plan asked for and was not there when it was started."""
    if not run.shortfalls:
        return None
    items = []
    for short in run.shortfalls:
        subject = named("plan_role", short.subject)
        if subject == short.subject:
            subject = named("service", short.subject)
        many = f" ×{short.n}" if short.n > 1 else ""
        items.append(html.Li(f"{subject} · {named('plan_shortfall', short.code)}{many}"))
    return html.Ul(items, className="short-list")


def task_table(
    plan: Plan, run: Activation, why: Mapping[str, str], acts: bool, zone: ZoneInfo
) -> html.Div:
    """Every task in the order of the plan.

    Args:
        why: What was written with each step, by step.
        acts: True where the viewer may settle steps and the run is on.
        zone: Zone of the community.
    """
    titles = {step.step_id: title_of(step) for step in plan.steps}
    heads = [text(f"plan_run.{code}") for code in ("step", "role", "state", "due")]
    lines = [_line(task, titles, why, acts, zone, n) for n, task in enumerate(run.tasks, 1)]
    return table([*heads, text("plan_run.do")] if acts else heads, lines, text("plan_run.title"))


def title_of(step: Any) -> str:
    """Return what a step asks for, in the reader's language."""
    return local_name({"title_zh": step.title_zh, "title_en": step.title_en}, stem="title")


def second_person_form(row: Row) -> html.Form:
    """The two answers of the second person."""
    return door_form(
        [],
        action_button("confirm", text("plan_run.confirm"), main=True),
        action_button("refuse", text("plan_run.refuse"), confirm=text("plan_run.refuse_sure")),
        object_id=row["run_id"],
        style="inline",
    )


def note_form(row: Row, key: str) -> html.Form:
    """A line for the timeline."""
    return door_form(
        [_text_box("plan_run.note", "text")],
        action_button("note", text("plan_run.note_save")),
        object_id=row["run_id"],
        style="single",
        key=key,
    )


def end_form(row: Row) -> html.Form:
    """The button that ends the run."""
    button = action_button("end", text("plan_run.end"), confirm=text("plan_run.end_sure"))
    return door_form([], button, object_id=row["run_id"], style="inline")


def people_table(people: Sequence[Any]) -> Any:
    """Who may need help, in clear; shown only after a press that was audited."""
    if not people:
        return html.P(text("plan_run.nobody"), className="door-hint")
    heads = [text(f"plan_run.{c}") for c in ("building", "door", "name", "phone", "need")]
    lines = []
    for one in people:
        place = local_name({"place_zh": one.place_zh, "place_en": one.place_en}, stem="place")
        need = [
            named("care_category", one.care_category or ""),
            named("care_need", one.care_need or ""),
        ]
        cells = [place, one.door, one.name, one.phone, " · ".join(word for word in need if word)]
        lines.append(html.Tr([html.Td(cell or "—") for cell in cells]))
    return table(heads, lines, text("plan_run.people"))


def _line(
    task: PlanTask,
    titles: Mapping[str, str],
    why: Mapping[str, str],
    acts: bool,
    zone: ZoneInfo,
    number: int,
) -> html.Tr:
    step = task.step
    about = [
        text("plan_run.waits", what="、".join(titles[each] for each in step.after))
        if step.after
        else "",
        text("plan_run.calls", what="、".join(named("service", c) for c in step.contact_ids))
        if step.contact_ids
        else "",
        "" if step.required else text("plan_run.optional"),
    ]
    what: list[Any] = [html.B(f"{number}. {titles[step.step_id]}")]
    what += [html.Span(words, className="plan-note") for words in about if words]
    if step.step_id in why:
        what.append(html.Span(why[step.step_id], className="plan-note said"))
    settled = task.state in SETTLED
    due = (
        local_time(task.changed_at, zone, seconds=True)
        if settled and task.changed_at
        else html.Span("", className="plan-left", **dashed(data_plan_due=task.due_at.isoformat()))
    )
    cells = [
        html.Td(what),
        html.Td(f"{named('plan_role', step.role)} ×{step.people}"),
        html.Td(html.Span(named("plan_step_state", task.state), className="tag")),
        html.Td(due),
    ]
    if acts:
        cells.append(html.Td(_moves(task)))
    return html.Tr(
        cells,
        className="plan-row",
        key=f"{step.step_id}-{task.state}-{task.changed_at}",
        **dashed(data_step=step.step_id, data_state=task.state),
    )


def _moves(task: PlanTask) -> html.Div:
    step = task.step
    forms: list[Any] = []
    for state in STEP_MOVES[task.state]:
        words = text(f"plan_run.{state}")
        if state == "under_way" and task.state in SETTLED:
            words = text("plan_run.again")
        button = action_button(f"{state}:{task.state}", words, main=state == "done")
        if state not in TEXT_NEEDED:
            forms.append(door_form([], button, object_id=step.step_id, style="inline"))
            continue
        box = _text_box("plan_run.why", "text")
        form = door_form([box], button, object_id=step.step_id, style="single")
        forms.append(html.Details([html.Summary(words, className="door-button"), form]))
    return html.Div(forms, className="plan-moves")


def _text_box(label: str, name: str) -> html.Label:
    box = html.Textarea(
        name=name, rows=2, maxLength=TEXT_CHARS[1], className="door-input case-text"
    )
    return labelled(text(label), box)
