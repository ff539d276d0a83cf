"""Identity numbers and credit codes: the standards' own examples, and numbers a slip away."""

from __future__ import annotations

from datetime import date

import pytest

from rules.identity import (
    birth_date_of,
    credit_code_valid,
    id_check_digit,
    id_number_valid,
    sex_of,
)

NUMBERS = [
    ("11010519491231002X", True),  # the example of GB 11643
    ("440524188001010014", True),  # its second example
    ("110105194912310021", False),  # wrong check digit
    ("11010519491331002X", False),  # month 13
    ("11010519490229002X", False),  # no such day
    ("1101051949123100X2", False),  # X not at the end
    ("01010519491231002X", False),  # no division begins with 0
    ("11010519491231002", False),
    ("11010519491231002XX", False),
    ("１１0105194912310021", False),  # full-width digits
    ("", False),
]


@pytest.mark.parametrize(("number", "valid"), NUMBERS)
def test_a_number_is_checked_to_its_last_digit(number: str, valid: bool) -> None:
    assert id_number_valid(number) is valid


def test_every_single_digit_slip_is_found() -> None:
    good = "11010519491231002X"
    for place in range(17):
        for digit in "0123456789":
            slipped = good[:place] + digit + good[place + 1 :]
            assert id_number_valid(slipped) is (slipped == good)


def test_a_number_says_birth_date_and_sex() -> None:
    assert birth_date_of("11010519491231002X") == date(1949, 12, 31)
    assert sex_of("11010519491231002X") == "female"
    assert sex_of("440524188001010014") == "male"
    assert id_check_digit("11010519491231002") == "X"


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91350100M000100Y43", True),  # the example of GB 32100
        ("91110000600037341L", True),
        ("91110000600037341A", False),
        ("91110000600037341l", False),
        ("9111000060003734", False),
        ("91110000600O37341L", False),  # the letter O is not used
    ],
)
def test_a_credit_code_is_checked_to_its_last_character(code: str, valid: bool) -> None:
    assert credit_code_valid(code) is valid
