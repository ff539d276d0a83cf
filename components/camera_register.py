"""The register of cameras as a table with how they are, and one camera's record as a form.

Never an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from components.approval_list import hidden
from components.attributes import dashed
from components.camera_availability import CameraStates, rate_words, state_words
from components.door_form import (
    action_button,
    choice_field,
    door_form,
    line_field,
    secret_field,
    sheet,
    table,
)
from components.wording import local_name, named, text
from rules.camera_address import LONGEST, SOURCE_KINDS
from rules.camera_availability import FAULTS, GAPS, WRITTEN_S, Availability
from rules.cameras import DEFAULT_RETENTION_DAYS, LEGAL_CLASSES, SITES

Row = dict[str, Any]
MOST_SHOWN = 100  # the rest by name or filter: a browser takes a second for 500 rows
SHOWS = ("faulty", "refused", *GAPS)
_HEADS = (
    "name", "now", "today", "seven_days", "place", "source", "legal_class", "site", "sign",
    "police", "retention",
)  # fmt: skip


def register_sheet(
    rows: Sequence[Row], states: CameraStates, community_id: str, find: str, show: str
) -> html.Section:
    """Every camera in use, those out of order first and those without a record last.

    Args:
        rows: Rows of data/sql/camera/list.sql.
        states: How they are and were.
        community_id: The community.
        find: Part of a name or id to look for; empty for all.
        show: A code of SHOWS; anything else for all.
    """
    wanted = find.casefold()
    found = [row for row in rows if wanted in _searched(row) and _shown(row, states, show)]
    found.sort(key=lambda row: states.state(row["device_id"]) not in FAULTS)
    lines = [_line(row, states, community_id) for row in found[:MOST_SHOWN]]
    known = sum(1 for row in rows if row["version"])
    counted = text("cameras.counted", n=len(rows), known=known, missing=len(rows) - known)
    defined = text("cameras.available_defined", minutes=round(WRITTEN_S / 60))
    shown: list[Any] = [
        html.P([counted, " ", states.counted(rows)], className="door-hint"),
        _finder(community_id, find, show),
    ]
    if lines:
        heads = [text(f"cameras.{head}") for head in _HEADS]
        shown.append(table(heads, lines, text("cameras.register")))
        shown.append(html.P(defined, className="door-hint"))
    else:
        shown.append(html.P(text("cameras.none"), className="door-hint"))
    if len(found) > MOST_SHOWN:
        more = text("cameras.more", n=len(found) - MOST_SHOWN)
        shown.append(html.P(more, className="door-hint"))
    return sheet(text("cameras.register"), *shown)


def record_sheet(row: Row, community_id: str) -> html.Section:
    """One camera's record: to change, to test, to take away."""
    version = row["version"] or ""
    memory = [hidden("community", community_id), hidden("version", version)]
    form = door_form(
        [*memory, *_address_fields(row), *_fact_fields(row)],
        action_button("save", text("cameras.save"), main=True),
        object_id=row["device_id"],
        key=f"record-{row['device_id']}-{version}",
    )
    buttons = [_button("test", row, memory)]
    if version:
        buttons.append(_button("remove", row, memory))
    home = f"/camera-register?community={community_id}"
    back = html.A(text("cameras.back"), href=home, className="quiet")
    return sheet(local_name(row), form, html.Div(buttons, className="door-actions"), aside=back)


def tested_words(answers: bool, reason: str, width: int, height: int, waited_s: float) -> str:
    """What a test found, as a sentence."""
    if answers:
        return text("cameras.answers", width=width, height=height, seconds=f"{waited_s:.1f}")
    return text("cameras.silent", reason=named("camera_reason", reason))


def _shown(row: Row, states: CameraStates, show: str) -> bool:
    state = states.state(row["device_id"])
    if show == "faulty":
        return state in FAULTS
    if show == "refused":
        return state == "refused"
    return show not in GAPS or show in states.gaps.get(row["device_id"], ())


def _line(row: Row, states: CameraStates, community_id: str) -> html.Tr:
    href = f"/camera-register?community={community_id}&camera={row['device_id']}"
    place = [local_name(row, stem="place"), local_name(row, stem="area")]
    if not row["version"]:
        facts: list[Any] = [text("cameras.no_record"), "—", "—", "—", "—", "—"]
    else:
        kept = text("cameras.kept") if row["has_address"] else text("cameras.no_address")
        facts = [
            f"{named('camera_kind', row['kind'])} · {row['scheme']} · {kept}",
            named("legal_class", row["legal_class"]),
            named("camera_site", row["site"]),
            _signed(row),
            _yes(row["filed_with_police"]),
            text("cameras.days", n=row["retention_days"]),
        ]
    name = html.A(local_name(row), href=href)
    where = " · ".join(part for part in place if part) or "—"
    device_id = row["device_id"]
    state = html.Td(state_words(states, device_id), className="cell-state")
    rates = [_rate(found.get(device_id)) for found in (states.today, states.week)]
    cells = [html.Td(cell) for cell in (where, *facts)]
    troubled = "troubled" if states.state(device_id) in FAULTS else None
    return html.Tr([html.Td(name), state, *rates, *cells], className=troubled)


