"""The view of notices that apply now."""

from __future__ import annotations

from data.views.view import Question, Row, View


def notices(question: Question) -> list[Row]:
    """Return the notices published and not expired, newest first."""
    return question.store.rows("view/notice", community_id=question.community_id, now=question.now)


NOTICES = View("notices", notices, frozenset({"notice"}), every_s=30.0)
