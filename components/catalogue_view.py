"""The catalogue as a table, the form of one category, and what became of an imported file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import quote

from dash import dcc, html

from components.attributes import dashed
from components.case_history import limit_words
from components.door_form import (
    Option,
    action_button,
    choice_field,
    door_form,
    line_field,
    table,
)
from components.navigation import with_community
from components.wording import named, text
from rules.catalogue import GROUPS, Entry
from rules.vocabulary import LIMIT_KINDS, ORGANISATION_KINDS, URGENCIES

HEADINGS = ("code", "name_zh", "group", "urgency", "limit", "organisation_kind", "standard_ref")
LONGEST_LIST = 1_000


class RefusedRow(Protocol):
    """A row of a file that was not taken."""

    @property
    def number(self) -> int:
        """Where it stood."""

    @property
    def category(self) -> str:
        """Its code, as far as it had one."""

    @property
    def field(self) -> str:
        """The field at fault, or empty."""

    @property
    def code(self) -> str:
        """Code of the refusal."""


class ImportResult(Protocol):
    """What became of a file."""

    @property
    def changed(self) -> Sequence[str]:
        """Codes that were taken over."""

    @property
    def unchanged(self) -> int:
        """Rows that said nothing new."""

    @property
    def refused(self) -> Sequence[RefusedRow]:
        """Rows that were not taken."""


def category_table(entries: Iterable[Entry], community_id: str) -> html.Div:
    """Every category with its limit, whether it is the shipped default, and the way to its form."""
    headings = [*(text(f"catalogue.{name}") for name in HEADINGS), text("catalogue.origin"), ""]
    return table(headings, [_line(e, community_id) for e in entries], text("catalogue.list"))


def category_form(given: Mapping[str, str], community_id: str) -> html.Form:
    """The form of one category.

    Args:
        given: Its row of text (rules/catalogue_rows.py); empty for a new one.
        community_id: The community it belongs to.
    """

    def line(name: str, longest: int = 60, hint: str = "") -> html.Label:
        words = text(f"catalogue.{name}")
        return line_field(name, words, given.get(name, ""), hint and text(hint), longest=longest)

    def choice(name: str, kind: str, codes: Iterable[str]) -> html.Label:
        options: list[Option] = [(code, named(kind, code)) for code in codes]
        if name == "organisation_kind":
            options.insert(0, ("", text("catalogue.nobody")))
        return choice_field(name, text(f"catalogue.{name}"), options, given.get(name, ""))

    code = (
        html.Div(dcc.Input(name="code", type="hidden", value=given["code"]), hidden=True)
        if given
        else line("code", hint="catalogue.code_hint")
    )
    fields = [
        dcc.Input(name="community", type="hidden", value=community_id),
        dcc.Input(name="in_use", type="hidden", value=given.get("in_use", "yes")),
        code,
        line("name_zh", 30),
        line("name_en"),
        choice("group", "category_group", GROUPS),
        choice("urgency", "urgency", URGENCIES),
        line("limit_value", 8),
        choice("limit_kind", "limit", LIMIT_KINDS),
        choice("organisation_kind", "organisation", ORGANISATION_KINDS),
        line("responders", 300, "catalogue.responders_hint"),
        line("questions", LONGEST_LIST, "catalogue.questions_hint"),
        line("keywords", LONGEST_LIST, "catalogue.keywords_hint"),
        line("standard_ref"),
        line("position", 6),
    ]
    save = action_button("save", text("catalogue.save"), main=True)
    return door_form(fields, save, key=f"category-{given.get('code', 'new')}")


def import_report(found: ImportResult) -> html.Div:
    """How many rows were taken, and each that was not, with its number and reason."""
    said = text("catalogue.imported", changed=len(found.changed), same=found.unchanged,
                refused=len(found.refused))  # fmt: skip
    return html.Div(
        [html.P(said), html.Ul([html.Li(_refusal(row)) for row in found.refused])],
        className="door-notice",
    )


def _line(entry: Entry, community_id: str) -> html.Tr:
    origin = "default" if entry.default else "own" if entry.in_use else "out"
    organisation = entry.organisation_kind
    address = with_community(f"/catalogue?category={quote(entry.code)}", community_id)
    cells: list[Any] = [
        html.Code(entry.code),
        named("category", entry.code),
        named("category_group", entry.group),
        named("urgency", entry.urgency),
        limit_words(entry.limit_value, entry.limit_kind),
        named("organisation", organisation) if organisation else "—",
        entry.standard_ref or "—",
        text(f"catalogue.{origin}"),
        html.Div(
            [html.A(text("catalogue.edit"), href=address, className="door-button"),
             _switch(entry, community_id)],
            className="row-buttons",
        ),
    ]  # fmt: skip
    return html.Tr(
        [html.Td(cell) for cell in cells],
        className="" if entry.in_use else "closed",
        **dashed(data_category=entry.code),
    )


def _switch(entry: Entry, community_id: str) -> html.Form:
    action = "remove" if entry.in_use else "restore"
    sure = text("catalogue.remove_sure") if entry.in_use else ""
    return door_form(
        [dcc.Input(name="community", type="hidden", value=community_id)],
        action_button(action, text(f"catalogue.{action}"), confirm=sure),
        object_id=entry.code,
        style="inline",
        key=f"{action}-{entry.code}",
    )


def _refusal(row: RefusedRow) -> str:
    field = text(f"catalogue.{row.field}") if row.field else ""
    why = text(f"error.{row.code}", field=field)
    return text("catalogue.row_refused", number=row.number, category=row.category or "—", why=why)
