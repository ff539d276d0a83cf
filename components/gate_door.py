"""The page of a tablet at a gate: one large button, and what becomes of the call."""

from __future__ import annotations

import json
from typing import Any

from components import wording
from components.plain_page import tag
from components.wording import local_name, text

WORDS = (
    *("press", "calling", "talking", "talking_silent", "opening", "again", "hang_up", "offline"),
    *("said_opened", "said_refused", "said_missed", "said_failed", "said_off", "said_busy"),
)


def gate_page(gate: dict[str, Any]) -> str:
    """Return the page of one gate; nothing is asked of whoever stands before it.

    Args:
        gate: Row with name_zh and name_en.
    """
    language = wording.current_language.get()
    words = json.dumps({word: text(f"gate.{word}") for word in WORDS}, ensure_ascii=False)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="robots", content="noindex"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{local_name(gate)} · {text('app.name')}"),
        *(
            tag("link", rel="stylesheet", href=f"/assets/{sheet}.css")
            for sheet in ("tokens", "gate_door")
        ),
        tag("link", rel="icon", href="/_favicon.ico"),
        tag("script", src="/assets/gate_door.js", defer=True),
    )
    other = next(each for each in wording.LANGUAGES if each != language)
    switch = tag("a", text("language.other"), href=f"?lang={other}", lang=other, hreflang=other)
    button = tag("button", text("gate.press"), type="button", class_="gate-press", disabled=True)
    end = tag("button", text("gate.hang_up"), type="button", class_="gate-end", hidden=True)
    state = tag("p", text("gate.offline"), class_="gate-state", role="status")
    body = tag(
        "body",
        tag("header", tag("h1", local_name(gate)), switch),
        tag("main", state, button, end),
        tag("footer", text("gate.privacy")),
        class_="gate-door",
        data_gate="door",
        data_words=words,
    )
    return "<!DOCTYPE html>\n" + tag(
        "html", head, body, lang=language, data_theme="light", data_plain=True
    )
