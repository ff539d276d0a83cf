"""Reads a category from a row of text and writes one as such, for files and forms.

A row that cannot be taken says which field is at fault; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar, get_args

from rules.catalogue import GROUPS, Entry
from rules.clocks import MAX_LIMIT_DAYS
from rules.errors import RuleViolation
from rules.responders import ANYBODY, ResponderKind, Want
from rules.vocabulary import (
    LIMIT_KINDS,
    ORGANISATION_KINDS,
    SERVICES,
    URGENCIES,
)

Code = TypeVar("Code", bound=str)

COLUMNS = (
    "code",
    "name_zh",
    "name_en",
    "group",
    "urgency",
    "limit_value",
    "limit_kind",
    "organisation_kind",
    "responders",
    "questions",
    "keywords",
    "standard_ref",
    "position",
    "in_use",
)
LONGEST = {"name_zh": 30, "name_en": 60, "standard_ref": 60, "questions": 1_000, "keywords": 500}
MOST_PARTS = 20
LONGEST_QUESTION = 120
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
_WANT = re.compile(r"(?P<kind>[a-z_]+)(?::(?P<services>[a-z_|]+))?(?:\*(?P<count>[1-9]))?")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_RESPONDERS: tuple[ResponderKind, ...] = get_args(ResponderKind)
_YES, _NO = ("", "yes", "1", "true", "是"), ("no", "0", "false", "否")


class CategoryInvalid(RuleViolation):
    """A field of a category cannot be taken; `field` names it."""

    code = "category_invalid"


def read_entry(row: Mapping[str, str]) -> Entry:
    """Return the category a row describes.

    Args:
        row: Text by column of COLUMNS; a missing column is empty. Responders are
            `kind[:service|service][*count]` in order, questions `Chinese|English`, both apart by
            semicolons; keywords apart by semicolons.

    Raises:
        CategoryInvalid: With the field at fault.
    """
    given = {name: _clean(name, row.get(name) or "") for name in COLUMNS}
    if _CODE.fullmatch(given["code"]) is None:
        raise CategoryInvalid(field="code")
    if not given["name_zh"]:
        raise CategoryInvalid(field="name_zh")
    limit_kind = _one_of("limit_kind", given["limit_kind"], LIMIT_KINDS)
    return Entry(
        code=given["code"],
        name_zh=given["name_zh"],
        name_en=given["name_en"] or None,
        group=_one_of("group", given["group"], GROUPS),
        urgency=_one_of("urgency", given["urgency"], URGENCIES),
        limit_value=_limit(given["limit_value"], limit_kind),
        limit_kind=limit_kind,
        organisation_kind=_one_of(
            "organisation_kind", given["organisation_kind"], (*ORGANISATION_KINDS, "")
        )
        or None,
        wants=_wants(given["responders"]),
        questions=_questions(given["questions"]),
        keywords=_keywords(given["keywords"]),
        standard_ref=given["standard_ref"] or None,
        position=_position(given["position"]),
        in_use=_in_use(given["in_use"]),
    )


def write_entry(entry: Entry) -> dict[str, str]:
    """Return a category as a row of text that `read_entry` reads back as the same."""
    return {
        "code": entry.code,
        "name_zh": entry.name_zh,
        "name_en": entry.name_en or "",
        "group": entry.group,
        "urgency": entry.urgency,
        "limit_value": f"{entry.limit_value:g}",
        "limit_kind": entry.limit_kind,
        "organisation_kind": entry.organisation_kind or "",
        "responders": "; ".join(_want_text(want) for want in entry.wants),
        "questions": "; ".join(f"{zh}|{en}" for zh, en in entry.questions),
        "keywords": "; ".join(entry.keywords),
        "standard_ref": entry.standard_ref or "",
        "position": str(entry.position),
        "in_use": "yes" if entry.in_use else "no",
    }


def _clean(name: str, text: str) -> str:
    kept = text.strip()
    if len(kept) > LONGEST.get(name, 300) or not kept.replace("\n", " ").isprintable():
        raise CategoryInvalid(field=name)
    # A name is filled into sentences and written into spreadsheets.
    if name in ("name_zh", "name_en") and (set("{}<>") & set(kept) or kept.startswith(_FORMULA)):
        raise CategoryInvalid(field=name)
    return kept


def _one_of(name: str, text: str, codes: tuple[Code, ...]) -> Code:
    for code in codes:
        if code == text:
            return code
    raise CategoryInvalid(field=name)


def _limit(text: str, kind: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise CategoryInvalid(field="limit_value") from None
    days = 1.0 if kind in ("natural_day", "work_day") else 1 / 24
    if not 0 < value * days <= MAX_LIMIT_DAYS:
        raise CategoryInvalid(field="limit_value")
    return value


def _position(text: str) -> int:
    if not text:
        return 1_000  # behind the defaults
    if not text.isascii() or not text.isdigit() or int(text) > 100_000:
        raise CategoryInvalid(field="position")
    return int(text)


def _in_use(text: str) -> bool:
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise CategoryInvalid(field="in_use")


def _parts(name: str, text: str) -> list[str]:
    found = [part.strip() for part in re.split(r"[;；\n]", text) if part.strip()]
    if len(found) > MOST_PARTS:
        raise CategoryInvalid(field=name)
    return found


def _wants(text: str) -> tuple[Want, ...]:
    wants = []
    for part in _parts("responders", text):
        found = _WANT.fullmatch(part)
        if found is None:
            raise CategoryInvalid(field="responders")
        kind = _one_of("responders", found["kind"], _RESPONDERS)
        services = tuple((found["services"] or "").split("|")) if found["services"] else ()
        for service in services:
            _one_of("responders", service, SERVICES)
        wants.append(Want(kind, services, int(found["count"] or 1)))
    return tuple(wants) or ANYBODY


def _want_text(want: Want) -> str:
    services = f":{'|'.join(want.services)}" if want.services else ""
    return f"{want.kind}{services}" + (f"*{want.count}" if want.count > 1 else "")


def _questions(text: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    for part in _parts("questions", text):
        zh, _, en = (each.strip() for each in part.partition("|"))
        if not zh or max(len(zh), len(en)) > LONGEST_QUESTION or set("{}<>") & set(part):
            raise CategoryInvalid(field="questions")
        pairs.append((zh, en or zh))
    return tuple(pairs)


def _keywords(text: str) -> tuple[str, ...]:
    words = [word.strip().casefold() for word in re.split(r"[;；,，、\n]", text) if word.strip()]
    return tuple(dict.fromkeys(words))
