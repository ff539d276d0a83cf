"""Settings of the source `files`, section `[sources.files]`."""

from __future__ import annotations

from pydantic import Field

from ingest.base import SourceConfig
from ingest.files.limits import Limits


class FilesConfig(SourceConfig):
    """A drop folder has no rhythm of its own unless the deployer states one."""

    stale_after_s: float | None = Field(
        default=None,
        gt=0,
        description="Age of the last row from a dropped file, seconds, from which the source "
        "counts as stale; none (default) where nobody drops files at regular times.",
    )
    quiet_s: float = Field(
        default=3.0,
        ge=0,
        le=3600,
        description="Seconds a file's size and time must stay the same before it is read.",
    )
    scan_every_s: float = Field(
        default=2.0,
        gt=0,
        le=3600,
        description="Longest pause between two looks at the folder, seconds; changes are noticed "
        "at once where the system reports them.",
    )
    limits: Limits = Field(default=Limits(), description="How much of a file is read at most.")
