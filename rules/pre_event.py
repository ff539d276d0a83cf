"""Decides of which cameras the seconds before an alarm are kept, and for whom (ADR 0032).

Nearness is that of the mosaic (assets/mosaic_fronts.js): what an officer sees brought to the front
is what is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from rules.coordinates import distance_m
from rules.errors import RuleViolation

REACH_M = 250.0  # as in the mosaic: farther away a camera shows nothing of it
NEAREST = 2
LOOK_FOR = timedelta(days=1)  # ours: how long a second person's word lasts
LOOK_IS_ONE = timedelta(minutes=10)  # pictures of one camera are one line of the register
MOST_A_DAY = 500  # strips of one community: a flood of alarms must not fill the disk


class PicturesSealed(RuleViolation):
    """A second person has not agreed to this viewer's asking, or the word has run out; ask."""

    code = "kept_pictures_sealed"


class NoCaseYet(RuleViolation):
    """The alarm has no case a picture could join; make one of it first."""

    code = "kept_pictures_no_case"


class Stood(NamedTuple):
    """Where a camera stands; None where that is unknown."""

    camera_id: str
    lon: float | None
    lat: float | None


def near(
    device_id: str, lon: float | None, lat: float | None, cameras: Iterable[Stood]
) -> list[str]:
    """Return the cameras an alarm is for: the one that raised it, then the nearest in reach.

    Args:
        device_id: What raised the alarm.
        lon: Where that is, degrees WGS-84; None where it is unknown.
        lat: Likewise.
        cameras: Of the same community.
    """
    own: list[str] = []
    found: list[tuple[float, str]] = []
    for camera in cameras:
        if camera.camera_id == device_id:
            own.append(device_id)
            continue
        if lon is None or lat is None or camera.lon is None or camera.lat is None:
            continue
        away_m = distance_m(lon, lat, camera.lon, camera.lat)
        if away_m <= REACH_M:
            found.append((away_m, camera.camera_id))
    return own + [camera_id for _, camera_id in sorted(found)[:NEAREST]]


def before_alarm(taken_ms: Sequence[int], raised_at: datetime, seconds: int) -> list[int]:
    """Return which pictures are of the seconds before an alarm, as indexes in their order.

    Nothing after it is kept: what happens then, an officer watches.
    """
    last_ms = round(raised_at.timestamp() * 1_000)
    first_ms = last_ms - seconds * 1_000
    return [index for index, at_ms in enumerate(taken_ms) if first_ms <= at_ms <= last_ms]


def open_until(state: str, decided_at: datetime | None) -> datetime | None:
    """Return until when the pictures may be looked at; None where nobody agreed."""
    return decided_at + LOOK_FOR if state == "confirmed" and decided_at is not None else None
