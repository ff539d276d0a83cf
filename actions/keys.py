"""Makes, finds and revokes the keys of other software; only a hash of the secret is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.privacy import ROLES

PREFIX = "yp"


class RoleUnknown(RuleViolation):
    """No such role; choose one of rules/privacy.ROLES."""

    code = "role_unknown"


class CommunityUnknown(RuleViolation):
    """No such community; create it first."""

    code = "community_unknown"


class KeyUnknown(RuleViolation):
    """No such key; list the keys to see the ids."""

    code = "key_unknown"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as its bearer is known: what it opens, never its secret."""

    api_key_id: str
    community_id: str
    role: str
    label: str | None


def create_key(store: Store, role: str, community_id: str, label: str | None = None) -> str:
    """Make a key and return its text `yp_<id>_<secret>`, the only time it is ever shown.

    Raises:
        RoleUnknown: The role does not exist.
        CommunityUnknown: The community does not exist.
    """
    if role not in ROLES:
        raise RoleUnknown(role=role, known=", ".join(ROLES))
    if not store.rows("community/timezone", community_id=community_id):
        raise CommunityUnknown(community_id=community_id)
    # 64 random bits name the key, 256 guard it: nothing to slow down a guess for (no argon2).
    key_id, secret = secrets.token_hex(8), secrets.token_hex(32)

    def work(transaction: Transaction) -> None:
        event = {
            "event_kind": "created",
            "happened_at": transaction.now,
            "actor": "cli",
            "api_key_id": key_id,
            "community_id": community_id,
            "role": role,
            "label": label,
            "secret_hash": _hash(secret),
        }
        transaction.append("api_key", [event])

    store.write(work).result()
    return f"{PREFIX}_{key_id}_{secret}"


def find_key(store: Store, token: str) -> ApiKey | None:
    """Return the key a bearer shows, or None when it is malformed, unknown or revoked."""
    parts = token.split("_")
    if len(parts) != 3 or parts[0] != PREFIX or not token.isascii():
        return None
    rows = store.rows("api_key/find", api_key_id=parts[1])
    if not rows or not hmac.compare_digest(rows[0]["secret_hash"], _hash(parts[2])):
        return None
    row = rows[0]
    return ApiKey(row["api_key_id"], row["community_id"], row["role"], row["label"])


def revoke_key(store: Store, api_key_id: str) -> None:
    """Close a key at once.

    Raises:
        KeyUnknown: No live key has this id.
    """

    def work(transaction: Transaction) -> None:
        rows = transaction.rows("api_key/find", api_key_id=api_key_id)
        if not rows:
            raise KeyUnknown(api_key_id=api_key_id)
        stamp = {"event_kind": "revoked", "happened_at": transaction.now, "actor": "cli"}
        transaction.append("api_key", [{**rows[0], **stamp, "revoked_at": transaction.now}])

    store.write(work).result()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
