"""The teams and shifts of the roster page, with the ways to change and remove them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import html

from components.door_form import action_button, door_form, sheet, table
from components.roster_page import WEEKDAYS, RosterView, Row, folded
from components.wording import local_name, named, text


def team_section(view: RosterView, form: Any) -> html.Section:
    """All teams to change or take out of use, with the form for a new one."""
    rows = [
        html.Tr(
            [
                html.Td(local_name(dict(team))),
                html.Td(named("team", team["kind"])),
                html.Td(local_name(dict(team), stem="organisation") or text("roster.own")),
                html.Td(f"{team['members']}"),
                html.Td(_deeds("team", team, view), className="roster-deeds"),
            ]
        )
        for team in view.teams
    ]
    heads = ("roster.team", "roster.kind", "roster.organisation", "roster.members")
    headings = [*(text(code) for code in heads), ""]
    shown = table(headings, rows, text("roster.teams")) if rows else None
    parts = [part for part in (shown, folded("roster.new_team", form)) if part is not None]
    return sheet(text("roster.teams"), *parts)


def change_section(noun: str, form: Any, back: str) -> html.Section:
    """The form of what is being changed, in front of everything else.

    Args:
        noun: team or shift.
        form: Filled in with what stands.
        back: Address of the page without it.
    """
    leave = html.A(text("roster.leave"), href=back)
    return sheet(text(f"roster.change_{noun}"), form, aside=leave)


def shift_section(view: RosterView, writes: bool, form: Any) -> html.Section:
    """All shifts, with the form for a new one where the viewer may make it."""
    names = {team["team_id"]: local_name(dict(team)) for team in view.teams}
    rows = [_shift(row, names[row["team_id"]], view, writes) for row in view.shifts]
    heads = ("roster.team", "roster.hours", "roster.days", "roster.keepers")
    headings = [*(text(code) for code in heads), ""]
    shown: Any = (
        table(headings, rows, text("roster.shifts"))
        if rows
        else html.P(text("roster.no_shifts"), className="note")
    )
    parts = [shown, folded("roster.new_shift", form)] if writes else [shown]
    return sheet(text("roster.shifts"), *parts)


def roster_address(community_id: str, change: str = "") -> str:
    """Address of the page; `change` is what its form shows, as noun:id."""
    asked = {"community": community_id} | ({"change": change} if change else {})
    return f"/roster?{urlencode(asked)}"


def weekday_words(digits: str) -> str:
    """Weekdays in words, e.g. `周一、周三`."""
    if digits == WEEKDAYS:
        return text("roster.all_week")
    return text("dispatch.and").join(text(f"roster.weekday_{digit}") for digit in digits)


def hours_words(row: Row) -> str:
    """The hours of a shift, saying where it ends on the next day."""
    over = row["ends"] <= row["starts"]
    words = "roster.hours_over" if over else "roster.hours_within"
    return text(words, starts=row["starts"], ends=row["ends"])


def _shift(row: Row, team: str, view: RosterView, writes: bool) -> html.Tr:
    days = weekday_words(row["weekdays"])
    if row["days"] != "everyday":
        days = named("roster_days", row["days"])
    if row["every_days"] > 1:
        days = text("roster.every", n=row["every_days"], first=f"{row['first_on']:%m-%d}")
    actions: Any = ""
    if writes:
        actions = _deeds("shift", row, view)
    keepers = text("dispatch.and").join(view.keepers.get(row["shift_id"], ()))
    cells = [team, hours_words(row), days, keepers or text("roster.nobody")]
    return html.Tr([*(html.Td(cell) for cell in cells), html.Td(actions, className="roster-deeds")])


def _deeds(noun: str, row: Row, view: RosterView) -> list[Any]:
    """The way to the form that changes a team or shift, and the button that removes it."""
    object_id = row[f"{noun}_id"]
    remove = action_button(f"remove_{noun}", text("roster.remove"), text("roster.remove_sure"))
    return [
        html.A(
            text("roster.change"),
            href=roster_address(view.community_id, f"{noun}:{object_id}"),
            className="door-button",
        ),
        door_form([], remove, object_id=f"{object_id}:{row['version']}", style="inline"),
    ]
