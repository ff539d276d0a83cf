"""Lets demo devices go offline and come back, and says now and then that the others are well."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from rules.records import DeviceRecord

_BETWEEN_S = 900.0  # on average one device falls silent this often
_AWAY_S = (240.0, 2_400.0)
_MOST_SICK = 24
_LONG_SICK_S = (1_800.0, 21_600.0)  # those that were away at the start
_SEEN_EVERY_S = 300.0
_SEEN_PARTS = 72  # each device is heard of every six hours: enough, and the log stays small


class Outages:
    """The health of one community's devices.

    Args:
        seed: Decides which fall silent and for how long.
        speed: How many times faster than life.
        devices: The register, as loaded.
        states: Present state by source id.
        now: Present moment, aware.
    """

    def __init__(
        self,
        seed: int,
        speed: float,
        devices: list[DeviceRecord],
        states: Mapping[str, str],
        now: datetime,
    ) -> None:
        self._chance = Random(f"demo/{seed}/outages")
        self._speed = speed
        self._devices = devices
        self._back_at: dict[int, datetime] = {
            i: self._later(now, _LONG_SICK_S)
            for i, device in enumerate(devices)
            if states.get(device.source_id, "online") != "online"
        }
        self._next_at = self._later(now, (0.0, 2 * _BETWEEN_S))
        self._seen_at = now + timedelta(seconds=_SEEN_EVERY_S)
        self._part = 0

    def changes(self, now: datetime) -> list[DeviceRecord]:
        """Return the devices that fell silent, came back or are heard of by `now`."""
        back = [i for i, at in self._back_at.items() if at <= now]
        for i in back:
            del self._back_at[i]
        found = [self._record(i, "online", now) for i in back]
        while self._next_at <= now:
            self._next_at = self._later(self._next_at, (0.4 * _BETWEEN_S, 1.6 * _BETWEEN_S))
            i = self._chance.randrange(len(self._devices))
            if i not in (*self._back_at, *back) and len(self._back_at) < _MOST_SICK:
                self._back_at[i] = self._later(now, _AWAY_S)
                found.append(self._record(i, self._chance.choice(("offline", "fault")), now))
        if self._seen_at <= now:
            self._seen_at = now + timedelta(seconds=_SEEN_EVERY_S)
            told = {record.source_id for record in found}
            found += [r for r in self._heard_of(now) if r.source_id not in told]
        return found

    def _heard_of(self, now: datetime) -> list[DeviceRecord]:
        self._part = (self._part + 1) % _SEEN_PARTS
        well = range(self._part, len(self._devices), _SEEN_PARTS)
        return [self._record(i, "online", now) for i in well if i not in self._back_at]

    def _record(self, index: int, state: str, now: datetime) -> DeviceRecord:
        """Return a device in a state; its version is the time, so later news always counts."""
        facts = {"state": state, "seen_at": now, "version": round(now.timestamp() * 1_000)}
        return self._devices[index].model_copy(update=facts)

    def _later(self, now: datetime, span_s: tuple[float, float]) -> datetime:
        return now + timedelta(seconds=self._chance.uniform(*span_s) / self._speed)
