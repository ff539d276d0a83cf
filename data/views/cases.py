"""The view of unfinished cases, the wall's ticker.

DOMAIN R1: no title, description or address is in it; a place ends at the building.
"""

from __future__ import annotations

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


TICKER = View("ticker", ticker, frozenset({"case", "place", "area"}), keyed=True)
