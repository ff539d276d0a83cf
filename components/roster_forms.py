"""The forms of the roster page: a new absence, a new shift, a new team; all by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dash import html

from components.door_form import (
    Option,
    action_button,
    choice_field,
    door_form,
    line_field,
    many_field,
    sheet,
)
from components.roster_page import WEEKDAYS, RosterView
from components.wording import local_name, named, text
from rules.vocabulary import TEAM_KINDS

DAYS_AHEAD = 60
CYCLES = (1, 2, 3, 4, 5, 6, 7, 8, 14)
_DAY_KINDS = ("everyday", "workday", "restday")
_TIMES = [f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in (0, 30)]


def absence_form(view: RosterView, workers: Sequence[Option]) -> html.Form:
    """Who is away from when to when, and who stands in."""
    days, today = _dates(view), _today(view)
    return door_form(
        [
            choice_field("worker_id", text("roster.worker"), workers),
            choice_field("start_on", text("roster.from_day"), days, today.isoformat()),
            choice_field("start_time", text("roster.from_time"), _clock(), "00:00"),
            choice_field(
                "end_on", text("roster.until_day"), days, (today + timedelta(days=1)).isoformat()
            ),
            choice_field("end_time", text("roster.until_time"), _clock(), "00:00"),
            choice_field(
                "stand_in_id",
                text("roster.stand_in"),
                [("", text("roster.no_stand_in")), *workers],
            ),
        ],
        action_button("absence", text("roster.add_absence"), main=True),
        key=f"absence-{len(view.absences)}",
    )


def shift_form(view: RosterView, workers: Sequence[Option]) -> Any:
    """A new shift of a team and who keeps it; nothing to fill in before there is a team."""
    if not view.teams:
        return html.P(text("roster.team_first"), className="note")
    teams = [(team["team_id"], local_name(dict(team))) for team in view.teams]
    cycles = [(str(n), text("roster.cycle", n=n)) for n in CYCLES]
    weekdays = [(digit, text(f"roster.weekday_{digit}")) for digit in WEEKDAYS]
    days = _dates(view)
    return door_form(
        [
            choice_field("team_id", text("roster.team"), teams),
            choice_field("starts", text("roster.starts"), _clock(), "08:00"),
            choice_field("ends", text("roster.ends"), _clock(), "20:00", text("roster.ends_hint")),
            choice_field("first_on", text("roster.first_on"), days, _today(view).isoformat()),
            choice_field("last_on", text("roster.last_on"), [("", text("roster.open_end")), *days]),
            choice_field(
                "days",
                text("roster.days"),
                [(code, named("roster_days", code)) for code in _DAY_KINDS],
                hint=text("roster.days_hint"),
            ),
            choice_field("every_days", text("roster.cycles"), cycles, "1"),
            many_field("weekdays", text("roster.weekdays"), weekdays, list(WEEKDAYS)),
            many_field("workers", text("roster.keepers"), workers),
        ],
        action_button("shift", text("roster.add_shift"), main=True),
        key=f"shift-{len(view.shifts)}",
    )


def team_form(
    view: RosterView, workers: Sequence[Option], units: Sequence[Mapping[str, Any]]
) -> html.Section:
    """A new team: kind, name, organisation and who belongs to it."""
    kinds = [(code, named("team", code)) for code in TEAM_KINDS]
    organisations = [(unit["organisation_id"], local_name(dict(unit))) for unit in units]
    form = door_form(
        [
            choice_field("kind", text("roster.kind"), kinds),
            line_field("name_zh", text("roster.name_zh"), longest=60),
            line_field("name_en", text("roster.name_en"), longest=60),
            choice_field(
                "organisation_id",
                text("roster.organisation"),
                [("", text("roster.own")), *organisations],
                hint=text("roster.organisation_hint"),
            ),
            many_field("workers", text("roster.members"), workers),
        ],
        action_button("team", text("roster.add_team"), main=True),
        key=f"team-{len(view.teams)}",
    )
    return sheet(text("roster.new_team"), form)


def _today(view: RosterView) -> date:
    return view.now.astimezone(view.zone).date()


def _dates(view: RosterView) -> list[Option]:
    days = [_today(view) + timedelta(days=n) for n in range(-1, DAYS_AHEAD)]
    return [
        (
            day.isoformat(),
            text(
                "roster.day",
                weekday=text(f"roster.weekday_{day.isoweekday()}"),
                date=f"{day:%m-%d}",
            ),
        )
        for day in days
    ]


def _clock() -> list[Option]:
    return [(words, words) for words in _TIMES]
