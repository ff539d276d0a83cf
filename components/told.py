"""Words a message of the outbox: its title and body from its kind and facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from components.wording import knows, named, text

# Facts that are codes, by the word list they belong to.
_CODES = {
    "category": "category",
    "urgency": "urgency",
    "supervision": "supervision",
    "alarm_kind": "alarm_kind",
    "emergency": "emergency",
    "plan_mode": "plan_mode",
}


def told(
    kind: str, facts: Mapping[str, str], lang: str | None = None, zone: str = "UTC"
) -> tuple[str, str]:
    """Return title and body of a message.

    Args:
        kind: What is told; `message.<kind>.title` and `.body` are its words.
        facts: Codes are worded, `…_at` is shown as local time; a missing one shows as a dash.
        lang: Language; that of the request where left out.
        zone: IANA name of the zone times are read in.
    """
    known = kind if knows(f"message.{kind}.title") else "other"
    values = _Dashed({name: _shown(name, value, lang, zone) for name, value in facts.items()})
    title = text(f"message.{known}.title", lang)
    body = text(f"message.{known}.body", lang)
    return title.format_map(values), body.format_map(values)


def recipient_words(recipient: str, name: str = "") -> str:
    """Return whom a message was told, e.g. `role:duty_officer`, in words.

    Args:
        recipient: As told.
        name: Name of the worker or organisation, where it is at hand.
    """
    kind, _, which = recipient.partition(":")
    if kind == "role":
        return named("role", which)
    if which == "*":
        return text(f"recipient.every_{kind}")
    return text(f"recipient.{kind}", name=name or which)


def _shown(name: str, value: str, lang: str | None, zone: str) -> str:
    if name in _CODES:
        return named(_CODES[name], value, lang)
    if name.endswith("_at"):
        return f"{datetime.fromisoformat(value).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
    return value


class _Dashed(dict[str, str]):
    """Values of a sentence; a missing one shows as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"
