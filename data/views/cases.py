"""The view of unfinished cases, the wall's ticker.

DOMAIN R1: no title, description or address is in it; a place ends at the building.
"""

from __future__ import annotations

from functools import lru_cache

from data.store import Store
from data.views.lights import yellow_from
from data.views.view import Question, Row, View

Names = dict[str, tuple[str, str | None]]
NAMED = ("place", "area")


def ticker(question: Question) -> list[Row]:
    """Return every unfinished case, next due first, with the moment its light turns yellow.

    `place_zh` and `place_en` name the place, else the locality, else the grid.
    """
    names = _names(question.store, question.community_id, question.version(NAMED))
    rows = question.store.rows("view/ticker", community_id=question.community_id)
    for row in rows:
        row["place_zh"], row["place_en"] = _place(row, names)
        row["yellow_at"] = yellow_from(
            question.timezone, row["reported_at"], row["deadline_at"], row["limit_kind"]
        )
    return rows


def _place(row: Row, names: Names) -> tuple[str | None, str | None]:
    place_id, area_id, locality = row.pop("place_id"), row.pop("area_id"), row.pop("locality")
    if place_id in names:
        return names[place_id]
    if locality is not None:
        return locality, locality
    return names.get(area_id, (None, None))


# Registers change seldom, cases all the time: the names are read again only when they changed.
@lru_cache(maxsize=16)
def _names(store: Store, community_id: str, version: int) -> Names:
    rows = store.rows("view/place_name", community_id=community_id)
    return {row["id"]: (row["name_zh"], row["name_en"]) for row in rows}


TICKER = View("ticker", ticker, frozenset({"case", *NAMED}), keyed=True)
