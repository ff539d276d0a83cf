"""The register of gates: a form for each, its switches, and the latest calls; never an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.approval_list import hidden
from components.door_form import (
    Option,
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

Row = dict[str, Any]
LONGEST_ADDRESS = 2000
LONGEST_REASON = 200


def new_gate(community_id: str, cameras: Sequence[Option], kinds: Sequence[str], key: str) -> Any:
    """The form for another gate; `cameras` are (id, name), `kinds` codes of ACTUATORS."""
    form = door_form(
        [hidden("community", community_id), *_fields({}, cameras, kinds)],
        action_button("save", text("gates.add"), main=True),
        key=key,
    )
    return sheet(text("gates.new"), form)


def gate_sheet(row: Row, cameras: Sequence[Option], kinds: Sequence[str], zone: ZoneInfo) -> Any:
    """One gate: what it is, whether it rings and may be opened, and the link of its tablet.

    Args:
        row: Row of data/sql/gate/list.sql.
        cameras: (id, name) of the cameras to choose from.
        kinds: Codes of ACTUATORS this community may use.
        zone: The community's.
    """
    memory = [hidden("community", row["community_id"]), hidden("version", row["version"])]
    key = f"{row['gate_id']}-{row['version']}"
    form = door_form(
        [*memory, *_fields(row, cameras, kinds)],
        action_button("save", text("gates.save"), main=True),
        object_id=row["gate_id"],
        key=f"record-{key}",
    )
    facts: list[tuple[str, Any]] = [
        (text("gates.id"), html.Code(row["gate_id"])),
        (text("gates.calls"), text("gates.on" if row["calls_on"] else "gates.off")),
        (text("gates.opening"), _opening(row)),
    ]
    if row["last_call_at"] is not None:
        last = f"{moment(row['last_call_at'], zone)} · {named('gate_state', row['last_state'])}"
        facts.append((text("gates.last"), last))
    shown = html.Dl(
        [html.Div([html.Dt(label), html.Dd(value)]) for label, value in facts], className="facts"
    )
    buttons = html.Div(
        [_inline(row, memory, *each) for each in _switches(row)], className="door-actions"
    )
    return sheet(local_name(row), shown, buttons, *_policy(row, memory, key), form)


def calls_sheet(rows: Sequence[Row], zone: ZoneInfo) -> Any:
    """The latest calls, the newest first: rows of data/sql/gate_call/recent.sql."""
    if not rows:
        return sheet(text("gates.recent"), html.P(text("gates.recent_none"), className="door-hint"))
    lines = [
        html.Tr(
            [
                html.Td(moment(row["started_at"], zone)),
                html.Td(local_name(row)),
                html.Td(_outcome(row)),
                html.Td(row["login"] or "—"),
            ]
        )
        for row in rows
    ]
    heads = [text(f"gates.{head}") for head in ("at", "gate", "outcome", "by")]
    return sheet(text("gates.recent"), table(heads, lines, text("gates.recent")))


def no_gates() -> Any:
    """That there are none."""
    return nothing(text("gates.none_title"), text("gates.none_hint"))


def _fields(row: Mapping[str, Any], cameras: Sequence[Option], kinds: Sequence[str]) -> list[Any]:
    words = [(kind, named("gate_kind", kind)) for kind in kinds]
    chosen = [("", text("gates.no_camera")), *cameras]
    hint = text("gates.address_hint")
    return [
        line_field("name_zh", text("gates.name_zh"), row.get("name_zh") or ""),
        line_field("name_en", text("gates.name_en"), row.get("name_en") or ""),
        choice_field("camera_id", text("gates.camera"), chosen, row.get("camera_id") or ""),
        choice_field("kind", text("gates.kind"), words, row.get("kind") or kinds[0]),
        line_field("address", text("gates.address"), hint=hint, longest=LONGEST_ADDRESS),
    ]


def _opening(row: Row) -> str:
    if row["opens_on"]:
        return text("gates.on")
    return text("gates.waiting" if row["policy_state"] else "gates.off")


def _switches(row: Row) -> list[tuple[str, str, str]]:
    """Action, words and question of each button."""
    calls = (
        ("calls_off", "gates.switch_off") if row["calls_on"] else ("calls_on", "gates.switch_on")
    )
    found = [(calls[0], text(calls[1]), "")]
    if row["has_link"]:
        found.append(("link", text("gates.link_new"), text("gates.link_sure")))
        found.append(("unlink", text("gates.unlink"), ""))
    else:
        found.append(("link", text("gates.link"), ""))
    if row["opens_on"]:
        found.append(("stop", text("gates.stop"), ""))
    return [*found, ("remove", text("gates.remove"), text("gates.remove_sure"))]


def _inline(row: Row, memory: Sequence[Any], action: str, words: str, confirm: str) -> Any:
    button = action_button(action, words, confirm=confirm)
    key = f"{action}-{row['gate_id']}-{row['version']}"
    return door_form(memory, button, object_id=row["gate_id"], style="inline", key=key)


def _policy(row: Row, memory: Sequence[Any], key: str) -> list[Any]:
    """The form that asks the second person, where there is something to ask."""
    if row["opens_on"] or row["policy_state"] or row["kind"] == "none":
        return []
    reason = line_field("reason", text("gates.reason"), longest=LONGEST_REASON)
    ask = action_button("ask", text("gates.ask"))
    return [door_form([*memory, reason], ask, object_id=row["gate_id"], key=f"ask-{key}")]


def _outcome(row: Row) -> str:
    words = named("gate_state", row["state"])
    if row["outcome"] and row["state"] in ("missed", "failed"):
        return f"{words} · {named('gate_reason', row['outcome'])}"
    return words
