"""`rights list`: requests of the people on record and how they stand to their clock."""

from __future__ import annotations

import json

from commands.context import Context

MOST = 1_000
SHOWN = ("request_id", "kind", "state", "received_at", "due_at", "closed_at", "refusal")


def run_rights_list(context: Context, community_id: str | None) -> int:
    """Print one JSON line per request, ids and codes only, the most urgent first."""
    communities = [row["community_id"] for row in context.store.rows("view/community")]
    for each in communities if community_id is None else [community_id]:
        for row in context.store.rows("rights_request/listing", community_id=each, most=MOST):
            shown = {"community_id": each, **{name: row[name] for name in SHOWN}}
            context.out(json.dumps(shown, ensure_ascii=False, default=str))
    return 0
