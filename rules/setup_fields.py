"""Decides which words and numbers somebody may type in while setting up a community.

Names go onto walls, maps and printed lists: one line, no invisible characters, no markup.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rules.errors import RuleViolation

LONGEST_NAME = 60
LONGEST_ID = 200
MOST_DIGITS, LEAST_DIGITS = 20, 3
# Invisible or direction-changing characters would let one name pass for another.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PHONE = re.compile(r"^[+(]?[0-9][0-9 \-()/]*(?:[,;xX#转]+ ?[0-9]{1,8})?$")
_CLOCK = re.compile(r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$")


class FieldRefused(RuleViolation):
    """Something typed in cannot be taken; say which field and ask again.

    Attributes:
        field: Name of the field, with a word `setup_field.<field>` in the wording.
    """

    code = "setup_value_invalid"

    def __init__(self, field: str, **fields: object) -> None:
        super().__init__(field=field, **fields)
        self.field = field


class ValueMissing(FieldRefused):
    """A field that must be filled is empty."""

    code = "setup_value_missing"


class NameTooLong(FieldRefused):
    """A name has more than LONGEST_NAME characters."""

    code = "setup_name_too_long"


class NameUnreadable(FieldRefused):
    """A name holds control, invisible or direction-changing characters."""

    code = "setup_name_unreadable"


class NameMarkup(FieldRefused):
    """A name holds angle brackets; names are words."""

    code = "setup_name_markup"


class PhoneInvalid(FieldRefused):
    """Not a telephone number."""

    code = "setup_phone_invalid"


class ChoiceUnknown(FieldRefused):
    """Not one of the words or things to choose from; somebody may have removed it meanwhile."""

    code = "setup_choice_unknown"


def name_of(field: str, typed: object) -> str | None:
    """Return a name as it will be shown, or None where nothing was typed.

    Raises:
        NameTooLong, NameUnreadable, NameMarkup: Show the sentence of the code and ask again.
    """
    text = unicodedata.normalize("NFC", typed).strip() if isinstance(typed, str) else ""
    if not text:
        return None
    if len(text) > LONGEST_NAME:
        raise NameTooLong(field, most=LONGEST_NAME)
    if any(unicodedata.category(character) in _UNSEEN for character in text):
        raise NameUnreadable(field)
    if "<" in text or ">" in text:
        raise NameMarkup(field)
    return text


def needed_name(field: str, typed: object) -> str:
    """Return a name that must be there.

    Raises:
        ValueMissing: It is not.
        NameTooLong, NameUnreadable, NameMarkup: As `name_of`.
    """
    name = name_of(field, typed)
    if name is None:
        raise ValueMissing(field)
    return name


def phone_of(field: str, typed: object) -> str | None:
    """Return a telephone number in plain digits and separators, or None where nothing was typed.

    Short numbers such as 119 and extensions are numbers too.

    Raises:
        PhoneInvalid: It is something else.
    """
    text = unicodedata.normalize("NFKC", typed).strip() if isinstance(typed, str) else ""
    if not text:
        return None
    digits = sum(character in "0123456789" for character in text)
    if not LEAST_DIGITS <= digits <= MOST_DIGITS or not _PHONE.match(text):
        raise PhoneInvalid(field)
    return text


def clock_of(field: str, typed: object) -> str:
    """Return a local time of day HH:MM.

    Raises:
        FieldRefused: It is something else.
    """
    text = typed.strip() if isinstance(typed, str) else ""
    if not _CLOCK.match(text):
        raise FieldRefused(field)
    return text


def whole_number_of(field: str, typed: object, most: int) -> int | None:
    """Return a whole number from 0 to `most`, or None where nothing was typed.

    Raises:
        FieldRefused: It is something else.
    """
    number = number_of(field, typed, 0, most)
    if number is None:
        return None
    if number != int(number):
        raise FieldRefused(field)
    return int(number)


def number_of(field: str, typed: object, least: float, most: float) -> float | None:
    """Return a number within bounds, or None where nothing was typed.

    Raises:
        FieldRefused: It is something else.
    """
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        return None
    if isinstance(typed, bool) or not isinstance(typed, str | int | float):
        raise FieldRefused(field)
    try:
        number = float(typed)
    except (ValueError, OverflowError):
        raise FieldRefused(field) from None
    if not math.isfinite(number) or not least <= number <= most:
        raise FieldRefused(field)
    return number


def choice_of(field: str, typed: object, known: Sequence[str]) -> str:
    """Return one of the words to choose from.

    Raises:
        ValueMissing: Nothing was chosen.
        ChoiceUnknown: It is none of them.
    """
    if typed is None or typed == "":
        raise ValueMissing(field)
    if typed not in known:
        raise ChoiceUnknown(field)
    return str(typed)


def reference_of(field: str, typed: object) -> str | None:
    """Return the id of something chosen from a list, or None where nothing was chosen.

    Raises:
        ChoiceUnknown: It cannot be an id.
    """
    if typed is None or typed == "":
        return None
    if not isinstance(typed, str) or len(typed) > LONGEST_ID:
        raise ChoiceUnknown(field)
    return typed


def zone_of(field: str, typed: object) -> str:
    """Return the name of an IANA time zone.

    Raises:
        ChoiceUnknown: There is no such zone.
    """
    name = typed.strip() if isinstance(typed, str) else ""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ChoiceUnknown(field) from None
    return name
