"""Counts what retention would delete, per class, and picks the next batch (DOMAIN R18)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.store import Store
from data.transaction import Transaction
from rules.fields import CONSENT_PURPOSES, resting_on
from rules.retention import CLASSES, RetentionClass, before
from rules.vocabulary import FINISHED_STATUSES


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What of one class is past its purpose.

    Attributes:
        subjects: How many would go.
        held: How many more a legal hold keeps.
        oldest_at: Since when the oldest of them is, aware UTC.
        ids: The next batch, where one was asked for.
    """

    code: str
    subjects: int
    held: int
    oldest_at: datetime | None
    ids: tuple[str, ...] = ()


def plan(store: Store, community_id: str, now: datetime) -> list[ClassPlan]:
    """Return every class with its counts, in the order of rules/retention.CLASSES."""
    return [due(store, each, community_id, now, now, 0) for each in CLASSES.values()]


def due(
    source: Store | Transaction,
    each: RetentionClass,
    community_id: str,
    as_of: datetime,
    now: datetime,
    most: int,
) -> ClassPlan:
    """Return what of one class is past its purpose.

    Args:
        source: The store, or the unit of work that deletes.
        each: The class.
        community_id: The community.
        as_of: The moment the periods are counted to; a run keeps that of its beginning.
        now: The moment, for legal holds.
        most: How many ids to return, the oldest first.
    """
    rows = source.rows(
        f"retention/due_{each.code}",
        community_id=community_id,
        before=before(each.keep, as_of),
        now=now,
        most=most,
        **_MORE.get(each.code, dict)(),
    )
    first = rows[0]
    ids = tuple(row["id"] for row in rows if row["id"] is not None)
    return ClassPlan(each.code, first["subjects"], first["held"], first["oldest_at"], ids)


def people_in(plans: Sequence[ClassPlan]) -> int:
    """Return how many people a plan deletes something of; one in two classes counts twice."""
    return sum(each.subjects for each in plans if CLASSES[each.code].people)


def care_fields() -> tuple[str, ...]:
    """Return the fields that go when care has ended."""
    return resting_on("care_service")


def _resting() -> dict[str, Any]:
    pairs = [(p, name) for p in CONSENT_PURPOSES for name in resting_on(p)]
    return {"purposes": [p for p, _ in pairs], "fields": [name for _, name in pairs]}


_MORE: dict[str, Callable[[], dict[str, Any]]] = {
    "care_ended": lambda: {"fields": list(care_fields())},
    "consent_withdrawn": _resting,
    "case_text": lambda: {"finished": list(FINISHED_STATUSES)},
    "case_photo": lambda: {"finished": list(FINISHED_STATUSES)},
    "case_contact": lambda: {"finished": list(FINISHED_STATUSES)},
}
