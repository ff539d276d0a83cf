"""`key create | list | revoke`: keys for other software, each shown once."""

from __future__ import annotations

import json

from actions.communities import ensure_community
from actions.users.keys import create_key, revoke_key
from commands.context import Context
from rules.errors import RuleViolation


def run_key_create(context: Context, role: str, community_id: str, label: str | None) -> int:
    """Print a new key as the only line of standard output; returns 2 where it cannot be made."""
    try:
        if ensure_community(context.store, community_id):
            context.err(f"Community {community_id} did not exist and was made.")
        token = create_key(context.store, role, community_id, label, context.audit)
    except (RuleViolation, ValueError) as refusal:
        context.err(f"No key was made: {refusal}")
        return 2
    context.err("This key is shown once; only a hash of it is kept:")
    context.out(token)
    return 0


def run_key_list(context: Context, community_id: str | None) -> int:
    """Print one JSON line per key."""
    for row in context.store.rows("api_key/list", community_id=community_id):
        context.out(json.dumps(row, ensure_ascii=False, default=str))
    return 0


def run_key_revoke(context: Context, api_key_id: str) -> int:
    """Close a key at once; returns 2 where there is no such live key."""
    try:
        revoke_key(context.store, api_key_id, context.audit)
    except RuleViolation as refusal:
        context.err(f"Nothing was revoked: {refusal}")
        return 2
    context.out(f"Key {api_key_id} is revoked.")
    return 0
