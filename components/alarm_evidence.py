"""What a scene found, below its alarm on the desk: words for all, the small picture for a few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.attributes import dashed
from components.door_form import moment
from components.wording import duration, named, text
from rules.detections import confidence_word

Row = Mapping[str, Any]


def evidence_list(
    rows: Sequence[Row], now: datetime, zone: ZoneInfo, watches: bool
) -> list[html.Div]:
    """Show the newest detection of each scene of an alarm.

    Args:
        rows: As actions/cameras/detection_records.detections_of returns them for one alarm.
        now: The moment, aware UTC.
        zone: Zone of the community.
        watches: True where the viewer may watch cameras; others see the words only.
    """
    return [
        html.Div(
            [*_words(row, now, zone), _how(row), *(_picture(row) if watches else [])],
            className="alarm-evidence",
            key=row["detection_id"],
        )
        for row in rows
    ]


def _words(row: Row, now: datetime, zone: ZoneInfo) -> list[Any]:
    age = duration((now - row["found_at"]).total_seconds())
    since = text("detection.since", at=moment(row["found_at"], zone), age=age)
    sure = text(
        "detection.confidence",
        word=named("confidence", confidence_word(row["confidence"])),
        number=f"{row['confidence']:.2f}",
    )
    lines = [since, sure]
    if row["thing"] is not None:
        number = f"{row['thing_confidence']:.2f}"
        lines.append(
            text("detection.model_says", thing=named("thing", row["thing"]), number=number)
        )
    if row["n"] > 1:
        lines.append(text("detection.times", n=row["n"]))
    return [
        html.Span(text("detection.found", **_what(row)), className="alarm-found"),
        *(html.Span(line, className="alarm-note") for line in lines),
    ]


def _how(row: Row) -> html.Details:
    facts = [(text("detection.method"), row["method"])]
    facts += [
        (named("detection_parameter", name), f"{value:g}")
        for name, value in sorted(row["parameters"].items())
    ]
    shown = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts]
    return html.Details([html.Summary(text("detection.how")), html.Dl(shown)])


def _picture(row: Row) -> list[html.Details]:
    """A picture that is fetched once somebody opens it, for each look is audited."""
    if row["pictured_id"] is None:
        return []
    picture = html.Img(
        alt=text("detection.picture_alt", **_what(row)),
        width=row["width"],
        height=row["height"],
        # assets/alarm_desk.js fetches it.
        **dashed(data_src=f"/alarms/{row['alarm_id']}/detections/{row['pictured_id']}.jpg"),
    )
    return [html.Details([html.Summary(text("detection.picture")), picture])]


def _what(row: Row) -> dict[str, str]:
    scene = row["scene_name"] or text("detection.scene_gone")
    return {"scene": scene, "finding": named("finding", row["finding"])}
