"""One file on its page: masked values with what they are for, facts, consents, history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.attributes import dashed
from components.case_history import actor_words, local_time, source_words
from components.file_table import file_address, file_table, list_address, share
from components.wording import knows, local_name, named, text

# Fields whose values are codes; a masked view shows the word where the registry lets it be shown.
CODED = ("sex", "relation", "care_category", "care_need")


def file_head(kind: str, title: Any, badges: Sequence[str], completeness: float | None) -> html.Div:
    """Kind, title, marks in words and completeness."""
    return html.Div(
        [
            html.P(text(f"file.{kind}"), className="file-kind"),
            html.H1(title, className="page-title"),
            html.P(
                [*(html.Span(badge, className="tag") for badge in badges), share(completeness)],
                className="file-badges",
            ),
        ],
        className="file-head",
    )


def values_section(opened: Any) -> html.Section:
    """Every sealed field, masked, with its purpose, basis and period, and the way to open it."""
    rows = [
        html.Div(
            [
                html.Dt(text(f"field.{each.field.name}")),
                html.Dd(
                    [
                        _value(each, opened),
                        html.Span(_for_what(each.field), className="file-why"),
                    ]
                ),
            ]
        )
        for each in opened.fields
    ]
    notes = [html.P(text("file.guarded"), className="note")] if opened.guarded else []
    return _section("file.values", *notes, html.Dl(rows, className="facts file-values"))


def facts_section(opened: Any, zone: ZoneInfo) -> html.Section:
    """What the log says: building, household, residence, where it came from."""
    facts, community_id = opened.facts, opened.facts["community_id"]
    rows: list[tuple[str, Any]] = [
        ("place_id", _place(facts, community_id)),
        ("area_id", local_name(dict(facts), stem="area")),
    ]
    if opened.kind == "person":
        rows += [
            ("household_id", _household(facts, community_id)),
            ("residence", named("residence", facts["residence"]) if facts["residence"] else ""),
        ]
    if opened.kind == "enterprise":
        rows += [(name, facts[name] or "") for name in ("credit_code", "industry")]
    rows += [
        ("source", source_words(facts["source"])),
        ("recorded_at", local_time(facts["recorded_at"], zone)),
        ("removed_at", local_time(facts["removed_at"], zone)),
    ]
    return _section("file.facts", facts_of(rows))


def facts_of(rows: Sequence[tuple[str, Any]]) -> html.Dl:
    """Names and values; what is not known says so, except where it has not happened."""
    shown = [(name, value) for name, value in rows if value not in ("", None)]
    return html.Dl(
        [html.Div([html.Dt(text(f"field.{name}")), html.Dd(value)]) for name, value in shown],
        className="facts",
    )


def consents_section(consents: Sequence[Mapping[str, Any]]) -> html.Section:
    """What was agreed to, and what was withdrawn."""
    if not consents:
        return _section("file.consents", html.P(text("file.consents_none"), className="note"))
    columns = ("purpose", "given_by", "form", "given_on", "withdrawn_on", "paper_ref")
    rows = [
        (
            text(f"consent.{row['purpose']}"),
            text(f"consent_by.{row['given_by']}"),
            text(f"consent_form.{row['form']}"),
            row["given_on"].isoformat(),
            row["withdrawn_on"].isoformat() if row["withdrawn_on"] else text("file.holds"),
            row["paper_ref"] or "—",
        )
        for row in consents
    ]
    return _section("file.consents", file_table([f"file.{name}" for name in columns], rows))


def history_section(events: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> html.Section:
    """Who changed which fields and when; never what they said."""
    steps = [
        html.Li(
            [
                html.Div(
                    [
                        html.Span(_when(event["happened_at"], zone), className="history-at"),
                        html.Span(named("event", event["event_kind"]), className="history-heading"),
                        html.Span(_who(event), className="history-actor"),
                    ],
                    className="history-line",
                ),
                html.P(_fields(event["fields_changed"] or ()), className="history-recorded"),
            ],
            className="history-step",
        )
        for event in events
    ]
    note = html.P(text("file.history_note"), className="note")
    return _section("file.history", html.Ol(steps, className="history"), note)


def _who(event: Mapping[str, Any]) -> str:
    """Who caused an event: the login of an account, else the source."""
    return str(event["login"]) if event.get("login") else actor_words(str(event["actor"]))


def fields_words(names: Sequence[str]) -> str:
    """Names of fields in words."""
    return text("list.comma").join(named("field", name) for name in names)


def refusal_words(code: str, field: str | None = None) -> str:
    """Why a change was not made, as a sentence naming the field."""
    reason = text(f"error.{code}", field=named("field", field) if field else "")
    return text("file.failed", reason=reason)


def _fields(names: Sequence[str]) -> str:
    return fields_words(names) or "—"


def _value(each: Any, opened: Any) -> Any:
    """A masked value and, where the viewer may, the button assets/unmask.js listens to."""
    name = each.field.name
    if each.masked is None:
        return html.Span(text("file.not_recorded"), className="file-missing")
    words = named(name, each.masked) if name in CODED else each.masked
    masked = html.Span(words, className="file-masked")
    if not opened.may_unmask or each.field.mask == "shown":
        return masked
    return html.Span(
        [
            masked,
            # Left empty by the page: the script puts the value in and takes it away again.
            html.Span(className="file-clear", **dashed(data_clear=name)),
            html.Button(
                text("unmask.open"),
                className="file-open",
                **dashed(
                    data_unmask=name,
                    data_subject=opened.subject_id,
                    data_codes=name if name in CODED else "",
                    aria_label=text("unmask.title", field=text(f"field.{name}")),
                ),
            ),
        ],
        className="file-value",
    )


def _for_what(field: Any) -> str:
    keep = field.keep
    if keep is None:
        words = text("file.keep_resident")
    elif knows(f"file.keep_{keep.after}"):
        words = text(f"file.keep_{keep.after}", days=keep.days)
    else:
        words = text("file.keep_other", days=keep.days)
    return text(
        "file.for_what",
        purpose=text(f"field_purpose.{field.purpose}"),
        basis=text(f"basis.{field.basis}"),
        keep=words,
    )


def _place(facts: Mapping[str, Any], community_id: str) -> Any:
    name = local_name(dict(facts), stem="place")
    if not facts["place_id"]:
        return text("file.not_recorded")
    return html.A(name or "—", href=file_address("building", facts["place_id"], community_id))


def _household(facts: Mapping[str, Any], community_id: str) -> Any:
    if not facts["household_id"]:
        return text("file.not_recorded")
    address = file_address("household", facts["household_id"], community_id)
    return html.A(text("file.household"), href=address)


def back_link(kind: str, community_id: str) -> html.Div:
    """The way back to the lists."""
    return html.Div(
        html.A(["← ", text("file.back")], href=list_address(kind, community_id), className="back"),
        className="page-tools",
    )


def _when(at: datetime, zone: ZoneInfo) -> str:
    return local_time(at, zone) or ""


def _section(code: str, *content: Any) -> html.Section:
    return html.Section(
        [html.H2(text(code)), html.Div(list(content), className="file-section")], className="sheet"
    )


def section(code: str, *content: Any) -> html.Section:
    """A panel of a file with its heading."""
    return _section(code, *content)
