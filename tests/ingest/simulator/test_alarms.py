"""Simulated devices raise an alarm now and then, end it, and never pile them up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from data.demo.devices import device_records
from ingest.simulator.alarms import AlarmLoad

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
DEVICES = device_records(7, NOW)


def a_day(n_open: int) -> list[tuple[datetime, str, bool]]:
    load, found = AlarmLoad(7, 1.0, DEVICES, NOW), []
    for minute in range(24 * 60):
        now = NOW + timedelta(minutes=minute)
        found += [(each.at, each.device, each.normal) for each in load.due(now, n_open)]
    return found


def test_a_day_has_alarms_and_each_ends_after_it_began() -> None:
    day = a_day(0)
    raised = [row for row in day if not row[2]]
    assert 100 < len(raised) < 400
    began: dict[str, datetime] = {}
    for at, device, normal in day:
        if normal:
            assert timedelta(0) < at - began.pop(device) <= timedelta(minutes=11)
        else:
            began[device] = at
    assert a_day(0) == day  # the same seed, the same day


def test_with_three_open_nothing_new_is_raised() -> None:
    assert a_day(3) == []


def test_a_community_without_such_devices_has_none() -> None:
    assert AlarmLoad(7, 1.0, [], NOW).due(NOW + timedelta(days=1), 0) == []
