"""A flood is seen as one and grouped without loss; untaken alarms are told to more people."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.alarm_load import (
    ESCALATION,
    EscalationInvalid,
    EscalationStep,
    grouped,
    is_flood,
    next_notice,
    notices,
)
from rules.alarms import (
    Alarm,
    AlarmKey,
    Signal,
    acknowledge,
    clear_by_device,
    close_alarm,
    raise_alarm,
)
from rules.privacy import ROLES
from rules.vocabulary import URGENCIES

T0 = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WATER = raise_alarm(None, Signal(AlarmKey("dev-1", "water_level"), T0, "urgent", "pump"))


@pytest.mark.parametrize(
    ("minutes_ago", "operators", "flood"),
    [
        ([1] * 10, 1, False),  # ten in ten minutes can be taken
        ([1] * 11, 1, True),
        ([1] * 11, 2, False),  # by two people twice as many
        ([1] * 21, 2, True),
        ([1] * 11, 0, True),  # nobody there: reckoned as for one
        ([1] * 10 + [9.9], 1, True),
        ([1] * 10 + [10], 1, False),  # ten minutes ago is past
        ([1] * 10 + [-1], 1, False),  # a clock that runs ahead
        ([], 1, False),
    ],
)
def test_more_than_ten_in_ten_minutes_per_person_is_a_flood(
    minutes_ago: list[float], operators: int, flood: bool
) -> None:
    raised = [T0 - n * MINUTE for n in minutes_ago]
    assert is_flood(raised, operators, T0) == flood


def alarm(device: str, kind: str, place: str | None, urgency: str = "hazard", n: int = 0) -> Alarm:
    key = AlarmKey(device, kind)
    return raise_alarm(None, Signal(key, T0 + n * MINUTE, urgency, place))  # type: ignore[arg-type]


def test_alarms_of_one_place_and_kind_are_one_line_the_gravest_first() -> None:
    seen = acknowledge(alarm("d-3", "smoke", "b-1"), "officer", T0)
    groups = grouped(
        [
            alarm("d-1", "water_level", "b-1", n=3),
            alarm("d-2", "water_level", "b-1", n=1),
            seen,
            alarm("d-4", "water_level", None),
            alarm("d-5", "smoke", "b-2", "urgent", n=9),
        ]
    )
    told = [(g.place_id, g.kind, len(g.alarms), g.unacknowledged) for g in groups]
    assert told == [
        ("b-2", "smoke", 1, 1),
        ("b-1", "water_level", 2, 2),
        (None, "water_level", 1, 1),
        ("b-1", "smoke", 1, 0),
    ]
    assert [member.key.device_id for member in groups[1].alarms] == ["d-2", "d-1"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 9),
            st.sampled_from(["smoke", "water_level"]),
            st.sampled_from(["b-1", "b-2", None]),
            st.sampled_from(URGENCIES),
        ),
        max_size=20,
        unique_by=lambda row: row[:2],
    )
)
def test_grouping_loses_no_alarm_and_names_each_place_and_kind_once(
    rows: list[tuple[int, str, str | None, str]],
) -> None:
    alarms = [alarm(f"d-{n}", kind, place, urgency, n) for n, kind, place, urgency in rows]
    groups = grouped(alarms)
    assert sorted(str(a) for g in groups for a in g.alarms) == sorted(map(str, alarms))
    assert len({(g.place_id, g.kind) for g in groups}) == len(groups)
    assert grouped(alarms[::-1]) == groups


def minutes(found: Alarm) -> list[tuple[float, str, int]]:
    return [((n.at - T0) / MINUTE, n.roles[0], n.repeat) for n in notices(found)]


def test_an_urgent_alarm_is_told_to_more_people_the_longer_nobody_takes_it() -> None:
    assert minutes(WATER) == [
        (0, "duty_officer", 0),
        (1, "duty_officer", 1),
        (2, "duty_officer", 2),
        (3, "secretary", 0),
        (5, "secretary", 1),
        (7, "secretary", 2),
        (10, "subdistrict", 0),
    ]


def test_taking_it_cancels_what_is_still_to_come() -> None:
    taken = acknowledge(WATER, "officer", T0 + 2 * MINUTE)
    assert [minute for minute, _, _ in minutes(taken)] == [0, 1]
    assert next_notice(taken, T0 + MINUTE) is None


def test_an_alarm_that_cleared_unseen_is_still_told_and_a_closed_one_is_not() -> None:
    over = clear_by_device(WATER, T0 + MINUTE)
    assert minutes(over) == minutes(WATER)
    closed = close_alarm(over, "test", "officer", T0 + 2 * MINUTE)
    assert [minute for minute, _, _ in minutes(closed)] == [0, 1]


def test_the_next_notice_is_the_one_after_now() -> None:
    found = next_notice(WATER, T0 + 2 * MINUTE)
    assert found is not None
    assert (found.at, found.roles) == (T0 + 3 * MINUTE, ("secretary",))
    assert next_notice(WATER, T0 + 10 * MINUTE) is None


def test_an_alarm_that_grew_worse_is_told_anew_from_then_on() -> None:
    mild = replace(WATER, urgency="ordinary")
    taken = acknowledge(mild, "officer", T0 + MINUTE)
    worse = raise_alarm(taken, Signal(WATER.key, T0 + 30 * MINUTE, "urgent"))
    assert minutes(worse)[0] == (30, "duty_officer", 0)


@pytest.mark.parametrize(
    "faults",
    [
        {"roles": ()},  # tells nobody
        {"after": -MINUTE},
        {"repeats": -1},
        {"repeats": 1},  # all at once
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(faults: dict[str, object]) -> None:
    good: dict[str, object] = {"after": MINUTE, "roles": ("duty_officer",)}
    with pytest.raises(EscalationInvalid):
        EscalationStep(**(good | faults))  # type: ignore[arg-type]


def test_every_urgency_has_a_schedule_of_known_roles_that_begins_at_once() -> None:
    assert set(ESCALATION) == set(URGENCIES)
    for steps in ESCALATION.values():
        assert steps[0].after == timedelta()
        assert {role for step in steps for role in step.roles} <= set(ROLES)
