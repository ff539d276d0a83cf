"""What a pushed view is: a name, what makes it change, and how it is computed from the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from data.store import Store

Row = dict[str, Any]


class SourceReport(Protocol):
    """What the views need to know of a source; the runner's health has this shape."""

    @property
    def source(self) -> str:
        """Name of the source."""

    @property
    def community_id(self) -> str | None:
        """Community it fills; None while it has had no row."""

    @property
    def state(self) -> str:
        """running, waiting, backoff, failed, paused or stopped."""

    @property
    def good_at(self) -> datetime | None:
        """When its last good row was recorded, UTC."""

    @property
    def accepted(self) -> int:
        """Rows taken since the first start."""

    @property
    def quarantined(self) -> int:
        """Rows refused since the first start."""

    @property
    def error(self) -> str | None:
        """Code of the last failure."""

    @property
    def stale_after_s(self) -> float | None:
        """Age of the last good row from which it counts as stale, seconds."""


SourceReports = Callable[[], Sequence[SourceReport]]


@dataclass(frozen=True, slots=True)
class Question:
    """What a view is asked: of which community, as of when.

    Attributes:
        timezone: IANA zone in which its days and weeks are counted.
        now: The time of the question, aware UTC.
        sources: Health of the ingest sources at this moment.
        version: Tells by a rising number whether any of some nouns changed there.
    """

    store: Store
    community_id: str
    timezone: str
    now: datetime
    sources: SourceReports
    version: Callable[[Sequence[str]], int]

    def local_midnight(self, days_ago: int = 0) -> datetime:
        """Return the start of a local day, in UTC."""
        local_date = self.now.astimezone(ZoneInfo(self.timezone)).date()
        midnight = datetime.combine(
            local_date - timedelta(days=days_ago), time.min, ZoneInfo(self.timezone)
        )
        return midnight.astimezone(UTC)

    def week_start(self) -> datetime:
        """Return the start of the local ISO week (Monday, midnight), in UTC."""
        return self.local_midnight(self.now.astimezone(ZoneInfo(self.timezone)).weekday())


@dataclass(frozen=True, slots=True)
class View:
    """One pushed view.

    Attributes:
        name: Name on the wire.
        compute: Answers a question; runs on a worker thread. A keyed view returns rows with
            `id`, any other view a JSON-ready value.
        nouns: What must be touched by a commit for the view to be computed again.
        keyed: True where only changed rows are sent.
        every_s: Also computed this often, because the clock alone changes it; None for never.
        on_connect: False where clients fetch it themselves and only follow the changes.
        pause_s: Least time between two computations.
    """

    name: str
    compute: Callable[[Question], Any]
    nouns: frozenset[str]
    keyed: bool = False
    every_s: float | None = None
    on_connect: bool = True
    pause_s: float = 0.1


def iso(moment: datetime | None) -> str | None:
    """Return a moment as ISO 8601 in UTC to the second, as all views write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
