"""What a roster sheet hands over: a row says who keeps which shift of which team."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from rules.record_fields import OptionalWord, SourceKey, SourceRecord, Word, one_of
from rules.roster import MAX_CYCLE_DAYS, ShiftInvalid
from rules.roster_fields import weekdays_of
from rules.vocabulary import ORGANISATION_KINDS, TEAM_KINDS

DAY_KINDS = ("everyday", "workday", "restday")
_CLOCK = re.compile(r"^(\d{1,2})[:：](\d{2})(?::00)?$")
_DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?$")


def _clock(value: object) -> object:
    """Read 08:00, 8:00 or 24:00, as sheets write it."""
    match = _CLOCK.match(str(value).strip())
    hour, minute = (int(part) for part in match.groups()) if match else (99, 99)
    if hour == 24 and minute == 0:
        hour = 0
    if hour > 23 or minute > 59:
        raise ValueError("is no time of day like 08:00")
    return f"{hour:02d}:{minute:02d}"


def _date(value: object) -> object:
    """Read 2026-11-22, 2026/11/22 or 2026年11月22日."""
    match = _DATE.match(str(value).strip()) if isinstance(value, str) else None
    if match is None:
        return value
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        raise ValueError("is no date") from None


def _weekdays(value: object) -> object:
    try:
        return weekdays_of(str(value))
    except ShiftInvalid:
        raise ValueError("names no weekdays like 1-5 or 周一至周五") from None


Clock = Annotated[str, BeforeValidator(_clock)]
Day = Annotated[date, BeforeValidator(_date)]
Weekdays = Annotated[str, BeforeValidator(_weekdays)]


class RosterRecord(SourceRecord):
    """That a worker keeps a shift of a team; `worker`: our id, the source's or the callsign."""

    team: Word
    team_kind: Annotated[str, one_of(*TEAM_KINDS)]
    organisation: OptionalWord = None
    organisation_kind: Annotated[str, one_of(*ORGANISATION_KINDS)] = "property_company"
    worker: SourceKey
    starts: Clock
    ends: Clock
    first_on: Day
    last_on: Day | None = None
    weekdays: Weekdays = "1234567"
    days: Annotated[str, one_of(*DAY_KINDS)] = "everyday"
    every_days: Annotated[int, Field(ge=1, le=MAX_CYCLE_DAYS)] = 1

    @model_validator(mode="after")
    def _in_order(self) -> RosterRecord:
        if self.last_on is not None and self.last_on < self.first_on:
            raise ValueError("the last day lies before the first")
        return self
