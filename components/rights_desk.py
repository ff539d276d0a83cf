"""The desk for the people on record: look-up, taking a request, the list, and one request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.approval_list import LONGEST_REASON, day_field, hidden
from components.door_form import (
    Option,
    action_button,
    choice_field,
    door_form,
    line_field,
    moment,
    table,
)
from components.navigation import nothing, with_community
from components.wording import duration, named, text
from rules.fields import CONSENT_PURPOSES, sealed_fields
from rules.rights import (
    ALL_CHECKS,
    APPROVALS,
    CHANNELS,
    PROOFS,
    REFUSALS,
    REQUEST_KINDS,
    REQUESTERS,
)

Row = Mapping[str, Any]
LONGEST_NUMBER = 30
LONGEST_VALUE = 200
_MASKED = ("name", "birth_date", "phone", "id_number")


def find_form(community_id: str, by: str) -> html.Form:
    """Look one person up by a whole number."""
    return door_form(
        [
            hidden("community", community_id),
            choice_field(
                "by",
                text("rights.by"),
                [(each, text(f"rights.by_{each}")) for each in ("id_number", "phone")],
                by,
            ),
            line_field("number", text("rights.number"), longest=LONGEST_NUMBER),
        ],
        action_button("find", text("rights.search"), main=True),
        style="inline",
    )


def found_part(community_id: str, matches: Sequence[Any], today: date) -> list[Any]:
    """The files found, each with the form that takes a request about it."""
    if not matches:
        return [
            html.P(text("rights.found_none"), className="door-hint"),
            _receive_form(community_id, "", today),
        ]
    parts: list[Any] = [html.P(text("rights.found", n=len(matches)), className="door-hint")]
    for match in matches:
        parts.append(
            html.Div(
                [person_facts(match), _receive_form(community_id, match.person_id, today)],
                className="rights-found",
            )
        )
    return parts


def person_facts(match: Any) -> html.Dl:
    """What the desk shows of a person: masked values, the building, the file's id."""
    facts = [
        (text(f"field.{name}"), match.masked[name]) for name in _MASKED if name in match.masked
    ]
    facts += [
        (text("field.place_id"), match.building or "—"),
        (text("rights.file_id"), html.Code(match.person_id)),
    ]
    return facts_list(facts)


def facts_list(facts: Sequence[tuple[str, Any]]) -> html.Dl:
    """Labels and values under each other."""
    return html.Dl(
        [html.Div([html.Dt(label), html.Dd(value)]) for label, value in facts], className="facts"
    )


