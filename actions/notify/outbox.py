"""Writes down what is to be told, in the unit of work of the deed it tells of (ADR 0021).

Nothing is sent here: `actions/notify/sender.py` sends what is queued, on threads of its own, and
tries again until the far end has it. So a deed is never slower than its rows, and what was told
stands or falls with the deed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from data.transaction import Transaction
from rules.errors import RuleViolation

Row = dict[str, Any]

RECIPIENT_KINDS = ("worker", "organisation", "role", "channel")


class RecipientUnknown(RuleViolation):
    """Not a recipient: write worker:<id>, organisation:<id>, role:<role> or channel:<name>."""

    code = "recipient_unknown"


def tell(
    tx: Transaction,
    *,
    community_id: str,
    kind: str,
    to: str,
    subject_id: str,
    facts: Mapping[str, str],
    key: str,
) -> None:
    """Tell somebody something, once, when the unit of work `tx` is on disk.

    The message shows in-app at once (`actions/notify/inbox.py`), and goes out by every channel
    that a route names for its recipient. Without a route it stays in-app.

    Args:
        tx: The unit of work of the deed.
        community_id: Community it is about.
        kind: What is told, e.g. `case_reminded`; `message.<kind>.title` and `.body` are its words.
        to: worker:<id>, organisation:<id>, role:<role> or channel:<name>.
        subject_id: Id of the case, alarm or plan it is about.
        facts: What the words need: codes, numbers, times as ISO 8601 in UTC. Nothing about a
            person: it may leave the house by a channel of somebody else's.
        key: Names the deed, e.g. the id of its event. Told twice with the same key, the same
            recipient gets one message; several recipients of one deed may share a key.

    Raises:
        RecipientUnknown: `to` has another form.
    """
    recipient_kind, _, name = to.partition(":")
    if recipient_kind not in RECIPIENT_KINDS or not name:
        raise RecipientUnknown(recipient=to)
    key_hash = hashlib.sha256(f"{to}\n{key}".encode()).hexdigest()
    if tx.rows("message/known", community_id=community_id, key_hash=key_hash):
        return
    message_id = tx.ids(1)[0]
    message = {
        "event_kind": "told",
        "happened_at": tx.now,
        "actor": "system",
        "community_id": community_id,
        "message_id": message_id,
        "kind": kind,
        "recipient": to,
        "subject_id": subject_id,
        "facts": json.dumps(dict(facts), ensure_ascii=False, sort_keys=True),
        "key_hash": key_hash,
    }
    tx.append("message", [message])
    queue(tx, [{**row, "message_id": message_id} for row in _targets(tx, community_id, to)])


def queue(tx: Transaction, rows: list[Row]) -> None:
    """Queue deliveries, due at once.

    Args:
        rows: community_id, target_kind, target_id, and message_id or event_body of each.
    """
    made = [
        {
            **row,
            "event_kind": "queued",
            "happened_at": tx.now,
            "actor": "system",
            "delivery_id": delivery_id,
            "state": "waiting",
            "made_at": tx.now,
            "attempts": 0,
            "next_at": tx.now,
        }
        for row, delivery_id in zip(rows, tx.ids(len(rows)), strict=True)
    ]
    tx.append("delivery", made)


def _targets(tx: Transaction, community_id: str, to: str) -> list[Row]:
    everybody = f"{to.partition(':')[0]}:*"
    found = tx.rows(
        "notify_route/targets", community_id=community_id, recipient=to, everybody=everybody
    )
    here = {"community_id": community_id, "target_kind": "channel"}
    return [{**here, "target_id": row["channel_id"]} for row in found]
