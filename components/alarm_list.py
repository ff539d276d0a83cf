"""The desk's list of alarms: each with what can be done now, a button and a key for every deed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.alarm_evidence import evidence_list
from components.alarm_pictures import pictures_link
from components.attributes import dashed
from components.case_light import shape
from components.door_form import (
    action_button,
    choice_field,
    door_form,
    line_field,
    moment,
    sheet,
    table,
)
from components.navigation import nothing
from components.wording import duration, local_name, named, text
from rules.alarm_kinds import ALARM_KINDS, URGENCY_OF
from rules.vocabulary import URGENCIES

KEYS = {
    "acknowledge": "a",
    "to_case": "c",
    "dispatch": "d",
    "reset": "r",
    "close_real": "1",
    "close_false": "2",
    "close_test": "3",
    "shelve": "s",
    "unshelve": "u",
}
SILENCES_MIN = (5, 15, 30, 60)

Row = Mapping[str, Any]


def alarm_table(
    rows: Sequence[Row],
    names: Mapping[str, str],
    silenced: frozenset[tuple[str, str]],
    now: datetime,
    zone: ZoneInfo,
    handles: bool,
    watches: bool = False,
) -> Any:
    """The open alarms, those nobody has taken first.

    Args:
        rows: As actions/alarms/reading.alarms_of returns them; `pictured` where pictures are kept,
            with `found`, the detections of scenes behind them, where there are any.
        names: Login by actor.
        silenced: Device and kind of what makes no sound now.
        now: The moment, aware UTC.
        zone: Zone of the community.
        handles: True where the viewer may do something to them.
        watches: True where the viewer may watch cameras.
    """
    if not rows:
        return nothing(text("alarms.none_title"), text("alarms.none_hint"))
    ordered = sorted(
        rows,
        key=lambda row: (
            row["acknowledged_at"] is not None,
            URGENCIES.index(row["urgency"]),
            -row["alert_at"].timestamp(),
        ),
    )
    heads = [text(f"alarms.{code}") for code in ("what", "where", "state", "since")]
    lines = []
    for row in ordered:
        silent = (row["device_id"], row["kind"]) in silenced
        found = evidence_list(row.get("found", ()), now, zone, watches)
        cells = [*_facts(row, names, silent, now, zone, found)]
        if handles:
            cells.append(html.Td(_moves(row, silent), className="alarm-moves-cell"))
        lines.append(
            html.Tr(
                cells,
                className="alarm-row",
                key=f"{row['alarm_id']}-{row['version']}-{silent}",
                **dashed(data_alarm=row["alarm_id"], data_state=row["state"]),
            )
        )
    return table([*heads, text("alarms.do")] if handles else heads, lines, text("alarms.open"))


def closed_table(rows: Sequence[Row], names: Mapping[str, str], zone: ZoneInfo) -> Any:
    """What was closed lately, with its verdict."""
    heads = [text(f"alarms.{code}") for code in ("what", "where", "since", "verdict")]
    lines = [
        html.Tr(
            [
                html.Td([named("alarm_kind", row["kind"]), *_links(row)]),
                html.Td(_where(row)),
                html.Td(moment(row["first_at"], zone)),
                html.Td(
                    [
                        named("alarm_verdict", row["verdict"]),
                        html.Span(
                            f"{names.get(row['closed_by'], '')} {moment(row['closed_at'], zone)}",
                            className="alarm-note",
                        ),
                    ]
                ),
            ]
        )
        for row in rows
    ]
    return table(heads, lines, text("alarms.closed"))


def silenced_list(shelves: Sequence[Row], reasons: Mapping[str, str], zone: ZoneInfo) -> list[Any]:
    """How much is silenced, until when and why: always on the page where anything is."""
    if not shelves:
        return []
    items = [
        html.Li(
            text(
                "alarms.silent_until",
                kind=named("alarm_kind", shelf["kind"]),
                until=moment(shelf["until_at"], zone),
                reason=reasons.get(shelf["shelf_id"], "—"),
            )
        )
        for shelf in shelves
    ]
    heading = text("alarms.silenced_title", n=len(shelves))
    return [sheet(heading, html.Ul(items, className="alarm-shelves"))]


def raise_form(places: Sequence[tuple[str, str]], *, places_known: bool = False) -> html.Form:
    """Kind, place and urgency of an alarm that a person raises.

    Args:
        places: Id and words of each building.
        places_known: True where the place is the case's and need not be asked.
    """
    kinds = [(kind, named("alarm_kind", kind)) for kind in ("manual", *ALARM_KINDS[:-1])]
    urgencies = [(code, named("urgency", code)) for code in URGENCIES]
    where = [("", text("alarms.place_none")), *places]
    return door_form(
        [
            choice_field("kind", text("alarms.kind"), kinds, "manual"),
            *([] if places_known else [choice_field("place", text("alarms.place"), where)]),
            choice_field("urgency", text("alarms.urgency"), urgencies, URGENCY_OF["fire"]),
        ],
        action_button("raise", text("alarms.raise"), main=True),
    )


def _facts(
    row: Row,
    names: Mapping[str, str],
    silent: bool,
    now: datetime,
    zone: ZoneInfo,
    found: Sequence[html.Div],
) -> list[html.Td]:
    state = [html.Span(named("alarm_state", row["state"]), className="tag")]
    if row["acknowledged_by"]:
        who = names.get(row["acknowledged_by"], "—")
        state.append(html.Span(text("alarms.by", who=who), className="alarm-note"))
    if silent:
        state.append(html.Span(text("alarms.silent"), className="alarm-note"))
    age = duration((now - row["first_at"]).total_seconds())
    count = text("alarms.signals", n=row["signals"])
    return [
        html.Td(
            [
                html.Span(
                    shape(row["urgency"]), className="shape", title=named("urgency", row["urgency"])
                ),
                html.B(named("alarm_kind", row["kind"])),
                html.Span(f"{named('urgency', row['urgency'])} · {count}", className="alarm-note"),
                *_links(row),
                *found,
            ]
        ),
        html.Td(_where(row)),
        html.Td(state),
        html.Td([age, html.Span(moment(row["first_at"], zone), className="alarm-note")]),
    ]


def _where(row: Row) -> list[Any]:
    place = local_name(dict(row), stem="place") or local_name(dict(row), stem="area")
    device = local_name(dict(row), stem="device")
    by_person = row["device_id"].startswith(("hand:", "case:"))
    if not device and not by_person:
        device = f"{row['device_id'].partition('/')[2]} · {text('alarms.unregistered')}"
    return [
        place or device or text("alarms.no_place"),
        html.Span(device if place else "", className="alarm-note"),
    ]


def _links(row: Row) -> list[Any]:
    """The ways to the alarm's case and to the pictures kept of it, where there are any."""
    found = []
    if row["case_id"]:
        words = text("alarm_move.open_case")
        found.append(html.A(words, href=f"/cases/{row['case_id']}", className="alarm-note"))
    if row.get("pictured"):
        found.append(pictures_link(row["alarm_id"], text("kept.open"), "alarm-note"))
    return found