def _rate(seen: Availability | None) -> html.Td:
    rate, n = rate_words(seen)
    return html.Td([rate, html.Span(n, className="message")])


def _address_fields(row: Row) -> list[Any]:
    kept = bool(row["has_address"])
    hint = text("cameras.address_kept", scheme=row["scheme"]) if kept else ""
    kinds = [(kind, named("camera_kind", kind)) for kind in SOURCE_KINDS]
    return [
        choice_field("kind", text("setup_field.source_kind"), kinds, row["kind"] or "rtsp"),
        line_field("address", text("setup_field.address"), longest=LONGEST,
                   hint=hint or text("cameras.address_hint")),
        line_field("user", text("setup_field.user"), longest=200),
        secret_field("password", text("setup_field.password"), "new-password"),
    ]  # fmt: skip


def _fact_fields(row: Row) -> list[Any]:
    classes = [(each, named("legal_class", each)) for each in LEGAL_CLASSES]
    sites = [(site, named("camera_site", site)) for site in SITES]
    yes_no = [("no", text("cameras.no")), ("yes", text("cameras.yes"))]
    days = row["retention_days"] or DEFAULT_RETENTION_DAYS
    return [
        choice_field("legal_class", text("setup_field.legal_class"),
                     [("", text("cameras.choose")), *classes], row["legal_class"] or "",
                     text("cameras.legal_hint")),
        choice_field("site", text("setup_field.site"), sites, row["site"] or "other",
                     text("cameras.site_hint")),
        choice_field("sign_posted", text("cameras.sign"), yes_no, _word(row["sign_posted"])),
        choice_field("filed_with_police", text("cameras.police"), yes_no,
                     _word(row["filed_with_police"])),
        choice_field("pre_event", text("setup_field.pre_event"), yes_no, _word(row["pre_event"]),
                     text("cameras.pre_event_hint")),
        line_field("owner", text("setup_field.camera_owner"), row["owner"] or ""),
        line_field("retention_days", text("setup_field.retention_days"), str(days),
                   text("cameras.retention_hint")),
        line_field("gb_id", text("setup_field.gb_id"), row["gb_id"] or "", longest=20),
        line_field("fov_deg", text("setup_field.fov_deg"), _number(row["fov_deg"])),
        line_field("range_m", text("setup_field.range_m"), _number(row["range_m"])),
    ]  # fmt: skip


def _button(action: str, row: Row, memory: list[Any]) -> html.Form:
    sure = text(f"cameras.{action}_sure") if action == "remove" else ""
    return door_form(
        memory,
        action_button(action, text(f"cameras.{action}"), confirm=sure),
        object_id=row["device_id"],
        style="inline",
        key=f"{action}-{row['device_id']}-{row['version']}",
    )


def _finder(community_id: str, find: str, show: str) -> html.Form:
    choices = [
        ("", text("camera_show.all")),
        *((each, named("camera_show", each)) for each in SHOWS),
    ]
    options = [html.Option(words, value=code) for code, words in choices]
    chosen = dashed(data_chosen=show if show in SHOWS else "")
    return html.Form(
        [
            dcc.Input(type="hidden", name="community", value=community_id),
            html.Label(
                [
                    html.Span(text("cameras.find")),
                    dcc.Input(name="find", type="text", value=find, maxLength=60,
                              className="audit-input", autoComplete="off"),
                ],
                className="audit-field",
            ),
            html.Label(
                [
                    html.Span(text("cameras.show")),
                    html.Select(options, name="show", className="choice", **chosen),
                ],
                className="audit-field",
            ),
            html.Div(
                html.Button(text("cameras.find_go"), type="submit", className="primary"),
                className="audit-filter-buttons",
            ),
        ],
        method="GET",
        action="/camera-register",
        className="audit-filter",
    )  # fmt: skip


def _searched(row: Row) -> str:
    parts = (row["name_zh"], row["name_en"], row["source_id"], row["gb_id"], row["owner"])
    return " ".join(str(part) for part in parts if part).casefold()


def _yes(value: object) -> str:
    return text("cameras.yes") if value else text("cameras.no")


def _signed(row: Row) -> str:
    """Whether a sign is up, and whether the seconds before alarms may be kept."""
    named_too = f" · {text('setup_field.pre_event')}" if row["pre_event"] else ""
    return _yes(row["sign_posted"]) + named_too


def _word(value: object) -> str:
    return "yes" if value else "no"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
