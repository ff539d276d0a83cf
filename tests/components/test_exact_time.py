"""Lengths of time to the second, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from components.exact_time import exact_between, exact_duration
from components.wording import current_language

AT = datetime(2026, 3, 10, 4, 0, 0, 900_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (-3, "0 秒", "0 s"),  # a clock that was set back
        (59, "59 秒", "59 s"),
        (123, "2 分 03 秒", "2 min 03 s"),
        (3_605, "1 时 00 分 05 秒", "1 h 00 min 05 s"),
        (90_061, "1 天 1 时 01 分 01 秒", "1 d 1 h 01 min 01 s"),
    ],
)
def test_a_length_of_time_reads_to_the_second(seconds: int, chinese: str, english: str) -> None:
    assert exact_duration(seconds) == chinese
    token = current_language.set("en")
    assert exact_duration(seconds) == english
    current_language.reset(token)


def test_between_two_moments_is_what_a_reader_of_both_would_count() -> None:
    assert exact_between(AT, AT + timedelta(milliseconds=200)) == "1 秒"  # 04:00:00 and 04:00:01
    assert exact_between(AT, AT + timedelta(milliseconds=99)) == "0 秒"
