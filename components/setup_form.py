"""Forms of the set-up pages: plain elements that assets/setup_form.js reads and sends whole.

A form names what it is about in data attributes; its fields are sent by name when a button of it
is pressed. Nothing is checked here: the server is asked, and says which field it could not take.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dash import dcc, html

from components.attributes import dashed
from components.wording import text
from rules.setup_fields import LONGEST_NAME

Option = tuple[str, str]


def setup_form(
    fields: Sequence[Any],
    *buttons: Any,
    noun: str = "",
    object_id: str = "",
    version: str = "",
    kind: str = "",
    label: str = "",
) -> html.Form:
    """A form about one object.

    Args:
        fields: Its fields.
        buttons: Made by `button`; each sends the whole form with its own action.
        noun: Kind of object.
        object_id: Its id, empty for a new one.
        version: Event it was read at.
        kind: Level or kind of a new object.
        label: What the form is called for those who hear it read.
    """
    return html.Form(
        [*fields, html.Div(buttons, className="setup-actions")],
        # Another object is another form: what was typed for one must not stay for the next.
        key=f"{noun}/{object_id}/{version}/{kind}",
        className="setup-form",
        action="/",
        **dashed(
            data_setup="form",
            data_noun=noun,
            data_id=object_id,
            data_version=version,
            data_kind=kind,
            aria_label=label,
        ),
    )


def button(action: str, words: str, style: str = "quiet", confirm: str = "") -> html.Button:
    """A button that sends its form.

    Args:
        action: What is wanted of the server.
        words: Its words.
        style: `main` or `quiet`.
        confirm: Words it asks with before it sends at the second press; empty sends at once.
    """
    return html.Button(
        words,
        type="submit",
        className=f"setup-button setup-button-{style}",
        **dashed(data_action=action, data_confirm=confirm),
    )


def act(
    action: str, words: str, noun: str = "", object_id: str = "", version: str = "", kind: str = ""
) -> html.Button:
    """A button outside any form that asks one thing of the server."""
    return html.Button(
        words,
        type="button",
        className="setup-button setup-button-quiet",
        **dashed(
            data_setup="act",
            data_action=action,
            data_noun=noun,
            data_id=object_id,
            data_version=version,
            data_kind=kind,
        ),
    )


def text_field(
    name: str,
    value: object = None,
    *,
    needed: bool = False,
    hint: str = "",
    longest: int = LONGEST_NAME,
    placeholder: str = "",
    secret: bool = False,
) -> html.Label:
    """A line to type in; its label is `setup_field.<name>`.

    Args:
        secret: True for what the browser must not offer again on the next form.
    """
    return _labelled(
        name,
        dcc.Input(
            name=name,
            type="text",
            value="" if value is None else str(value),
            maxLength=longest,
            placeholder=placeholder,
            autoComplete="off" if not secret else "new-password",
            className="setup-input",
        ),
        needed,
        hint,
    )


def long_field(name: str, rows: int, hint: str = "") -> html.Label:
    """Several lines to type in, empty at first."""
    box = dcc.Textarea(name=name, rows=rows, className="setup-input", spellCheck=False)
    return _labelled(name, box, False, hint)


def choice_field(
    name: str,
    options: Iterable[Option],
    chosen: str | None = None,
    *,
    none: str | None = None,
    needed: bool = False,
    hint: str = "",
) -> html.Label:
    """A list to choose one of.

    Args:
        options: (value, words).
        chosen: The value chosen now.
        none: Words of the empty choice; without them there is none.
    """
    first = [html.Option(none, value="")] if none is not None else []
    return _labelled(
        name,
        html.Select(
            [*first, *(html.Option(words, value=value) for value, words in options)],
            className="setup-input",
            **dashed(data_name=name, data_chosen=chosen or ""),
        ),
        needed,
        hint,
    )


def many_field(name: str, options: Iterable[Option], chosen: Sequence[str] = ()) -> html.Div:
    """A row of words of which any number can be switched on."""
    return html.Div(
        [
            html.Span(text(f"setup_field.{name}"), className="setup-label"),
            html.Div(
                [_switch(name, value, words, value in chosen) for value, words in options],
                className="setup-switches",
                role="group",
                **dashed(aria_label=text(f"setup_field.{name}")),
            ),
        ],
        className="setup-field",
    )


def switch_field(name: str, on: bool) -> html.Div:
    """One thing that is on or off."""
    return html.Div(_switch(name, "yes", text(f"setup_field.{name}"), on), className="setup-field")


def said_field(name: str, *words: Any) -> html.Div:
    """A fact beside the fields, not to be changed here."""
    return html.Div(
        [html.Span(text(f"setup_field.{name}"), className="setup-label"), html.Span(words)],
        className="setup-field",
    )


def _labelled(name: str, control: Any, needed: bool, hint: str) -> html.Label:
    words: list[Any] = [text(f"setup_field.{name}")]
    if needed:
        words.append(html.Span(text("setup.needed"), className="setup-needed"))
    label: list[Any] = [html.Span(words, className="setup-label"), control]
    if hint:
        label.append(html.Span(hint, className="setup-hint"))
    return html.Label(label, className="setup-field", **dashed(data_field=name))


def _switch(name: str, value: str, words: str, on: bool) -> html.Button:
    return html.Button(
        words,
        type="button",
        className="setup-switch",
        role="checkbox",
        **dashed(data_switch=name, data_value=value, aria_checked=str(on).lower()),
    )
