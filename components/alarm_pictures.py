"""Pictures kept with an alarm: what there is, asking to look, and a strip of frames with times."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

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
from components.wording import local_name, named, text
from rules.approvals import REASON_CHARS
from rules.cameras import CHOSEN_PURPOSES

Row = Mapping[str, Any]
PATH = "/alarm-pictures"


def alarms_sheet(rows: Sequence[Row], zone: ZoneInfo) -> Any:
    """The alarms of which pictures are kept, as strips.alarms_with_pictures returns them."""
    if not rows:
        return nothing(text("kept.none_title"), text("kept.none_hint"))
    heads = [text(f"kept.{head}") for head in ("alarm", "when", "cameras", "pictures")]
    lines = [
        html.Tr(
            [
                html.Td(pictures_link(row["alarm_id"], named("alarm_kind", row["kind"]))),
                html.Td(moment(row["first_at"], zone)),
                html.Td(str(len(row["device_ids"]))),
                html.Td(str(row["pictures"])),
            ]
        )
        for row in rows
    ]
    return sheet(text("kept.list"), table(heads, lines, text("kept.list")))


def pictures_link(alarm_id: str, words: str, css: str = "") -> html.A:
    """The way to what is kept of an alarm."""
    return html.A(words, href=f"{PATH}?alarm={alarm_id}", className=css)


def kept_sheet(alarm: Row, strips: Sequence[Row], zone: ZoneInfo) -> html.Section:
    """What is kept of one alarm, in numbers: nothing of it is seen here."""
    items = [
        html.Li(
            text(
                "kept.span",
                camera=local_name(dict(row)) or row["device_id"],
                n=row["pictures"],
                first=_clock(row["first_at"], zone),
                last=_clock(row["last_at"], zone),
            )
        )
        for row in strips
    ]
    heading = f"{named('alarm_kind', alarm['kind'])} · {moment(alarm['first_at'], zone)}"
    back = html.A(text("kept.back"), href=PATH, className="quiet")
    return sheet(heading, html.Ul(items), aside=back)


def ask_sheet(alarm_id: str, asked: Row | None) -> html.Section:
    """Ask to look; while an asking waits, only that it does."""
    if asked is not None and asked["state"] == "waiting":
        words = html.P(text("kept.waiting"), className="door-hint")
        return sheet(text("kept.ask_title"), words)
    before = [] if asked is None else [_last(asked)]
    purposes = [(code, named("purpose", code)) for code in CHOSEN_PURPOSES]
    form = door_form(
        [
            choice_field("purpose", text("kept.purpose"), purposes),
            line_field("reason", text("kept.reason"), longest=REASON_CHARS[1]),
        ],
        action_button("ask", text("kept.ask"), main=True),
        object_id=alarm_id,
        key=f"kept-{alarm_id}-{asked['approval_id'] if asked else ''}",
    )
    return sheet(text("kept.ask_title"), *before, form)


def strip_sheets(
    strips: Sequence[Row], until: datetime, zone: ZoneInfo, case_id: str | None
) -> list[html.Section]:
    """The pictures of each camera in the order they were taken, with their times.

    Args:
        strips: Rows of data/sql/alarm_strip/of_alarm.sql.
        until: Until when the viewer may look.
        zone: Zone of the community.
        case_id: The alarm's case; None where it has none.
    """
    said = [html.P(text("kept.until", at=moment(until, zone)), className="door-hint")]
    if case_id is None:
        said.append(html.P(text("kept.no_case"), className="door-hint"))
    else:
        cover = f"/case-pictures?case={case_id}"
        said.append(html.P(html.A(text("kept.cover"), href=cover)))
    found = []
    for row in strips:
        camera = local_name(dict(row)) or row["device_id"]
        figures = [
            _frame(row["strip_id"], number, at_ms, camera, zone, case_id is not None)
            for number, at_ms in enumerate(json.loads(row["moments"]))
        ]
        found.append(sheet(camera, *said, html.Div(figures, className="case-photos")))
        said = []
    return found


def _frame(
    strip_id: str, number: int, at_ms: int, camera: str, zone: ZoneInfo, in_case: bool
) -> html.Figure:
    at = _clock(datetime.fromtimestamp(at_ms / 1_000, UTC), zone)
    address = f"{PATH}/{strip_id}/{number}.jpg"
    content: list[Any] = [
        html.Img(src=address, alt=text("kept.alt", camera=camera, at=at)),
        html.Figcaption(at),
    ]
    if in_case:
        object_id = f"{strip_id}:{number}"
        button = action_button("put", text("kept.into_case"))
        content.append(door_form([], button, object_id=object_id, style="inline"))
    return html.Figure(content)


def _last(asked: Row) -> html.P:
    words = text("kept.before", state=named("approval_state", asked["state"]))
    return html.P(words, className="door-hint")


def _clock(at: datetime, zone: ZoneInfo) -> str:
    """A time of day to the tenth of a second: pictures come twice a second."""
    local = at.astimezone(zone)
    return f"{local:%H:%M:%S}.{local.microsecond // 100_000}"
