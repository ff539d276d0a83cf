"""Who is on duty: nights, holidays, make-up workdays, clock changes, absences and stand-ins."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calendars import work_calendar
from rules.clocks import MomentNaive
from rules.roster import (
    Absence,
    Assignment,
    Duty,
    Roster,
    Shift,
    ShiftInvalid,
    Team,
    Uncovered,
    duty_at,
    next_change_at,
    on_duty_by_kind,
)

SHANGHAI, NEW_YORK = "Asia/Shanghai", "America/New_York"
CHINA = work_calendar(SHANGHAI)
NEW_YEAR = date(2026, 1, 1)
DAY = Shift("day", "grids", time(8), time(18), NEW_YEAR, days="workday")
NIGHT = Shift("night", "guards", time(20), time(8), NEW_YEAR)
WEEKEND = Shift("rest", "grids", time(9), time(17), NEW_YEAR, days="restday")
ROUND = Shift("round", "desk", time(8, 30), time(8, 30), date(2026, 3, 2), every_days=3)


def local(text: str, zone: str = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def roster(shift: Shift, *absences: Absence, workers: tuple[str, ...] = ("w-1",)) -> Roster:
    kept = tuple(Assignment(worker, shift.shift_id, NEW_YEAR) for worker in workers)
    return Roster((shift,), kept, absences)


def on(shift: Shift, moment: str, *absences: Absence, zone: str = SHANGHAI) -> list[str]:
    found = duty_at(roster(shift, *absences), work_calendar(zone), local(moment, zone))
    return [each.worker_id for each in found.on]


@pytest.mark.parametrize(
    ("shift", "moment", "there"),
    [
        (DAY, "2026-03-04 07:59:59", False),  # a Wednesday before it begins
        (DAY, "2026-03-04 08:00", True),  # its first instant
        (DAY, "2026-03-04 17:59:59", True),
        (DAY, "2026-03-04 18:00", False),  # its end belongs to whoever comes next
        (DAY, "2026-03-07 10:00", False),  # Saturday
        (DAY, "2026-10-10 10:00", True),  # a Saturday worked to make up
        (DAY, "2026-10-05 10:00", False),  # a Monday in the National Day week
        (DAY, "2025-12-31 10:00", False),  # before it was set up
        (WEEKEND, "2026-03-07 10:00", True),  # Saturday
        (WEEKEND, "2026-10-10 10:00", False),  # not on the one that is worked
        (WEEKEND, "2026-10-05 10:00", True),  # but on the Monday that is not
        (NIGHT, "2026-03-04 20:00", True),
        (NIGHT, "2026-03-05 00:00", True),  # over midnight
        (NIGHT, "2026-03-05 07:59", True),
        (NIGHT, "2026-03-05 08:00", False),
        (NIGHT, "2026-03-05 12:00", False),
        (NIGHT, "2026-12-31 23:30", True),  # over the year's end
        (NIGHT, "2027-01-01 03:00", True),
        (NIGHT, "2026-01-01 07:00", False),  # the night before its first day
        (ROUND, "2026-03-02 08:30", True),  # one day on,
        (ROUND, "2026-03-03 08:29", True),
        (ROUND, "2026-03-03 08:30", False),  # two off
        (ROUND, "2026-03-05 08:29", False),
        (ROUND, "2026-03-05 08:30", True),
        # a night shift of workdays: Friday's night runs into Saturday, Saturday has none
        (Shift("n", "t", time(22), time(6), NEW_YEAR, days="workday"), "2026-03-07 03:00", True),
        (Shift("n", "t", time(22), time(6), NEW_YEAR, days="workday"), "2026-03-07 23:00", False),
        # Tuesdays only
        (Shift("t", "t", time(9), time(12), NEW_YEAR, weekdays=frozenset({1})),
         "2026-03-03 10:00", True),
        (Shift("t", "t", time(9), time(12), NEW_YEAR, weekdays=frozenset({1})),
         "2026-03-04 10:00", False),
        # its last night is still kept to the end
        (Shift("l", "t", time(20), time(8), NEW_YEAR, date(2026, 3, 4)), "2026-03-05 05:00", True),
        (Shift("l", "t", time(20), time(8), NEW_YEAR, date(2026, 3, 4)), "2026-03-05 21:00", False),
    ],
)  # fmt: skip
def test_a_shift_is_on_from_its_begin_until_its_end(shift: Shift, moment: str, there: bool) -> None:
    assert bool(on(shift, moment)) == there


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        ("2026-03-07 23:00", 11),  # the night in which 2:00 to 3:00 does not exist
        ("2026-10-31 23:00", 13),  # the night with an hour twice
        ("2026-03-04 23:00", 12),
    ],
)
def test_a_night_over_a_clock_change_is_an_hour_shorter_or_longer(moment: str, hours: int) -> None:
    calendar = work_calendar(NEW_YORK)
    (found,) = duty_at(roster(NIGHT), calendar, local(moment, NEW_YORK)).on
    assert found.end_at - found.start_at == timedelta(hours=hours)
    assert (found.start_at.tzinfo, found.end_at.tzinfo) == (UTC, UTC)


def test_a_handover_can_look_back_to_the_begin_of_the_shift() -> None:
    (found,) = duty_at(roster(NIGHT), CHINA, local("2026-03-05 07:30")).on
    assert found.start_at == local("2026-03-04 20:00")
    assert found.end_at == local("2026-03-05 08:00")


def absence(worker: str, start: str, end: str, stand_in: str | None = None) -> Absence:
    return Absence(worker, local(start), local(end), stand_in)


ILL = absence("w-1", "2026-03-04 00:00", "2026-03-06 00:00", "w-2")


class TestAbsence:
    def test_a_stand_in_keeps_the_duty_and_says_whose_it_is(self) -> None:
        (found,) = duty_at(roster(DAY, ILL), CHINA, local("2026-03-04 10:00")).on
        assert (found.worker_id, found.stand_in_for) == ("w-2", "w-1")

    def test_an_absence_begins_and_ends_in_the_middle_of_a_shift(self) -> None:
        noon = absence("w-1", "2026-03-04 12:00", "2026-03-04 15:00", "w-2")
        moments = ("2026-03-04 11:59", "2026-03-04 12:00", "2026-03-04 15:00")
        assert [on(DAY, moment, noon) for moment in moments] == [["w-1"], ["w-2"], ["w-1"]]

    def test_a_duty_without_a_stand_in_is_said_to_be_uncovered(self) -> None:
        away = absence("w-1", "2026-03-04 00:00", "2026-03-06 00:00")
        found = duty_at(roster(DAY, away), CHINA, local("2026-03-04 10:00"))
        start, end = local("2026-03-04 08:00"), local("2026-03-04 18:00")
        assert found == Duty((), (Uncovered("w-1", "grids", "day", start, end),))

    @pytest.mark.parametrize(
        ("others", "keeper"),
        [
            ([absence("w-2", "2026-03-04 00:00", "2026-03-05 00:00", "w-3")], ["w-3"]),
            ([absence("w-2", "2026-03-04 00:00", "2026-03-05 00:00")], []),
            ([absence("w-2", "2026-03-04 00:00", "2026-03-05 00:00", "w-1")], []),  # a circle
        ],
    )
    def test_a_stand_in_may_be_away_too(self, others: list[Absence], keeper: list[str]) -> None:
        assert on(DAY, "2026-03-04 10:00", ILL, *others) == keeper

    def test_who_stands_in_beside_an_own_shift_is_listed_for_both_and_counted_once(self) -> None:
        both = roster(DAY, ILL, workers=("w-1", "w-2"))
        found = duty_at(both, CHINA, local("2026-03-04 10:00"))
        assert sorted((d.worker_id, d.stand_in_for or "") for d in found.on) == [
            ("w-2", ""),
            ("w-2", "w-1"),
        ]
        assert on_duty_by_kind(found, [Team("grids", "grid")]) == {"grid": 1}
        assert found.workers() == {"w-2"}


def test_an_assignment_ends_with_the_shift_that_begins_on_its_last_day() -> None:
    short = Roster((NIGHT,), (Assignment("w-1", "night", NEW_YEAR, date(2026, 3, 4)),))
    assert duty_at(short, CHINA, local("2026-03-05 07:00")).on
    assert not duty_at(short, CHINA, local("2026-03-05 21:00")).on


def test_a_kind_with_nobody_on_duty_is_shown_as_nobody() -> None:
    teams = [Team("grids", "grid"), Team("guards", "patrol"), Team("other", "patrol")]
    found = duty_at(roster(DAY), CHINA, local("2026-03-04 10:00"))
    assert on_duty_by_kind(found, teams) == {"grid": 1, "patrol": 0}


@pytest.mark.parametrize(
    ("moment", "change"),
    [
        ("2026-03-04 07:00", "2026-03-04 08:00"),
        ("2026-03-04 08:00", "2026-03-04 12:30"),  # an absence begins
        ("2026-03-04 12:30", "2026-03-04 18:00"),
        ("2026-03-06 19:00", "2026-03-09 08:00"),  # over the weekend
    ],
)
def test_the_next_change_is_a_begin_or_an_end(moment: str, change: str) -> None:
    away = absence("w-1", "2026-03-04 12:30", "2026-03-04 18:00")
    assert next_change_at(roster(DAY, away), CHINA, local(moment)) == local(change)


def test_an_empty_roster_never_changes() -> None:
    assert next_change_at(Roster((), ()), CHINA, local("2026-03-04 10:00")) is None
    assert duty_at(Roster((), ()), CHINA, local("2026-03-04 10:00")) == Duty((), ())


@pytest.mark.parametrize(
    "faults",
    [
        {"last_on": date(2025, 12, 31)},  # ends before it begins
        {"weekdays": frozenset()},
        {"weekdays": frozenset({7})},
        {"every_days": 0},
        {"every_days": 61},
        {"starts": time(8, tzinfo=UTC)},  # local times only
    ],
)
def test_a_shift_that_never_takes_place_is_refused(faults: dict[str, object]) -> None:
    good: dict[str, object] = {"starts": time(8), "ends": time(18), "first_on": NEW_YEAR}
    with pytest.raises(ShiftInvalid):
        Shift("s", "t", **(good | faults))  # type: ignore[arg-type]


def test_an_absence_or_moment_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ShiftInvalid):
        absence("w-1", "2026-03-04 10:00", "2026-03-04 10:00")
    naive = datetime(2026, 3, 4, 10)  # noqa: DTZ001
    with pytest.raises(MomentNaive):
        Absence("w-1", naive, local("2026-03-05 10:00"))
    with pytest.raises(MomentNaive):
        duty_at(roster(DAY), CHINA, naive)


@settings(max_examples=80, deadline=None)
@given(
    moment=st.datetimes(datetime(2026, 1, 3), datetime(2027, 1, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from([SHANGHAI, NEW_YORK]),
)
def test_three_shifts_around_the_clock_leave_no_moment_without_exactly_one(
    moment: datetime, zone: str
) -> None:
    times = [time(8), time(16), time(0)]
    shifts = tuple(
        Shift(f"s-{n}", "desk", times[n], times[(n + 1) % 3], NEW_YEAR) for n in range(3)
    )
    kept = tuple(Assignment(f"w-{n}", f"s-{n}", NEW_YEAR) for n in range(3))
    calendar = work_calendar(zone)
    found = duty_at(Roster(shifts, kept), calendar, moment)
    assert len(found.on) == 1
    assert found.on[0].start_at <= moment < found.on[0].end_at
    assert next_change_at(Roster(shifts, kept), calendar, moment) == found.on[0].end_at
