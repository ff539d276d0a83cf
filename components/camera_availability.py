"""How cameras are and how available they were, in words: shares with the hours they are over."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from dash import html

from components.case_history import local_time
from components.wording import named, text
from rules.camera_availability import FAULTS, WORKING, Availability


class Condition(Protocol):
    """How a camera is now, as cameras/model.Condition."""

    @property
    def state(self) -> str: ...
    @property
    def since_ms(self) -> int: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True)
class CameraStates:
    """What is known of the cameras of a community beside their records, by device id.

    Attributes:
        now: How they are; None where no cameras are read here.
        today: How available they were since midnight; who is missing was not looked at.
        week: Today and the six days before.
        gaps: What each lacks, codes of GAPS.
        zone: Zone in which times are shown.
    """

    now: Mapping[str, Condition] | None
    today: Mapping[str, Availability]
    week: Mapping[str, Availability]
    gaps: Mapping[str, frozenset[str]]
    zone: ZoneInfo

    def state(self, device_id: str) -> str:
        """The state of one camera; unknown where nobody can tell."""
        found = (self.now or {}).get(device_id)
        return found.state if found is not None else "unknown"

    def counted(self, rows: Sequence[Mapping[str, Any]]) -> str:
        """How many work, are out of order, or are of unknown state; a sentence."""
        if self.now is None:
            return text("error.camera_hub_missing")
        states = [self.state(row["device_id"]) for row in rows]
        working = sum(state in WORKING for state in states)
        faulty = sum(state in FAULTS for state in states)
        unknown = len(states) - working - faulty
        return text("cameras.now_counted", working=working, faulty=faulty, unknown=unknown)


def state_words(states: CameraStates, device_id: str) -> list[Any]:
    """The state of a camera; of one out of order the reason and since when."""
    found = (states.now or {}).get(device_id)
    if found is None or found.state not in FAULTS:
        return [named("picture_state", found.state if found is not None else "unknown")]
    since = local_time(datetime.fromtimestamp(found.since_ms / 1_000, UTC), states.zone)
    words = [named("camera_reason", found.reason)] if found.reason else []
    more = " · ".join([*words, text("cameras.since", at=since)])
    return [named("picture_state", found.state), html.Span(more, className="message")]


def rate_percent(rate: float) -> str:
    """A share of 0 to 1 as a percentage, rounded down: who failed for a minute is not at 100."""
    return f"{math.floor(rate * 1_000) / 10:.1f} %"


def hours_words(seconds: float) -> str:
    """A length of time in hours, e.g. `5.2 h`; less than one in whole minutes."""
    if seconds < 3_600:
        return text("time.minutes", minutes=int(seconds // 60))
    return text("cameras.hours", n=f"{seconds / 3_600:,.1f}")


def rate_words(seen: Availability | None) -> tuple[str, str]:
    """The share and what it is over; a dash and that nobody looked where there is none."""
    rate = seen.rate if seen is not None else None
    if seen is None or rate is None:
        return "—", text("cameras.not_seen")
    return rate_percent(rate), f"n={hours_words(seen.observed_s)}"
