"""Decides how available a camera was: the share of the time it was looked at with a true picture.

A camera is looked at in turn, and all the time while somebody watches it. What nobody looked at
counts for nothing, neither good nor bad.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Literal, get_args
from zoneinfo import ZoneInfo

# live: a true picture, also one that comes late or is perhaps frozen. hidden: black, covered or
# blurred. The others as cameras/model.State.
Outcome = Literal["live", "stalled", "frozen", "hidden", "moved", "refused"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
# Every zone in use differs from UTC by whole quarters of an hour, summer time included.
QUARTER_S = 900
# States in which a camera is out of order; of starting, recovering and unknown nobody can tell.
FAULTS = frozenset({"stalled", "frozen", "black", "covered", "moved", "refused"})
WORKING = frozenset({"live", "late", "suspected"})
# Seconds by (camera, quarter of an hour of UTC since 1970).
Seen = Mapping[tuple[str, int], Mapping[Outcome, float]]
# What a camera may lack, as data/sql/camera/gaps.sql finds it.
GAPS = ("picture", "address", "place", "position", "fov", "legal_class", "sign")
RECENT_DAYS = 7
WRITTEN_S = 180.0  # ours: how often it is written down, and what a killed program loses at most
LEAST_S = 3_600.0  # ours: a camera seen for less is not compared with others
WORST = 10  # as the noisiest devices (REFERENCE §3)


@dataclass(frozen=True, slots=True)
class Availability:
    """How long a camera was looked at, and how it was found.

    Attributes:
        seconds: By outcome; what is left out is 0.
    """

    seconds: Mapping[Outcome, float]

    @property
    def observed_s(self) -> float:
        """Seconds it was looked at."""
        return sum(self.seconds.values())

    @property
    def rate(self) -> float | None:
        """Share of them with a true picture, 0 to 1; None where nobody looked."""
        observed_s = self.observed_s
        return self.seconds.get("live", 0.0) / observed_s if observed_s > 0 else None

    @property
    def main_fault(self) -> Outcome | None:
        """What it was most of the time without a true picture; None where it always had one."""
        faults = [code for code in OUTCOMES if code != "live" and self.seconds.get(code, 0.0) > 0]
        return max(faults, key=lambda code: self.seconds[code], default=None)


@dataclass(frozen=True, slots=True)
class SeenCamera:
    """One camera over some days.

    Attributes:
        device_id: Its id.
        name_zh: Its name, of the place; name_en: in English.
        place_zh: Where it stands, or its area; place_en: in English.
        seen: How it was found.
    """

    device_id: str
    name_zh: str | None
    name_en: str | None
    place_zh: str | None
    place_en: str | None
    seen: Availability


@dataclass(frozen=True, slots=True)
class CameraWeek:
    """The cameras of a week.

    Attributes:
        n: How many are in use, or were looked at within the week.
        compared: How many of them were looked at for `LEAST_S` at least; n of the median.
        median: Median of their rates; None where there are none.
        total: All cameras added up, those looked at for a moment included.
        worst: Those with the lowest rates below 1 among the compared, the worst first.
    """

    n: int
    compared: int
    median: float | None
    total: Availability
    worst: tuple[SeenCamera, ...]


@dataclass(frozen=True, slots=True)
class CameraLine:
    """One figure over the cameras of a week.

    Attributes:
        code: What it is; `components/wording` has its name and its definition.
        rate: Share from 0 to 1; None for a count, and for a rate over nothing.
        n: The count, or what the rate is over: cameras, or hours looked at for camera_total.
    """

    code: Literal["cameras", "camera_median", "camera_total"]
    rate: float | None
    n: float


def local_days(
    seen: Seen, zones: Mapping[str, ZoneInfo]
) -> dict[tuple[str, date], dict[Outcome, float]]:
    """Add seconds up by camera and local day.

    Args:
        seen: What was counted.
        zones: Zone of each camera; cameras without one are left out, for nobody knows their day.
    """
    found: dict[tuple[str, date], dict[Outcome, float]] = {}
    for (camera_id, quarter), seconds in seen.items():
        zone = zones.get(camera_id)
        if zone is None:
            continue
        day = datetime.fromtimestamp(quarter * QUARTER_S, zone).date()
        sums = found.setdefault((camera_id, day), dict.fromkeys(OUTCOMES, 0.0))
        for code, value in seconds.items():
            sums[code] += value
    return found


def recent_days(now: datetime, zone: ZoneInfo) -> tuple[date, date]:
    """Return the first and the last of the last seven local days, today included."""
    today = now.astimezone(zone).date()
    return today - timedelta(days=RECENT_DAYS - 1), today


def camera_week(cameras: Sequence[SeenCamera]) -> CameraWeek:
    """Return the figures over the cameras of a week."""
    rated = [
        (camera.seen.rate, camera)
        for camera in cameras
        if camera.seen.rate is not None and camera.seen.observed_s >= LEAST_S
    ]
    below = [(rate, camera) for rate, camera in rated if rate < 1]
    below.sort(key=lambda pair: (pair[0], pair[1].device_id))
    total = {code: sum(c.seen.seconds.get(code, 0.0) for c in cameras) for code in OUTCOMES}
    return CameraWeek(
        n=len(cameras),
        compared=len(rated),
        median=median(rate for rate, _ in rated) if rated else None,
        total=Availability(total),
        worst=tuple(camera for _, camera in below[:WORST]),
    )


def camera_lines(found: CameraWeek) -> tuple[CameraLine, ...]:
    """Return the figures in the order they are shown."""
    return (
        CameraLine("cameras", None, found.n),
        CameraLine("camera_median", found.median, found.compared),
        CameraLine("camera_total", found.total.rate, found.total.observed_s / 3_600),
    )
