"""Keeps what officers write about a step, which may name people: sealed, apart from the logs.

A note about a person is sealed under that person's key and goes with it; any other under a key of
its own, made before the unit of work begins because a unit may be replayed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Note:
    """One sealed note.

    Attributes:
        owner_kind: approval, rights_request or legal_hold.
        owner_id: Id of that.
        part: reason or answer.
        subject_id: Whose key it is sealed under.
    """

    owner_kind: str
    owner_id: str
    part: str
    community_id: str
    subject_id: str
    sealed: str


def seal_note(
    keyring: Keyring,
    owner_kind: str,
    owner_id: str,
    part: str,
    community_id: str,
    about: str | None,
    text: str,
) -> Note:
    """Seal a note; what it needs is durable when this returns.

    Args:
        about: Id of the person, where there is one; who has no key here counts as nobody.
        text: The note in clear.
    """
    subject_id = about if about and keyring.state_of(about) == "known" else owner_id
    if subject_id == owner_id:
        keyring.create([owner_id])
    sealed = keyring.seal(subject_id, field_of(owner_kind, owner_id, part), text)
    return Note(owner_kind, owner_id, part, community_id, subject_id, sealed)


def keep_note(transaction: Transaction, note: Note, at: datetime) -> None:
    """Write a sealed note, in the unit of the step it belongs to."""
    row = {
        "owner_kind": note.owner_kind,
        "owner_id": note.owner_id,
        "part": note.part,
        "community_id": note.community_id,
        "subject_id": note.subject_id,
        "sealed": note.sealed,
        "written_at": at,
    }
    table = transaction.table("sealed_note", [row])
    transaction.run("sealed_note/append", {"incoming": table})


def notes_of(
    store: Store, keyring: Keyring, owner_kind: str, owner_ids: Collection[str]
) -> dict[tuple[str, str], str]:
    """Return notes in clear by (owner id, part); what belonged to an erased person is missing."""
    if not owner_ids:
        return {}
    rows = store.rows("sealed_note/of", owner_kind=owner_kind, owner_ids=sorted(set(owner_ids)))
    opened = keyring.open_many(
        [
            (r["subject_id"], field_of(owner_kind, r["owner_id"], r["part"]), r["sealed"])
            for r in rows
        ]
    )
    return {
        (row["owner_id"], row["part"]): clear
        for row, clear in zip(rows, opened, strict=True)
        if clear is not None
    }


def field_of(owner_kind: str, owner_id: str, part: str) -> str:
    """Return the field a note is sealed as, so that none can be put in the place of another."""
    return f"{owner_kind}/{owner_id}/{part}"
