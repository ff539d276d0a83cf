"""Adds up how long and how often a mosaic showed a camera to a viewer, hour by hour.

A wall that rotates through 500 cameras would write thousands of lines an hour, which nobody reads;
the call register keeps one line for each viewer, camera and hour (DOMAIN R11, ADR 0029).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.cameras import hour_of

HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Glances:
    """One camera before one viewer within one hour.

    Attributes:
        hour: Its beginning, UTC.
        started_at: When the camera first came up in it.
        last_at: When it was last on the screen, as far as is known.
        seconds: How long it was on the screen, without what lasts.
        count: How often it came up.
        held: On how many screens of the viewer it is now.
        since: Since when it is on one; meaningless while held is 0.
    """

    hour: datetime
    started_at: datetime
    last_at: datetime
    seconds: float = 0.0
    count: int = 0
    held: int = 0
    since: datetime | None = None

    @classmethod
    def begun(cls, now: datetime) -> Glances:
        """Return the hour of a camera that has just come up for the first time."""
        made = cls(hour_of(now), now, now)
        made.show(now)
        return made

    def show(self, now: datetime) -> None:
        """The camera comes up on one more screen of the viewer."""
        if self.held == 0:
            self.since = now
        self.held += 1
        self.count += 1
        self.last_at = now

    def hide(self, now: datetime) -> None:
        """It leaves one of them; harmless where it is on none."""
        if self.held == 0:
            return
        self.held -= 1
        self.last_at = now
        if self.held == 0:
            self._add(now)

    def over(self, now: datetime) -> bool:
        """Tell whether its hour is past."""
        return now >= self.hour + HOUR

    def roll(self, now: datetime) -> Iterator[Glances]:
        """End this hour and yield the ones after it; the last one is the present hour's.

        Yields nothing where the camera was on no screen when the hour ended.
        """
        before = self
        while before.over(now) and before.held:
            turn = before.hour + HOUR
            after = Glances(turn, turn, turn, 0.0, 0, before.held, turn)
            after.count = 1
            before.last_at = turn
            before._add(turn)
            before.held = 0
            yield after
            before = after

    def _add(self, until: datetime) -> None:
        if self.since is not None:
            self.seconds += max((until - self.since).total_seconds(), 0.0)
