"""Plain pages escape what they are given, whatever it is, and run nothing of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from components.plain_page import Html, notice, plain_page, tag
from components.signin_forms import change_page, code_page, login_page, message_page
from components.wording import Language, current_language

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></main><svg onload=alert(1)>",
    "javascript:alert(1)",
    "&lt;b&gt; &amp; \u2028",
    "{{7*7}} ${7*7} {text}",
]


class Seen(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, element: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((element, dict(attributes)))


@pytest.fixture(params=["zh-CN", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    token = current_language.set(request.param)
    yield request.param
    current_language.reset(token)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_given_to_a_page_becomes_markup(text: str, language: Language) -> None:
    for page in (
        login_page(text, text, text, text, "attention", text),
        code_page(text, text, text),
        change_page(text, text, 15, text),
        message_page(text, text, text),
        plain_page(text, text, notice(text), links={"next": text}),
    ):
        seen = Seen(page).tags
        assert [a.get("src") for t, a in seen if t == "script"] == ["/assets/signin.js"]
        assert not [t for t, _ in seen if t in ("img", "svg", "iframe", "object", "style", "base")]
        assert not [name for _, a in seen for name in a if name.startswith("on") or name == "style"]
        links = [a.get("href") or "" for t, a in seen if t == "a"]
        assert all(link.startswith(("/login", "?")) for link in links)
        assert page.count("</main>") == 1 and page.startswith("<!DOCTYPE html>")


def test_only_what_was_made_by_us_stays_markup() -> None:
    assert tag("p", "<b>") == "<p>&lt;b&gt;</p>"
    assert tag("p", tag("b", "x"), None, " & ") == "<p><b>x</b> &amp; </p>"
    assert tag("input", value='a"b', required=True, hidden=False, id=None) == (
        '<input value="a&quot;b" required>'
    )
    assert isinstance(tag("p"), Html) and not isinstance("<p>", Html)


def test_every_page_says_its_language_and_offers_the_other(language: Language) -> None:
    page = login_page("w", "/health", provider="")
    assert f'<html lang="{language}"' in page
    other = "en" if language == "zh-CN" else "zh-CN"
    assert re.search(rf'href="\?next=%2Fhealth&amp;lang={other}"', page)


def test_password_managers_find_what_they_look_for(language: Language) -> None:
    assert 'autocomplete="username"' in login_page("w", "")
    assert 'autocomplete="current-password"' in login_page("w", "")
    assert 'autocomplete="one-time-code"' in code_page("w", "")
    assert 'autocomplete="new-password"' in change_page("w", "", 15)
