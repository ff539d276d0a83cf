"""Every sentence and every code a person reads, in Chinese and English, in one catalogue."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Literal

from components.wording import (
    access,
    accounts,
    alarm_pictures,
    alarms,
    approvals,
    audit,
    camera_availability,
    camera_pages,
    camera_records,
    camera_scenes,
    case_moves,
    cases,
    catalogue,
    codes,
    copies,
    desk,
    detections,
    dispatch,
    errors,
    field,
    files,
    gates,
    handover,
    keys,
    mosaic,
    notify,
    open311,
    outgoing,
    photos,
    plan_pages,
    plans,
    refusals,
    report,
    retention,
    rights,
    roster,
    screens,
    setup,
    setup_map,
    setup_pages,
    sheets,
    uploads,
    warnings,
    week,
)

Language = Literal["zh-CN", "en"]
Phrases = dict[str, tuple[str, str]]

LANGUAGES: tuple[Language, ...] = ("zh-CN", "en")
DEFAULT_LANGUAGE: Language = "zh-CN"

# Set per request by api/language.py; read wherever a sentence is made.
current_language: ContextVar[Language] = ContextVar("current_language", default=DEFAULT_LANGUAGE)

CATALOGUE: Phrases = {
    **codes.PHRASES,
    **cases.PHRASES,
    **case_moves.PHRASES,
    **dispatch.PHRASES,
    **alarms.PHRASES,
    **alarm_pictures.PHRASES,
    **plans.PHRASES,
    **plan_pages.PHRASES,
    **screens.PHRASES,
    **mosaic.PHRASES,
    **desk.PHRASES,
    **errors.PHRASES,
    **field.PHRASES,
    **files.PHRASES,
    **approvals.PHRASES,
    **rights.PHRASES,
    **roster.PHRASES,
    **retention.PHRASES,
    **copies.PHRASES,
    **refusals.PHRASES,
    **report.PHRASES,
    **access.PHRASES,
    **accounts.PHRASES,
    **audit.PHRASES,
    **keys.PHRASES,
    **handover.PHRASES,
    **uploads.PHRASES,
    **outgoing.PHRASES,
    **notify.PHRASES,
    **catalogue.PHRASES,
    **open311.PHRASES,
    **photos.PHRASES,
    **warnings.PHRASES,
    **week.PHRASES,
    **setup.PHRASES,
    **setup_pages.PHRASES,
    **setup_map.PHRASES,
    **sheets.PHRASES,
    **camera_records.PHRASES,
    **camera_pages.PHRASES,
    **camera_availability.PHRASES,
    **camera_scenes.PHRASES,
    **detections.PHRASES,
    **gates.PHRASES,
}


# Names that communities gave: `category.<code>` of their own catalogue. Replaced as a whole.
_own: dict[str, tuple[str, str]] = {}


def learn(names: dict[str, tuple[str, str]]) -> None:
    """Take over the communities' own names; they go before those of the program."""
    global _own
    _own = dict(names)


def phrases(prefix: str) -> Phrases:
    """Every phrase whose code begins with `prefix`, own names included."""
    found = {code: pair for code, pair in CATALOGUE.items() if code.startswith(prefix)}
    return found | {code: pair for code, pair in _own.items() if code.startswith(prefix)}


def language_of(wanted: str | None) -> Language:
    """The language we have for a wish such as `en`, `en-GB` or `zh`; Chinese where in doubt."""
    return "en" if wanted and wanted.lower().startswith("en") else DEFAULT_LANGUAGE


def knows(code: str) -> bool:
    """True where the catalogue has a sentence for this code."""
    return code in _own or code in CATALOGUE


def text(code: str, lang: str | None = None, **values: object) -> str:
    """The sentence of a code in `lang` (default: the language of the request).

    `{name}` places are filled from `values`; one without a value stays visible as `{name}`, so
    that a missing figure never reads as nothing. An unknown `error.…` code falls back to a
    sentence that names the code.

    Raises:
        KeyError: the code is in no catalogue; add it to components/wording.
    """
    language = current_language.get() if lang is None else language_of(lang)
    if not knows(code) and code.startswith("error."):
        values = {**values, "code": code.removeprefix("error.")}
        code = "error.unknown"
    phrase = (_own.get(code) or CATALOGUE[code])[LANGUAGES.index(language)]
    return phrase.format_map(_Visible(values)) if "{" in phrase else phrase


def named(kind: str, code: str, lang: str | None = None) -> str:
    """The word for a code of a word list, e.g. `named("status", "closed")`.

    A code that is not ours (a source's own category) is returned as it came.
    """
    full = f"{kind}.{code}"
    return text(full, lang) if knows(full) else code


def local_name(row: dict[str, object], lang: str | None = None, stem: str = "name") -> str:
    """`name_en` of a row in English where it has one, else `name_zh`, else an empty string."""
    language = current_language.get() if lang is None else language_of(lang)
    order = ("en", "zh") if language == "en" else ("zh", "en")
    return next((str(row[f"{stem}_{end}"]) for end in order if row.get(f"{stem}_{end}")), "")


def dictionary(lang: str | None = None) -> dict[str, str]:
    """The whole catalogue in one language, for the scripts of a page."""
    language = current_language.get() if lang is None else language_of(lang)
    column = LANGUAGES.index(language)
    return {code: pair[column] for code, pair in {**CATALOGUE, **_own}.items()}


def duration(seconds: float, lang: str | None = None) -> str:
    """A length of time in at most two units, e.g. `2 时 40 分`, `2 h 40 m`; minutes at least.

    Same rule as `yiping.duration` in assets/yiping_words.js.
    """
    minutes = max(0, int(seconds // 60))
    days, hours = minutes // 1440, minutes // 60 % 24
    if days >= 3 or (days and not hours):
        return text("time.days", lang, days=days)
    if days:
        return text("time.days_hours", lang, days=days, hours=hours)
    if hours:
        return text("time.hours_minutes", lang, hours=hours, minutes=f"{minutes % 60:02d}")
    return text("time.minutes", lang, minutes=minutes)


class _Visible(dict[str, object]):
    """Values of a sentence; a missing one shows its own place."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
