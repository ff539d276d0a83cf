"""Tells people and programs what became of a case, in the unit of work that moves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from actions.notify.outbox import tell
from actions.notify.webhooks import Event, Value, emit_all
from data.transaction import Transaction
from rules.vocabulary import FINISHED_STATUSES

Row = dict[str, Any]

# What a reported case tells programs; older ones are history that somebody brought in.
NEWS_FOR = timedelta(days=1)
_AT_WORK = ("sent", "accepted", "started")
_TOLD = {"remind": "case_reminded", "supervise": "case_supervised"}
_DESK = "role:duty_officer"


def tell_of_move(
    tx: Transaction, before: Row, after: Row, action: str, tasks: Sequence[Row]
) -> None:
    """Tell who is responsible of a reminder or supervision, and programs of every move.

    Args:
        tx: The unit of work of the move.
        before: The case as it was.
        after: Its new event, with its id.
        action: The move, a code of CASE_ACTIONS or `undo`.
        tasks: Everybody sent to it, as they were before the move.
    """
    if action in _TOLD:
        for recipient in _responsible(tasks, also_desk=action == "supervise"):
            tell(
                tx,
                community_id=after["community_id"],
                kind=_TOLD[action],
                to=recipient,
                subject_id=after["case_id"],
                facts=case_facts(after),
                key=after["event_id"],
            )
    event_id, data = after["event_id"], {**case_data(after), "action": action}
    events = [Event("case.moved", after["case_id"], data, event_id, after["happened_at"])]
    if after["status"] in FINISHED_STATUSES and before["status"] not in FINISHED_STATUSES:
        events.append(Event("case.closed", after["case_id"], data, event_id, after["happened_at"]))
    emit_all(tx, after["community_id"], events)


def tell_of_reports(tx: Transaction, community_id: str, events: Iterable[Row]) -> None:
    """Tell programs of cases that were just reported; history that is brought in is no news.

    Args:
        events: First events of cases, with their ids.
    """
    news = [row for row in events if tx.now - row["reported_at"] < NEWS_FOR]
    emit_all(
        tx,
        community_id,
        [
            Event(
                "case.created", row["case_id"], case_data(row), row["event_id"], row["reported_at"]
            )
            for row in news
        ],
    )


def case_facts(case: Row) -> dict[str, str]:
    """Return what the words about a case need: no text of the reporter, no person."""
    facts = {
        "category": case["category"],
        "urgency": case["urgency"],
        "place": case["locality"],
        "deadline_at": _instant(case["deadline_at"]),
        "supervision": case.get("supervision"),
    }
    return {name: str(value) for name, value in facts.items() if value}


def case_data(case: Row) -> Mapping[str, Value]:
    """Return what a program is told of a case: codes, times and the grid, no text and no person."""
    names = ("category", "urgency", "status", "channel", "area_id", "outcome")
    times = ("reported_at", "deadline_at", "closed_at")
    return {
        **{name: case.get(name) for name in names},
        **{name: _instant(case.get(name)) for name in times},
    }


def _responsible(tasks: Sequence[Row], *, also_desk: bool) -> list[str]:
    """Return whoever is at work on a case; the duty desk where nobody is."""
    found = [
        f"{task['assignee_kind']}:{task['assignee_id']}"
        for task in tasks
        if task["status"] in _AT_WORK
    ]
    if also_desk or not found:
        found.append(_DESK)
    return list(dict.fromkeys(found))


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
