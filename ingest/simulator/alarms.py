"""Lets demo devices raise an alarm now and then, and say when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from actions.alarms.raising import Reported
from rules.records import DeviceRecord

_BETWEEN_S = 420.0  # on average one device raises an alarm this often
_LASTS_S = (60.0, 600.0)
_MOST_OPEN = 3  # nobody works in a demo: what nobody takes must not pile up
_KINDS = ("smoke", "help_post", "water_level", "lift", "pump", "fire_lane", "ebike_charging")


class AlarmLoad:
    """The alarms of one community's devices.

    Args:
        seed: Decides which devices and for how long.
        speed: How many times faster than life.
        devices: The register, as loaded.
        now: Present moment, aware.
    """

    def __init__(self, seed: int, speed: float, devices: list[DeviceRecord], now: datetime) -> None:
        self._chance = Random(f"demo/{seed}/alarms")
        self._speed = speed
        self._devices = [device for device in devices if device.kind in _KINDS]
        self._over: dict[tuple[str, str], datetime] = {}
        self._next_at = self._later(now, (20.0, _BETWEEN_S))

    def due(self, now: datetime, n_open: int) -> list[Reported]:
        """Return the signals up to `now`: conditions that ended, and perhaps a new one.

        Args:
            n_open: Alarms that nobody has closed.
        """
        over = [key for key, at in self._over.items() if at <= now]
        for key in over:
            del self._over[key]
        found = [Reported(device, kind, now, normal=True) for device, kind in over]
        if self._next_at > now or not self._devices:
            return found
        self._next_at = self._later(now, (0.4 * _BETWEEN_S, 1.6 * _BETWEEN_S))
        device = self._chance.choice(self._devices)
        if n_open < _MOST_OPEN and (device.source_id, device.kind) not in self._over:
            self._over[device.source_id, device.kind] = self._later(now, _LASTS_S)
            found.append(Reported(device.source_id, device.kind, now))
        return found

    def _later(self, now: datetime, span: tuple[float, float]) -> datetime:
        return now + timedelta(seconds=self._chance.uniform(*span) / self._speed)
