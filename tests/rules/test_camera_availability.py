"""Availability adds up by local day, over midnights and clock changes, over what was seen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.camera_availability import (
    LEAST_S,
    OUTCOMES,
    QUARTER_S,
    WORST,
    Availability,
    Outcome,
    SeenCamera,
    camera_lines,
    camera_week,
    local_days,
    recent_days,
)

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
HOUR = 3_600.0


def quarters(start: datetime, hours: float) -> list[int]:
    """The quarters of so many hours from a moment on."""
    first = int(start.timestamp()) // QUARTER_S
    return list(range(first, first + round(hours * 4)))


def camera(device_id: str, live_s: float, **more: float) -> SeenCamera:
    seconds: dict[Outcome, float] = {"live": live_s}
    seconds.update({code: more[code] for code in OUTCOMES if code in more})
    return SeenCamera(device_id, device_id, None, None, None, Availability(seconds))


def test_the_seconds_around_midnight_fall_on_the_local_day_they_belong_to() -> None:
    midnight = datetime(2026, 3, 12, tzinfo=SHANGHAI)
    before, after = quarters(midnight, 1)[0] - 1, quarters(midnight, 1)[0]
    seen = {("a", before): {"live": 60.0}, ("a", after): {"stalled": 7.0}}
    days = local_days(seen, {"a": SHANGHAI})
    assert days["a", date(2026, 3, 11)]["live"] == 60
    assert days["a", date(2026, 3, 12)] == dict.fromkeys(OUTCOMES, 0.0) | {"stalled": 7.0}
    elsewhere = local_days(seen, {"a": BERLIN})
    assert list(elsewhere) == [("a", date(2026, 3, 11))]


@pytest.mark.parametrize(("day", "hours"), [(29, 23), (30, 24)])
def test_the_day_of_a_clock_change_has_the_hours_it_has(day: int, hours: int) -> None:
    start = datetime(2026, 3, 28, tzinfo=UTC)
    seen = {("a", quarter): {"live": 900.0} for quarter in quarters(start, 96)}
    days = local_days(seen, {"a": BERLIN})
    assert days["a", date(2026, 3, day)]["live"] == hours * HOUR
    assert sum(each["live"] for each in days.values()) == 96 * HOUR


def test_a_zone_off_by_a_quarter_keeps_its_own_midnight() -> None:
    kathmandu = ZoneInfo("Asia/Kathmandu")  # UTC+5:45
    first = quarters(datetime(2026, 3, 12, tzinfo=kathmandu), 1)[0]
    days = local_days(
        {("a", first): {"live": 1.0}, ("a", first - 1): {"live": 2.0}}, {"a": kathmandu}
    )
    assert {day: each["live"] for (_, day), each in days.items()} == {
        date(2026, 3, 11): 2.0,
        date(2026, 3, 12): 1.0,
    }


def test_a_camera_without_a_zone_has_no_day() -> None:
    assert local_days({("gone", 1): {"live": 1.0}}, {"a": SHANGHAI}) == {}


def test_today_and_the_six_days_before_are_the_last_seven() -> None:
    late = datetime(2026, 3, 11, 17, tzinfo=UTC)  # 01:00 of the next day in Shanghai
    assert recent_days(late, SHANGHAI) == (date(2026, 3, 6), date(2026, 3, 12))


def test_a_rate_is_over_what_was_seen_and_nothing_is_no_rate() -> None:
    seen = Availability({"live": 90.0, "refused": 4.0, "hidden": 6.0})
    assert (seen.rate, seen.observed_s, seen.main_fault) == (0.9, 100.0, "hidden")
    assert Availability({}).rate is None and Availability({"live": 0.0}).rate is None
    assert Availability({"live": 5.0}).main_fault is None


def test_the_week_compares_only_cameras_seen_for_an_hour() -> None:
    cameras = [
        camera("whole", 2 * HOUR),
        camera("half", HOUR, stalled=HOUR),
        camera("tenth", 0.1 * HOUR, refused=0.9 * HOUR),
        camera("moment", 0, refused=LEAST_S - 1),
        camera("unseen", 0),
    ]
    found = camera_week(cameras)
    assert (found.n, found.compared, found.median) == (5, 3, 0.5)
    assert [each.device_id for each in found.worst] == ["tenth", "half"]
    assert found.total.seconds["live"] == pytest.approx(3.1 * HOUR)
    lines = {line.code: line for line in camera_lines(found)}
    assert (lines["cameras"].n, lines["camera_median"].n) == (5, 3)
    assert lines["camera_total"].n == pytest.approx(found.total.observed_s / HOUR)


def test_no_more_than_ten_are_the_worst_and_none_where_nobody_looked() -> None:
    many = camera_week([camera(f"c{n:02}", n * HOUR, frozen=HOUR) for n in range(30)])
    assert [each.device_id for each in many.worst] == [f"c{n:02}" for n in range(WORST)]
    empty = camera_week([camera("a", 0)])
    assert (empty.compared, empty.median, empty.total.rate, empty.worst) == (0, None, None, ())
