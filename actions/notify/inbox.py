"""Reads what a signed-in person or a post was told, for pages that show it in-app."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from data.store import Store

SHOWN_FOR = timedelta(days=7)  # ours: older messages are history, not news
MOST = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One message in-app.

    Attributes:
        message_id: Time-ordered id; pass the last one shown as `after`.
        kind: Code of its words, `message.<kind>.title` and `.body`.
        to: Whom it was told.
        subject_id: Case, alarm or plan it is about.
        facts: What the words need.
        told_at: When, aware UTC.
    """

    message_id: str
    kind: str
    to: str
    subject_id: str
    facts: dict[str, str]
    told_at: datetime


def unread(
    store: Store,
    to: str | Sequence[str],
    after: str | None,
    *,
    community_id: str,
    now: datetime | None = None,
) -> list[Told]:
    """Return what somebody was told after the message they saw last, oldest first.

    Whoever asks has checked that the viewer is that recipient.

    Args:
        store: The open store.
        to: worker:<id>, organisation:<id> or role:<role>, or several of them.
        after: `message_id` of the last message seen; None for all of the last seven days.
        community_id: The community.
        now: Aware present moment; the clock's where left out.

    Returns:
        At most 100 messages; ask again with the last one's id for more.
    """
    rows = store.rows(
        "message/unread",
        community_id=community_id,
        recipients=[to] if isinstance(to, str) else list(to),
        after=after,
        since=(now or datetime.now(UTC)) - SHOWN_FOR,
        most=MOST,
    )
    return [
        Told(
            message_id=row["message_id"],
            kind=row["kind"],
            to=row["recipient"],
            subject_id=row["subject_id"],
            facts=json.loads(row["facts"] or "{}"),
            told_at=row["happened_at"],
        )
        for row in rows
    ]
