"""Counts what one source did for each community, from any thread, and says so as its health."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.base import SourceConfig, SourceHealth, SourceState


@dataclass(slots=True)
class _Count:
    accepted: int = 0
    quarantined: int = 0
    good_at: datetime | None = None
    unsaved: bool = False


class Tally:
    """The counters of one source.

    Args:
        source: Its name.
        saved: Rows of `view/source` of this source: where the counters stood.
    """

    def __init__(self, source: str, saved: Iterable[Mapping[str, Any]] = ()) -> None:
        self.source = source
        self.state: SourceState = "stopped"
        self.error: str | None = None
        self.stale_after_s: float | None = SourceConfig().stale_after_s
        self._lock = threading.Lock()
        self._counts = {
            row["community_id"]: _Count(row["accepted"], row["quarantined"], row["good_at"])
            for row in saved
        }

    def add(
        self, community_id: str, *, accepted: int = 0, quarantined: int = 0, now: datetime
    ) -> None:
        """Count rows; accepted ones make the source well."""
        with self._lock:
            count = self._counts.setdefault(community_id, _Count())
            count.accepted += accepted
            count.quarantined += quarantined
            count.unsaved = True
            if accepted:
                count.good_at = now
                self.state, self.error = "running", None

    def turn(self, state: SourceState, error: str | None = None) -> None:
        """Change the state; a new error is remembered for the next save."""
        with self._lock:
            if error != self.error:
                for count in self._counts.values():
                    count.unsaved = True
            self.state, self.error = state, error

    def rest(self) -> None:
        """Turn to waiting unless the source is not working at all."""
        with self._lock:
            if self.state in ("running", "waiting"):
                self.state, self.error = "waiting", None

    def health(self, now: datetime) -> list[SourceHealth]:
        """Return one line per community, or one without a community where there is none yet."""
        with self._lock:
            lines: list[tuple[str | None, _Count]] = list(self._counts.items())
            return [
                SourceHealth(
                    source=self.source,
                    community_id=community_id,
                    state=self.state,
                    good_at=count.good_at,
                    age_s=(now - count.good_at).total_seconds() if count.good_at else None,
                    accepted=count.accepted,
                    quarantined=count.quarantined,
                    error=self.error,
                    stale_after_s=self.stale_after_s,
                )
                for community_id, count in lines or [(None, _Count())]
            ]

    def take_unsaved(self, event_kind: str, now: datetime) -> list[dict[str, Any]]:
        """Return rows for `source_event` of what changed since the last call."""
        with self._lock:
            events = []
            for community_id, count in self._counts.items():
                if not count.unsaved:
                    continue
                count.unsaved = False
                events.append(
                    {
                        "event_kind": "failed" if self.error else event_kind,
                        "happened_at": now,
                        "actor": f"source:{self.source}",
                        "source": self.source,
                        "community_id": community_id,
                        "accepted": count.accepted,
                        "quarantined": count.quarantined,
                        "good_at": count.good_at,
                        "error": self.error,
                    }
                )
            return events

    def keep_unsaved(self) -> None:
        """Put back what could not be saved, so that the next save writes it."""
        with self._lock:
            for count in self._counts.values():
                count.unsaved = True
