"""The care categories are the six of the brief, and visits follow from days alone."""

from __future__ import annotations

from datetime import date

import pytest

from rules.care import CADENCES_DAYS, CARE_CATEGORIES, default_cadence, next_visit


def test_there_are_six_categories_and_no_others() -> None:
    assert set(CARE_CATEGORIES) == {
        "living_alone",
        "disability_support",
        "long_term_illness",
        "low_income",
        "child_support",
        "bereaved",
    }
    assert set(CARE_CATEGORIES.values()) <= set(CADENCES_DAYS)
    with pytest.raises(KeyError):
        default_cadence("key_person")


def test_a_visit_is_due_one_interval_after_the_last_one_or_after_the_agreement() -> None:
    assert next_visit(date(2026, 11, 22), 30) == date(2026, 12, 22)
    assert next_visit(date(2026, 1, 1), 7, visited=date(2026, 11, 22)) == date(2026, 11, 29)
