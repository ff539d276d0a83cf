"""The view of ingest sources: how each does and when its last good row came in."""

from __future__ import annotations

from data.views.view import Question, Row, View, iso


def sources(question: Question) -> list[Row]:
    """Return every source that fills this community or has filled none yet, by name."""
    return [
        {
            "source": report.source,
            "state": report.state,
            "good_at": iso(report.good_at),
            "accepted": report.accepted,
            "quarantined": report.quarantined,
            "error": report.error,
            "stale_after_s": report.stale_after_s,
        }
        for report in sorted(question.sources(), key=lambda report: report.source)
        if report.community_id in (None, question.community_id)
    ]


SOURCES = View("sources", sources, frozenset({"source"}), every_s=2.0, pause_s=1.0)
