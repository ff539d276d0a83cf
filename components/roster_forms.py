"""The forms of the roster page: an absence, a shift or a team, new or changed; all by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
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
)
from components.roster_page import WEEKDAYS, RosterView, Row
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


def shift_form(
    view: RosterView, workers: Sequence[Option], old: Row | None = None, held: Sequence[str] = ()
) -> Any:
    """A shift of a team and who keeps it; nothing to fill in before there is a team.

    Args:
        view: What the page shows.
        workers: Id and callsign of everybody in use.
        old: The row of the shift to change; None for a new one.
        held: Ids of who keeps that one.
    """
    if not view.teams:
        return html.P(text("roster.team_first"), className="note")
    row: Row = old or {
        "team_id": view.teams[0]["team_id"],
        "starts": "08:00",
        "ends": "20:00",
        "first_on": _today(view),
        "last_on": None,
        "days": "everyday",
        "every_days": 1,
        "weekdays": WEEKDAYS,
    }
    teams = [(team["team_id"], local_name(dict(team))) for team in view.teams]
    cycles = [(str(n), text("roster.cycle", n=n)) for n in sorted({*CYCLES, row["every_days"]})]
    weekdays = [(digit, text(f"roster.weekday_{digit}")) for digit in WEEKDAYS]
    days = _dates(view, row["first_on"], row["last_on"])
    last_on = row["last_on"].isoformat() if row["last_on"] else ""
    clock = _clock(row["starts"], row["ends"])
    return door_form(
        [
            choice_field("team_id", text("roster.team"), teams, row["team_id"]),
            choice_field("starts", text("roster.starts"), clock, row["starts"]),
            choice_field("ends", text("roster.ends"), clock, row["ends"], text("roster.ends_hint")),
            choice_field("first_on", text("roster.first_on"), days, row["first_on"].isoformat()),
            choice_field(
                "last_on", text("roster.last_on"), [("", text("roster.open_end")), *days], last_on
            ),
            _kind_of_day(row["days"]),
            choice_field("every_days", text("roster.cycles"), cycles, str(row["every_days"])),
            many_field("weekdays", text("roster.weekdays"), weekdays, list(row["weekdays"])),
            many_field("workers", text("roster.keepers"), workers, list(held)),
        ],
        _save("shift", old),
        object_id=_reference(old, "shift_id"),
        key=f"shift-{len(view.shifts)}-{_reference(old, 'shift_id')}",
    )


def team_form(
    view: RosterView,
    workers: Sequence[Option],
    units: Sequence[Row],
    old: Row | None = None,
    held: Sequence[str] = (),
) -> html.Form:
    """A team: kind, name, organisation and who belongs to it; `old` and `held` as of a shift."""
    row: Row = old or {}
    kinds = [(code, named("team", code)) for code in TEAM_KINDS]
    organisations = [(unit["organisation_id"], local_name(dict(unit))) for unit in units]
    return door_form(
        [
            choice_field("kind", text("roster.kind"), kinds, row.get("kind") or TEAM_KINDS[0]),
            line_field("name_zh", text("roster.name_zh"), row.get("name_zh") or "", longest=60),
            line_field("name_en", text("roster.name_en"), row.get("name_en") or "", longest=60),
            choice_field(
                "organisation_id",
                text("roster.organisation"),
                [("", text("roster.own")), *organisations],
                row.get("organisation_id") or "",
                text("roster.organisation_hint"),
            ),
            many_field("workers", text("roster.members"), workers, list(held)),
        ],
        _save("team", old),
        object_id=_reference(old, "team_id"),
        key=f"team-{len(view.teams)}-{_reference(old, 'team_id')}",
    )


def _save(noun: str, old: Row | None) -> html.Button:
    words = "roster.save" if old else f"roster.add_{noun}"
    return action_button(noun, text(words), main=True)


def _reference(old: Row | None, name: str) -> str:
    """What a form is about and the version it was read at; empty for something new."""
    return f"{old[name]}:{old['version']}" if old else ""


def _kind_of_day(chosen: str) -> html.Label:
    kinds = [(code, named("roster_days", code)) for code in _DAY_KINDS]
    return choice_field("days", text("roster.days"), kinds, chosen, text("roster.days_hint"))


def _today(view: RosterView) -> date:
    return view.now.astimezone(view.zone).date()


def _dates(view: RosterView, *others: date | None) -> list[Option]:
    near = {_today(view) + timedelta(days=n) for n in range(-1, DAYS_AHEAD)}
    days = sorted(near.union(filter(None, others)))
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


def _clock(*others: str) -> list[Option]:
    return [(words, words) for words in sorted({*_TIMES, *others})]
