"""The view of ingest sources: how each does and when its last good row came in.

What cannot be sent out stands beside them as soon as it is late: the wall shows both in one row.
"""

from __future__ import annotations

from data.views.view import Question, Row, View, iso
from rules.upkeep import OUTBOX_EXPIRED_SHOWN, OUTBOX_LATE

SIMULATOR = "simulator"
OUTBOX = "outbox"


def sources(question: Question) -> list[Row]:
    """Return every source that fills this community or has filled none yet, by name.

    The simulator fills demo communities alone; a real one is not told to wait for it.
    """
    facts = question.store.rows("community/facts", community_id=question.community_id)
    is_demo = any(row["is_demo"] for row in facts)
    shown = [
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
    return shown + _outbox(question)


def _outbox(question: Question) -> list[Row]:
    """Return a row about the outbox where something of it is late, none where all is well."""
    times = {
        "before": question.now - OUTBOX_LATE,
        "since": question.now - OUTBOX_EXPIRED_SHOWN,
    }
    rows = question.store.rows("delivery/stuck", community_id=question.community_id, **times)
    if not rows[0]["late"]:
        return []
    return [
        {
            "source": OUTBOX,
            "state": "backoff",
            "good_at": iso(rows[0]["oldest_at"]),
            "accepted": 0,
            "quarantined": rows[0]["late"],
            "error": rows[0]["error"],
            "stale_after_s": OUTBOX_LATE.total_seconds(),
        }
    ]


SOURCES = View("sources", sources, frozenset({"source"}), every_s=2.0, pause_s=1.0)
