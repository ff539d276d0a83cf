"""Decides what is left of a personal value for someone who may know that it is there (R1, V).

Values are opened on the server, masked here, and only the masked form leaves it. A mask says
nothing about the length of what it hides, except for numbers whose length is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

MaskStyle = Literal["name", "phone", "id_number", "age_band", "hidden", "shown"]

HIDDEN = "****"
ADULT_FROM = 18
# DOMAIN R5: below it a child's data is sensitive in every field (PIPL art. 31).
GUARDED_BELOW = 14
_OPEN_BAND_FROM = 90


def mask(style: MaskStyle, value: str, today: date) -> str:
    """Return the masked form of a value.

    Args:
        style: How a field is masked; `rules/fields.py` names it for each.
        value: The clear value as stored; a birth date as YYYY-MM-DD.
        today: The local day, for ages.
    """
    if style == "age_band":
        return age_band(value, today)
    return _PLAIN[style](value)


def mask_name(name: str) -> str:
    """Leave the first character: 王小明 → 王**; a name of one character shows as much."""
    return f"{name[:1]}**"


def mask_phone(number: str) -> str:
    """Leave three and four digits of a mobile number, less of a shorter one: 138****1234."""
    digits = "".join(c for c in number if c.isdigit())
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return f"{digits[:2]}****" if len(digits) >= 7 else HIDDEN


def mask_id_number(number: str) -> str:
    """Leave the first three and the last two characters of an identity number."""
    return f"{number[:3]}*************{number[-2:]}" if len(number) == 18 else HIDDEN


def age_on(born: date, today: date) -> int:
    """Return completed years of age; someone born on 29 February turns on 1 March."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def is_guarded(birth_date: str | None, today: date) -> bool:
    """Tell whether a person is under fourteen; an unknown birth date counts as grown up."""
    born = _day(birth_date)
    return born is not None and age_on(born, today) < GUARDED_BELOW


def age_band(birth_date: str, today: date) -> str:
    """Return the band of an age, e.g. 60–69: under 14, 14–17, then decades, 90+ at the end."""
    born = _day(birth_date)
    if born is None:
        return HIDDEN
    age = age_on(born, today)
    if age < GUARDED_BELOW:
        return f"0–{GUARDED_BELOW - 1}"
    if age < ADULT_FROM:
        return f"{GUARDED_BELOW}–{ADULT_FROM - 1}"
    if age >= _OPEN_BAND_FROM:
        return f"{_OPEN_BAND_FROM}+"
    start = max(ADULT_FROM, age // 10 * 10)
    return f"{start}–{age // 10 * 10 + 9}"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


_PLAIN: dict[MaskStyle, Callable[[str], str]] = {
    "name": mask_name,
    "phone": mask_phone,
    "id_number": mask_id_number,
    "hidden": lambda _: HIDDEN,
    "shown": lambda value: value,
}
