"""What may be typed in while setting up, and what is refused with which code."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.wording import CATALOGUE
from rules.setup_fields import (
    LONGEST_NAME,
    FieldRefused,
    choice_of,
    clock_of,
    name_of,
    needed_name,
    number_of,
    phone_of,
    reference_of,
    whole_number_of,
    zone_of,
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("东一网格", "东一网格"),
        ("  Grid 7 (north)  ", "Grid 7 (north)"),
        ("e\u0301lan", "\u00e9lan"),  # composed, so that equal names are equal
        ("a" * LONGEST_NAME, "a" * LONGEST_NAME),
        ("7 & 8 号楼 'A' \"B\"", "7 & 8 号楼 'A' \"B\""),  # not markup by itself
        ("", None),
        ("   ", None),
        (None, None),
        (7, None),  # nothing a form sends
    ],
)
def test_a_name_is_taken_as_one_clean_line(typed: object, name: str | None) -> None:
    assert name_of("name_zh", typed) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("a" * (LONGEST_NAME + 1), "setup_name_too_long"),
        ("two\nlines", "setup_name_unreadable"),
        ("tab\there", "setup_name_unreadable"),
        ("bell\x07", "setup_name_unreadable"),
        ("nul\x00", "setup_name_unreadable"),
        ("\u202egrid", "setup_name_unreadable"),  # turns the reading direction
        ("zero\u200bwidth", "setup_name_unreadable"),
        ("\ud800", "setup_name_unreadable"),  # half a character
        ("line\u2028separator", "setup_name_unreadable"),
        ("<script>alert(1)</script>", "setup_name_markup"),
        ("<b>Grid</b>", "setup_name_markup"),
        ("a > b", "setup_name_markup"),
    ],
)
def test_a_name_that_would_mislead_is_refused(typed: str, code: str) -> None:
    with pytest.raises(FieldRefused) as refusal:
        name_of("name_zh", typed)
    assert refusal.value.code == code and refusal.value.fields["field"] == "name_zh"


def test_a_name_that_must_be_there_is_asked_for() -> None:
    with pytest.raises(FieldRefused) as refusal:
        needed_name("name_zh", "  ")
    assert refusal.value.code == "setup_value_missing"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("119", "119"),
        ("199-0000-1234", "199-0000-1234"),
        ("+86 10 1234 5678", "+86 10 1234 5678"),
        ("(0371) 0000-0001", "(0371) 0000-0001"),
        ("0371-0000000转12", "0371-0000000转12"),
        ("１１９", "119"),  # full-width digits of a Chinese keyboard
        ("", ""),
        ("12", None),
        ("1" * 21, None),
        ("call me", None),
        ("119; drop table", None),
        ("119<b>", None),
    ],
)
def test_a_telephone_number_is_digits_with_separators(typed: str, number: str | None) -> None:
    if number is None:
        with pytest.raises(FieldRefused) as refusal:
            phone_of("work_number", typed)
        assert refusal.value.code == "setup_phone_invalid"
    else:
        assert phone_of("work_number", typed) == (number or None)


@pytest.mark.parametrize(
    ("read", "good", "bad"),
    [
        (lambda v: clock_of("f", v), ["00:00", "08:30", "23:59"], ["24:00", "8:30", "08:60", None]),
        (lambda v: whole_number_of("f", v, 99), ["0", "99", None, ""], ["100", "-1", "1.5", "x"]),
        (lambda v: number_of("f", v, 0, 360), ["0", "359.5", 12], ["nan", "inf", "361", True, []]),
        (lambda v: choice_of("f", v, ("a", "b")), ["a"], ["c", "", None, 1]),
        (lambda v: zone_of("f", v), ["Asia/Shanghai"], ["Mars/Base", "", None, "../etc/passwd"]),
        (lambda v: reference_of("f", v), ["an-id", "", None], [["x"], "y" * 201, 3]),
    ],
)
def test_other_fields_take_what_they_mean_and_nothing_else(
    read: Callable[[object], object], good: list[object], bad: list[object]
) -> None:
    for value in good:
        read(value)
    for value in bad:
        with pytest.raises(FieldRefused):
            read(value)


def test_every_refusal_has_a_sentence() -> None:
    for kind in FieldRefused.__subclasses__():
        assert f"error.{kind.code}" in CATALOGUE
