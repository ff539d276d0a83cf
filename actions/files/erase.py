"""What retention and the data-subject desk need of files: every value of a subject, and its end.

Erasing is three steps in this order: `NameIndex.forget`, `Keyring.erase` (journal first), then a
unit with `remove_subject`; the unit may fail and be repeated, the values are unreadable already.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from actions.files.consulting import values_of_subjects
from actions.files.enrolment import append_care, ending_event
from data.keyring import Keyring
from data.records import NOUNS
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation

SEALED_NOUNS = ("person", "household", "enterprise")
# Kept by a tombstone, so that counts of areas stay right; everything else of the state is emptied.
_KEPT = (
    "community_id",
    "area_id",
    "source",
    "source_id",
    "source_version",
    "content_hash",
)


class SubjectUnknown(RuleViolation):
    """No file has this id; nothing was changed."""

    code = "subject_unknown"


def personal_fields_of(store: Store, keyring: Keyring, subject_id: str) -> dict[str, str]:
    """Return every sealed value of a subject in clear, for its own copy of what is recorded."""
    return values_of_subjects(store, keyring, [subject_id]).get(subject_id, {})


def remove_person(
    transaction: Transaction, person_id: str, *, actor: str, happened_at: datetime | None = None
) -> None:
    """Append a person's tombstone; see `remove_people`.

    Raises:
        SubjectUnknown: No person has this id.
    """
    remove_people(transaction, [person_id], actor=actor, happened_at=happened_at)


def remove_people(
    transaction: Transaction,
    person_ids: Sequence[str],
    *,
    actor: str,
    happened_at: datetime | None = None,
) -> None:
    """Append tombstones, end the care of these people and delete their sealed values.

    Consents stay: ids and codes that prove what was allowed until then. Done twice it changes
    nothing. A few thousand people at once are fine.

    Raises:
        SubjectUnknown: One of them has no file; nothing of the unit stands.
    """
    remove_subjects(transaction, "person", person_ids, actor=actor, happened_at=happened_at)
    ended = transaction.rows("care_recipient/of_people", person_ids=list(person_ids))
    append_care(transaction, [{**ending_event(row, actor), "person_id": None} for row in ended])


def remove_subjects(
    transaction: Transaction,
    noun: str,
    subject_ids: Sequence[str],
    *,
    actor: str,
    happened_at: datetime | None = None,
) -> None:
    """Append tombstones of people, households or enterprises and delete their sealed values.

    Raises:
        SubjectUnknown: One of them has no file of this noun; nothing of the unit stands.
    """
    key = NOUNS[noun].key
    wanted = list(dict.fromkeys(subject_ids))
    found = {row[key]: row for row in transaction.rows(f"{noun}/current", ids=wanted)}
    for subject_id in wanted:
        if subject_id not in found:
            raise SubjectUnknown(noun=noun, subject_id=subject_id)
    transaction.run("personal_field/drop_all", subject_ids=wanted)
    at = happened_at or transaction.now
    tombstones: list[dict[str, Any]] = [
        {
            **{name: row.get(name) for name in _KEPT},
            key: subject_id,
            "event_kind": "erased",
            "happened_at": at,
            "actor": actor,
            "fields_changed": [],
            "completeness": 0.0,
            "removed_at": row["removed_at"] or at,
        }
        for subject_id, row in found.items()
        if row["event_kind"] != "erased"
    ]
    transaction.append(noun, tombstones)
