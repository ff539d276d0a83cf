"""Decides how a camera is from what is known of it; pure, so that no clock has to be waited for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cameras.model import Condition, State, Wish
from cameras.timing import Timing

# What a look at the pictures may find; "" for nothing.
Finding = Literal["", "frozen", "suspected", "black", "covered", "moved"]
FINDINGS: frozenset[str] = frozenset({"", "frozen", "suspected", "black", "covered", "moved"})
# States with a picture in time, whatever is to be seen on it.
IN_TIME: frozenset[State] = frozenset({"live", "late", "suspected", "black", "covered", "moved"})
_LATE_FRAMES = 3.0
_LATE_MS = 1_000
_STALLED_FRAMES = 2.5
# Cameras send a whole picture every one to four seconds; more often is not asked of them.
_KEYFRAME_MS = 4_000.0


@dataclass(slots=True)
class Facts:
    """What is known of one camera. Times are Unix milliseconds; None for never.

    Attributes:
        since_ms: Since when it is watched, or registered where nobody watches.
        watched: Whether somebody watches, or did a moment ago.
        frame_ms: When its newest frame came.
        live_ms: Since when frames come without a gap.
        interval_ms: Mean time between its frames.
        trouble: Why its source failed last; empty after the next frame.
        refused: Whether that failure was a refusal.
        trouble_ms: When it failed.
        recovering_ms: Since when its worker process is gone.
        finding: What the last look at its pictures found.
        finding_ms: Since when.
        looked: How it was when it was last looked at without anybody watching.
    """

    since_ms: int
    watched: bool = False
    frame_ms: int | None = None
    live_ms: int | None = None
    interval_ms: float = 0.0
    trouble: str = ""
    refused: bool = False
    trouble_ms: int | None = None
    recovering_ms: int | None = None
    finding: Finding = ""
    finding_ms: int = 0
    looked: Condition | None = None


def stalled_after_ms(wish: Wish, timing: Timing) -> float:
    """Return the age from which a frame is too old for what is wanted, milliseconds."""
    expected_ms = 1_000 / wish.fps
    if wish.keyframes:
        expected_ms = max(expected_ms, _KEYFRAME_MS)
    return max(timing.stalled_s * 1_000, _STALLED_FRAMES * expected_ms)


def condition_of(facts: Facts, wish: Wish, now_ms: int, timing: Timing) -> Condition:
    """Return how a camera is now.

    Args:
        facts: What is known of it.
        wish: What its viewers want, or wanted last.
        now_ms: Unix milliseconds.
        timing: Only `stalled_s` counts.
    """
    if not facts.watched:
        return facts.looked or Condition("unknown", facts.since_ms)
    if facts.recovering_ms is not None:
        return Condition("recovering", facts.recovering_ms, facts.frame_ms, "worker")
    if facts.trouble_ms is not None and facts.refused:
        return Condition("refused", facts.trouble_ms, facts.frame_ms, facts.trouble)
    if facts.frame_ms is None:
        return _before_the_first(facts, now_ms, timing)
    age_ms, stalled_ms = now_ms - facts.frame_ms, stalled_after_ms(wish, timing)
    if age_ms >= stalled_ms:
        since_ms = facts.frame_ms + int(stalled_ms)
        return Condition("stalled", since_ms, facts.frame_ms, facts.trouble or "no_frame")
    if facts.finding:
        return Condition(facts.finding, facts.finding_ms, facts.frame_ms)
    late_ms = max(_LATE_MS, _LATE_FRAMES * facts.interval_ms)
    if age_ms > late_ms:
        return Condition("late", facts.frame_ms + int(late_ms), facts.frame_ms)
    return Condition("live", facts.live_ms or facts.frame_ms, facts.frame_ms)


def _before_the_first(facts: Facts, now_ms: int, timing: Timing) -> Condition:
    patience_ms = int(timing.stalled_s * 1_000)
    if now_ms - facts.since_ms < patience_ms:
        return Condition("starting", facts.since_ms)
    return Condition("stalled", facts.since_ms + patience_ms, None, facts.trouble or "no_frame")
