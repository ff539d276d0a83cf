"""What waits for a second person as cards, what was settled as a table, and a viewer's exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import dcc, html

from components.door_form import (
    Option,
    action_button,
    choice_field,
    door_form,
    line_field,
    moment,
    table,
)
from components.navigation import nothing
from components.wording import duration, knows, named, text
from rules.approvals import PURPOSES, REFUSALS
from rules.cameras import GATE_CALL

Row = Mapping[str, Any]
# Facts of an approval whose values are codes, and the list of words each is of.
_CODED = {
    "register": "register",
    "basis": "hold_basis",
    "request_kind": "request_kind",
    "requester": "requester",
    "identity_check": "identity_check",
    "alarm_kind": "alarm_kind",
}
LONGEST_REASON = 200
FORMATS = ("csv", "xlsx")


def waiting_cards(
    rows: Sequence[Row], names: Mapping[str, str], own: str, now: datetime, zone: ZoneInfo
) -> Any:
    """What waits, the most urgent first.

    Args:
        rows: Approvals that wait, with `reason` and `detail`.
        names: Login of each actor.
        own: The viewer as an actor.
        now: The moment, aware UTC.
        zone: Zone in which times are shown.
    """
    if not rows:
        return nothing(text("approvals.none_title"), text("approvals.none_hint"))
    cards = [_card(row, names, row["asked_by"] == own, now, zone) for row in rows]
    return html.Ul(cards, className="approval-list")


def settled_table(rows: Sequence[Row], names: Mapping[str, str], zone: ZoneInfo) -> Any:
    """What was decided or has lapsed, the newest first."""
    if not rows:
        return html.P(text("approvals.settled_none"), className="note")
    heads = ("kind", "state", "asked", "purpose", "reason", "decided")
    lines = [
        html.Tr(
            [
                html.Td(text(f"approval.{row['kind']}")),
                html.Td(_outcome(row)),
                html.Td([_who(row, "asked", names), html.Br(), moment(row["asked_at"], zone)]),
                html.Td(named("purpose", row["purpose"])),
                html.Td(_reason(row), className="approval-words"),
                html.Td(
                    [_who(row, "decided", names), html.Br(), moment(row["decided_at"], zone)]
                    if row["decided_at"]
                    else "—"
                ),
            ]
        )
        for row in rows
    ]
    return table([text(f"approvals.{head}") for head in heads], lines, text("approvals.settled"))


def export_form(
    community_id: str, registers: Sequence[str], areas: Sequence[Option], key: str
) -> html.Form:
    """Ask for a bulk export."""
    return door_form(
        [
            hidden("community", community_id),
            choice_field(
                "register",
                text("exports.register"),
                [(r, text(f"register.{r}")) for r in registers],
            ),
            choice_field("area", text("exports.area"), [("", text("exports.all_areas")), *areas]),
            day_field("since", text("exports.since")),
            day_field("until", text("exports.until")),
            choice_field(
                "purpose",
                text("approvals.purpose"),
                [(p, text(f"purpose.{p}")) for p in PURPOSES if p != GATE_CALL],
            ),
            line_field("reason", text("approvals.reason"), longest=LONGEST_REASON),
        ],
        action_button("export", text("exports.ask"), main=True),
        key=key,
    )


def export_table(rows: Sequence[Row], now: datetime, zone: ZoneInfo) -> Any:
    """The exports a viewer asked for, with the links while they last."""
    if not rows:
        return html.P(text("exports.none"), className="note")
    heads = ("exports.register", "approvals.state", "exports.rows", "exports.expires")
    lines = []
    for row in rows:
        over = row["expires_at"] is not None and row["expires_at"] <= now
        state = "deleted" if over else row["state"]
        links = [
            html.A(
                text("exports.fetch", kind=kind.upper()),
                href=f"/exports/{row['export_id']}?format={kind}",
                className="approval-link",
            )
            for kind in FORMATS
            if state in ("allowed", "made")
        ]
        count = "—" if row["row_count"] is None else f"{row['row_count']:,}"
        lines.append(
            html.Tr(
                [
                    html.Td(text(f"register.{row['register']}")),
                    html.Td(text(f"export_state.{state}")),
                    html.Td(count),
                    html.Td(moment(row["expires_at"], zone)),
                    html.Td(f"{row['fetched']:,}"),
                    html.Td(links),
                ]
            )
        )
    headings = [*(text(head) for head in heads), text("exports.fetched"), ""]
    return table(headings, lines, text("exports.mine"))


def hidden(name: str, value: str) -> Any:
    """A value a form carries along without showing it."""
    return dcc.Input(type="hidden", name=name, value=value)


def day_field(name: str, label: str, value: str = "") -> html.Label:
    """A day to type in, as year-month-day."""
    return line_field(name, label, value, hint="2026-11-30", longest=10)


def _card(row: Row, names: Mapping[str, str], own: bool, now: datetime, zone: ZoneInfo) -> html.Li:
    late = row["state"] == "escalated"
    facts = [
        (
            text("approvals.asked"),
            [_who(row, "asked", names), " · ", moment(row["asked_at"], zone)],
        ),
        (text("approvals.due"), _due(row, now, zone)),
        (text("approvals.purpose"), named("purpose", row["purpose"])),
        (text("approvals.reason"), _reason(row)),
        *_facts(row["detail"]),
    ]
    content: list[Any] = [html.H3(text(f"approval.{row['kind']}"))]
    if late:
        content.append(html.P(text("approvals.escalated"), className="approval-late", role="alert"))
    elif row["mode"] == "after":
        due = moment(row["due_at"], zone)
        content.append(html.P(text("approvals.begun", at=due), className="approval-begun"))
    content.append(
        html.Dl(
            [html.Div([html.Dt(label), html.Dd(value)]) for label, value in facts],
            className="facts",
        )
    )
    content += _own_buttons(row) if own else _buttons(row)
    return html.Li(content, className="approval-card late" if late else "approval-card")


def _buttons(row: Row) -> list[Any]:
    home = hidden("community", row["community_id"])
    confirm = action_button(
        "confirm", text("approvals.confirm"), text("approvals.confirm_sure"), main=True
    )
    refuse = action_button("refuse", text("approvals.refuse"), text("approvals.refuse_sure"))
    reasons = [(code, text(f"approval_refusal.{code}")) for code in REFUSALS]
    key = row["approval_id"]
    return [
        html.Div(
            [
                door_form([home], confirm, object_id=key, style="inline", key=f"confirm-{key}"),
                door_form(
                    [home, choice_field("refusal", text("approvals.refusal"), reasons)],
                    refuse,
                    object_id=key,
                    style="inline",
                    key=f"refuse-{key}",
                ),
            ],
            className="approval-buttons",
        )
    ]


def _own_buttons(row: Row) -> list[Any]:
    said = html.P(text("approvals.own"), className="note")
    if row["mode"] == "after":
        return [said]
    back = action_button("withdraw", text("approvals.withdraw"))
    home = hidden("community", row["community_id"])
    return [said, door_form([home], back, object_id=row["approval_id"], style="inline")]


def _facts(detail: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [
        (text(f"approval_fact.{name}"), _fact(name, value))
        for name, value in detail.items()
        if knows(f"approval_fact.{name}")
    ]


def _fact(name: str, value: Any) -> Any:
    if name in _CODED:
        return named(_CODED[name], str(value))
    if isinstance(value, Mapping):
        return html.Ul(
            [html.Li(f"{named('retention_class', code)}: {n:,}") for code, n in value.items()]
        )
    return f"{value:,}" if isinstance(value, int) else str(value)


def _who(row: Row, step: str, names: Mapping[str, str]) -> str:
    actor, role = row[f"{step}_by"], row[f"{step}_role"] or ""
    if actor in ("cli", "system", None):
        return text("role.cli")
    return text("approvals.by", who=names.get(actor, actor), role=named("role", role))


def _due(row: Row, now: datetime, zone: ZoneInfo) -> html.Span:
    seconds = (row["due_at"] - now).total_seconds()
    at = moment(row["due_at"], zone)
    if seconds < 0:
        return html.Span(
            ["▲ ", text("approvals.late", at=at, over=duration(-seconds))], className="light-over"
        )
    soon = "light-soon" if seconds < 3_600 else ""
    return html.Span(text("approvals.due_at", at=at, left=duration(seconds)), className=soon)


def _reason(row: Row) -> str:
    return str(row["reason"]) if row["reason"] else text("approvals.reason_gone")


def _outcome(row: Row) -> str:
    words = text(f"approval_state.{row['state']}")
    if row["refusal"]:
        return f"{words} · {named('approval_refusal', row['refusal'])}"
    return words
