"""Keeps the care register in step with files: entered with a visit cadence, ended with care."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.files.consulting import care_of
from actions.files.deciding import Decided
from actions.files.drafts import hashed
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
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


def cadence_event(person: dict[str, Any], every_days: int, actor: str) -> dict[str, Any]:
    """Return the event that enters a person with a known building into the care register.

    Args:
        person: A row of person/current.
        every_days: Agreed interval of visits.
        actor: Who agreed it.
    """
    return {
        "community_id": person["community_id"],
        "person_id": person["person_id"],
        "place_id": person["place_id"],
        "visit_every_days": every_days,
        "event_kind": "registered",
        "actor": actor,
        "source": person["source"],
        "source_id": f"care/{person['source_id']}",
        "content_hash": person["content_hash"],
    }


def ending_event(recipient: dict[str, Any], actor: str) -> dict[str, Any]:
    """Return the event that ends care; `append_care` sets the time."""
    return {**recipient, "event_kind": "removed", "actor": actor}


def append_care(transaction: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Append events of the care register; a row without an id is a new recipient."""
    fresh = iter(transaction.ids(sum("care_recipient_id" not in row for row in rows)))
    now = transaction.now
    events = [
        {
            "care_recipient_id": row.get("care_recipient_id") or next(fresh),
            **row,
            "happened_at": now,
            "removed_at": now if row["event_kind"] == "removed" else None,
        }
        for row in rows
    ]
    transaction.append("care_recipient", events)
