"""The forms of a file: one field at a time, consents, visits, moving out and coming back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dash import dcc, html

from components import ids
from components.file_view import section
from components.wording import named, text
from rules.care import CADENCES_DAYS, CARE_CATEGORIES, CARE_NEEDS
from rules.fields import CONSENT_FORMS, CONSENT_GIVERS, CONSENT_PURPOSES, sealed_fields
from rules.residents import RELATIONS, RESIDENCES, SEXES, STRUCTURES

# Fields that take one of a few words, and those words.
CODES: dict[str, tuple[str, ...]] = {
    "sex": SEXES,
    "relation": RELATIONS,
    "residence": RESIDENCES,
    "care_category": tuple(CARE_CATEGORIES),
    "care_need": CARE_NEEDS,
    "structure": STRUCTURES,
}
FACTS_WRITTEN = {
    "person": ("residence",),
    "household": (),
    "enterprise": ("name_zh", "credit_code", "industry"),
    "building": (
        "built_year",
        "floors_above",
        "floors_below",
        "lifts",
        "units",
        "structure",
        "property_company",
    ),
}
LONGEST_VALUE = 200


def edit_section(kind: str) -> html.Section:
    """Choose a field, give its new value; the old one is not shown."""
    names = [*(field.name for field in sealed_fields(kind)), *FACTS_WRITTEN[kind]]
    return section(
        "file.edit",
        html.P(text("file.edit_note"), className="note"),
        html.Div(
            [
                _labelled(
                    "file.field",
                    dcc.Dropdown(
                        id=ids.FILE_FIELD,
                        options=[{"label": text(f"field.{n}"), "value": n} for n in names],
                        clearable=False,
                    ),
                ),
                html.Div(value_input(None), id=ids.FILE_VALUE_BOX),
                html.Button(text("file.save"), id=ids.FILE_SAVE, className="quiet", n_clicks=0),
            ],
            className="file-form",
        ),
    )


def value_input(field: str | None) -> html.Label:
    """What a field's new value is given with: a choice for codes, else a line of text."""
    codes = CODES.get(field or "")
    if codes:
        options = [{"label": named(str(field), code), "value": code} for code in codes]
        control: Any = dcc.Dropdown(id=ids.FILE_VALUE, options=options)
    else:
        control = dcc.Input(
            id=ids.FILE_VALUE,
            type="text",
            maxLength=LONGEST_VALUE,
            className="file-input",
            autoComplete="off",
            placeholder="1950-03-02" if field == "birth_date" else "",
        )
    return _labelled("file.value", control)


def consent_forms(consents: Sequence[Mapping[str, Any]], today: date) -> html.Section:
    """Put a consent on record; withdraw what holds."""
    held = list(dict.fromkeys(c["purpose"] for c in consents if c["withdrawn_on"] is None))
    return section(
        "file.give",
        html.Div(
            [
                _labelled(
                    "file.purpose", _choice(ids.CONSENT_PURPOSE, "consent", CONSENT_PURPOSES)
                ),
                _labelled("file.given_by", _choice(ids.CONSENT_BY, "consent_by", CONSENT_GIVERS)),
                _labelled("file.form", _choice(ids.CONSENT_FORM, "consent_form", CONSENT_FORMS)),
                _labelled("file.given_on", _line(ids.CONSENT_ON, 10, today.isoformat())),
                _labelled("file.paper_ref", _line(ids.CONSENT_REF, 40, "")),
                html.Button(text("file.give"), id=ids.CONSENT_GIVE, className="quiet", n_clicks=0),
            ],
            className="file-form",
        ),
        *(_withdraw(held) if held else []),
    )


def _withdraw(held: Sequence[str]) -> list[Any]:
    return [
        html.P(text("file.withdraw_note"), className="note"),
        html.Div(
            [
                _labelled("file.purpose", _choice(ids.CONSENT_ENDED, "consent", held)),
                html.Button(
                    text("file.withdraw"), id=ids.CONSENT_WITHDRAW, className="quiet", n_clicks=0
                ),
            ],
            className="file-form",
        ),
    ]


def care_section(care: Mapping[str, Any], may_write: bool) -> html.Section:
    """Interval of visits and the day the next is due; both may be shown, the category may not."""
    rows = [
        html.Div([html.Dt(text("file.care_cadence")), html.Dd(cadence(care["visit_every_days"]))]),
        html.Div([html.Dt(text("file.care_due")), html.Dd(care["due"].isoformat())]),
    ]
    facts = html.Dl(rows, className="facts")
    if not may_write:
        return section("file.care", facts)
    days = [{"label": cadence(d), "value": d} for d in CADENCES_DAYS]
    form = html.Div(
        [
            _labelled("file.care_cadence", dcc.Dropdown(id=ids.FILE_CADENCE, options=days)),
            html.Button(text("file.save"), id=ids.FILE_CADENCE_SAVE, className="quiet", n_clicks=0),
        ],
        className="file-form",
    )
    return section("file.care", facts, form)


def leave_section(kind: str, gone: bool) -> html.Section:
    """Moved out or left, and back again."""
    if gone:
        button = html.Button(text("file.return"), id=ids.FILE_RETURN, className="quiet", n_clicks=0)
        return section("file.leave_person" if kind == "person" else "file.leave_other", button)
    code = "file.leave_person" if kind == "person" else "file.leave_other"
    button = html.Button(text(code), id=ids.FILE_LEAVE, className="quiet", n_clicks=0)
    return section(code, html.P(text("file.leave_note"), className="note"), button)


def cadence(every_days: int) -> str:
    """An interval of visits in words."""
    known = every_days in CADENCES_DAYS
    return text(f"cadence.{every_days}") if known else text("cadence.other", days=every_days)


def _choice(element: str, words: str, codes: Sequence[str]) -> dcc.Dropdown:
    options = [{"label": text(f"{words}.{code}"), "value": code} for code in codes]
    return dcc.Dropdown(id=element, options=options, value=codes[0], clearable=False)


def _line(element: str, longest: int, value: str) -> dcc.Input:
    return dcc.Input(
        id=element,
        type="text",
        maxLength=longest,
        value=value,
        className="file-input",
        autoComplete="off",
    )


def _labelled(code: str, control: Any) -> html.Label:
    return html.Label([html.Span(text(code)), control], className="file-label")
