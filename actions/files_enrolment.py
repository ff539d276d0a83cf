"""Enters people with a care category into the care register, with an agreed visit cadence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.files_consulting import care_of
from actions.files_deciding import Decided
from actions.files_drafts import hashed
from data.keyring import Keyring
from data.store import Store
from rules.care import default_cadence
from rules.residents import PersonRecord


def enrolment_events(
    store: Store, keyring: Keyring, news: Sequence[Decided], shared: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the care register's events for rows of people that carry a care category.

    Only who lives in a known building can be visited; the category itself stays sealed in the file.

    Args:
        store: To look up who is in the register already.
        keyring: For the keyed hash that takes the place of an id.
        news: New and changed rows, with ids.
        shared: community_id, source and actor.
    """
    chosen = [
        (each, row)
        for each in news
        if isinstance(row := each.draft.record, PersonRecord)
        and row.care_category is not None
        and each.facts.get("place_id") is not None
    ]
    held = care_of(store, [each.id for each, _ in chosen])
    events = []
    for each, row in chosen:
        before = held.get(each.id, {})
        days = row.visit_every_days or before.get("visit_every_days")
        facts = {
            "person_id": each.id,
            "place_id": each.facts["place_id"],
            "visit_every_days": days or default_cadence(row.care_category or ""),
        }
        if before and all(before[name] == value for name, value in facts.items()):
            continue
        key = hashed(keyring, "source_id", f"care/{each.draft.key}")
        events.append(
            {
                **shared,
                "source_id": key,
                "content_hash": hashed(keyring, "content", f"{key}/{sorted(facts.items())}"),
                **before,
                **facts,
                "actor": shared["actor"],
                "event_kind": "changed" if before else "registered",
            }
        )
    return events
