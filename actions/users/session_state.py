"""What a signed-in browser and a key are, and how they are read from the store."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data.store import Store
from rules.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser.

    Attributes:
        viewer: What it may see; follows changes of its account.
        method: password, password+totp, oidc or link.
        seen_at: Last use, UTC.
    """

    session_id: str
    viewer: Viewer
    method: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session and the token its browser keeps; the token exists nowhere else."""

    session_id: str
    token: str


def sessions_in(store: Store, seen: Mapping[str, datetime]) -> dict[str, Session]:
    """Return every session of the store by the hash of its token.

    Args:
        store: The open store.
        seen: Later uses than the store knows of, by session id.
    """
    return {
        row["token_hash"]: Session(
            row["session_id"],
            Viewer(
                row["holder_kind"],
                row["holder_id"],
                row["role"],
                frozenset(row["community_ids"]),
                frozenset(row["area_ids"]),
                row["label"],
            ),
            row["method"],
            row["created_at"],
            max(row["seen_at"], seen.get(row["session_id"], row["seen_at"])),
        )
        for row in store.rows("session/live")
    }


def keys_in(store: Store) -> dict[str, tuple[str, Viewer]]:
    """Return the hash of the secret of every live key, and whom it speaks for, by key id."""
    return {
        row["api_key_id"]: (
            row["secret_hash"],
            Viewer(
                "key",
                row["api_key_id"],
                row["role"],
                frozenset({row["community_id"]}),
                label=row["label"] or "",
            ),
        )
        for row in store.rows("api_key/live")
    }


def csrf_token(token: str) -> str:
    """Return the word that a session's own pages send with every change (double submit)."""
    return hashlib.sha256(b"csrf:" + token.encode()).hexdigest()[:43]


def hash_of(secret: str) -> str:
    """Return the SHA-256 of a 256-bit random secret; guessing needs no slowing down."""
    return hashlib.sha256(secret.encode()).hexdigest()