def _moves(row: Row, silent: bool) -> html.Div:
    ending = row["latching"] or row["cleared_at"] is not None
    actions = [] if row["acknowledged_at"] else ["acknowledge"]
    actions += [] if row["case_id"] else ["to_case"]
    actions.append("dispatch")
    if row["latching"] and row["cleared_at"] is None:
        actions.append("reset")
    actions += ["close_real", "close_false", "close_test"] if ending else []
    if silent:
        actions.append("unshelve")
    forms: list[Any] = [
        door_form([], _key_button(row, action), object_id=row["alarm_id"], style="inline")
        for action in actions
    ]
    if not silent:
        forms.append(_silence(row))
    plans = f"/plans?community={row.get('community_id') or ''}&alarm={row['alarm_id']}"
    forms.append(html.A(text("alarm_move.plan"), href=plans, className="door-button"))
    if not ending:
        forms.append(html.Span(text("alarms.still_active"), className="alarm-note"))
    return html.Div(forms, className="alarm-moves")


def _key_button(row: Row, action: str) -> html.Button:
    main = action == "acknowledge"
    return html.Button(
        [text(f"alarm_move.{action}"), html.Kbd(KEYS[action].upper())],
        type="submit",
        className="door-button main" if main else "door-button",
        # The version goes with the wish, so that two officers never overwrite each other.
        **dashed(
            data_action=f"{action}:{row['version']}", data_alarm_key=KEYS[action], data_confirm=""
        ),
    )


def _silence(row: Row) -> html.Details:
    minutes = [(str(n), duration(n * 60)) for n in SILENCES_MIN]
    form = door_form(
        [
            line_field("reason", text("alarms.reason"), longest=400),
            choice_field("minutes", text("alarms.minutes"), minutes, "15"),
        ],
        action_button(f"shelve:{row['version']}", text("alarm_move.shelve"), main=True),
        object_id=row["alarm_id"],
        style="single",
    )
    summary = html.Summary(
        [text("alarm_move.shelve"), html.Kbd(KEYS["shelve"].upper())],
        className="door-button",
        **dashed(data_alarm_key=KEYS["shelve"]),
    )
    return html.Details([summary, form])
