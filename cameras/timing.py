"""How long the cameras wait for what; tests give shorter times."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from cameras.model import STALLED_MS


@dataclass(frozen=True, slots=True)
class Timing:
    """Times of sources, worker processes and hub, in seconds.

    Attributes:
        stalled_s: Age of the newest frame from which a camera counts as stalled.
        restart_s: Age from which its source is started anew; a source that trickles is refused.
        connect_s: For a connection and the head of its answer.
        ladder_s: Waits before the first, second, ... new start; the last one stays.
        linger_s: How long a source goes on after its last viewer left.
        start_s: In which a new worker process has to say that it lives.
        beat_s: How often a worker process says that it lives.
        hang_s: Silence after which it is ended and replaced.
        revive_s: Wait before the first replacement; doubled each time, to revive_most_s.
        revive_most_s: Longest wait before a replacement.
        probe_s: In which every registered camera is looked at once; 0 for never.
        probe_most_s: What one look may take.
        health_s: Between two looks at the pictures of one watched camera.
        frozen_s: How long the same bytes must come before they count as frozen.
        moved_s: How long a scene must differ before it counts as covered or moved.
    """

    stalled_s: float = STALLED_MS / 1_000
    restart_s: float = 10.0
    connect_s: float = 8.0
    ladder_s: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0, 20.0, 40.0, 60.0)
    linger_s: float = 5.0
    start_s: float = 30.0
    beat_s: float = 1.0
    hang_s: float = 10.0
    revive_s: float = 0.2
    revive_most_s: float = 15.0
    probe_s: float = 60.0
    probe_most_s: float = 8.0
    health_s: float = 1.0
    frozen_s: float = 5.0
    moved_s: float = 20.0

    def as_message(self) -> dict[str, Any]:
        """Return it as JSON can carry it."""
        return asdict(self)


def timing_of(message: dict[str, Any]) -> Timing:
    """Return what `as_message` made."""
    known = {each.name for each in fields(Timing)}
    values = {name: value for name, value in message.items() if name in known}
    return Timing(**{**values, "ladder_s": tuple(values["ladder_s"])})
