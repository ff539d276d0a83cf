"""How the feed says it does: every view with its age, its cost and its last failure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.channel import ViewState


@dataclass(frozen=True, slots=True)
class ViewHealth:
    """How one view of one community does."""

    community_id: str
    view: str
    seq: int
    computed_at: datetime | None
    took_ms: float | None
    error: str | None


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """How the feed does at one moment."""

    epoch: str
    seq: int
    viewers: int
    views: list[ViewHealth]


def view_health(community_id: str, state: ViewState) -> ViewHealth:
    """Return the health of one view of one community."""
    return ViewHealth(
        community_id=community_id,
        view=state.view.name,
        seq=state.seq,
        computed_at=state.computed_at,
        took_ms=state.took_ms,
        error=state.error,
    )
