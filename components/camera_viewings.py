"""The call register of cameras as a table with its filter: who watched which, when and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from dash import dcc, html

from components.attributes import dashed
from components.case_history import local_time
from components.door_form import table
from components.navigation import nothing
from components.wording import local_name, named, text

Row = Mapping[str, Any]
PATH = "/camera-viewings"
MODES = ("single", "wall", "kept")
_HEADS = ("camera", "viewer", "mode", "began", "length", "why", "second", "outcome")


def viewing_table(rows: Sequence[Row], zone: ZoneInfo) -> Any:
    """Lines of the call register, newest first.

    Args:
        rows: Rows of actions/cameras/viewing_reading.
        zone: Zone in which times are shown.
    """
    if not rows:
        return nothing(text("viewings.none_title"), text("viewings.none_hint"))
    lines = [html.Tr([html.Td(cell) for cell in _cells(row, zone)]) for row in rows]
    heads = [text(f"viewings.{head}") for head in _HEADS]
    return table(heads, lines, text("viewings.title"))


def viewing_filter(
    community_id: str, wanted: Mapping[str, str], cameras: Sequence[Row]
) -> html.Form:
    """The filter as a form that asks for the page anew; the address is its only memory.

    Args:
        community_id: The community.
        wanted: since, until, camera, viewer and mode as asked for.
        cameras: device_id, name_zh and name_en to choose from.
    """
    modes = [(mode, named("view_mode", mode)) for mode in MODES]
    known = [(row["device_id"], local_name(dict(row))) for row in cameras]
    return html.Form(
        [
            dcc.Input(type="hidden", name="community", value=community_id),
            _field("since", wanted["since"], "2026-11-01"),
            _field("until", wanted["until"], "2026-11-30"),
            _choice("camera", known, wanted["camera"]),
            _field("viewer", wanted["viewer"], ""),
            _choice("mode", modes, wanted["mode"]),
            html.Div(
                html.Button(text("viewings.filter"), type="submit", className="primary"),
                className="audit-filter-buttons",
            ),
        ],
        method="GET",
        action=PATH,
        className="audit-filter",
        **dashed(aria_label=text("viewings.filter"), data_goes="there"),
    )


def older_link(community_id: str, wanted: Mapping[str, str], before: str) -> html.A:
    """The way to the lines before the ones shown."""
    asked = {name: value for name, value in wanted.items() if value}
    query = urlencode({"community": community_id, **asked, "before": before})
    return html.A(text("viewings.older"), href=f"{PATH}?{query}", className="quiet")


def _cells(row: Row, zone: ZoneInfo) -> list[Any]:
    who = row["login"] or row["wall"] or row["viewer"]
    why = "—"
    if row["purpose"]:
        why = f"{named('purpose', row['purpose'])} · {row['reason'] or '—'}"
    second = row["approval_state"]
    outcome = row["outcome"]
    return [
        local_name(dict(row)) or row["device_id"],
        f"{who} · {named('role', row['viewer_role'])}",
        named("view_mode", row["mode"]),
        local_time(row["started_at"], zone, seconds=True),
        _length(row),
        why,
        named("approval_state", second) if second else "—",
        named("view_outcome", outcome) if outcome else text("viewings.lasting"),
    ]


def _length(row: Row) -> str:
    if row["seconds"] is None:
        return "—"
    return text("viewings.seconds", n=f"{row['seconds']:,.0f}", times=row["glances"])


def _field(name: str, value: str, placeholder: str) -> html.Label:
    control = dcc.Input(
        name=name,
        type="text",
        value=value,
        maxLength=100,
        placeholder=placeholder,
        autoComplete="off",
        className="audit-input",
    )
    return html.Label([html.Span(text(f"viewings.{name}")), control], className="audit-field")


def _choice(name: str, options: Sequence[tuple[str, str]], chosen: str) -> html.Label:
    shown = [html.Option(words, value=code, selected=code == chosen) for code, words in options]
    control = html.Select(
        [html.Option(text("viewings.any"), value=""), *shown], name=name, className="choice"
    )
    return html.Label([html.Span(text(f"viewings.{name}")), control], className="audit-field")
