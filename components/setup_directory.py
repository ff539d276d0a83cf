"""The contact directory and the organisations: who to call for what, when, and their forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash import html

from components import ids
from components.navigation import nothing
from components.setup_form import (
    act,
    button,
    choice_field,
    many_field,
    setup_form,
    switch_field,
    text_field,
)
from components.setup_frame import section, table
from components.wording import local_name, named, text
from rules.vocabulary import ORGANISATION_KINDS, SERVICES, WORK_DAYS

Row = Mapping[str, Any]
Numbers = Mapping[tuple[str, str], str]
LONGEST_NUMBER = 40


def directory(
    contacts: Sequence[Row],
    numbers: Numbers | None,
    part_of: Callable[[Row], str],
    may_show: bool,
) -> list[Any]:
    """The table of contacts.

    Args:
        contacts: Rows of contact/directory.
        numbers: (contact_id, part) → number once asked for; None while they are not shown.
        part_of: Says which number of a contact is the one to call now, `work` or `after`.
        may_show: True where the viewer may see numbers.
    """
    if not contacts:
        return [nothing(text("contacts.none_title"), text("contacts.none_hint"))]
    headings = [
        text("setup_field.services"),
        text("contacts.post"),
        text("setup_field.organisation_id"),
        text("contacts.work"),
        text("contacts.after"),
    ]
    rows = [_contact_row(row, numbers, part_of(row)) for row in contacts]
    shown: list[Any] = [table(headings, rows, text("contacts.directory"))]
    if may_show and numbers is None:
        words = text("contacts.show")
        shown.append(html.Button(words, id=ids.CONTACT_SHOW, className="setup-button"))
    return shown


def contact_editor(
    contacts: Sequence[Row], organisations: Sequence[Row], opened: tuple[str, str] | None
) -> html.Section:
    """The contacts to change, and the form of a new one.

    Args:
        opened: (noun, id) of what is being changed, id empty for a new one; None for nothing.
    """
    rows: list[Sequence[Any]] = []
    for row in contacts:
        rows.append(
            [
                local_name(dict(row), stem="post"),
                " · ".join(named("service", service) for service in row["services"]),
                act("open", text("setup.edit"), "contact", row["contact_id"]),
            ]
        )
        if opened == ("contact", row["contact_id"]):
            rows.append([_contact_form(row, organisations)])
    body: list[Any] = [
        table([text("contacts.post"), text("setup_field.services"), ""], rows, "")
        if rows
        else None,
        _contact_form(None, organisations)
        if opened == ("contact", "")
        else act("open", text("contacts.new"), "contact"),
    ]
    return section("contacts.edit", *filter(None, body))


def organisation_editor(
    organisations: Sequence[Row], opened: tuple[str, str] | None
) -> html.Section:
    """The organisations to change, and the form of a new one; `opened` as in contact_editor."""
    rows: list[Sequence[Any]] = []
    for row in organisations:
        rows.append(
            [
                named("organisation", row["kind"]),
                local_name(dict(row)),
                text("setup.contacts_n", n=row["contacts"]),
                act("open", text("setup.edit"), "organisation", row["organisation_id"]),
            ]
        )
        if opened == ("organisation", row["organisation_id"]):
            rows.append([_organisation_form(row)])
    headings = [text("setup_field.kind"), text("setup_field.name_zh"), "", ""]
    empty = nothing(text("setup.no_organisations_title"), text("setup.no_organisations_hint"))
    return section(
        "setup.organisations",
        table(headings, rows, text("setup.organisations")) if rows else empty,
        _organisation_form(None)
        if opened == ("organisation", "")
        else act("open", text("setup.new_organisation"), "organisation"),
    )


def _contact_row(row: Row, numbers: Numbers | None, now: str) -> list[Any]:
    hours = f"{named('work_days', row['work_days'])} {row['work_from']}–{row['work_until']}"
    organisation = local_name(dict(row), stem="organisation")
    return [
        " · ".join(named("service", service) for service in row["services"]),
        local_name(dict(row), stem="post"),
        organisation or text("contacts.no_organisation"),
        [html.Div(hours, className="setup-count"), _number(row, "work", numbers, now)],
        _number(row, "after", numbers, now),
    ]


def _number(row: Row, part: str, numbers: Numbers | None, now: str) -> Any:
    if not row[f"has_{part}"]:
        return html.Span(text("contacts.missing"), className="setup-absent")
    if numbers is None:
        return html.Span(text("contacts.kept"), className="setup-count")
    number = numbers.get((row["contact_id"], part), "")
    words: list[Any] = [html.Span(number, className="setup-number")]
    if part == now:
        words.append(html.Span(text("contacts.now"), className="setup-now"))
    return html.Span(words)


def _contact_form(row: Row | None, organisations: Sequence[Row]) -> html.Form:
    known: Row = row or {}
    fields = [
        many_field("services", _words("service", SERVICES), known.get("services") or ()),
        text_field("post_zh", known.get("post_zh"), needed=True, hint=text("setup_hint.post")),
        text_field("post_en", known.get("post_en")),
        choice_field(
            "organisation_id",
            [(o["organisation_id"], local_name(dict(o))) for o in organisations],
            known.get("organisation_id"),
            none=text("setup.none"),
        ),
        choice_field("work_days", _words("work_days", WORK_DAYS), known.get("work_days")),
        text_field("work_from", known.get("work_from", "08:00"), needed=True, longest=5),
        text_field("work_until", known.get("work_until", "18:00"), needed=True, longest=5),
        *_number_fields(known),
    ]
    return setup_form(
        fields,
        *_buttons(row is not None),
        noun="contact",
        object_id=known.get("contact_id", ""),
        version=known.get("version", ""),
        label=text("contacts.new"),
    )


def _number_fields(known: Row) -> list[Any]:
    """Numbers are never put into a form; one that is kept stays unless another is typed."""
    fields: list[Any] = []
    for part in ("work", "after"):
        kept = bool(known.get(f"has_{part}"))
        hint = text("setup_hint.number_kept") if kept else ""
        name = f"{part}_number"
        fields.append(text_field(name, hint=hint, longest=LONGEST_NUMBER, secret=True))
        if kept:
            fields.append(switch_field(f"take_{part}", False))
    return fields


def _organisation_form(row: Row | None) -> html.Form:
    known: Row = row or {}
    fields = [
        choice_field("kind", _words("organisation", ORGANISATION_KINDS), known.get("kind")),
        text_field("name_zh", known.get("name_zh"), needed=True),
        text_field("name_en", known.get("name_en")),
    ]
    return setup_form(
        fields,
        *_buttons(row is not None),
        noun="organisation",
        object_id=known.get("organisation_id", ""),
        version=known.get("version", ""),
        label=text("setup.new_organisation"),
    )


def _buttons(known: bool) -> list[html.Button]:
    buttons = [button("save", text("setup.save"), "main"), button("close", text("setup.cancel"))]
    if known:
        buttons.append(button("remove", text("setup.remove"), confirm=text("setup.remove_confirm")))
    return buttons


def _words(kind: str, codes: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, named(kind, code)) for code in codes]
