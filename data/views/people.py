"""The views of workers: callsigns and, on duty, last positions; who is on the way. Never a name,
never a trail."""

from __future__ import annotations

from data.views.view import Question, Row, View


def workers(question: Question) -> list[Row]:
    """Return all workers by callsign; a position is sent with its time, however old it is."""
    return question.store.rows("view/workers", community_id=question.community_id)


def on_way(question: Question) -> list[Row]:
    """Return every open task by id: its case, and the ids of who may be on the way."""
    return question.store.rows("view/on_way", community_id=question.community_id)


WORKERS = View("workers", workers, frozenset({"worker", "worker_position"}), keyed=True)
ON_WAY = View("on_way", on_way, frozenset({"task", "case", "worker"}), keyed=True)
