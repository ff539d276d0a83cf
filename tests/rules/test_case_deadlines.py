"""A deadline says why it is what it is, and changes to rules change open ones with a record."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from data.calendars import work_calendar
from rules.case_clocks import Clock, Due, Extension, Pause, due
from rules.case_deadlines import OpenDeadline, explain, recompute

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = work_calendar("Asia/Shanghai")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


NOW = local("2026-10-20 09:00")


def test_a_working_deadline_names_limit_pauses_holidays_and_calendar() -> None:
    clock = Clock(
        local("2026-09-29 10:00"),
        3,
        "work_day",
        (Pause(local("2026-09-30 10:00"), local("2026-10-08 10:00")),),
    )
    why = explain("noise", clock, CHINA, NOW)
    assert (why.category, why.limit_value, why.limit_kind) == ("noise", 3, "work_day")
    assert why.start_at == local("2026-09-29 10:00")
    assert why.start_at.tzinfo is UTC
    assert why.base_at == local("2026-10-09 10:00")
    assert why.due == Due(local("2026-10-10 10:00"), provisional=False)
    assert [pause.counted for pause in why.pauses] == [timedelta(hours=8)]
    assert why.zone == "Asia/Shanghai"
    assert why.calendar_version == CHINA.version
    # 1, 2, 5, 6 and 7 October are weekdays off; Saturday the 10th is worked
    assert why.holidays == tuple(date(2026, 10, day) for day in (1, 2, 5, 6, 7))
    assert why.makeup_days == (date(2026, 10, 10),)


def test_a_pause_through_a_night_is_named_and_counts_nothing() -> None:
    night = Pause(local("2026-03-04 18:00"), local("2026-03-05 08:00"))
    clock = Clock(local("2026-03-04 17:00"), 2, "work_hour", (night,))
    why = explain("parking", clock, CHINA, NOW)
    assert [pause.counted for pause in why.pauses] == [timedelta()]
    assert why.due.at == why.base_at


def test_a_continuous_deadline_has_no_calendar() -> None:
    clock = Clock(local("2026-09-30 20:00"), 48, "urgent_hour", (Pause(local("2026-10-01 20:00")),))
    why = explain("hazard", clock, CHINA, local("2026-10-02 20:00"))
    assert (why.zone, why.calendar_version, why.holidays, why.makeup_days) == (None, None, (), ())
    assert why.due.paused_since == local("2026-10-01 20:00")
    assert [pause.counted for pause in why.pauses] == [timedelta(hours=24)]


def test_extensions_are_named_in_the_order_they_were_granted() -> None:
    first = Extension(local("2026-03-05 09:00"), local("2026-03-10 18:00"))
    second = Extension(local("2026-03-09 09:00"), local("2026-03-12 18:00"))
    clock = Clock(local("2026-03-04 10:00"), 2, "work_day", (), (second, first))
    why = explain("noise", clock, CHINA, NOW)
    assert why.extensions == (first, second)
    assert why.due.at == local("2026-03-12 18:00")


class TestRecompute:
    start = local("2026-12-31 10:00")
    clock = Clock(start, 1, "work_day")
    open_case = OpenDeadline("c-1", "noise", clock, due(clock, CHINA, NOW))

    def test_a_calendar_that_is_announced_moves_provisional_deadlines_with_a_record(self) -> None:
        assert self.open_case.due == Due(local("2027-01-04 10:00"), provisional=True)
        # The next year is announced: Monday the 4th off, Sunday the 3rd worked instead.
        announced = replace(
            CHINA,
            version="announced",
            holidays=CHINA.holidays | {date(2027, 1, 4)},
            makeup_days=CHINA.makeup_days | {date(2027, 1, 3)},
            known_until=date(2027, 12, 31),
        )
        (change,) = recompute([self.open_case], announced, NOW)
        assert (change.case_id, change.why) == ("c-1", "calendar")
        assert change.before == self.open_case.due
        assert change.after == Due(local("2027-01-03 10:00"), provisional=False)
        assert change.calendar_version == "announced"
        again = replace(self.open_case, due=change.after)
        assert recompute([again], announced, NOW) == ()

    def test_a_deadline_that_only_becomes_certain_is_recorded_too(self) -> None:
        known = replace(CHINA, version="known", known_until=date(2027, 12, 31))
        (change,) = recompute([self.open_case], known, NOW)
        assert change.after == replace(change.before, provisional=False)

    def test_nothing_is_recorded_where_nothing_changes(self) -> None:
        newer = replace(CHINA, version="newer")
        assert recompute([self.open_case], newer, NOW) == ()

    def test_a_changed_limit_reaches_the_categories_it_names(self) -> None:
        other = replace(self.open_case, case_id="c-2", category="parking")
        found = recompute([self.open_case, other], CHINA, NOW, {"noise": (4, "work_hour")})
        assert [(change.case_id, change.why) for change in found] == [("c-1", "limit")]
        assert found[0].clock == Clock(self.start, 4, "work_hour")
        assert found[0].after.at == local("2026-12-31 16:00")

    def test_a_limit_that_becomes_continuous_needs_no_calendar(self) -> None:
        (change,) = recompute([self.open_case], CHINA, NOW, {"noise": (4, "urgent_hour")})
        assert change.calendar_version is None
        assert change.after == Due(local("2026-12-31 14:00"), provisional=False)

    def test_a_clock_that_stands_is_left_until_it_goes_on(self) -> None:
        paused = replace(self.clock, pauses=(Pause(local("2026-12-31 11:00")),))
        case = replace(self.open_case, clock=paused)
        assert recompute([case], CHINA, local("2027-01-05 09:00")) == ()
