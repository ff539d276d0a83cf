"""Lays a community's own categories over the defaults, and says what a report's text suggests.

ADR 0021. A category says how urgent a matter is, on which clock it runs and for how long, who is
responsible, who is sent and what the reporter is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rules.catalogue_defaults import DEFAULTS, GROUPS, Question
from rules.responders import ANYBODY, RESPONDERS, Want
from rules.vocabulary import CATEGORIES, LimitKind, Urgency

FALLBACK = "other"
__all__ = ["GROUPS", "Catalogue", "Entry", "default_catalogue", "overlaid", "suggested"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One category as it holds in a community.

    Attributes:
        code: As cases carry it; never used again for another matter.
        name_zh: Name in Chinese.
        name_en: Name in English; None where a community gave none.
        group: A code of GROUPS.
        urgency: Where the report names none.
        limit_value: Time limit in units of `limit_kind`.
        limit_kind: Clock of the limit (REFERENCE §2).
        organisation_kind: Kind of organisation responsible; None where nobody in particular.
        wants: Who is sent, in the order they are asked.
        questions: What the reporter is asked: (Chinese, English) each.
        keywords: Words of a report that suggest it, lower case.
        standard_ref: Code of the matter in an official standard; None where none is named.
        position: Place in lists, lowest first.
        default: True where it is as shipped: label it so.
        in_use: False once taken out; old cases keep its name, new ones do not offer it.
    """

    code: str
    name_zh: str
    name_en: str | None
    group: str
    urgency: Urgency
    limit_value: float
    limit_kind: LimitKind
    organisation_kind: str | None = None
    wants: tuple[Want, ...] = ANYBODY
    questions: tuple[Question, ...] = ()
    keywords: tuple[str, ...] = ()
    standard_ref: str | None = None
    position: int = 0
    default: bool = False
    in_use: bool = True


Catalogue = Mapping[str, Entry]


def default_catalogue() -> dict[str, Entry]:
    """Return the default categories by code, in their order; labelled as defaults."""
    return dict(_DEFAULT_ENTRIES)


def overlaid(own: Iterable[Entry]) -> dict[str, Entry]:
    """Return a community's catalogue by code: its own rows over the defaults, in list order."""
    entries = {**_DEFAULT_ENTRIES, **{entry.code: entry for entry in own}}
    ordered = sorted(entries.values(), key=lambda entry: (entry.position, entry.code))
    return {entry.code: entry for entry in ordered}


def suggested(text: str, entries: Iterable[Entry], most: int = 3) -> list[str]:
    """Return the codes of the categories a report's text suggests, the likeliest first.

    A longer word says more than a short one ("加装电梯" is a project, not a lift at fault), and two
    words say more than one. Nothing is guessed without a word: the list may be empty.

    Args:
        text: What the reporter wrote, any language.
        entries: The categories in use.
        most: How many at most.
    """
    wanted = text.casefold()
    scored = []
    for entry in entries:
        if not entry.in_use:
            continue
        found = [word for word in entry.keywords if _speaks_of(word, wanted)]
        # "停电" counts once although "电" might be a word of the same category.
        kept = [w for w in found if not any(w != other and w in other for other in found)]
        if kept:
            scored.append((-sum(len(w.encode()) ** 2 for w in kept), entry.position, entry.code))
    return [code for _, _, code in sorted(scored)[:most]]


def _speaks_of(word: str, text: str) -> bool:
    # Chinese writes no spaces; in English "cat" must not be found in "education".
    return bool(_whole_word(word).search(text)) if word.isascii() else word in text


@lru_cache(maxsize=2_048)
def _whole_word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?:s|es)?(?![a-z0-9])")


_DEFAULT_ENTRIES: dict[str, Entry] = {
    code: Entry(
        code=code,
        name_zh=DEFAULTS[code].name_zh,
        name_en=DEFAULTS[code].name_en,
        group=DEFAULTS[code].group,
        urgency=category.urgency,
        limit_value=category.limit_value,
        limit_kind=category.limit_kind,
        organisation_kind=DEFAULTS[code].organisation_kind,
        wants=RESPONDERS[code],
        questions=DEFAULTS[code].questions,
        keywords=DEFAULTS[code].keywords,
        position=10 * number,
        default=True,
    )
    for number, (code, category) in enumerate(CATEGORIES.items(), 1)
}
