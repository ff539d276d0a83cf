"""The key figures at the top of the wall, and the basics of the community beside them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from data.rosters import duty_counts
from data.views.lights import yellow_from
from data.views.view import Question, Row, View, iso

# Source: REFERENCE §8, positions older than 30 minutes are not used.
POSITION_FRESH = timedelta(minutes=30)


def profile(question: Question) -> Row | None:
    """Return the basics of the community, or None where it is not registered."""
    rows = question.store.rows("view/profile", community_id=question.community_id)
    return rows[0] if rows else None


def figures(question: Question) -> dict[str, Any]:
    """Return the key figures; the on-time rate is null, never 0 or 1, where nothing was due."""
    store, community_id = question.store, question.community_id
    (cases,) = store.rows(
        "view/figure_case",
        community_id=community_id,
        now=question.now,
        day_start_at=question.local_midnight(),
        week_start_at=question.week_start(),
    )
    (workers,) = store.rows(
        "view/figure_worker",
        community_id=community_id,
        fresh_from=question.now - POSITION_FRESH,
    )
    (devices,) = store.rows("view/figure_device", community_id=community_id)
    on_time, late = cases.pop("on_time"), cases.pop("late")
    n = on_time + late + cases["overdue"]
    return {
        **cases,
        "due_soon": due_soon(question),
        "on_time": {
            "rate": on_time / n if n else None,
            "n": n,
            "late": late,
            "overdue": cases["overdue"],
        },
        **workers,
        "duty": duty_counts(store, community_id, question.timezone, question.now),
        **devices,
    }


def due_soon(question: Question) -> int:
    """Return how many unfinished cases have used 80 % of their limit and are not overdue."""
    clocks = question.store.rows("view/due", community_id=question.community_id, now=question.now)
    now = iso(question.now) or ""
    # All moments are ISO 8601 in UTC to the second, so their text sorts as they do.
    return sum((yellow_from(question.timezone, **clock) or now) <= now for clock in clocks)


PROFILE = View("profile", profile, frozenset({"community", "area", "place"}), pause_s=1.0)
FIGURES = View(
    "figures",
    figures,
    frozenset({"case", "worker", "worker_position", "device", "assignment", "absence"}),
    every_s=10.0,
)
