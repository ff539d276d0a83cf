"""Decides which shifts, weekdays and absences somebody may type or a sheet may bring."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from rules.roster import Absence, Shift, ShiftInvalid

ALL_WEEK = "1234567"
LONGEST_ABSENCE = timedelta(days=366)  # ours: longer than any leave; more is a slip of the year
_DAY_WORDS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7}
_EVERY_DAY = ("", "每天", "每日", "全周", "daily", "everyday")
_RANGE = re.compile(
    r"^(?:周|星期)?([一二三四五六日天1-7])[至到\-~—](?:周|星期)?([一二三四五六日天1-7])$"
)
_FILLING = re.compile(r"周|星期|[、，,;；/|\s]")


def weekdays_of(words: str) -> str:
    """Return weekdays as digits, Monday = 1, from `一三五`, `周一至周五`, `1,3,5` or nothing.

    Raises:
        ShiftInvalid: A sign is no weekday.
    """
    said = words.strip()
    if said.lower() in _EVERY_DAY:
        return ALL_WEEK
    span = _RANGE.match(said)
    if span is not None:
        first, last = (_day(sign) for sign in span.groups())
        days = range(first, last + 1) if first <= last else (*range(first, 8), *range(1, last + 1))
        return "".join(str(day) for day in sorted(days))
    found = {_day(sign) for sign in _FILLING.sub("", said)}
    if not found:
        raise ShiftInvalid(field="weekdays")
    return "".join(str(day) for day in sorted(found))


def check_shift(shift: Shift) -> Shift:
    """Return a shift that can take place on one of its days at least.

    Raises:
        ShiftInvalid: It is so short of days that it never does.
    """
    if shift.last_on is not None:
        days = (shift.last_on - shift.first_on).days
        dates = (shift.first_on + timedelta(days=n) for n in range(min(days, 366) + 1))
        if not any(day.weekday() in shift.weekdays for day in dates):
            raise ShiftInvalid(field="last_on")
    return shift


def check_absence(
    worker_id: str, start_at: datetime, end_at: datetime, stand_in: str | None
) -> None:
    """Hold that an absence is one, and that nobody stands in for themselves.

    Raises:
        ShiftInvalid: It ends before it begins, lasts longer than a year, or the worker stands in.
    """
    absence = Absence(worker_id, start_at, end_at, stand_in)
    if absence.end_at - absence.start_at > LONGEST_ABSENCE:
        raise ShiftInvalid(worker=worker_id, field="end_at")
    if stand_in == worker_id:
        raise ShiftInvalid(worker=worker_id, field="stand_in_id")


def date_of(words: str, field: str) -> date:
    """Return a date written as ISO 8601.

    Raises:
        ShiftInvalid: It is none.
    """
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        raise ShiftInvalid(field=field) from None


def _day(sign: str) -> int:
    day = _DAY_WORDS.get(sign) or (int(sign) if sign.isdecimal() else 0)
    if not 1 <= day <= 7:
        raise ShiftInvalid(field="weekdays")
    return day