def request_table(
    community_id: str, rows: Sequence[Row], names: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> Any:
    """The requests, the most urgent first.

    Args:
        rows: Requests with their `light`.
        names: Masked name by file id; who was erased is missing.
    """
    if not rows:
        return nothing(text("rights.none_title"), text("rights.none_hint"))
    heads = ("kind", "person", "requester", "received_on", "due", "state")
    lines = []
    for row in rows:
        address = with_community("/rights", community_id) + f"&request={row['request_id']}"
        lines.append(
            html.Tr(
                [
                    html.Td(text(f"request_kind.{row['kind']}")),
                    html.Td(person_words(row, names)),
                    html.Td(text(f"requester.{row['requester']}")),
                    html.Td(moment(row["received_at"], zone)),
                    html.Td(due_words(row, now, zone)),
                    html.Td(text(f"request_state.{row['state']}")),
                    html.Td(html.A(text("rights.open"), href=address, className="approval-link")),
                ],
                className="closed" if row["light"] == "closed" else "",
            )
        )
    return table([*(text(f"rights.{head}") for head in heads), ""], lines, text("rights.list"))


def person_words(row: Row, names: Mapping[str, str]) -> str:
    """Whose request: a masked name, nobody on record, or erased."""
    if row["person_id"] is None:
        return text("rights.nobody")
    return names.get(row["person_id"]) or text("rights.erased")


def due_words(row: Row, now: datetime, zone: ZoneInfo) -> html.Span:
    """Until when it must be answered, with words beside the colour."""
    left = duration(abs((row["due_at"] - now).total_seconds()))
    words = f"{moment(row['due_at'], zone)} · " + text(f"rights.light_{row['light']}", left=left)
    mark = "▲ " if row["light"] == "over" else ""
    return html.Span(mark + words, className=f"light-{row['light']}")


def request_actions(row: Row) -> list[Any]:
    """What can be done with a request in its state, each a form of its own."""
    state, nobody = row["state"], row["person_id"] is None
    if state == "waiting":
        return [html.P(text("rights.waiting"), className="note")]
    if state == "granted":
        return _granted(row)
    if state != "open":
        return []
    forms: list[Any]
    if nobody:
        forms = [_form(row, "hand_over", text("rights.answered_none"), main=True)]
    elif row["kind"] in APPROVALS:
        forms = [html.P(text("rights.ask_hint"), className="door-hint"), _ask_form(row)]
    else:
        forms = [_deed(row)]
    back = _form(row, "take_back", text("rights.take_back"), text("rights.take_back_sure"))
    return [*forms, _refuse_form(row), back]


def _deed(row: Row) -> Any:
    if row["kind"] == "correct":
        proofs = [(code, text(f"proof.{code}")) for code in PROOFS]
        return _form(
            row,
            "correct",
            text("rights.correct"),
            text("rights.correct_sure"),
            line_field(
                "value", f"{text('rights.value')} · {text('field.' + row['field'])}",
                longest=LONGEST_VALUE,
            ),
            choice_field("proof", text("rights.proof"), proofs),
            main=True,
        )  # fmt: skip
    if row["kind"] == "withdraw_consent":
        return _form(
            row,
            "withdraw_consent",
            text("rights.withdraw_consent"),
            text("rights.withdraw_sure"),
            main=True,
        )
    return html.Div(
        [*_links(row), _form(row, "hand_over", text("rights.hand_over"))],
        className="approval-buttons",
    )


def _granted(row: Row) -> list[Any]:
    if row["kind"] == "delete":
        return [html.P(text("rights.granted_erase"), className="note")]
    return [
        html.P(text("rights.granted_copy"), className="door-hint"),
        html.Div(_links(row), className="approval-buttons"),
        _form(row, "hand_over", text("rights.hand_over"), main=True),
    ]


def _links(row: Row) -> list[Any]:
    address = f"/rights/{row['request_id']}/copy"
    kinds = [("rights.pdf_zh", "format=pdf&lang=zh-CN"), ("rights.pdf_en", "format=pdf&lang=en")]
    if row["kind"] != "view":
        kinds.append(("rights.json", "format=json"))
    return [
        html.A(text(code), href=f"{address}?{query}", className="door-button")
        for code, query in kinds
    ]


def _ask_form(row: Row) -> html.Form:
    reason = line_field("reason", text("approvals.reason"), longest=LONGEST_REASON)
    return _form(row, "ask", text("rights.ask"), "", reason, main=True)


def _refuse_form(row: Row) -> html.Form:
    codes = [(code, text(f"request_refusal.{code}")) for code in REFUSALS]
    return _form(
        row,
        "refuse",
        text("rights.refuse"),
        text("rights.refuse_sure"),
        choice_field("refusal", text("rights.refusal"), codes),
        line_field("reason", text("rights.refuse_words"), longest=LONGEST_REASON),
    )


def _form(
    row: Row, action: str, words: str, confirm: str = "", *fields: Any, main: bool = False
) -> html.Form:
    return door_form(
        [hidden("community", row["community_id"]), *fields],
        action_button(action, words, confirm, main=main),
        object_id=row["request_id"],
        key=f"{action}-{row['request_id']}",
        style="" if fields else "inline",
    )


def _receive_form(community_id: str, person_id: str, today: date) -> html.Form:
    def choices(list_name: str, codes: Sequence[str]) -> list[Option]:
        return [(code, named(list_name, code)) for code in codes]

    fields = [each.name for each in sealed_fields("person")]
    return door_form(
        [
            hidden("community", community_id),
            hidden("person", person_id),
            choice_field("kind", text("rights.kind"), choices("request_kind", REQUEST_KINDS)),
            choice_field("requester", text("rights.requester"), choices("requester", REQUESTERS)),
            choice_field("channel", text("rights.channel"), choices("request_channel", CHANNELS)),
            choice_field(
                "identity_check",
                text("rights.identity_check"),
                choices("identity_check", ALL_CHECKS),
            ),
            day_field("received_on", text("rights.received_on"), today.isoformat()),
            choice_field("field", text("rights.field"), choices("field", fields)),
            choice_field("consent", text("rights.consent"), choices("consent", CONSENT_PURPOSES)),
        ],
        action_button("receive", text("rights.receive"), main=True),
        key=f"receive-{person_id}",
    )


def received_at(day: date, now: datetime, zone: ZoneInfo) -> datetime:
    """When a request that came in on a local day did so: now, or at that day's beginning."""
    begun = datetime.combine(day, datetime.min.time(), zone)
    return now if begun <= now < begun + timedelta(days=1) else begun
