"""The shapes of alarms on the wire: signals in, alarms out, deeds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.models import ErrorBody, RowErrorOut
from rules.alarm_kinds import SIGNAL_KINDS
from rules.record_fields import Instant, one_of
from rules.vocabulary import URGENCIES

Kind = Annotated[str, one_of(*SIGNAL_KINDS)]


class SignalIn(BaseModel):
    """One signal of a device."""

    model_config = ConfigDict(extra="forbid")

    device: str = Field(
        min_length=1,
        max_length=120,
        description="Our id of a registered device, its source's id, or your own name for one "
        "that is not registered.",
    )
    kind: Kind = Field(description=f"One of {', '.join(SIGNAL_KINDS)}.")
    at: Instant = Field(description="When, ISO 8601 with offset. Sent again, it counts once.")
    state: Literal["active", "normal"] = Field(
        default="active", description="normal: the device says that it is over."
    )
    urgency: Annotated[str, one_of(*URGENCIES)] | None = Field(
        default=None, description="Left out: that of the kind."
    )
    place: str | None = Field(
        default=None, max_length=200, description="Where, if not at the device's own place."
    )


class SignalOut(BaseModel):
    """What became of one signal, in the order of the batch."""

    device: str | None
    alarm_id: str | None
    result: Literal["new", "repeated", "unchanged", "cleared", "rejected"]
    error: RowErrorOut | None = None


class AlarmOut(BaseModel):
    """An alarm as it stands; `version` is the `seen_version` of the next deed."""

    alarm_id: str
    community: str
    kind: str
    urgency: str
    state: str = Field(description="A code of ALARM_STATES: acknowledged x cleared.")
    latching: bool = Field(description="Only a person can clear it.")
    sounds: bool = Field(description="Nobody has taken it and it is not silenced.")
    device_id: str
    device_known: bool = Field(description="False: the device is not registered here.")
    place_id: str | None
    area_id: str | None
    first_at: datetime
    last_at: datetime
    signals: int
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    cleared_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    verdict: str | None
    case_id: str | None
    source: str
    version: str


class AlarmPage(BaseModel):
    """One page of alarms, the newest first."""

    alarms: list[AlarmOut]
    next: str | None = Field(description="Pass as `before` for the next page; null on the last.")


class AlarmMoveIn(BaseModel):
    """One deed, and what was given for it."""

    model_config = ConfigDict(extra="forbid")

    action: str = Field(
        max_length=20, description="acknowledge, reset, close, shelve, unshelve or to_case."
    )
    seen_version: str = Field(
        min_length=1, max_length=64, description="`version` of the alarm as you last read it."
    )
    verdict: str | None = Field(default=None, max_length=20, description="real, false or test.")
    reason: str | None = Field(default=None, max_length=400, description="Why it is silenced.")
    minutes: int | None = Field(default=None, ge=1, le=480, description="How long it is silenced.")
    category: str | None = Field(default=None, max_length=40, description="Of the case.")


class AlarmConflict(ErrorBody):
    """Why a deed does not fit, with the alarm as it stands."""

    alarm: AlarmOut
