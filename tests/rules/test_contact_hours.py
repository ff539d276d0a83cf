"""Which number of a contact is the one to call now."""

from __future__ import annotations

from datetime import datetime

import pytest

from rules.contact_hours import part_now


@pytest.mark.parametrize(
    ("clock", "workday", "days", "part"),
    [
        ("08:00", True, "workday", "work"),  # the first minute counts
        ("17:59", True, "workday", "work"),
        ("18:00", True, "workday", "after"),  # the minute after the last does not
        ("07:59", True, "workday", "after"),
        ("12:00", False, "workday", "after"),  # a holiday, or a weekend
        ("12:00", False, "everyday", "work"),
        ("03:00", False, "everyday", "after"),
    ],
)
def test_working_hours_decide(clock: str, workday: bool, days: str, part: str) -> None:
    local = datetime.fromisoformat(f"2026-11-20T{clock}:30")
    assert part_now(local, workday, days, "08:00", "18:00") == part
