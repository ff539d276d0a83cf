"""Settings of the source `simulator`, section `[sources.simulator]` of yiping.toml."""

from __future__ import annotations

from pydantic import Field

from ingest.base import SourceConfig


class SimulatorConfig(SourceConfig):
    """How lively the demo communities are; nothing here reaches a real community."""

    stale_after_s: float | None = Field(
        default=30.0,
        gt=0,
        description="Age of the last simulated row, seconds, from which the source is stale.",
    )
    seed: int = Field(
        default=7,
        ge=0,
        description="Decides everything left to chance; use the seed the demo was loaded with.",
    )
    speed: float = Field(
        default=1.0,
        gt=0,
        le=1_000,
        description="How many times faster than life cases, devices and notices move; "
        "people always walk at their own pace.",
    )
    paused: bool = Field(
        default=False, description="Start without moving anything until it is resumed."
    )
    positions_every_s: float = Field(
        default=1.0,
        ge=0.2,
        le=60,
        description="Time between two positions of each worker, seconds.",
    )
    open_cases: int = Field(
        default=40,
        ge=1,
        le=500,
        description="How many unfinished cases the demo keeps about; a count.",
    )
