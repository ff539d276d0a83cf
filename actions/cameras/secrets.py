"""Keeps addresses, names and passwords of cameras sealed, each address under a key of its own.

A changed address gets a new key and the old key is destroyed: old pages of the database file and
older backups keep sealed bytes that nothing opens any more (ADR 0012, ADR 0029).
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.camera_address import Address

PARTS = ("address", "user", "password")


def seal_address(keyring: Keyring, address: Address) -> tuple[str | None, dict[str, str]]:
    """Return the id of a new key and what is sealed under it, by part; none for a phone.

    The key is on disk when this returns, because a unit of work may be replayed.
    """
    clear = {"address": address.url, "user": address.user, "password": address.password}
    filled = {part: text for part, text in clear.items() if text}
    if not filled:
        return None, {}
    secret_id = uuid4().hex
    keyring.create([secret_id])
    return secret_id, {
        part: keyring.seal(secret_id, _field(part), text) for part, text in filled.items()
    }


def keep(
    tx: Transaction, device_id: str, secret_id: str | None, sealed: Mapping[str, str]
) -> list[str]:
    """Put sealed values in the place of those a camera had; returns keys to destroy afterwards."""
    before = [row["secret_id"] for row in tx.rows("camera/secret_ids", device_id=device_id)]
    tx.run("camera/drop_secrets", device_id=device_id)
    if secret_id is not None:
        rows = [
            {
                "secret_id": secret_id,
                "device_id": device_id,
                "part": part,
                "sealed": text,
                "written_at": tx.now,
            }
            for part, text in sealed.items()
        ]
        tx.insert("camera_secret", rows)
    return before


def open_all(store: Store, keyring: Keyring) -> dict[str, dict[str, str]]:
    """Return every camera's values in clear, by key and part; one whose key is gone is missing."""
    rows = store.rows("camera/secrets")
    opened = keyring.open_many([(r["secret_id"], _field(r["part"]), r["sealed"]) for r in rows])
    found: dict[str, dict[str, str]] = {}
    for row, clear in zip(rows, opened, strict=True):
        if clear is not None:
            found.setdefault(row["secret_id"], {})[row["part"]] = clear
    return found


def open_one(store: Store, keyring: Keyring, secret_id: str) -> dict[str, str]:
    """Return one camera's values in clear, by part."""
    rows = store.rows("camera/secrets_of", secret_id=secret_id)
    opened = keyring.open_many([(secret_id, _field(r["part"]), r["sealed"]) for r in rows])
    return {r["part"]: clear for r, clear in zip(rows, opened, strict=True) if clear is not None}


def _field(part: str) -> str:
    """Name what a value is sealed as, so that none can be put in the place of another."""
    return f"camera/{part}"
