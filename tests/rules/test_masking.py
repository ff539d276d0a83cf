"""What is left of a value when it is masked, and from which age a child is guarded."""

from __future__ import annotations

from datetime import date

import pytest

from rules.masking import GUARDED_BELOW, age_band, age_on, is_guarded, mask

TODAY = date(2026, 11, 22)

MASKED = [
    ("name", "王小明", "王**"),
    ("name", "欧阳小明", "欧**"),
    ("name", "王", "王**"),  # says nothing about the length
    ("name", "Ann Lee", "A**"),
    ("phone", "13812341234", "138****1234"),
    ("phone", "0311-87654321", "031****4321"),
    ("phone", "8765432", "87****"),
    ("phone", "123", "****"),
    ("id_number", "11010519491231002X", "110*************2X"),
    ("id_number", "12345", "****"),
    ("age_band", "1949-12-31", "70–79"),
    ("age_band", "nonsense", "****"),
    ("hidden", "3单元", "****"),
    ("hidden", "a much longer text", "****"),
    ("shown", "spouse", "spouse"),
]


@pytest.mark.parametrize(("style", "value", "shown"), MASKED)
def test_a_mask_leaves_what_its_style_says(style, value, shown) -> None:
    assert mask(style, value, TODAY) == shown


# Born, band on 22 November 2026.
BANDS = [
    ("2026-11-01", "0–13"),
    ("2012-11-23", "0–13"),  # fourteen tomorrow
    ("2012-11-22", "14–17"),  # fourteen today
    ("2008-11-23", "14–17"),
    ("2008-11-22", "18–19"),
    ("1996-11-22", "30–39"),
    ("1937-01-01", "80–89"),
    ("1936-11-22", "90+"),
    ("1920-01-01", "90+"),  # a band that would name the oldest by themselves is left open
]


@pytest.mark.parametrize(("born", "band"), BANDS)
def test_an_age_is_shown_as_a_band(born: str, band: str) -> None:
    assert age_band(born, TODAY) == band


@pytest.mark.parametrize(
    ("born", "today", "guarded"),
    [
        ("2012-11-22", TODAY, False),
        ("2012-11-23", TODAY, True),
        (None, TODAY, False),  # unknown counts as grown up
        ("not a day", TODAY, False),
        ("2012-02-29", date(2026, 2, 28), True),  # turns on 1 March
        ("2012-02-29", date(2026, 3, 1), False),
    ],
)
def test_a_child_is_guarded_until_the_fourteenth_birthday(born, today, guarded) -> None:
    assert is_guarded(born, today) is guarded
    assert GUARDED_BELOW == 14


def test_years_are_completed_years() -> None:
    assert age_on(date(2000, 11, 23), TODAY) == 25
    assert age_on(date(2000, 11, 22), TODAY) == 26
