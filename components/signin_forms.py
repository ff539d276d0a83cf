"""The plain pages of signing in: login and password, second step, a password of one's own."""

from __future__ import annotations

from urllib.parse import urlencode

from components import ids
from components.plain_page import Html, joined, notice, plain_page, tag
from components.wording import text


def login_page(
    word: str, onward: str, login: str = "", words: str = "", kind: str = "", provider: str = ""
) -> str:
    """The first page.

    Args:
        word: The form's own word, against other sites.
        onward: Address on this site to go on to, or empty.
        login: What was typed before.
        words: What to say above the form, as `kind`: attention or information.
        kind: Class of these words.
        provider: Name of the sign-in provider; empty where none is set.
    """
    login_field = tag(
        "input",
        name="login",
        id=ids.SIGN_IN_LOGIN,
        value=login[:80],
        autocomplete="username",
        autocapitalize="none",
        spellcheck="false",
        maxlength=80,
        required=True,
        autofocus=not login,
    )
    form = tag(
        "form",
        _hidden(word, onward),
        tag("label", text("signin.login"), for_=ids.SIGN_IN_LOGIN),
        login_field,
        *_password_field("signin.password", "current-password", autofocus=bool(login)),
        tag("button", text("signin.submit"), class_="go"),
        method="post",
        action="/login",
    )
    return plain_page(
        text("signin.title"),
        notice(words, kind) if words else None,
        form,
        _provider_link(provider, onward),
        tag("p", text("signin.help"), class_="hint"),
        links=_kept(onward),
    )


def code_page(word: str, onward: str, words: str = "") -> str:
    """The second step: a code of the authenticator, or a recovery code."""
    field = tag(
        "input",
        name="code",
        id=ids.SIGN_IN_CODE,
        autocomplete="one-time-code",
        autocapitalize="none",
        spellcheck="false",
        maxlength=40,
        required=True,
        autofocus=True,
    )
    form = tag(
        "form",
        _hidden(word, onward),
        tag("label", text("signin.code"), for_=ids.SIGN_IN_CODE),
        field,
        tag("button", text("signin.continue"), class_="go"),
        method="post",
        action="/login/totp",
    )
    return plain_page(
        text("signin.code_title"),
        notice(words, "attention") if words else None,
        tag("p", text("signin.code_hint"), class_="hint"),
        form,
        _begin_again(onward),
        links=_kept(onward),
    )


def change_page(word: str, onward: str, least: int, words: str = "") -> str:
    """The last step where somebody else set the password: another one, of `least` characters."""
    form = tag(
        "form",
        _hidden(word, onward),
        *_password_field("signin.new_password", "new-password", autofocus=True),
        tag("button", text("signin.save"), class_="go"),
        method="post",
        action="/login/password",
    )
    return plain_page(
        text("signin.change_title"),
        notice(words, "attention") if words else None,
        tag("p", text("signin.change_hint", least=least), class_="hint"),
        form,
        _begin_again(onward),
        links=_kept(onward),
    )


def message_page(title: str, words: str, onward: str | None = None) -> str:
    """A page that only says something; with the way to the sign-in unless `onward` is None."""
    again = None if onward is None else _begin_again(onward)
    return plain_page(title, tag("p", words, class_="hint"), again)


def _password_field(label: str, kind: str, autofocus: bool) -> list[Html]:
    field = tag(
        "input",
        type="password",
        name="password",
        id=ids.SIGN_IN_PASSWORD,
        autocomplete=kind,
        maxlength=1024,
        required=True,
        autofocus=autofocus,
    )
    show = tag(
        "button",
        text("signin.show"),
        type="button",
        class_="show",
        data_shows=ids.SIGN_IN_PASSWORD,
        data_other=text("signin.hide"),
        hidden=True,  # assets/signin.js brings it out: without scripts it could do nothing
    )
    return [
        tag("label", text(label), for_=ids.SIGN_IN_PASSWORD),
        tag("span", field, show, class_="secret"),
    ]


def _hidden(word: str, onward: str) -> Html:
    fields = [tag("input", type="hidden", name="csrf", value=word)]
    if onward:
        fields.append(tag("input", type="hidden", name="next", value=onward))
    return joined(fields)


def _provider_link(provider: str, onward: str) -> Html | None:
    if not provider:
        return None
    words = text("signin.provider", name=provider)
    return joined(
        [
            tag("p", text("signin.or"), class_="or"),
            tag("a", words, href=f"/login/oidc{_query(onward)}", class_="go other"),
        ]
    )


def _begin_again(onward: str) -> Html:
    link = tag("a", text("signin.again"), href=f"/login{_query(onward)}")
    return tag("p", link, class_="again")


def _kept(onward: str) -> dict[str, str]:
    return {"next": onward} if onward else {}


def _query(onward: str) -> str:
    return f"?{urlencode({'next': onward})}" if onward else ""
