"""Settings of the source `http`, section `[sources.http]`."""

from __future__ import annotations

from pydantic import Field

from ingest.base import SourceConfig


class HttpConfig(SourceConfig):
    """A passive source has no rhythm of its own unless the deployer states one."""

    stale_after_s: float | None = Field(
        default=None,
        gt=0,
        description="Age of the last posted row, seconds, from which the source counts as stale; "
        "none (default) where nobody posts at regular times.",
    )
    max_rows: int = Field(
        default=10_000, ge=1, le=10_000, description="Most rows in one posted batch."
    )
