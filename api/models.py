"""The bodies of /api/v1 as models, for checking and for the OpenAPI document."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class ErrorDetail(BaseModel):
    """What is wrong."""

    code: str = Field(description="Stable snake_case code.")
    message: str = Field(description="Plain English, for a developer's log.")
    field: str | None = Field(default=None, description="Parameter or field at fault.")


class ErrorBody(BaseModel):
    """Every error under /api has this shape."""

    error: ErrorDetail


class CaseIn(BaseModel):
    """One row of a posted batch."""

    model_config = ConfigDict(extra="forbid")

    source_id: str = Field(max_length=200, description="Your own id; known again when resent.")
    category: str = Field(max_length=120, description="Our category code, or your own word.")
    title: str = Field(max_length=4000)
    description: str | None = Field(default=None, max_length=4000)
    lon: float | None = Field(default=None, ge=-180, le=180, description="In `crs`.")
    lat: float | None = Field(default=None, ge=-90, le=90, description="In `crs`.")
    crs: Literal["WGS84", "GCJ02", "BD09"] = "WGS84"
    address: str | None = Field(default=None, max_length=4000, description="Never on the wall.")
    place_id: str | None = Field(default=None, description="Our id of a registered place.")
    reported_at: datetime = Field(description="ISO 8601 with offset.")
    deadline_at: datetime | None = Field(
        default=None, description="Left out: the category's own limit applies."
    )
    channel: str | None = Field(default=None, max_length=120)
    version: int | None = Field(
        default=None, ge=0, description="Yours, rising; the same or a lower one changes nothing."
    )


class RowErrorOut(BaseModel):
    """Why one row was not taken."""

    code: str
    field: str | None
    message: str


class CaseResult(BaseModel):
    """What became of one row, in the order of the batch."""

    source_id: str
    case_id: str | None
    result: Literal["new", "unchanged", "changed", "rejected"]
    error: RowErrorOut | None = None


class CaseEvent(BaseModel):
    """One thing that happened to a case; each carries the facts after it."""

    event_id: str
    event_kind: str
    happened_at: datetime
    recorded_at: datetime
    actor: str
    status: str
    category: str
    urgency: str
    deadline_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    action: str | None = Field(description="The move a person made; null where nobody did.")


class CaseOut(BaseModel):
    """A case; title, description and address only for roles that may read them."""

    case_id: str
    community: str
    status: str
    category: str
    urgency: str
    channel: str | None
    place_id: str | None
    area_id: str | None
    locality: str | None
    lon: float | None = Field(description="Degrees east, WGS-84.")
    lat: float | None = Field(description="Degrees north, WGS-84.")
    accuracy_m: float | None
    location_flag: str | None
    reported_at: datetime
    deadline_at: datetime | None
    limit_value: float | None
    limit_kind: str | None
    closed_at: datetime | None
    outcome: str | None
    updated_at: datetime
    source: str
    source_id: str
    version: int | None
    event_id: str = Field(description="Id of the last event: `seen_version` of the next move.")
    step_deadline_at: datetime | None = Field(description="When the present step is due.")
    merged_into: str | None = Field(description="The case that is followed instead.")
    title: str | None = None
    description: str | None = None
    address: str | None = None


class CaseWithEvents(CaseOut):
    """A case with everything that happened to it, oldest first."""

    events: list[CaseEvent]


class CasePage(BaseModel):
    """One page of cases, least recently changed first."""

    cases: list[CaseOut]
    next: str | None = Field(description="Pass as `after` for the next page; null on the last.")


class StoreHealthOut(BaseModel):
    """The store and its one writer; durations in milliseconds over the last 20,000 commits."""

    readable: bool
    writing: bool
    queue_depth: int
    commits: int
    last_commit_at: datetime | None
    last_checkpoint_at: datetime | None
    commit_p50_ms: float | None
    commit_p999_ms: float | None
    commit_max_ms: float | None


class SourceHealthOut(BaseModel):
    """One ingest source for one community."""

    source: str
    community: str | None
    state: str
    good_at: datetime | None = Field(description="When its last good row was recorded.")
    age_s: float | None
    accepted: int
    quarantined: int
    error: str | None
    stale: bool


class FeedHealthOut(BaseModel):
    """The push feed; `failing` names views that could not be computed."""

    epoch: str
    seq: int
    viewers: int
    failing: list[str]


class HealthOut(BaseModel):
    """The state of this process."""

    status: Literal["ok", "degraded", "down"]
    now: datetime
    store: StoreHealthOut
    sources: list[SourceHealthOut]
    feed: FeedHealthOut
    warnings: list[str] = Field(
        description="Codes of what somebody has to see to: disks, clock, certificate, backups."
    )
