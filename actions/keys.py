"""Makes and revokes the keys of other software; only a hash of the secret is kept."""

from __future__ import annotations

import secrets

from actions.session_state import hash_of
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
            "secret_hash": hash_of(secret),
        }
        transaction.append("api_key", [event])

    store.write(work).result()
    return f"{PREFIX}_{key_id}_{secret}"


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
