"""Times as exports write them; the hour that occurs twice and the one that never was."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ingest.files.repeated_hour import Waiting, passes_by_id
from ingest.files.times import LocalTimes

BOSTON = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def _utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


# Text, zone, the instant it means.
READABLE = [
    ("2024-05-01 08:30", SHANGHAI, _utc(2024, 5, 1, 0, 30)),
    ("2024-05-01T08:30:15", SHANGHAI, _utc(2024, 5, 1, 0, 30, 15)),
    ("2024-05-01T08:30:00+02:00", SHANGHAI, _utc(2024, 5, 1, 6, 30)),  # its own offset wins
    ("2024-05-01T00:30:00Z", SHANGHAI, _utc(2024, 5, 1, 0, 30)),
    ("2024/5/1 8:30", SHANGHAI, _utc(2024, 5, 1, 0, 30)),
    ("2024.5.1", SHANGHAI, _utc(2024, 4, 30, 16, 0)),
    ("2024年5月1日 8时30分", SHANGHAI, _utc(2024, 5, 1, 0, 30)),
    ("2024年5月1日", SHANGHAI, _utc(2024, 4, 30, 16, 0)),
    ("2024-5-1 8:05:09", SHANGHAI, _utc(2024, 5, 1, 0, 5, 9)),
    ("2011-07-01 01:32:33", BOSTON, _utc(2011, 7, 1, 5, 32, 33)),  # summer time
    ("2011-12-01 01:32:33", BOSTON, _utc(2011, 12, 1, 6, 32, 33)),  # winter time
    ("2011-11-06 00:59:59", BOSTON, _utc(2011, 11, 6, 4, 59, 59)),  # before the repeated hour
    ("2011-11-06 01:09:48", BOSTON, _utc(2011, 11, 6, 5, 9, 48)),  # in it: first pass
    ("2011-11-06 02:00:00", BOSTON, _utc(2011, 11, 6, 7, 0)),  # after it
    ("2011-03-13 01:59:59", BOSTON, _utc(2011, 3, 13, 6, 59, 59)),  # before the skipped hour
    ("2011-03-13 02:30:00", BOSTON, _utc(2011, 3, 13, 7, 30)),  # never was: clock not yet moved
    ("2011-03-13 03:00:00", BOSTON, _utc(2011, 3, 13, 7, 0)),  # after it
]


@pytest.mark.parametrize(("text", "zone", "instant"), READABLE)
def test_a_time_means_one_instant(text, zone, instant):
    times = LocalTimes(zone)
    assert times.instant(times.read(text)) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "01/02/2024",
        "2024-13-01",
        "2024-02-30",
        "24-5-1",
        "45413.35",
        "2024-05-01 25:00",
    ],
)
def test_what_has_no_single_reading_is_refused(text):
    with pytest.raises(ValueError):
        LocalTimes(SHANGHAI).read(text)


def test_a_mapping_may_name_its_own_format():
    times = LocalTimes(SHANGHAI, formats=("%d/%m/%Y %H:%M",))
    assert times.instant(times.read("01/05/2024 08:30")) == _utc(2024, 5, 1, 0, 30)


def test_a_deadline_given_as_a_day_ends_with_it():
    times = LocalTimes(SHANGHAI, date_means="end")
    for text in ("2024-05-01", "2024年5月1日"):
        assert times.instant(times.read(text)) == _utc(2024, 5, 1, 15, 59, 59)
    assert times.instant(times.read("2024-05-01 00:00")) == _utc(2024, 4, 30, 16, 0)


def test_the_second_pass_is_an_hour_later_and_only_where_the_hour_repeats():
    times = LocalTimes(BOSTON)
    assert times.instant(times.read("2011-11-06 01:30"), "second") == _utc(2011, 11, 6, 6, 30)
    assert times.instant(times.read("2011-07-01 01:30"), "second") == _utc(2011, 7, 1, 5, 30)
    assert times.instant(times.read("2011-03-13 02:30"), "second") == _utc(2011, 3, 13, 7, 30)


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ("2011-11-06 00:59:59", False),
        ("2011-11-06 01:00:00", True),
        ("2011-11-06 01:59:59", True),
        ("2011-11-06 02:00:00", False),
        ("2011-03-13 02:30:00", False),
        ("2011-11-06T01:30:00-05:00", False),  # an offset leaves no doubt
    ],
)
def test_the_repeated_hour_is_known(text, repeated):
    times = LocalTimes(BOSTON)
    assert times.is_repeated(times.read(text)) is repeated
    if repeated:
        assert not times.day_is_plain(text)


def test_days_without_a_change_of_clocks_are_plain():
    times = LocalTimes(BOSTON)
    assert times.day_is_plain("2011-07-01 01:30:00")
    assert not times.day_is_plain("2011-11-06 01:30:00")
    assert not times.day_is_plain("2011/7/1 1:30")  # unknown form: nothing is claimed


def _waiting(*rows: tuple[str, str]) -> list[Waiting]:
    return [Waiting(i, "reported_at", datetime.fromisoformat(f"2011-11-06 {t}")) for i, t in rows]


# (id, clock) in file order; the pass of each.
ORDERS = [
    # the clock only runs forward: no evidence, first pass
    ([("1", "01:09"), ("2", "01:13"), ("3", "01:54")], ["first", "first", "first"]),
    # id 3 shows an earlier clock than id 2: it was set back between them
    ([("1", "01:09"), ("2", "01:54"), ("3", "01:10")], ["first", "first", "second"]),
    # the file is sorted by clock, the ids still tell
    ([("1", "01:09"), ("3", "01:10"), ("2", "01:54")], ["first", "second", "first"]),
    # once set back, it stays so
    ([("2", "01:50"), ("3", "01:02"), ("4", "01:55")], ["first", "second", "second"]),
    # a swap of seconds is no change of clocks
    ([("1", "01:30"), ("2", "01:29")], ["first", "first"]),
    # ids that are no numbers tell nothing
    ([("a", "01:54"), ("b", "01:10")], ["first", "first"]),
    # ids of different length compare as numbers
    ([("9", "01:54"), ("10", "01:10")], ["first", "second"]),
    ([], []),
]


@pytest.mark.parametrize(("rows", "passes"), ORDERS)
def test_ids_tell_the_pass_of_the_repeated_hour(rows, passes):
    assert passes_by_id(_waiting(*rows)) == passes
