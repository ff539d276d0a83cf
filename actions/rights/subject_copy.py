"""Collects everything that is kept about one person, for the copy that person asked for (R17)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from actions.access import NotThere
from actions.files.consulting import care_of
from data.keyring import Keyring
from data.store import Store
from rules.fields import FIELDS, Field, sealed_fields
from rules.subject_copy import (
    CopiedAccess,
    CopiedChange,
    CopiedConsent,
    CopiedValue,
    SubjectCopy,
)

MOST_ACCESSES = 1_000
# Facts of the file beside its sealed values, and the column each is shown from.
_FACTS = {"place_id": "building_zh", "area_id": "grid_zh", "residence": "residence"}


def collect(
    store: Store, keyring: Keyring, community_id: str, person_id: str, now: datetime
) -> SubjectCopy:
    """Return everything kept about a person, in clear.

    Raises:
        NotThere: Nobody of this community has this file, or it was erased.
    """
    rows = store.rows("rights_request/person", person_id=person_id)
    if not rows or rows[0]["community_id"] != community_id or rows[0]["event_kind"] == "erased":
        raise NotThere()
    person = rows[0]
    history = store.rows("rights_request/history", person_id=person_id)
    accesses = accesses_of(store, person_id)
    care = care_of(store, [person_id]).get(person_id)
    return SubjectCopy(
        person_id=person_id,
        community_zh=person["community_zh"] or community_id,
        community_en=person["community_en"],
        timezone=person["timezone"] or "Asia/Shanghai",
        made_at=now,
        source=person["source"],
        values=(*_values(store, keyring, person_id), *_facts(person)),
        consents=tuple(
            CopiedConsent(**row)
            for row in store.rows("rights_request/consents", person_id=person_id)
        ),
        changes=tuple(
            CopiedChange(
                row["happened_at"],
                row["event_kind"],
                tuple(row["fields_changed"] or ()),
                row["source"],
            )
            for row in history
        ),
        accesses=accesses[:MOST_ACCESSES],
        accesses_cut=len(accesses) > MOST_ACCESSES,
        register_copies=tuple(
            (row["made_at"], row["asked_role"], row["purpose"])
            for row in store.rows(
                "rights_request/register_copies",
                community_id=community_id,
                since=history[0]["happened_at"] if history else now,
            )
        ),
        visit_every_days=care["visit_every_days"] if care else None,
    )


def accesses_of(store: Store, person_id: str) -> tuple[CopiedAccess, ...]:
    """Return what the audit says about a person, newest first, one more than is listed."""
    rows = store.rows("rights_request/accesses", person_id=person_id, most=MOST_ACCESSES + 1)
    return tuple(
        CopiedAccess(
            row["happened_at"],
            row["action"],
            row["result"],
            row["role"],
            row["field"],
            row["purpose"],
        )
        for row in rows
    )


def _values(store: Store, keyring: Keyring, person_id: str) -> list[CopiedValue]:
    rows = {r["field"]: r for r in store.rows("rights_request/values", subject_id=person_id)}
    known = [each for each in sealed_fields("person") if each.name in rows]
    opened = keyring.open_many([(person_id, f.name, rows[f.name]["sealed"]) for f in known])
    return [
        _copied(each, clear, rows[each.name]["updated_at"])
        for each, clear in zip(known, opened, strict=True)
        if clear is not None
    ]


def _facts(person: dict[str, Any]) -> list[CopiedValue]:
    return [
        _copied(FIELDS[("person", name)], str(person[column]), None)
        for name, column in _FACTS.items()
        if person[column] is not None
    ]


def _copied(each: Field, value: str, written_at: datetime | None) -> CopiedValue:
    return CopiedValue(
        each.name, value, each.purpose, each.basis, each.sensitivity, each.keep, written_at
    )
