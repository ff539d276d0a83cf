"""The page of emergency plans: what runs, every plan with its two starts, and past runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.attributes import dashed
from components.door_form import action_button, choice_field, door_form, moment, table
from components.navigation import nothing
from components.wording import duration, local_name, named, text

Row = Mapping[str, Any]


def running_cards(runs: Sequence[Row], zone: ZoneInfo) -> html.Div:
    """What runs now, each with the way to its board."""
    cards = [
        html.Div(
            [
                html.Span(
                    text(f"plan_board.{'drill' if run['drill'] else 'real'}"), className="plan-mode"
                ),
                html.B(local_name(dict(run), stem="title")),
                html.Span(local_name(dict(run), stem="place")),
                html.Span(text(f"plan_board.{run['confirmation']}", left="10:00"))
                if run["confirmation"] != "waiting"
                else None,
                html.Span(moment(run["started_at"], zone)),
                html.A(text("plans.open_run"), href=f"/plans/{run['run_id']}", className="primary"),
            ],
            className="plan-top",
            **dashed(data_drill=str(run["drill"]).lower()),
        )
        for run in runs
    ]
    return html.Div(cards, className="door-page")


def plan_cards(
    plans: Sequence[Row], places: Sequence[tuple[str, str]], starts: bool, about: str = ""
) -> Any:
    """Every plan with its two starts.

    Args:
        plans: As actions/plans/documents.plans_of returns them, suggested ones first.
        places: Id and words of where it may be.
        starts: True where the viewer may start one.
        about: What it is started for, as `case:<id>` or `alarm:<id>`; empty for neither.
    """
    if not plans:
        return nothing(text("plans.none_title"), text("plans.none_hint"))
    return html.Div([_card(plan, places, starts, about) for plan in plans], className="plan-cards")


def past_table(runs: Sequence[Row], zone: ZoneInfo) -> html.Div:
    """Runs that are over, the latest first."""
    heads = [text(f"plans.{code}") for code in ("what", "mode", "when")]
    lines = [
        html.Tr(
            [
                html.Td(
                    html.A(local_name(dict(run), stem="title"), href=f"/plans/{run['run_id']}")
                ),
                html.Td(text(f"plan_board.{'drill' if run['drill'] else 'real'}")),
                html.Td(
                    f"{moment(run['started_at'], zone)} · "
                    f"{duration((run['ended_at'] - run['started_at']).total_seconds())}"
                ),
            ]
        )
        for run in runs
    ]
    return table(heads, lines, text("plans.ended"))


def _card(row: Row, places: Sequence[tuple[str, str]], starts: bool, about: str) -> html.Section:
    plan = row["plan"]
    content: list[Any] = [
        html.H3(local_name(dict(row), stem="title")),
        html.Div(
            [
                named("emergency", row["kind"]),
                " · ",
                text("plans.version", version=row["version"], n=len(plan.steps)),
            ],
            className="plan-note",
        ),
    ]
    if row["is_default"]:
        content.append(html.Span(text("plans.default"), className="tag"))
    if starts:
        buttons = [
            action_button("start:real", text("plans.start_real"), main=True),
            action_button("start:drill", text("plans.start_drill")),
        ]
        where = choice_field(
            "place", text("plans.place"), [("", text("plans.place_none")), *places]
        )
        content.append(
            door_form([where], *buttons, object_id=f"{row['code']}|{about}", style="single")
        )
    content.append(html.A(text("plans.edit"), href=f"/plans/edit/{row['code']}"))
    return html.Section(content, className="plan-card", **dashed(data_plan=row["code"]))
