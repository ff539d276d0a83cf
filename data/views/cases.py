"""The views of cases: the ticker of unfinished ones and the summary behind the small charts.

DOMAIN R1: neither carries a title, a description or an address; a place ends at the building.
"""

from __future__ import annotations

from typing import Any

from data.views.lights import yellow_from
from data.views.view import Question, Row, View


def ticker(question: Question) -> list[Row]:
    """Return every unfinished case, next due first, with the moment its light turns yellow."""
    rows = question.store.rows("view/ticker", community_id=question.community_id)
    for row in rows:
        row["yellow_at"] = yellow_from(
            question.timezone, row["reported_at"], row["deadline_at"], row["limit_kind"]
        )
    return rows


def summary(question: Question) -> dict[str, Any]:
    """Return counts by status, category, zone and day, and the last eight events."""
    store, community_id, now = question.store, question.community_id, question.now
    week_ago = question.local_midnight(days_ago=6)
    return {
        "by_status": store.rows("view/summary_status", community_id=community_id),
        "by_category": store.rows("view/summary_category", community_id=community_id, now=now),
        "by_zone": store.rows("view/summary_zone", community_id=community_id, now=now),
        "by_day": store.rows(
            "view/summary_day",
            community_id=community_id,
            timezone=question.timezone,
            from_at=week_ago,
            now=now,
        ),
        "recent": store.rows("view/summary_recent", community_id=community_id),
    }


TICKER = View("ticker", ticker, frozenset({"case", "place", "area"}), keyed=True)
SUMMARY = View("summary", summary, frozenset({"case", "place", "area"}), every_s=30.0, pause_s=0.25)
