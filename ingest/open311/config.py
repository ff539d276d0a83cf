"""Settings of the source `open311`, section `[sources.open311]`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from ingest.base import SourceConfig


class Open311Config(SourceConfig):
    """One other server; where it is and how often it is asked."""

    stale_after_s: float | None = Field(
        default=3600.0,
        gt=0,
        description="Age of the last good row, seconds, from which the source counts as stale; "
        "none where days without a report are usual.",
    )
    endpoint: str = Field(
        description="Address of the server as its discovery document names it, without a trailing "
        "slash, e.g. https://311.example/open311/v2. A private one needs `outgoing_networks`."
    )
    community: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$", description="Community its requests belong to."
    )
    jurisdiction: str | None = Field(
        default=None, description="`jurisdiction_id`, where the server has several."
    )
    key_file: Path | None = Field(
        default=None,
        description="File that holds the `api_key` alone, mode 600, where reading needs one.",
    )
    format: Literal["json", "xml"] = Field(default="json", description="What the server speaks.")
    poll_s: float = Field(default=300.0, ge=10, le=86_400, description="Seconds between rounds.")
    backfill_days: int = Field(
        default=90, ge=1, le=3650, description="How far back the first round goes, days."
    )
    lookback_days: float = Field(
        default=3.0,
        ge=0,
        le=90,
        description="How many days before the newest known request each round begins again, to see "
        "changes; older ones are asked after by id while they are open.",
    )
    window_days: float = Field(
        default=7.0, gt=0, le=90, description="Longest window of one question, days."
    )
    page_rows: int = Field(
        default=1000,
        ge=2,
        le=100_000,
        description="Requests the server answers at most; a window that reaches it is halved.",
    )
    timeout_s: float = Field(
        default=30.0, gt=0, le=300, description="Seconds for one whole answer."
    )
    most_mb: int = Field(default=8, ge=1, le=64, description="Largest answer read, megabytes.")
    categories: dict[str, str] = Field(
        default_factory=dict,
        description="Their service_code → our category; a code not named keeps the service's name.",
    )

    @field_validator("endpoint")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")) or "?" in value or "#" in value:
            raise ValueError("must be an http or https address without a query")
        return value.rstrip("/")
