"""Reads cases as Open311 requests: the facts of the wall, no text, no door, nobody (DOMAIN R1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from actions.access import reach
from actions.intake.received import posted_source
from data.store import Store
from rules.open311 import MOST_ROWS, Wanted
from rules.privacy import scope_of
from rules.viewer import Viewer

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """The part of a community's cases that a caller sees.

    Attributes:
        source: Only rows of this source; None for all.
        areas: Only of these areas; None for all.
    """

    community_id: str
    source: str | None = None
    areas: tuple[str, ...] | None = None


def seen_by(store: Store, asking: Viewer, community_id: str) -> Seen:
    """Return what a key reaches: the key of a source its own rows, others what their role does."""
    if scope_of(asking.role, "case.read") == "own_source":
        return Seen(community_id, posted_source(asking.id))
    areas = reach(store, asking, "case.read", community_id)
    return Seen(community_id, None, None if areas is None else tuple(areas))


def requests(store: Store, seen: Seen, wanted: Wanted) -> list[Row]:
    """Return rows of open311/requests, newest report first."""
    return store.rows(
        "open311/requests",
        community_id=seen.community_id,
        source=seen.source,
        reach=None if seen.areas is None else list(seen.areas),
        ids=list(wanted.ids) or None,
        service_codes=list(wanted.service_codes) or None,
        statuses=list(wanted.statuses),
        start_at=wanted.start_at,
        end_at=wanted.end_at,
        row_limit=wanted.limit,
        row_offset=wanted.offset,
    )


def bulk(store: Store, seen: Seen, wanted: Wanted) -> Iterator[list[Row]]:
    """Yield every request that fits, page by page, as rows of open311/bulk.

    Args:
        wanted: Its page and ids do not count; its span may be of any length.
    """
    after = ""
    while True:
        rows = store.rows(
            "open311/bulk",
            community_id=seen.community_id,
            source=seen.source,
            reach=None if seen.areas is None else list(seen.areas),
            service_codes=list(wanted.service_codes) or None,
            statuses=list(wanted.statuses),
            start_at=wanted.start_at,
            end_at=wanted.end_at,
            after=after,
            row_limit=MOST_ROWS,
        )
        if rows:
            yield rows
        if len(rows) < MOST_ROWS:
            return
        after = rows[-1]["case_id"]


def steps(store: Store, community_id: str, ids: list[str]) -> dict[str, list[Row]]:
    """Return the steps of cases by case, oldest first."""
    found: dict[str, list[Row]] = {case_id: [] for case_id in ids}
    for row in store.rows("open311/steps", community_id=community_id, ids=ids):
        found[row["case_id"]].append(row)
    return found


def reported_under(store: Store, seen: Seen, token: str) -> str | None:
    """Return the case reported under a token, None where there is none yet."""
    rows = store.rows(
        "open311/token", community_id=seen.community_id, token=token, source=seen.source
    )
    return rows[0]["case_id"] if rows else None
