"""A clock that stands still, is extended or belongs to one step only; one row per situation."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calendars import work_calendar
from rules.case_clocks import (
    Clock,
    Extension,
    Pause,
    PauseInvalid,
    clock_light,
    clock_yellow_at,
    due,
    used_time,
)
from rules.clocks import LimitInvalid, MomentNaive
from rules.vocabulary import LIMIT_KINDS

SHANGHAI, NEW_YORK = "Asia/Shanghai", "America/New_York"
CHINA, BOSTON = work_calendar(SHANGHAI), work_calendar(NEW_YORK)
LATE = datetime(2030, 1, 1, tzinfo=UTC)  # after every row of the tables


def local(text: str, zone: str = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def clock(
    start: str, limit: float, kind: str, *pauses: tuple[str, str | None], zone: str = SHANGHAI
) -> Clock:
    spans = tuple(Pause(local(a, zone), local(b, zone) if b else None) for a, b in pauses)
    return Clock(local(start, zone), limit, kind, spans)  # type: ignore[arg-type]


# All within 2026: month, day and time only.
PAUSED = [
    # continuous clocks lose wall time, also at night
    ("03-04 10:00", 4, "urgent_hour", [("03-04 11:00", "03-04 13:30")], "03-04 16:30"),
    ("03-06 23:00", 2, "natural_day", [("03-07 23:00", "03-09 08:00")], "03-10 08:00"),
    # a working clock paused over lunch, over a night, over a weekend loses nothing
    ("03-04 11:00", 2, "work_hour", [("03-04 12:00", "03-04 14:00")], "03-04 15:00"),
    ("03-04 17:00", 2, "work_hour", [("03-04 18:30", "03-05 07:00")], "03-05 09:00"),
    ("03-06 17:00", 2, "work_hour", [("03-06 20:00", "03-09 08:00")], "03-09 09:00"),
    # paused from the afternoon into the next morning: two working hours lost, not eighteen
    ("03-04 15:00", 4, "work_hour", [("03-04 17:00", "03-05 09:00")], "03-05 11:00"),
    # paused on Friday afternoon, resumed on Monday afternoon
    ("03-06 14:00", 4, "work_hour", [("03-06 16:00", "03-09 15:00")], "03-09 17:00"),
    # resumed in the night: goes on in the morning
    ("03-04 10:00", 4, "work_hour", [("03-04 11:00", "03-04 23:00")], "03-05 11:00"),
    # a working day lost out of three
    ("03-04 10:00", 3, "work_day", [("03-05 10:00", "03-06 10:00")], "03-10 10:00"),
    # a work-day clock paused for a night keeps its deadline
    ("03-04 10:00", 2, "work_day", [("03-04 19:00", "03-05 06:00")], "03-06 10:00"),
    # paused over National Day: 1-8 October hold no working time, so one day is lost (30 Sept. 10:00
    # to 8 Oct. 10:00), and the make-up Saturday the 10th is worked
    ("09-29 10:00", 2, "work_day", [("09-30 10:00", "10-08 10:00")], "10-09 10:00"),
    ("09-29 10:00", 3, "work_day", [("09-30 10:00", "10-08 10:00")], "10-10 10:00"),
    # the pause itself lies on a make-up Saturday: its eight hours are working time
    ("10-10 08:00", 8, "work_hour", [("10-10 08:00", "10-11 12:00")], "10-12 18:00"),
    # two pauses, given the wrong way round, one inside the other, one touching
    ("03-04 08:00", 8, "work_hour",
     [("03-04 14:00", "03-04 15:00"), ("03-04 09:00", "03-04 11:00")], "03-05 11:00"),
    (
        "03-04 08:00",
        8,
        "work_hour",
        [
            ("03-04 09:00", "03-04 11:00"),
            ("03-04 10:00", "03-04 10:30"),
            ("03-04 11:00", "03-04 12:00"),
        ],
        "03-05 11:00",
    ),
    # a pause that began before the clock counts from its start
    ("03-04 10:00", 1, "urgent_hour", [("03-04 08:00", "03-04 10:30")], "03-04 11:30"),
    # before the clock, or after it ran out, it changes nothing
    ("03-04 10:00", 1, "urgent_hour", [("03-04 08:00", "03-04 09:00")], "03-04 11:00"),
    ("03-04 10:00", 1, "urgent_hour", [("03-04 11:00", "03-04 15:00")], "03-04 11:00"),
    ("03-04 10:00", 1, "work_hour", [("03-04 16:00", "03-06 15:00")], "03-04 11:00"),
    # the first pause moves the deadline behind the second one, which then counts as well
    (
        "03-04 10:00",
        1,
        "urgent_hour",
        [("03-04 10:30", "03-04 12:00"), ("03-04 12:15", "03-04 13:15")],
        "03-04 13:30",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("start", "limit", "kind", "pauses", "expected"), PAUSED)
def test_a_pause_stops_a_clock_in_its_own_unit(
    start: str, limit: float, kind: str, pauses: list[tuple[str, str]], expected: str
) -> None:
    spans = [(f"2026-{begun}", f"2026-{ended}") for begun, ended in pauses]
    found = due(clock(f"2026-{start}", limit, kind, *spans), CHINA, LATE)
    assert found.at == local(f"2026-{expected}")
    assert found.at.tzinfo is UTC
    assert found.paused_since is None


@pytest.mark.parametrize(
    ("start", "limit", "kind", "pause", "expected", "provisional"),
    [
        # paused into 2027, whose holidays nobody has announced: provisional now
        ("2026-12-30 10:00", 8, "work_hour", ("2026-12-31 08:00", "2027-01-04 08:00"),
         "2027-01-04 10:00", True),
        # New Year's Day and the weekend hold no working time: the pause cost nothing
        ("2026-12-31 10:00", 8, "work_hour", ("2026-12-31 18:00", "2027-01-04 08:00"),
         "2027-01-04 10:00", True),
        ("2026-12-31 10:00", 1, "work_day", ("2026-12-31 10:00", "2027-01-04 10:00"),
         "2027-01-05 10:00", True),
        # continuous clocks do not care
        ("2026-12-31 22:00", 4, "urgent_hour", ("2026-12-31 23:00", "2027-01-01 01:00"),
         "2027-01-01 04:00", False),
        # a pause within the announced year, due on its last day
        ("2026-12-30 10:00", 8, "work_hour", ("2026-12-30 18:00", "2026-12-31 08:00"),
         "2026-12-31 10:00", False),
    ],
)  # fmt: skip
def test_a_pause_over_the_years_end_makes_a_working_deadline_provisional(
    start: str, limit: float, kind: str, pause: tuple[str, str], expected: str, provisional: bool
) -> None:
    found = due(clock(start, limit, kind, pause), CHINA, LATE)
    assert found.at == local(expected)
    assert found.provisional is provisional


@pytest.mark.parametrize(
    ("start", "limit", "kind", "pause", "expected"),
    [
        # paused over the night in which 2:00 to 3:00 does not exist: 23 hours, not 24
        ("2026-03-07 12:00", 2, "natural_day", ("2026-03-07 12:00", "2026-03-08 12:00"),
         "2026-03-10 12:00"),
        ("2026-03-07 20:00", 8, "urgent_hour", ("2026-03-08 01:00", "2026-03-08 04:00"),
         "2026-03-08 07:00"),
        # working clocks see nothing of it
        ("2026-03-06 16:00", 4, "work_hour", ("2026-03-06 17:00", "2026-03-09 09:00"),
         "2026-03-09 12:00"),
        # and the night with 25 hours
        ("2026-10-31 20:00", 12, "urgent_hour", ("2026-10-31 22:00", "2026-11-01 06:00"),
         "2026-11-01 16:00"),
        # Thanksgiving lies within the pause
        ("2026-11-25 10:00", 1, "work_day", ("2026-11-25 16:00", "2026-11-27 10:00"),
         "2026-11-27 16:00"),
    ],
)  # fmt: skip
def test_pauses_over_a_clock_change_count_what_really_passed(
    start: str, limit: float, kind: str, pause: tuple[str, str], expected: str
) -> None:
    found = due(clock(start, limit, kind, pause, zone=NEW_YORK), BOSTON, LATE)
    assert found.at == local(expected, NEW_YORK)


def test_while_paused_the_deadline_is_what_it_would_be_if_the_clock_went_on_now() -> None:
    running = clock("2026-03-04 10:00", 4, "work_hour", ("2026-03-04 11:00", None))
    evening = due(running, CHINA, local("2026-03-04 20:00"))
    assert evening.paused_since == local("2026-03-04 11:00")
    assert evening.at == local("2026-03-05 11:00")
    assert due(running, CHINA, local("2026-03-05 11:00")).at == local("2026-03-05 16:00")


@pytest.mark.parametrize(
    ("kind", "limit", "extension", "pauses", "expected"),
    [
        ("work_day", 2, ("2026-03-05 09:00", "2026-03-12 18:00"), [], "2026-03-12 18:00"),
        # never earlier than it was
        ("work_day", 2, ("2026-03-05 09:00", "2026-03-05 10:00"), [], "2026-03-06 10:00"),
        # a pause before the grant is in it already, a pause after it comes on top
        ("urgent_hour", 4, ("2026-03-04 13:00", "2026-03-04 20:00"),
         [("2026-03-04 11:00", "2026-03-04 12:00")], "2026-03-04 20:00"),
        ("urgent_hour", 4, ("2026-03-04 11:00", "2026-03-04 20:00"),
         [("2026-03-04 12:00", "2026-03-04 13:00")], "2026-03-04 21:00"),
        ("work_hour", 4, ("2026-03-04 11:00", "2026-03-05 12:00"),
         [("2026-03-04 17:00", "2026-03-05 09:00")], "2026-03-05 16:00"),
    ],
)  # fmt: skip
def test_an_extension_moves_the_deadline_later_and_never_earlier(
    kind: str,
    limit: float,
    extension: tuple[str, str],
    pauses: list[tuple[str, str]],
    expected: str,
) -> None:
    plain = clock("2026-03-04 10:00", limit, kind, *pauses)
    granted = Extension(local(extension[0]), local(extension[1]))
    extended = Clock(plain.start_at, limit, plain.limit_kind, plain.pauses, (granted,))
    assert due(extended, CHINA, LATE).at == local(expected)


@pytest.mark.parametrize(
    ("now", "light"),
    [
        ("2026-03-04 16:00", "green"),  # four of ten hours, two of them paused: 40 % used
        ("2026-03-04 19:59", "green"),
        ("2026-03-04 20:00", "yellow"),  # eight of ten run
        ("2026-03-04 22:00", "yellow"),  # exactly at the deadline
        ("2026-03-04 22:01", "red"),
    ],
)
def test_the_light_looks_at_what_has_run_not_at_what_stood(now: str, light: str) -> None:
    paused = clock("2026-03-04 10:00", 10, "urgent_hour", ("2026-03-04 12:00", "2026-03-04 14:00"))
    assert clock_light(paused, CHINA, local(now)) == light
    assert clock_yellow_at(paused, CHINA, local(now)) == local("2026-03-04 20:00")


def test_a_paused_clock_keeps_its_light_for_weeks() -> None:
    early = clock("2026-03-04 10:00", 4, "work_hour", ("2026-03-04 11:00", None))
    late = clock("2026-03-04 10:00", 4, "work_hour", ("2026-03-04 15:30", None))
    over = clock("2026-03-04 10:00", 4, "work_hour", ("2026-03-04 17:00", None))
    for now in (local("2026-03-04 17:30"), local("2026-04-20 09:00")):
        lights = [clock_light(each, CHINA, now) for each in (early, late, over)]
        assert lights == ["green", "yellow", "red"]


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    wrong = clock("2026-03-04 10:00", 4, "work_hour", ("2026-03-04 12:00", "2026-03-04 11:00"))
    with pytest.raises(PauseInvalid):
        due(wrong, CHINA, LATE)


def test_a_moment_without_a_zone_and_a_limit_of_nothing_are_refused() -> None:
    naive = datetime(2026, 3, 4, 11)  # noqa: DTZ001
    with pytest.raises(MomentNaive):
        due(Clock(local("2026-03-04 10:00"), 4, "work_hour", (Pause(naive),)), CHINA, LATE)
    with pytest.raises(LimitInvalid):
        due(clock("2026-03-04 10:00", 0, "work_hour"), CHINA, LATE)


QUARTER = timedelta(minutes=15)
MONDAY = local("2026-02-09 00:00")  # the week before Spring Festival, with a worked Saturday
SLOTS = st.integers(0, 4 * 24 * 12)


def by_quarters(
    start: datetime, quarters: int, kind: str, pauses: list[tuple[datetime, datetime]]
) -> datetime:
    """The same deadline, found by walking through time a quarter of an hour at a time."""
    at, left = start, quarters
    while left:
        here = at.astimezone(ZoneInfo(SHANGHAI))
        opens = kind == "urgent_hour" or (
            CHINA.is_workday(here.date()) and (8 <= here.hour < 12 or 14 <= here.hour < 18)
        )
        if opens and not any(a <= at < b for a, b in pauses):
            left -= 1
        at += QUARTER
    return at


@settings(max_examples=60, deadline=None)
@given(
    start=SLOTS,
    quarters=st.integers(1, 120),
    spans=st.lists(st.tuples(SLOTS, st.integers(1, 200)), max_size=4),
    kind=st.sampled_from(["urgent_hour", "work_hour"]),
)
def test_deadlines_with_pauses_equal_a_walk_through_time(
    start: int, quarters: int, spans: list[tuple[int, int]], kind: str
) -> None:
    begun = (MONDAY + start * QUARTER).astimezone(UTC)
    pauses = [
        (MONDAY.astimezone(UTC) + a * QUARTER, MONDAY.astimezone(UTC) + (a + n) * QUARTER)
        for a, n in spans
    ]
    paused = Clock(begun, quarters / 4, kind, tuple(Pause(a, b) for a, b in pauses))  # type: ignore[arg-type]
    found = due(paused, CHINA, LATE)
    assert found.at == by_quarters(begun, quarters, kind, pauses)
    assert used_time(paused, CHINA, found.at) == quarters * QUARTER


@settings(max_examples=60, deadline=None)
@given(
    start=SLOTS,
    limit=st.integers(1, 5),
    pause=st.tuples(SLOTS, st.integers(1, 400)),
    kind=st.sampled_from(LIMIT_KINDS),
)
def test_a_pause_never_brings_a_deadline_nearer_and_lights_change_where_they_say(
    start: int, limit: int, pause: tuple[int, int], kind: str
) -> None:
    begun = MONDAY + start * QUARTER
    span = Pause(MONDAY + pause[0] * QUARTER, MONDAY + (pause[0] + pause[1]) * QUARTER)
    plain = Clock(begun, limit, kind)  # type: ignore[arg-type]
    paused = Clock(begun, limit, kind, (span,))  # type: ignore[arg-type]
    found = due(paused, CHINA, LATE)
    assert found.at >= due(plain, CHINA, LATE).at
    turns = clock_yellow_at(paused, CHINA, LATE)
    assert begun <= turns <= found.at
    assert clock_light(paused, CHINA, turns - timedelta(seconds=1)) == "green" or turns == begun
    assert clock_light(paused, CHINA, found.at) == "yellow"
    ended = MONDAY + (pause[0] + pause[1]) * QUARTER  # a clock may be stopped as it runs out
    assert clock_light(paused, CHINA, max(found.at, ended) + timedelta(seconds=1)) == "red"
