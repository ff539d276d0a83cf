"""The view of ingest sources: how each does and when its last good row came in."""

from __future__ import annotations

from data.views.view import Question, Row, View, iso

SIMULATOR = "simulator"


def sources(question: Question) -> list[Row]:
    """Return every source that fills this community or has filled none yet, by name.

    The simulator fills demo communities alone; a real one is not told to wait for it.
    """
    facts = question.store.rows("community/facts", community_id=question.community_id)
    is_demo = any(row["is_demo"] for row in facts)
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
        and (is_demo or report.source != SIMULATOR)
    ]


SOURCES = View("sources", sources, frozenset({"source"}), every_s=2.0, pause_s=1.0)
