"""An alarm is raised once, seen by a person, cleared by what caused it, and closed by a person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.alarms import (
    LATCHING_KINDS,
    Alarm,
    AlarmActive,
    AlarmClosed,
    AlarmKey,
    AlarmVerdictUnknown,
    ShelfInvalid,
    Signal,
    acknowledge,
    clear_by_device,
    close_alarm,
    raise_alarm,
    reset,
    shelve,
    sounds,
    standing_shelves,
    stays_on_wall,
)
from rules.clocks import MomentNaive
from rules.vocabulary import ALARM_STATES, ALARM_VERDICTS

T0 = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
WATER = AlarmKey("dev-1", "water_level")
SMOKE = AlarmKey("dev-2", "smoke")
FLOOD = raise_alarm(None, Signal(WATER, T0))
FIRE = raise_alarm(None, Signal(SMOKE, T0, "urgent"))


@pytest.mark.parametrize(
    ("acknowledged", "cleared", "state", "on_wall"),
    [
        (False, False, "active_unack", True),
        (True, False, "active_ack", True),
        (False, True, "cleared_unack", True),  # over, and nobody has seen it: it stays
        (True, True, "cleared_ack", False),
    ],
)
def test_acknowledged_and_cleared_are_two_things(
    acknowledged: bool, cleared: bool, state: str, on_wall: bool
) -> None:
    for order in (0, 1):  # whichever comes first
        alarm = FLOOD
        for step in (order, 1 - order):
            if step == 0 and acknowledged:
                alarm = acknowledge(alarm, "officer", T0 + MINUTE)
            if step == 1 and cleared:
                alarm = clear_by_device(alarm, T0 + MINUTE)
        assert alarm.state == state
        assert state in ALARM_STATES
        assert stays_on_wall(alarm) == on_wall
    assert not stays_on_wall(replace(FLOOD, cleared_at=T0, closed_at=T0, verdict="real"))


class TestRaise:
    def test_a_repeat_extends_and_counts_and_makes_no_second_alarm(self) -> None:
        again = raise_alarm(FLOOD, Signal(WATER, T0 + MINUTE, place_id="pump"))
        assert (again.first_at, again.last_at, again.count) == (T0, T0 + MINUTE, 2)
        assert again.place_id == "pump"

    def test_a_signal_that_comes_late_extends_backwards(self) -> None:
        late = raise_alarm(FLOOD, Signal(WATER, T0 - MINUTE))
        assert (late.first_at, late.last_at) == (T0 - MINUTE, T0)

    def test_after_it_cleared_the_next_signal_is_a_new_alarm(self) -> None:
        over = clear_by_device(FLOOD, T0 + MINUTE)
        new = raise_alarm(over, Signal(WATER, T0 + 2 * MINUTE))
        assert (new.first_at, new.count, new.state) == (T0 + 2 * MINUTE, 1, "active_unack")

    def test_an_alarm_of_another_device_is_never_extended(self) -> None:
        assert raise_alarm(FLOOD, Signal(SMOKE, T0)).key == SMOKE

    def test_a_chattering_device_does_not_ask_for_the_same_person_again(self) -> None:
        taken = acknowledge(FLOOD, "officer", T0 + MINUTE)
        again = raise_alarm(taken, Signal(WATER, T0 + 2 * MINUTE))
        assert again.state == "active_ack"

    def test_a_graver_repeat_asks_again_and_a_lesser_one_changes_nothing(self) -> None:
        taken = acknowledge(FLOOD, "officer", T0 + MINUTE)
        worse = raise_alarm(taken, Signal(WATER, T0 + 2 * MINUTE, "urgent"))
        assert (worse.urgency, worse.state) == ("urgent", "active_unack")
        assert worse.alert_at == T0 + 2 * MINUTE
        better = raise_alarm(taken, Signal(WATER, T0 + 2 * MINUTE, "ordinary"))
        assert (better.urgency, better.state, better.alert_at) == ("hazard", "active_ack", T0)

    def test_a_moment_without_a_zone_is_refused(self) -> None:
        with pytest.raises(MomentNaive):
            raise_alarm(None, Signal(WATER, T0.replace(tzinfo=None)))


class TestClear:
    @pytest.mark.parametrize("kind", sorted(LATCHING_KINDS))
    def test_a_latching_alarm_waits_for_a_person(self, kind: str) -> None:
        alarm = raise_alarm(None, Signal(AlarmKey("dev", kind), T0))
        assert clear_by_device(alarm, T0 + MINUTE) == alarm
        done = reset(alarm, "officer", T0 + MINUTE)
        assert (done.state, done.acknowledged_by) == ("cleared_ack", "officer")

    def test_nobody_resets_what_its_device_still_reports(self) -> None:
        with pytest.raises(AlarmActive):
            reset(FLOOD, "officer", T0)

    def test_a_clear_older_than_the_last_signal_is_old_news(self) -> None:
        again = raise_alarm(FLOOD, Signal(WATER, T0 + MINUTE))
        assert clear_by_device(again, T0 + 30 * SECOND).cleared_at is None
        assert clear_by_device(again, T0 + MINUTE).cleared_at == T0 + MINUTE

    def test_clearing_twice_keeps_the_first_moment(self) -> None:
        over = clear_by_device(FLOOD, T0 + MINUTE)
        assert clear_by_device(over, T0 + 2 * MINUTE) == over


class TestClose:
    @pytest.mark.parametrize("verdict", ALARM_VERDICTS)
    def test_a_person_closes_it_as_real_false_or_test(self, verdict: str) -> None:
        over = clear_by_device(FLOOD, T0 + MINUTE)
        closed = close_alarm(over, verdict, "officer", T0 + 2 * MINUTE)
        assert (closed.verdict, closed.closed_by) == (verdict, "officer")
        assert closed.acknowledged_by == "officer"  # who judges has seen it

    def test_whoever_saw_it_first_stays_the_one_who_did(self) -> None:
        over = clear_by_device(acknowledge(FLOOD, "first", T0 + SECOND), T0 + MINUTE)
        assert acknowledge(over, "second", T0 + MINUTE) == over
        assert close_alarm(over, "real", "second", T0 + MINUTE).acknowledged_by == "first"

    def test_what_is_still_going_on_is_not_closed(self) -> None:
        with pytest.raises(AlarmActive):
            close_alarm(FLOOD, "false", "officer", T0)

    def test_closing_resets_a_latching_alarm(self) -> None:
        closed = close_alarm(FIRE, "test", "officer", T0 + MINUTE)
        assert (closed.cleared_at, closed.state) == (T0 + MINUTE, "cleared_ack")

    @pytest.mark.parametrize("verdict", ["", "maybe", "REAL"])
    def test_there_is_no_other_verdict(self, verdict: str) -> None:
        with pytest.raises(AlarmVerdictUnknown):
            close_alarm(FIRE, verdict, "officer", T0)

    @pytest.mark.parametrize(
        "step",
        [
            lambda alarm: acknowledge(alarm, "officer", T0),
            lambda alarm: reset(alarm, "officer", T0),
            lambda alarm: close_alarm(alarm, "real", "officer", T0),
        ],
    )
    def test_what_is_closed_stays_closed(self, step: Callable[[Alarm], Alarm]) -> None:
        closed = close_alarm(FIRE, "real", "officer", T0 + MINUTE)
        assert clear_by_device(closed, T0 + MINUTE) == closed
        with pytest.raises(AlarmClosed):
            step(closed)


class TestShelving:
    def test_a_shelved_alarm_is_silent_until_the_shelf_ends(self) -> None:
        shelf = shelve(WATER, "传感器待修", "officer", T0, T0 + 60 * MINUTE)
        assert not sounds(FLOOD, [shelf], T0 + 59 * MINUTE)
        assert sounds(FLOOD, [shelf], T0 + 60 * MINUTE)
        assert sounds(FIRE, [shelf], T0)  # another device
        assert raise_alarm(FLOOD, Signal(WATER, T0)).count == 2  # it is counted all the same
        assert stays_on_wall(FLOOD)

    def test_what_somebody_took_is_silent(self) -> None:
        assert not sounds(acknowledge(FLOOD, "officer", T0), [], T0)

    def test_the_number_of_shelves_is_that_of_the_keys_that_are_silent(self) -> None:
        short = shelve(WATER, "维修", "officer", T0, T0 + MINUTE)
        long = shelve(WATER, "维修", "officer", T0, T0 + 9 * MINUTE)
        assert standing_shelves([long, short], T0) == {WATER: long}
        assert standing_shelves([long, short], T0 - SECOND) == {}
        assert standing_shelves([long, short], T0 + 9 * MINUTE) == {}

    @pytest.mark.parametrize(
        ("key", "reason", "until"),
        [
            (WATER, "  ", T0 + MINUTE),  # nobody says why
            (WATER, "维修", T0),  # no time at all
            (WATER, "维修", T0 - MINUTE),
            (WATER, "维修", T0 + timedelta(hours=8, seconds=1)),  # forgotten by the next shift
            (SMOKE, "维修", T0 + timedelta(hours=1, seconds=1)),  # life safety
        ],
    )
    def test_a_shelf_needs_a_reason_and_an_end(
        self, key: AlarmKey, reason: str, until: datetime
    ) -> None:
        with pytest.raises(ShelfInvalid):
            shelve(key, reason, "officer", T0, until)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["signal", "grave", "clear", "ack", "reset", "close"]),
        st.sampled_from([WATER, SMOKE, AlarmKey("dev-3", "water_level")]),
    ),
    max_size=40,
)


def play(alarms: list[Alarm], deed: str, key: AlarmKey, at: datetime) -> None:
    """One step of a store that keeps every alarm and looks for the uncleared one of a key."""
    uncleared = next((a for a in alarms if a.key == key and a.cleared_at is None), None)
    if deed in ("signal", "grave"):
        raised = raise_alarm(uncleared, Signal(key, at, "urgent" if deed == "grave" else "hazard"))
        alarms[:] = [*(a for a in alarms if a is not uncleared), raised]
        return
    steps: dict[str, Callable[[Alarm], Alarm]] = {
        "clear": lambda alarm: clear_by_device(alarm, at),
        "ack": lambda alarm: acknowledge(alarm, "officer", at),
        "reset": lambda alarm: reset(alarm, "officer", at),
        "close": lambda alarm: close_alarm(alarm, "real", "officer", at),
    }
    for place, alarm in enumerate(alarms):
        if alarm.key == key:
            try:
                alarms[place] = steps[deed](alarm)
            except (AlarmActive, AlarmClosed):
                assert alarms[place] == alarm


@settings(max_examples=150, deadline=None)
@given(steps=STEPS)
def test_whatever_happens_no_signal_is_lost_and_no_alarm_is_there_twice(
    steps: list[tuple[str, AlarmKey]],
) -> None:
    alarms: list[Alarm] = []
    signals = 0
    for n, (deed, key) in enumerate(steps):
        play(alarms, deed, key, T0 + n * SECOND)
        signals += deed in ("signal", "grave")
        uncleared = [a.key for a in alarms if a.cleared_at is None]
        assert len(uncleared) == len(set(uncleared))  # one per device and kind
        assert sum(a.count for a in alarms) == signals
        for alarm in alarms:
            assert alarm.first_at <= alarm.last_at
            if alarm.closed_at is not None:  # only what is over and was seen is closed
                assert alarm.state == "cleared_ack"
                assert alarm.verdict is not None
            if alarm.acknowledged_at is None:
                assert stays_on_wall(alarm)  # nothing leaves the wall unseen
