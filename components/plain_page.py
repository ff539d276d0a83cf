"""Writes whole small pages as HTML, without Dash: signing in, and what can be said without it.

Every text and attribute is escaped here; `Html` marks what was. No inline script, style or handler
(ADR 0015), so that the pages work under the strictest policy and without JavaScript.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlencode

from components import wording
from components.wording import text

# Elements without content and end tag (HTML living standard §13.1.2).
VOID = frozenset({"input", "img", "br", "meta", "link", "hr"})


class Html(str):
    """Markup that is safe to send: made by `tag`, or escaped."""

    __slots__ = ()


def tag(
    element: str, /, *content: Html | str | None, **attributes: str | bool | int | None
) -> Html:
    """One element; texts inside and attribute values are escaped.

    Args:
        element: Its name; always a literal of ours.
        content: Elements and texts in order; None is left out.
        attributes: `class_`, `for_` and `aria_label` style names; True stands without a value,
            False and None are left out.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if element in VOID:
        return Html(f"<{element}{written}>")
    return Html(f"<{element}{written}>{joined(content)}</{element}>")


def joined(content: Iterable[Html | str | None]) -> Html:
    """Elements and texts one behind the other."""
    return Html("".join(_safe(each) for each in content if each is not None))


def plain_page(title: str, *content: Html | str | None, links: dict[str, str] | None = None) -> str:
    """A whole page: the name of the program, one card, the language switch.

    Args:
        title: Heading and title of the page.
        content: What stands in the card below the heading.
        links: Query that the language switch keeps, e.g. `{"next": "/health"}`.
    """
    language = wording.current_language.get()
    other = next(each for each in wording.LANGUAGES if each != language)
    query = urlencode({**(links or {}), "lang": other})
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="robots", content="noindex"),
        tag("title", f"{title} · {text('app.name')}"),
        *(
            tag("link", rel="stylesheet", href=f"/assets/{sheet}.css")
            for sheet in ("fonts", "tokens", "signin")
        ),
        tag("link", rel="icon", href="/_favicon.ico"),  # else the browser asks for one it may not
        tag("script", src="/assets/signin.js"),
    )
    body = tag(
        "body",
        tag(
            "main",
            tag("p", text("app.name"), " ", tag("span", text("app.plain")), class_="brand"),
            tag("section", tag("h1", title), *content, class_="card"),
            tag(
                "p",
                tag("a", text("language.other"), href=f"?{query}", lang=other, hreflang=other),
                class_="languages",
            ),
        ),
        class_="plain",
    )
    page = tag("html", head, body, lang=language, data_theme="light", data_plain=True)
    return "<!DOCTYPE html>\n" + page


def notice(words: str, kind: str = "information") -> Html:
    """A line about what just happened, read out by screen readers; `kind` is a class."""
    return tag("p", words, class_=f"notice notice-{kind}", role="alert")


def _safe(content: Html | str) -> str:
    return str(content) if isinstance(content, Html) else escape(content)


def _attribute(key: str, value: str | bool | int | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
