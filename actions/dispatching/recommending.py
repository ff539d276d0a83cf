"""Recommends whom to send to a case, with reasons, and says what is missing (REFERENCE §7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.access import NotThere
from actions.catalogue.reading import category
from actions.dispatching.candidates import Responder, responders_for
from data.store import Store
from rules.dispatch import Need, Recommendation, recommend

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation with everything a page needs to show it.

    Attributes:
        case: A row of data/sql/dispatch/case.sql; `event_id` is the version it was made for.
        recommendation: What the rules say.
        responders: Everybody weighed, by id, with kind of assignee and name.
    """

    case: Row
    recommendation: Recommendation
    responders: Mapping[str, Responder]

    def sent_by_default(self) -> list[str]:
        """Return the ids that one confirmation sends: the recommended ones that are not called."""
        return [
            each.responder_id
            for each in self.recommendation.suggestions
            if each.recommended and not self.responders[each.responder_id].called
        ]

    def reasons(self) -> dict[str, list[str]]:
        """Return the codes behind each suggestion, without values: no distance is ever kept."""
        return {
            each.responder_id: [reason.code for reason in each.reasons]
            for each in self.recommendation.suggestions
        }


def recommended(store: Store, case_id: str, now: datetime) -> Recommendation:
    """Rank who could go to a case now.

    Raises:
        NotThere: There is no such case.
    """
    return advice_for(store, case_id, now).recommendation


def advice_for(store: Store, case_id: str, now: datetime) -> Advice:
    """Rank who could go to a case now, with names for those who may read them.

    Args:
        now: Aware present moment.

    Raises:
        NotThere: There is no such case.
    """
    rows = store.rows("dispatch/case", case_id=case_id)
    if not rows:
        raise NotThere(case=case_id)
    case = rows[0]
    entry = category(store, case["community_id"], case["category"])
    need = Need(
        category=case["category"],
        urgency=case["urgency"],
        wants=entry.wants if entry is not None else None,
        lon=case["lon"],
        lat=case["lat"],
        area_id=case["area_id"],
    )
    found = responders_for(store, case, now)
    candidates = [responder.candidate for responder in found.values()]
    return Advice(case, recommend(need, candidates, now), found)
