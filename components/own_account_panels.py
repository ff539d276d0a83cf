"""What a person sees of the own account: who, password, second factor, signed-in browsers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.attributes import dashed
from components.door_form import (
    action_button,
    door_form,
    line_field,
    moment,
    secret_field,
    sheet,
    table,
)
from components.wording import LANGUAGES, current_language, named, text

Row = dict[str, Any]
LANGUAGE_NAMES = {"zh-CN": "中文", "en": "English"}


def own_account(
    facts: Row, sessions: Sequence[Row], communities: Sequence[str], least: int, zone: ZoneInfo
) -> list[Any]:
    """The whole body.

    Args:
        facts: What actions/users/own_account.py `facts` returns.
        sessions: What its `sessions` returns.
        communities: Names of the communities the account covers.
        least: Least characters of a password.
        zone: Zone of the times.
    """
    if facts["has_password"]:
        parts = [_password(least), _factor(facts)]
    else:
        words = html.P(text("own.no_password"), className="door-hint")
        parts = [sheet(text("own.password"), words)]
    return [
        html.H1(text("own.title"), className="page-title"),
        _who(facts, communities, zone),
        *parts,
        _sessions(sessions, zone),
    ]


def setup_box(secret: str, picture: str) -> html.Div:
    """A second factor being set up: the QR code, the secret to type, and the first code."""
    form = door_form(
        [line_field("code", text("signin.code"), longest=10, auto="one-time-code")],
        action_button("confirm_factor", text("own.factor_confirm"), main=True),
        style="single",
    )
    words = [html.P(text("own.factor_scan")), html.Code(secret), form]
    return html.Div(
        [
            html.Div(words, className="words"),
            html.Img(src=picture, alt=text("door.qr"), className="door-qr"),
        ],
        className="door-once",
        role="status",
    )


def codes_box(codes: Sequence[str]) -> html.Div:
    """Recovery codes, shown this once."""
    listed = html.Div([html.Code(code) for code in codes], className="door-codes")
    words = [html.P(text("own.codes")), listed, html.P(text("door.once"), className="door-hint")]
    return html.Div(html.Div(words, className="words"), className="door-once", role="status")


def _who(facts: Row, communities: Sequence[str], zone: ZoneInfo) -> html.Section:
    present = current_language.get()
    links: list[Any] = []
    for language in LANGUAGES:
        here = dashed(aria_current="true") if language == present else {}
        links += [
            html.A(
                LANGUAGE_NAMES[language], href=f"/account?lang={language}", lang=language, **here
            ),
            " ",
        ]
    told = (
        ("accounts.login", facts["login"]),
        ("accounts.role", named("role", facts["role"])),
        ("accounts.communities", text("list.comma").join(communities)),
        ("accounts.last", moment(facts["signed_in_at"], zone)),
        ("own.language", html.Span(links)),
    )
    lines = [html.Div([html.Dt(text(code)), html.Dd(value)]) for code, value in told]
    return sheet(text("own.who"), html.Dl(lines, className="facts"))


def _password(least: int) -> html.Section:
    form = door_form(
        [
            secret_field("present", text("own.present"), "current-password"),
            secret_field("wanted", text("own.wanted"), "new-password"),
        ],
        action_button("change_password", text("own.change"), main=True),
        style="single",
        key="password",
    )
    hint = html.P(text("own.password_hint", least=least), className="door-hint")
    return sheet(text("own.password"), hint, form)


def _factor(facts: Row) -> html.Section:
    present = secret_field("present", text("own.present"), "current-password")
    if facts["totp"]:
        words = text("own.factor_on", n=facts["recovery_codes"])
        sure = text("own.factor_remove_sure")
        buttons = [
            action_button("renew_codes", text("own.codes_renew")),
            action_button("remove_factor", text("own.factor_remove"), confirm=sure),
        ]
    else:
        words = text("own.factor_hint")
        buttons = [action_button("begin_factor", text("own.factor_begin"), main=True)]
    form = door_form([present], *buttons, style="single", key=f"factor-{facts['totp']}")
    return sheet(text("own.factor"), html.P(words, className="door-hint"), form)


def _sessions(sessions: Sequence[Row], zone: ZoneInfo) -> html.Section:
    codes = ("own.since", "own.seen", "own.from", "own.method")
    lines = [
        html.Tr(
            [
                html.Td(moment(row["created_at"], zone)),
                html.Td(moment(row["seen_at"], zone)),
                html.Td(row["origin"] or "—"),
                html.Td(named("method", row["method"])),
                html.Td(_end(row)),
            ]
        )
        for row in sessions
    ]
    listed = table([*(text(code) for code in codes), ""], lines, text("own.sessions"))
    others = any(not row["present"] for row in sessions)
    button = action_button("end_others", text("own.end_others"))
    form = door_form([], button, style="inline", key="others") if others else None
    return sheet(text("own.sessions"), listed, form)


def _end(row: Row) -> Any:
    if row["present"]:
        return html.Span(text("own.this"), className="tag")
    button = action_button("end_session", text("own.end"))
    return door_form([], button, object_id=row["session_id"], style="inline")
