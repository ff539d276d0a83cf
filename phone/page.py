"""The frame of every phone page: large type, no web fonts, small scripts.

Reporting and following work without scripts; at most 200 KB come with the first load
(tests/phone/test_report_pages.py measures it).
"""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import HTMLResponse, Response

from components import wording
from components.plain_page import Html, joined, tag
from components.wording import text


def phone_page(
    title: str,
    *content: Html | str | None,
    scripts: tuple[str, ...] = (),
    links: dict[str, str] | None = None,
    mark: str = "",
) -> str:
    """A whole page.

    Args:
        title: Heading and title.
        content: What stands below the heading.
        scripts: Names of scripts of assets/.
        links: Query that the language switch keeps.
        mark: What the page is, for style and script.
    """
    language = wording.current_language.get()
    other = next(each for each in wording.LANGUAGES if each != language)
    query = urlencode({**(links or {}), "lang": other})
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="robots", content="noindex"),
        tag("meta", name="referrer", content="same-origin"),
        tag("title", f"{title} · {text('app.name')}"),
        *(
            tag("link", rel="stylesheet", href=f"/assets/{sheet}.css")
            for sheet in ("tokens", "phone")
        ),
        tag("link", rel="icon", href="/_favicon.ico"),
        *(tag("script", src=f"/assets/{script}.js", defer=True) for script in scripts),
    )
    switch = tag("a", text("language.other"), href=f"?{query}", lang=other, hreflang=other)
    body = tag(
        "body",
        tag("header", tag("p", text("app.name"), class_="phone-brand"), switch),
        tag("main", tag("h1", title), *content),
        class_="phone",
        data_phone=mark or None,
    )
    page = tag("html", head, body, lang=language, data_theme="light", data_plain=True)
    return "<!DOCTYPE html>\n" + page


def page_response(html: str, status: int = 200) -> Response:
    """Answer with a page that is kept nowhere."""
    return HTMLResponse(html, status, {"Cache-Control": "no-store"})


def field(label: str, control: Html, hint: str = "") -> Html:
    """A labelled control with what helps to fill it."""
    return tag(
        "label",
        tag("span", label, class_="phone-label"),
        tag("span", hint, class_="phone-hint") if hint else None,
        control,
    )


def said(words: str, kind: str = "good") -> Html:
    """A line about what just happened; `kind` is good, bad or plain."""
    return tag("p", words, class_=f"phone-said phone-{kind}", role="alert")


def hidden(**values: str) -> Html:
    """Hidden fields of a form; empty ones as well, for the script to fill."""
    return joined(
        tag("input", type="hidden", name=key, value=value) for key, value in values.items()
    )


def section(heading: str, *content: Html | str | None, mark: str = "") -> Html:
    """A part of a page with its heading."""
    return tag("section", tag("h2", heading), *content, class_="phone-part", data_part=mark or None)
