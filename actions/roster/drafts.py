"""What somebody wants the roster to say, as read from a form, before it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """A team.

    Attributes:
        kind: A code of TEAM_KINDS.
        organisation_id: Organisation it belongs to, or empty.
        worker_ids: Everybody who belongs to it from now on.
        team_id: Which one to change, empty for a new one.
        version: Event it was read at.
    """

    kind: str
    name_zh: str
    name_en: str = ""
    organisation_id: str = ""
    worker_ids: tuple[str, ...] = ()
    team_id: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class ShiftDraft:
    """A duty that comes again, and who keeps it.

    Attributes:
        starts: Local time of day, HH:MM.
        ends: Local time of day; at or before `starts` it is the next day's.
        weekdays: Digits, Monday = 1.
        days: everyday, workday or restday.
        every_days: 1 for each such day; 3 for one day on and two off.
        worker_ids: Everybody who keeps it from `first_on` on.
        shift_id: Which one to change, empty for a new one.
        version: Event it was read at.
    """

    team_id: str
    starts: str
    ends: str
    first_on: date
    last_on: date | None = None
    weekdays: str = "1234567"
    days: str = "everyday"
    every_days: int = 1
    worker_ids: tuple[str, ...] = ()
    shift_id: str = ""
    version: str = ""

    def facts(self) -> dict[str, Any]:
        """Return the columns of shift_event this speaks of."""
        return {
            "team_id": self.team_id,
            "starts": self.starts,
            "ends": self.ends,
            "first_on": self.first_on,
            "last_on": self.last_on,
            "weekdays": self.weekdays,
            "days": self.days,
            "every_days": self.every_days,
        }


@dataclass(frozen=True, slots=True)
class AbsenceDraft:
    """When somebody is away, and who stands in; never why."""

    worker_id: str
    start_at: datetime
    end_at: datetime
    stand_in_id: str | None = None

    def facts(self) -> dict[str, Any]:
        """Return the columns of absence_event this speaks of."""
        return {
            "worker_id": self.worker_id,
            "start_at": self.start_at,
            "end_at": self.end_at,
            "stand_in_id": self.stand_in_id,
        }
