"""The parts of the roster page: who is on duty now, what nobody keeps, the week, and its forms.

People stand here by callsign. Forms are sent by assets/door_forms.js.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.door_form import action_button, door_form, sheet, table
from components.navigation import nothing
from components.wording import local_name, named, text
from rules.roster import Duty, Uncovered

Row = Mapping[str, Any]
WEEKDAYS = "1234567"


@dataclass(frozen=True, slots=True)
class RosterView:
    """Everything the page shows.

    Attributes:
        community_id: The community.
        teams: Rows of data/sql/roster/teams.sql.
        shifts: Rows of data/sql/roster/shifts.sql.
        absences: Rows of data/sql/roster/absences.sql.
        keepers: Callsigns of who keeps each shift, by shift.
        callsigns: Callsign of each worker in use.
        duty: Who is on duty now.
        next_change_at: When that changes next; None within eight days.
        days: The dates of the week on show.
        week: People on duty by team and date; a date maps to what is kept on it.
        zone: The community's zone.
        now: The moment shown, aware UTC.
    """

    community_id: str
    teams: Sequence[Row]
    shifts: Sequence[Row]
    absences: Sequence[Row]
    keepers: Mapping[str, Sequence[str]]
    callsigns: Mapping[str, str]
    duty: Duty
    next_change_at: datetime | None
    days: Sequence[date]
    week: Mapping[tuple[str, date], int]
    zone: ZoneInfo
    now: datetime


def duty_section(view: RosterView) -> html.Section:
    """Who is on duty now, by team, and when that changes."""
    aside = html.Span(_changes(view), className="door-hint")
    if not view.teams:
        none = nothing(text("roster.none_title"), text("roster.none_hint"))
        return sheet(text("roster.now"), none, aside=aside)
    cards = [_team_card(team, view) for team in view.teams]
    return sheet(text("roster.now"), html.Div(cards, className="roster-teams"), aside=aside)


def uncovered_section(view: RosterView) -> html.Section | None:
    """Duties nobody keeps now; None where all are kept."""
    if not view.duty.uncovered:
        return None
    lines = [html.Li(_uncovered(each, view)) for each in view.duty.uncovered]
    return sheet(text("roster.uncovered"), html.Ul(lines, className="dispatch-gaps"))


def week_section(view: RosterView) -> html.Section | None:
    """How many keep duty on each day of the week, by team; a day nobody keeps stands out."""
    if not view.teams:
        return None
    headings = [text("roster.team"), *(_day(day, view) for day in view.days)]
    rows = [
        html.Tr(
            [
                html.Th(local_name(dict(team)), scope="row"),
                *(_count(view.week.get((team["team_id"], day), 0)) for day in view.days),
            ]
        )
        for team in view.teams
    ]
    return sheet(
        text("roster.week"),
        html.P(text("roster.week_hint"), className="door-hint"),
        table(headings, rows, text("roster.week")),
    )


def absence_section(view: RosterView, covers: bool, choose: Any, form: Any) -> html.Section:
    """Who is away and who stands in, with the forms to change it.

    Args:
        covers: True where the viewer may note absences and stand-ins.
        choose: Makes the list of people to choose a stand-in from, given who is chosen.
        form: The form for a new absence.
    """
    rows = [_absence(row, view, covers, choose) for row in view.absences]
    heads = ("roster.worker", "roster.from", "roster.until", "roster.stand_in")
    headings = [*(text(code) for code in heads), ""]
    shown: Any = (
        table(headings, rows, text("roster.absences"))
        if rows
        else html.P(text("roster.no_absences"), className="note")
    )
    parts = [shown, folded("roster.new_absence", form)] if covers else [shown]
    return sheet(text("roster.absences"), *parts)


def local_words(at: datetime, view: RosterView) -> str:
    """A moment in the community's zone; the date only where it is not today."""
    local = at.astimezone(view.zone)
    today = view.now.astimezone(view.zone).date()
    return local.strftime("%H:%M" if local.date() == today else "%m-%d %H:%M")


def folded(code: str, form: Any) -> html.Details:
    """A form behind the words that open it."""
    summary = html.Summary(text(code), className="door-button")
    return html.Details([summary, form], className="roster-form", key=code)


def _changes(view: RosterView) -> str:
    if view.next_change_at is None:
        return text("roster.no_change")
    return text("roster.next_change", at=local_words(view.next_change_at, view))


def _team_card(team: Row, view: RosterView) -> html.Div:
    here = [each for each in view.duty.on if each.team_id == team["team_id"]]
    people = [
        html.Li(
            [
                html.Strong(view.callsigns.get(each.worker_id, "—")),
                html.Span(text("roster.until_at", at=local_words(each.end_at, view))),
                html.Span(
                    text("roster.for", name=view.callsigns.get(each.stand_in_for, "—")),
                    className="tag",
                )
                if each.stand_in_for
                else None,
            ]
        )
        for each in here
    ]
    unit = local_name(dict(team), stem="organisation")
    kind = named("team", team["kind"])
    return html.Div(
        [
            html.H3([local_name(dict(team)), html.Span(str(len(here)), className="count")]),
            html.P(" · ".join(filter(None, [kind, unit])), className="door-hint"),
            html.Ul(people) if people else html.P(text("roster.nobody"), className="note"),
        ],
        className="roster-team",
    )


def _uncovered(each: Uncovered, view: RosterView) -> str:
    team = next((t for t in view.teams if t["team_id"] == each.team_id), {})
    return text(
        "roster.uncovered_line",
        name=view.callsigns.get(each.worker_id, "—"),
        team=local_name(dict(team)),
        until=local_words(each.end_at, view),
    )


def _day(day: date, view: RosterView) -> str:
    words = text(
        "roster.day", weekday=text(f"roster.weekday_{day.isoweekday()}"), date=f"{day:%m-%d}"
    )
    today = view.now.astimezone(view.zone).date()
    return text("roster.today", day=words) if day == today else words


def _count(n: int) -> html.Td:
    return html.Td(str(n) if n else "—", className="" if n else "roster-nobody")


def _absence(row: Row, view: RosterView, covers: bool, choose: Any) -> html.Tr:
    reference = f"{row['absence_id']}:{row['version']}"
    stand_in: Any = row["stand_in"] or text("roster.no_stand_in")
    actions: Any = ""
    if covers:
        stand_in = door_form(
            [choose(row["stand_in_id"] or "")],
            action_button("stand_in", text("roster.set")),
            object_id=reference,
            style="inline",
            key=f"stand-in-{reference}",
        )
        actions = door_form(
            [],
            action_button("remove_absence", text("roster.remove"), text("roster.remove_sure")),
            object_id=reference,
            style="inline",
            key=f"remove-{reference}",
        )
    return html.Tr(
        [
            html.Td(row["callsign"]),
            html.Td(local_words(row["start_at"], view)),
            html.Td(local_words(row["end_at"], view)),
            html.Td(stand_in),
            html.Td(actions),
        ],
        className="" if row["stand_in_id"] else "roster-uncovered",
    )
