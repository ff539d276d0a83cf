"""Elements of the pages about accounts, walls, keys and one's own account.

Forms are sent whole by assets/door_forms.js: fields by name, the pressed button's action, the id of
what it is about. Nothing is checked here; the server says which field it could not take.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import dcc, html

from components.attributes import dashed
from components.wording import text
from rules.errors import RuleViolation

Option = tuple[str, str]


def door_page(name: str, ids_of: tuple[str, str, str], body: Any, narrow: bool = False) -> html.Div:
    """A whole page of this kind.

    Args:
        name: Stem of its ids; its scripts send to `<name>-request`.
        ids_of: Ids of request, notice and body.
        body: What it shows.
        narrow: For pages of text rather than tables.
    """
    request, notice, content = ids_of
    return html.Div(
        [
            dcc.Store(id=request),
            html.Div(id=notice, className="door-notices", **dashed(aria_live="polite")),
            html.Div(body, id=content, className="door-body door-page"),
        ],
        className="door-page narrow" if narrow else "door-page",
        **dashed(data_door_page=name),
    )


def door_form(
    fields: Sequence[Any], *buttons: Any, object_id: str = "", style: str = "", key: str = ""
) -> html.Form:
    """A form about one thing; `style` is single (one column) or inline."""
    content: list[Any] = [*fields, html.Div(buttons, className="door-actions")]
    return html.Form(
        list(buttons) if not fields else content,
        className=f"door-form {style}".strip(),
        key=key or object_id,
        **dashed(data_door="form", data_id=object_id),
    )


def action_button(action: str, words: str, confirm: str = "", main: bool = False) -> html.Button:
    """A button that sends its form; with `confirm` it asks once more before it does."""
    return html.Button(
        words,
        type="submit",
        className="door-button main" if main else "door-button",
        **dashed(data_action=action, data_confirm=confirm),
    )


def line_field(
    name: str, label: str, value: str = "", hint: str = "", longest: int = 80, auto: str = "off"
) -> html.Label:
    """A line to type in; `auto` is what the browser may fill in."""
    control = dcc.Input(
        name=name,
        type="text",
        value=value,
        maxLength=longest,
        autoComplete=auto,
        spellCheck="false",
        className="door-input",
    )
    return labelled(label, control, hint)


def secret_field(name: str, label: str, auto: str, hint: str = "") -> html.Label:
    """A password to type in, paste or have filled in, with a button that shows it."""
    control = dcc.Input(
        name=name,
        type="password",
        value="",
        maxLength=1024,
        autoComplete=auto,
        className="door-input",
    )
    show = html.Button(
        text("signin.show"),
        type="button",
        className="door-show",
        **dashed(data_shows=name, data_other=text("signin.hide")),
    )
    return labelled(label, html.Span([control, show], className="door-secret"), hint)


def choice_field(
    name: str, label: str, options: Iterable[Option], chosen: str = "", hint: str = ""
) -> html.Label:
    """A list of (value, words) to choose one of."""
    control = html.Select(
        [html.Option(words, value=value) for value, words in options],
        className="door-input",
        **dashed(data_name=name, data_chosen=chosen),
    )
    return labelled(label, control, hint)


def many_field(
    name: str, label: str, options: Iterable[Option], chosen: Sequence[str] = (), hint: str = ""
) -> html.Div:
    """A row of (value, words) of which any number can be switched on."""
    flips = [
        html.Button(
            words,
            type="button",
            className="door-flip",
            role="checkbox",
            **dashed(aria_checked=str(value in chosen).lower(), data_flips=name, data_value=value),
        )
        for value, words in options
    ]
    group = html.Div(flips, className="door-flips", role="group", **dashed(aria_label=label))
    content: list[Any] = [html.Span(label, className="door-label"), group]
    if hint:
        content.append(html.Span(hint, className="door-hint"))
    return html.Div(content, className="door-field wide")


def labelled(label: str, control: Any, hint: str = "") -> html.Label:
    """A control under its label."""
    content: list[Any] = [html.Span(label, className="door-label"), control]
    if hint:
        content.append(html.Span(hint, className="door-hint"))
    return html.Label(content, className="door-field")


def sheet(heading: str, *content: Any, aside: Any = None) -> html.Section:
    """A part of a page under its heading."""
    head = html.Div([html.H2(heading), aside], className="sheet-head")
    return html.Section(
        [head, html.Div(list(content), className="door-part")], className="sheet setup-sheet"
    )


def table(headings: Sequence[str], rows: Sequence[Any], label: str) -> html.Div:
    """A table of `html.Tr` rows that can be scrolled sideways on a phone."""
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in headings]))
    return html.Div(
        html.Table(
            [head, html.Tbody(list(rows))],
            className="report-table",
            **dashed(aria_label=label),
        ),
        className="table-box",
    )


def shown_once(words: str, secret: str, picture: str = "") -> html.Div:
    """A secret that is shown this once, to copy, with a QR code where a picture is given."""
    content: list[Any] = [
        html.Div(
            [html.P(words), html.Code(secret), html.P(text("door.once"), className="door-hint")],
            className="words",
        )
    ]
    if picture:
        content.append(html.Img(src=picture, alt=text("door.qr"), className="door-qr"))
    return html.Div(content, className="door-once", role="status")


def done(words: str) -> html.Div:
    """That something was done."""
    return html.Div(words, className="door-notice", role="status")


def refused(refusal: RuleViolation) -> html.Div:
    """Why something was not done, in the sentence of its code."""
    return html.Div(
        text(f"error.{refusal.code}", None, **refusal.fields),
        className="door-notice refused",
        role="alert",
        **dashed(data_code=refusal.code),
    )


def moment(at: datetime | None, zone: ZoneInfo) -> str:
    """A time in a community's zone, a dash where there is none."""
    return "—" if at is None else at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
