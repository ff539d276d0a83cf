"""The cameras of a week on its page: figures with n and definition, and the worst of them."""

from __future__ import annotations

from typing import Any

from dash import html

from components.camera_availability import hours_words, rate_percent
from components.week_report import week_table
from components.wording import local_name, named, text
from rules.camera_availability import CameraLine, CameraWeek, SeenCamera, camera_lines


def camera_parts(found: CameraWeek) -> html.Div:
    """The figures, and below them the cameras with the lowest rates."""
    rows = [
        html.Tr(
            [
                html.Th(text(f"week.figure_{line.code}"), scope="row"),
                html.Td(_value(line), className="number"),
                html.Td(text(f"week.define_{line.code}"), className="week-definition"),
            ]
        )
        for line in camera_lines(found)
    ]
    heads = [text(f"week.column_{code}") for code in ("figure", "value", "definition")]
    shown: list[Any] = [week_table(heads, rows)]
    if found.worst:
        codes = ("device", "place", "available", "fault")
        worst = week_table(
            [text(f"week.column_{code}") for code in codes], [_worst(each) for each in found.worst]
        )
        shown += [html.H3(text("week.worst_cameras")), worst]
    return html.Div(shown)


def _value(line: CameraLine) -> str:
    if line.code == "cameras":
        return f"{line.n:,.0f}"
    n = hours_words(line.n * 3_600) if line.code == "camera_total" else f"{line.n:,.0f}"
    rate = text("week.no_rate") if line.rate is None else rate_percent(line.rate)
    return text("week.rate", rate=rate, n=n)


def _worst(camera: SeenCamera) -> html.Tr:
    seen, fault = camera.seen, camera.seen.main_fault
    names = {"name_zh": camera.name_zh, "name_en": camera.name_en}
    places = {"place_zh": camera.place_zh, "place_en": camera.place_en}
    why = ""
    if fault:
        why = f"{named('camera_outcome', fault)} · {hours_words(seen.seconds[fault])}"
    rate = text("week.rate", rate=rate_percent(seen.rate or 0.0), n=hours_words(seen.observed_s))
    return html.Tr(
        [
            html.Th(local_name(dict(names)) or camera.device_id, scope="row"),
            html.Td(local_name(dict(places), stem="place")),
            html.Td(rate, className="number"),
            html.Td(why),
        ]
    )
