"""Checks identity numbers (GB 11643-1999) and credit codes of enterprises (GB 32100-2015)."""

from __future__ import annotations

import re
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"  # GB 11643, ISO 7064 MOD 11-2
_ID_SHAPE = re.compile(r"^[1-9]\d{16}[\dX]$", re.ASCII)
_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: without I, O, S, V, Z
_CODE_SHAPE = re.compile(rf"^[{_CODE_LETTERS}]{{18}}$")


def id_check_digit(first_17: str) -> str:
    """Return the eighteenth character that belongs to seventeen digits."""
    total = sum(int(c) * w for c, w in zip(first_17, _ID_WEIGHTS, strict=True))
    return _ID_CHECK[total % 11]


def id_number_valid(number: str) -> bool:
    """Tell whether eighteen characters are an identity number: shape, a real day, check digit.

    The division code is not looked up: numbers keep the code of a division long after it is gone.
    """
    if not _ID_SHAPE.match(number) or birth_date_of(number) is None:
        return False
    return id_check_digit(number[:17]) == number[17]


def birth_date_of(id_number: str) -> date | None:
    """Return the birth date an identity number carries, None where it is no day."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def sex_of(id_number: str) -> str:
    """Return the sex an identity number carries: male where its 17th digit is odd."""
    return "male" if int(id_number[16]) % 2 else "female"


def credit_code_valid(code: str) -> bool:
    """Tell whether eighteen characters are a unified social credit code: shape and check."""
    if not _CODE_SHAPE.match(code):
        return False
    total = sum(_CODE_LETTERS.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return _CODE_LETTERS[(31 - total % 31) % 31] == code[17]
