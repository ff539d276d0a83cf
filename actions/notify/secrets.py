"""Keeps addresses and signing secrets sealed, each owner's under a key of its own (ADR 0012)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Secret:
    """One sealed value: address, secret or former."""

    part: str
    sealed: str
    written_at: datetime


def new_owner(keyring: Keyring) -> str:
    """Return the id of a new channel or webhook, with its key on disk.

    The key is made before the unit of work because a unit may be replayed.
    """
    owner_id = uuid4().hex
    keyring.create([owner_id])
    return owner_id


def seal(keyring: Keyring, owner_id: str, part: str, text: str) -> str:
    """Return a value sealed for its place, so that none can be put in the place of another."""
    return keyring.seal(owner_id, f"outgoing/{part}", text)


def unseal(keyring: Keyring, owner_id: str, part: str, sealed: str) -> str | None:
    """Return a value in clear; None where its key was destroyed."""
    return keyring.open_sealed(owner_id, f"outgoing/{part}", sealed)


def keep(tx: Transaction, owner_id: str, parts: Sequence[tuple[str, str]]) -> None:
    """Write sealed values of an owner in place of those it had of the same parts.

    Args:
        parts: Pairs of part and sealed value.
    """
    tx.run("outgoing/drop", owner_id=owner_id, parts=[part for part, _ in parts])
    rows = [
        {"owner_id": owner_id, "part": part, "sealed": sealed, "written_at": tx.now}
        for part, sealed in parts
    ]
    tx.insert("outgoing_secret", rows)


def drop(tx: Transaction, owner_id: str) -> None:
    """Delete everything of an owner."""
    tx.run("outgoing/drop", owner_id=owner_id, parts=["address", "secret", "former"])


def secrets_of(store: Store | Transaction, owner_id: str) -> dict[str, Secret]:
    """Return the sealed values of an owner by part."""
    rows = store.rows("outgoing/secrets", owner_id=owner_id)
    return {row["part"]: Secret(row["part"], row["sealed"], row["written_at"]) for row in rows}
