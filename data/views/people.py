"""The view of workers: callsigns and, on duty, last positions. Never a name, never a trail."""

from __future__ import annotations

from data.views.view import Question, Row, View


def workers(question: Question) -> list[Row]:
    """Return all workers by callsign; a position is sent with its time, however old it is."""
    return question.store.rows("view/workers", community_id=question.community_id)


WORKERS = View("workers", workers, frozenset({"worker", "worker_position"}), keyed=True)
