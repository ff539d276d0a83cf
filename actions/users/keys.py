"""Makes and revokes the keys of other software; only a hash of the secret is kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, TypeVar

from actions.access import CLI, NotAllowed
from actions.auditing import line_for
from actions.users.session_state import hash_of
from data.audit import AuditChain
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.privacy import ROLES, may
from rules.viewer import Viewer

T = TypeVar("T")

PREFIX = "yp"
# What software needs a key for; the others are people, who sign in.
SOFTWARE_ROLES = ("source", "wall", "duty_officer", "property", "subdistrict")


class RoleUnknown(RuleViolation):
    """No such role; choose one of rules/privacy.ROLES."""

    code = "role_unknown"


class CommunityUnknown(RuleViolation):
    """No such community; create it first."""

    code = "community_unknown"


class KeyUnknown(RuleViolation):
    """No such key; list the keys to see the ids."""

    code = "key_unknown"


def listed_keys(store: Store, asking: Viewer) -> list[dict[str, Any]]:
    """Return the keys `asking` may manage as rows of api_key/list, newest first.

    Raises:
        NotAllowed: `asking` manages no keys.
    """
    _allow(asking)
    rows = store.rows("api_key/list", community_id=None)
    return [row for row in rows if _covers(asking, row["community_id"])]


def create_key(
    store: Store,
    role: str,
    community_id: str,
    label: str | None = None,
    audit: AuditChain | None = None,
    asking: Viewer = CLI,
) -> str:
    """Make a key and return its text `yp_<id>_<secret>`, the only time it is ever shown.

    Args:
        store: The open store.
        role: What the key may do.
        community_id: The one community it opens.
        label: What it is for.
        audit: Where it is written down, in the same unit.
        asking: Who makes it.

    Raises:
        RoleUnknown: The role does not exist.
        CommunityUnknown: The community does not exist, as far as `asking` knows.
        NotAllowed: `asking` makes no keys.
    """
    # 64 random bits name the key, 256 guard it: nothing to slow down a guess for (no argon2).
    key_id, secret = secrets.token_hex(8), secrets.token_hex(32)

    def work(transaction: Transaction) -> None:
        if role not in ROLES:
            raise RoleUnknown(role=role[:60], known=", ".join(ROLES))
        known = transaction.rows("community/timezone", community_id=community_id)
        if not known or not _covers(asking, community_id):
            raise CommunityUnknown(community_id=community_id[:60])
        event = {
            "event_kind": "created",
            "happened_at": transaction.now,
            "actor": asking.actor,
            "api_key_id": key_id,
            "community_id": community_id,
            "role": role,
            "label": label,
            "secret_hash": hash_of(secret),
        }
        transaction.append("api_key", [event])
        _note(transaction, audit, asking, "key.create", community_id, key_id, role)

    _unit(store, audit, asking, "key.create", work)
    return f"{PREFIX}_{key_id}_{secret}"


def revoke_key(
    store: Store, api_key_id: str, audit: AuditChain | None = None, asking: Viewer = CLI
) -> None:
    """Close a key at once.

    Raises:
        KeyUnknown: No live key has this id, as far as `asking` knows.
        NotAllowed: `asking` manages no keys.
    """

    def work(transaction: Transaction) -> None:
        rows = transaction.rows("api_key/find", api_key_id=api_key_id)
        if not rows or not _covers(asking, rows[0]["community_id"]):
            raise KeyUnknown(api_key_id=api_key_id[:60])
        row = rows[0]
        stamp = {"event_kind": "revoked", "happened_at": transaction.now, "actor": asking.actor}
        transaction.append("api_key", [{**row, **stamp, "revoked_at": transaction.now}])
        community_id, key_id = row["community_id"], row["api_key_id"]
        _note(transaction, audit, asking, "key.revoke", community_id, key_id, row["role"])

    _unit(store, audit, asking, "key.revoke", work)


def _allow(asking: Viewer) -> None:
    if asking.kind != "cli" and not may(asking.role, "account.manage"):
        raise NotAllowed(role=asking.role, action="account.manage")


def _covers(asking: Viewer, community_id: str) -> bool:
    return asking.kind == "cli" or community_id in asking.community_ids


def _unit(
    store: Store,
    audit: AuditChain | None,
    asking: Viewer,
    action: str,
    work: Callable[[Transaction], T],
) -> T:
    try:
        _allow(asking)
        asked_in = copy_context()  # the writer's thread does not know where this came from
        return store.write(lambda tx: asked_in.run(work, tx)).result()
    except RuleViolation as refusal:
        if audit is not None:
            first = min(asking.community_ids, default="")
            audit.refused(line_for(asking, action, first, result="refused", detail=refusal.code))
        raise


def _note(
    transaction: Transaction,
    audit: AuditChain | None,
    asking: Viewer,
    action: str,
    community_id: str,
    key_id: str,
    role: str,
) -> None:
    if audit is not None:
        line = line_for(
            asking, action, community_id, subject_kind="key", subject_id=key_id, detail=role
        )
        audit.note(transaction, line)
