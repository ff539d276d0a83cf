"""Deadlines of the four clocks, one row per situation, and the light they show."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calendars import work_calendar
from rules.clocks import (
    CalendarInvalid,
    LimitInvalid,
    MomentNaive,
    WorkCalendar,
    add_working_time,
    deadline,
    working_time,
    yellow_at,
)

SHANGHAI = "Asia/Shanghai"
NEW_YORK = "America/New_York"
# A week in which nothing but weekends is off.
PLAIN = WorkCalendar(
    zone=SHANGHAI, version="test", known_from=date(2026, 1, 1), known_until=date(2026, 12, 31)
)


def local(text: str, zone: str = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


CONTINUOUS = [
    ("2026-03-06 23:30", 1, "urgent_hour", "2026-03-07 00:30"),  # through midnight
    ("2026-03-06 23:30", 4, "urgent_hour", "2026-03-07 03:30"),  # through a Friday night
    ("2026-09-30 20:00", 48, "urgent_hour", "2026-10-02 20:00"),  # National Day stops nothing
    ("2026-03-06 12:30", 2, "natural_day", "2026-03-08 12:30"),  # over a weekend
    ("2026-12-31 23:59", 1, "natural_day", "2027-01-01 23:59"),  # over the year's end
    ("2026-03-06 12:00", 0.5, "natural_day", "2026-03-07 00:00"),  # half a day is twelve hours
]
WORK_HOURS = [
    ("2026-03-04 08:00", 1, "2026-03-04 09:00"),  # Wednesday at opening
    ("2026-03-04 08:00", 4, "2026-03-04 12:00"),  # used up by noon: noon, not 14:00
    ("2026-03-04 11:00", 2, "2026-03-04 15:00"),  # the lunch break does not count
    ("2026-03-04 12:30", 1, "2026-03-04 15:00"),  # reported at lunch: counts from 14:00
    ("2026-03-04 17:00", 2, "2026-03-05 09:00"),  # the night does not count
    ("2026-03-04 18:00", 1, "2026-03-05 09:00"),  # at closing: counts from next morning
    ("2026-03-04 22:00", 8, "2026-03-05 18:00"),  # reported at night: a whole day is due at 18:00
    ("2026-03-04 03:00", 1, "2026-03-04 09:00"),  # reported before opening
    ("2026-03-06 16:00", 4, "2026-03-09 10:00"),  # Friday afternoon to Monday morning
    ("2026-03-07 10:00", 4, "2026-03-09 12:00"),  # reported on Saturday
    ("2026-03-04 10:00", 40, "2026-03-11 10:00"),  # five working days of eight hours
    ("2026-03-04 10:00", 0.25, "2026-03-04 10:15"),  # a quarter of an hour
]
WORK_DAYS = [
    ("2026-03-04 10:00", 1, "2026-03-05 10:00"),  # same time on the next workday
    ("2026-03-04 10:00", 3, "2026-03-09 10:00"),  # Wednesday + 3 passes over the weekend
    ("2026-03-06 17:59", 1, "2026-03-09 17:59"),  # Friday just before closing
    ("2026-03-06 18:00", 1, "2026-03-10 08:00"),  # Friday at closing: Monday 08:00, one day on
    ("2026-03-06 20:00", 1, "2026-03-10 08:00"),  # Friday evening the same
    ("2026-03-08 11:00", 2, "2026-03-11 08:00"),  # Sunday: Monday 08:00, two days on
    ("2026-03-04 12:30", 1, "2026-03-05 14:00"),  # lunch: from 14:00, so 14:00 next day
    ("2026-03-04 06:00", 1, "2026-03-05 08:00"),  # before opening
    ("2026-03-04 10:00", 15, "2026-03-25 10:00"),  # three working weeks
    ("2026-03-04 10:00", 1.5, "2026-03-05 16:00"),  # and a half: four working hours on, past lunch
    ("2026-03-04 10:00", 0.5, "2026-03-04 16:00"),  # half a day only
]


@pytest.mark.parametrize(("start", "limit", "kind", "due"), CONTINUOUS)
def test_continuous_clocks_never_stop(start: str, limit: float, kind: str, due: str) -> None:
    found = deadline(local(start), limit, kind, PLAIN)  # type: ignore[arg-type]
    assert found.at == local(due)
    assert found.provisional is False


@pytest.mark.parametrize(("start", "limit", "due"), WORK_HOURS)
def test_work_hours_count_working_time_only(start: str, limit: float, due: str) -> None:
    assert deadline(local(start), limit, "work_hour", PLAIN).at == local(due)


@pytest.mark.parametrize(("start", "limit", "due"), WORK_DAYS)
def test_work_days_keep_the_time_of_day(start: str, limit: float, due: str) -> None:
    assert deadline(local(start), limit, "work_day", PLAIN).at == local(due)


@pytest.mark.parametrize(
    ("start", "limit", "kind", "due", "provisional"),
    [
        # National Day 2026: off 1-7 October, the day before it is worked
        ("2026-09-30 10:00", 1, "work_day", "2026-10-08 10:00", False),
        ("2026-09-30 17:00", 2, "work_hour", "2026-10-08 09:00", False),
        # Saturday 10 October 2026 is a make-up workday
        ("2026-10-09 10:00", 1, "work_day", "2026-10-10 10:00", False),
        ("2026-10-10 17:00", 2, "work_hour", "2026-10-12 09:00", False),
        # Spring Festival 2026: Saturday 14 February worked, off until the 23rd, Saturday 28 worked
        ("2026-02-13 10:00", 1, "work_day", "2026-02-14 10:00", False),
        ("2026-02-14 10:00", 1, "work_day", "2026-02-24 10:00", False),
        ("2026-02-27 16:00", 4, "work_hour", "2026-02-28 10:00", False),
        # reported in the middle of the holidays: counts from the first working morning
        ("2026-02-18 23:00", 1, "work_day", "2026-02-25 08:00", False),
        ("2026-10-03 09:00", 1, "work_hour", "2026-10-08 09:00", False),
        # the last working hour that the announced calendar covers
        ("2026-12-31 17:00", 1, "work_hour", "2026-12-31 18:00", False),
        # one hour more passes New Year's Day, which nobody has announced yet: provisional
        ("2026-12-31 17:00", 2, "work_hour", "2027-01-04 09:00", True),
        ("2026-12-31 10:00", 1, "work_day", "2027-01-04 10:00", True),
        # in 2027 only statutory days are known: Spring Festival Eve to the fourth day of it
        ("2027-02-04 10:00", 1, "work_day", "2027-02-11 10:00", True),
        # wholly in 2027, provisional from the start
        ("2027-03-02 10:00", 4, "work_hour", "2027-03-02 16:00", True),
        # far beyond every calendar: weekends only, and no crash
        ("2060-10-01 10:00", 1, "work_day", "2060-10-04 10:00", True),
        # before the first announced year
        ("2003-03-04 10:00", 1, "work_day", "2003-03-05 10:00", True),
        # the continuous clocks do not care about the year's end
        ("2026-12-31 23:00", 48, "urgent_hour", "2027-01-02 23:00", False),
        ("2026-12-31 23:00", 2, "natural_day", "2027-01-02 23:00", False),
    ],
)
def test_chinese_holidays_and_makeup_days_count_as_announced(
    start: str, limit: float, kind: str, due: str, provisional: bool
) -> None:
    found = deadline(local(start), limit, kind, work_calendar(SHANGHAI))  # type: ignore[arg-type]
    assert found.at == local(due)
    assert found.provisional is provisional


@pytest.mark.parametrize(
    ("start", "limit", "kind", "due"),
    [
        # clocks go forward on 8 March 2026: Monday's time of day stays the same
        ("2026-03-06 10:00", 1, "work_day", "2026-03-09 10:00"),
        ("2026-03-06 17:00", 2, "work_hour", "2026-03-09 09:00"),
        # 24 hours from Saturday noon end an hour later by the clock
        ("2026-03-07 12:00", 1, "natural_day", "2026-03-08 13:00"),
        ("2026-03-08 01:30", 1, "urgent_hour", "2026-03-08 03:30"),
        # clocks go back on 1 November 2026
        ("2026-10-30 10:00", 1, "work_day", "2026-11-02 10:00"),
        ("2026-10-31 12:00", 1, "natural_day", "2026-11-01 11:00"),
        # Thanksgiving, 26 November 2026
        ("2026-11-25 10:00", 1, "work_day", "2026-11-27 10:00"),
    ],
)
def test_clock_changes_move_continuous_clocks_and_leave_working_days(
    start: str, limit: float, kind: str, due: str
) -> None:
    calendar = work_calendar(NEW_YORK)
    found = deadline(local(start, NEW_YORK), limit, kind, calendar)  # type: ignore[arg-type]
    assert found.at == local(due, NEW_YORK)


def test_the_second_two_oclock_of_the_fold_hour_counts_as_itself() -> None:
    first = local("2026-11-01 01:30", NEW_YORK)
    second = first.replace(fold=1)
    calendar = work_calendar(NEW_YORK)
    gap = (
        deadline(second, 1, "urgent_hour", calendar).at
        - deadline(first, 1, "urgent_hour", calendar).at
    )
    assert gap == timedelta(hours=1)


def test_a_night_shift_over_a_clock_change_counts_the_hours_really_worked() -> None:
    nights = WorkCalendar(NEW_YORK, "test", hours=((time(0), time(6)),), weekend=frozenset())
    # On 8 March the hour from 2 to 3 does not exist: five hours are worked that night.
    start, end = local("2026-03-08 00:00", NEW_YORK), local("2026-03-08 12:00", NEW_YORK)
    assert working_time(start, end, nights) == timedelta(hours=5)
    due = deadline(start, 6, "work_hour", nights).at
    assert due == local("2026-03-09 01:00", NEW_YORK)


def test_deadlines_come_in_utc_whatever_zone_the_start_has() -> None:
    start = local("2026-03-04 10:00")
    for same in (start, start.astimezone(UTC), start.astimezone(ZoneInfo(NEW_YORK))):
        due = deadline(same, 1, "work_day", PLAIN).at
        assert due.tzinfo is UTC
        assert due == local("2026-03-05 10:00")


@pytest.mark.parametrize(
    ("limit", "kind"),
    [
        (0, "work_hour"),  # no time at all
        (-1, "natural_day"),  # due before it was reported
        (float("nan"), "work_day"),  # not a number
        (float("inf"), "urgent_hour"),
        (3_661, "work_day"),  # more than ten years
        (87_841, "urgent_hour"),
        (1, "fortnight"),  # a kind nobody knows
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(limit: float, kind: str) -> None:
    with pytest.raises(LimitInvalid) as raised:
        deadline(local("2026-03-04 10:00"), limit, kind, PLAIN)  # type: ignore[arg-type]
    assert raised.value.code == "limit_invalid"
    assert raised.value.fields["limit_kind"] == kind


@pytest.mark.parametrize("kind", ["urgent_hour", "natural_day", "work_hour", "work_day"])
def test_the_ends_of_time_are_refused_not_crashed_into(kind: str) -> None:
    for edge in (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=ZoneInfo(SHANGHAI))):
        with pytest.raises(LimitInvalid):
            deadline(edge, 1, kind, PLAIN)  # type: ignore[arg-type]


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(MomentNaive):
        deadline(datetime(2026, 3, 4, 10), 1, "work_day", PLAIN)  # noqa: DTZ001
    with pytest.raises(MomentNaive):
        yellow_at(local("2026-03-04 10:00"), datetime(2026, 3, 5, 10))  # noqa: DTZ001


@pytest.mark.parametrize(
    "faults",
    [
        {"zone": "Asia/Atlantis"},
        {"zone": ""},
        {"zone": "../etc/passwd"},
        {"hours": ()},  # never works
        {"hours": ((time(12), time(8)),)},  # ends before it begins
        {"hours": ((time(8), time(12)), (time(11), time(18)))},  # overlaps
        {"weekend": frozenset(range(7))},  # never works either
    ],
)
def test_a_calendar_without_working_time_is_refused(faults: dict[str, object]) -> None:
    with pytest.raises(CalendarInvalid):
        WorkCalendar(**({"zone": SHANGHAI, "version": "test"} | faults))  # type: ignore[arg-type]


def test_a_calendar_that_rests_for_years_is_refused_not_walked_for_ever() -> None:
    first = date(2026, 1, 1)
    always = frozenset(first + timedelta(days=n) for n in range(2_000))
    lazy = WorkCalendar(SHANGHAI, "test", holidays=always)
    for kind in ("work_hour", "work_day"):
        with pytest.raises(CalendarInvalid):
            deadline(local("2026-03-04 10:00"), 1, kind, lazy)  # type: ignore[arg-type]


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=200, deadline=None)
@given(start=MOMENTS, hours=st.floats(0.01, 200))
def test_working_time_up_to_a_work_hour_deadline_is_the_limit(
    start: datetime, hours: float
) -> None:
    calendar = work_calendar(SHANGHAI)
    due = deadline(start, hours, "work_hour", calendar).at
    assert abs(working_time(start, due, calendar) - timedelta(hours=hours)) < timedelta(seconds=1)


@settings(max_examples=200, deadline=None)
@given(start=MOMENTS, days=st.integers(1, 30))
def test_a_work_day_deadline_falls_in_working_time_eight_hours_a_day_later(
    start: datetime, days: int
) -> None:
    calendar = work_calendar(SHANGHAI)
    due = deadline(start, days, "work_day", calendar).at
    assert working_time(start, due, calendar) == timedelta(hours=8 * days)
    assert calendar.is_workday(due.astimezone(ZoneInfo(SHANGHAI)).date())


@settings(max_examples=200, deadline=None)
@given(start=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=30)))
def test_a_later_start_never_has_an_earlier_deadline(start: datetime, later: timedelta) -> None:
    calendar = work_calendar(SHANGHAI)
    for kind in ("urgent_hour", "natural_day", "work_hour", "work_day"):
        first = deadline(start, 3, kind, calendar).at  # type: ignore[arg-type]
        assert first <= deadline(start + later, 3, kind, calendar).at  # type: ignore[arg-type]


def test_no_working_time_passes_backwards() -> None:
    start = local("2026-03-04 10:00")
    assert working_time(start, start - timedelta(days=1), PLAIN) == timedelta()
    assert add_working_time(start, timedelta(), PLAIN) == start
