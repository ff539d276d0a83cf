"""A shift as it is handed over: facts, done, undone, notes, and the forms to sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from dash import dcc, html

from components.approval_list import hidden
from components.attributes import dashed
from components.door_form import action_button, door_form, labelled, moment, sheet, table
from components.navigation import with_community
from components.wording import local_name, named, text
from rules.handover import LONGEST_NOTE

MOST_CASES = 200
Row = Mapping[str, Any]
Name = Callable[[str | None], str]


class Shift(Protocol):
    """What actions/handover/reading.py reads of a shift."""

    @property
    def handover(self) -> Row | None: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def until(self) -> datetime: ...
    @property
    def done(self) -> Sequence[Row]: ...
    @property
    def undone(self) -> Sequence[Row]: ...
    @property
    def moves(self) -> Sequence[tuple[str, int]]: ...
    @property
    def alarms(self) -> int: ...
    @property
    def note(self) -> str: ...
    @property
    def remark(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def version(self) -> str: ...


def facts_of(shift: Shift, overdue: int, name: Name, zone: ZoneInfo) -> html.Dl:
    """When, who, and how much."""
    row = shift.handover or {}
    facts: list[tuple[str, str]] = [
        (text("handover.began"), moment(shift.started_at, zone)),
        (text("handover.done"), f"{len(shift.done):,}"),
        (text("handover.undone"), f"{len(shift.undone):,}"),
        (text("handover.overdue"), f"{overdue:,}"),
        (text("handover.alarms"), f"{shift.alarms:,}"),
        (text("handover.moves"), _moves(shift.moves)),
    ]
    if row.get("outgoing"):
        facts.insert(1, (text("handover.outgoing"), name(row["outgoing"])))
        facts.insert(2, (text("handover.ended"), moment(row["shift_ended_at"], zone)))
    if row.get("incoming"):
        facts.insert(3, (text("handover.incoming"), name(row["incoming"])))
        facts.insert(4, (text("handover.taken_at"), moment(row["taken_at"], zone)))
    return html.Dl(
        [html.Div([html.Dt(word), html.Dd(value)]) for word, value in facts],
        className="facts handover-facts",
    )


def case_table(
    rows: Sequence[Row],
    category: Callable[[str], str],
    overdue: Callable[[Row], bool],
    zone: ZoneInfo,
    community_id: str,
    done: bool,
) -> Any:
    """Cases done or undone; of very many the first, with how many more there are."""
    if not rows:
        return html.P(text(f"handover.nothing_{'done' if done else 'undone'}"), className="note")
    lines = []
    for row in rows[:MOST_CASES]:
        href = with_community(f"/cases/{row['case_id']}", community_id)
        place = local_name(dict(row), stem="place") or row["locality"]
        mark = "late" if not done and overdue(row) else "paused" if row["paused"] else ""
        late = [" ", html.Strong(text(f"handover.{mark}"))] if mark else []
        at = row["ended_at"] if done else row["deadline_at"]
        due: list[Any] = [moment(at, zone), *late]
        lines.append(
            html.Tr(
                [
                    html.Td(html.A(category(row["category"]), href=href)),
                    html.Td(place or local_name(dict(row), stem="area")),
                    html.Td(named("status", row["status"])),
                    html.Td(due),
                ]
            )
        )
    columns = ("category", "place", "status", "ended" if done else "due")
    heads = [text(f"handover.column_{column}") for column in columns]
    shown = table(heads, lines, text(f"handover.{'done' if done else 'undone'}"))
    more = len(rows) - MOST_CASES
    return html.Div([shown, html.P(text("handover.more", n=more))]) if more > 0 else shown


def notes_of(shift: Shift) -> list[Any]:
    """What was written, as it stands on paper."""
    said: list[Any] = [html.P(shift.note or text("handover.no_note"), className="handover-note")]
    if shift.remark:
        said += [html.H3(text("handover.remark")), html.P(shift.remark, className="handover-note")]
    return said


def forms_of(shift: Shift, community_id: str, actor: str) -> list[Any]:
    """What the viewer can do next.

    Args:
        actor: Who looks, as the log names it.
    """
    given = [hidden("community", community_id), hidden("seen", shift.version)]
    key = shift.version or "new"
    if shift.status == "open":
        fields = [_words("note", "handover.note", shift.note, text("handover.note_hint")), *given]
        return [
            door_form(
                fields,
                action_button("write", text("handover.write")),
                action_button(
                    "sign", text("handover.sign"), text("handover.sign_again"), main=True
                ),
                style="single handover-form",
                key=f"write-{key}",
            )
        ]
    if shift.status != "signed":
        return []
    if shift.handover is not None and shift.handover["outgoing"] == actor:
        back = action_button("take_back", text("handover.take_back"))
        waits = html.P(text("handover.other_takes"), className="door-hint")
        form = door_form(given, back, style="single handover-form", key=f"back-{key}")
        return [waits, form]
    take = action_button("take", text("handover.take"), text("handover.take_again"), main=True)
    fields = [_words("remark", "handover.remark", "", ""), *given]
    return [door_form(fields, take, style="single handover-form", key=f"take-{key}")]


def earlier_table(rows: Sequence[Row], name: Name, zone: ZoneInfo, community_id: str) -> Any:
    """Handovers that were taken over, newest first; each opens as it was signed."""
    if not rows:
        return html.P(text("handover.no_earlier"), className="note")
    address = with_community("/handover", community_id)
    lines = [
        html.Tr(
            [
                html.Td(
                    html.A(
                        moment(row["shift_ended_at"], zone),
                        href=f"{address}&handover={row['handover_id']}",
                    )
                ),
                html.Td(name(row["outgoing"])),
                html.Td(name(row["incoming"])),
                html.Td(moment(row["taken_at"], zone)),
            ]
        )
        for row in rows
    ]
    columns = ("ended", "outgoing", "incoming", "taken_at")
    heads = [text(f"handover.{column}") for column in columns]
    return table(heads, lines, text("handover.earlier"))


def print_button() -> html.Button:
    """Prints the page; assets/print.js hears it."""
    return html.Button(
        text("handover.print"),
        type="button",
        className="door-button print-button",
        **dashed(data_print="page"),
    )


def headed(code: str, *content: Any, aside: Any = None) -> html.Section:
    """A part of the page under its heading."""
    return sheet(text(code), *content, aside=aside)


def _words(name: str, code: str, value: str, hint: str) -> html.Label:
    box = dcc.Textarea(
        name=name, value=value, rows=5, maxLength=LONGEST_NOTE, className="door-input handover-box"
    )
    return labelled(text(code), box, hint)


def _moves(moves: Sequence[tuple[str, int]]) -> str:
    said = []
    for action, n in moves:
        word = named("case_action", action)
        said.append(text("handover.move", action=word, n=f"{n:,}"))
    return text("list.comma").join(said) or text("handover.no_moves")
