"""Writes events of files together with their sealed values, inside one unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.files.drafts import index_hash
from data.keyring import Keyring
from data.records import NOUNS
from data.transaction import Transaction

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SealedValue:
    """One value as it will lie in `personal_field`."""

    subject_id: str
    name: str
    sealed: str
    index_hash: str | None


@dataclass(slots=True)
class FileWrite:
    """Everything one unit appends about files of one noun.

    Attributes:
        noun: person, household or enterprise.
        events: Full-state events without ids and times, at most one of each subject.
        values: Sealed values that take the place of those before.
        dropped: (subject_id, field) of values to remove.
        fresh: True where no subject had an event or a value before.
    """

    noun: str
    events: list[dict[str, Any]] = field(default_factory=list)
    values: list[SealedValue] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    fresh: bool = False


def seal_values(keyring: Keyring, noun: str, values: Mapping[str, Values]) -> list[SealedValue]:
    """Seal values of several subjects, each under its own key.

    Args:
        keyring: The open keyring; every subject has its key.
        noun: Whose fields they are.
        values: Subject id → field → clear value.
    """
    rows = [(s, name, text) for s, fields in values.items() for name, text in fields.items()]
    sealed = keyring.seal_many(rows)
    return [
        SealedValue(subject_id, name, text, index_hash(keyring, noun, name, clear))
        for (subject_id, name, clear), text in zip(rows, sealed, strict=True)
    ]


def append_files(transaction: Transaction, write: FileWrite) -> None:
    """Append the events, put the values in place, remove what is dropped."""
    if not write.events:
        return
    noun = NOUNS[write.noun]
    now = transaction.now
    event_ids = transaction.ids(len(write.events))
    stamped = [
        {"happened_at": now, **event, "event_id": event_id, "recorded_at": now}
        for event, event_id in zip(write.events, event_ids, strict=True)
    ]
    table = transaction.table(noun.log, stamped)
    transaction.append_table(noun.name, table, fresh=write.fresh)
    by_subject = {event[noun.key]: event for event in stamped}
    rows = [
        {
            "subject_id": value.subject_id,
            "subject_kind": noun.name,
            "field": value.name,
            "community_id": by_subject[value.subject_id]["community_id"],
            "sealed": value.sealed,
            "index_hash": value.index_hash,
            "updated_at": now,
            "event_id": by_subject[value.subject_id]["event_id"],
        }
        for value in write.values
    ]
    drop_values(transaction, write.dropped)
    if rows:
        query = "personal_field/append" if write.fresh else "personal_field/put"
        transaction.run(query, {"incoming": transaction.table("personal_field", rows)})


def drop_values(transaction: Transaction, dropped: Sequence[tuple[str, str]]) -> None:
    """Remove single sealed values; whoever drops them appends the event that says so."""
    if not dropped:
        return
    rows = [{"subject_id": subject_id, "field": name} for subject_id, name in dropped]
    table = transaction.table("personal_field", rows).select(["subject_id", "field"])
    transaction.run("personal_field/drop", {"incoming": table})
