"""`compare-flags`: our verdicts beside those of a source."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from commands.compare_flags import compare, run_compare_flags
from tests.commands.shell import Shell


@pytest.fixture
def shell(store, tmp_path):
    return Shell(store, tmp_path)


def test_agreement_counts_cases_with_a_limit_only():
    now = datetime(2024, 5, 10, tzinfo=UTC)
    early, due, late = (datetime(2024, 5, day, tzinfo=UTC) for day in (1, 5, 9))

    def row(name, closed_at, flag, deadline_at=due):
        return {
            "source_id": name,
            "deadline_at": deadline_at,
            "closed_at": closed_at,
            "source_flag": flag,
        }

    rows = [
        row("on time", early, "ONTIME"),
        row("at the deadline", due, "ONTIME"),
        row("late", late, "OVERDUE"),
        row("open past its deadline", None, "OVERDUE"),
        row("open, not due", None, "ONTIME", deadline_at=datetime(2024, 6, 1, tzinfo=UTC)),
        row("in small letters", early, "ontime"),
        row("wrongly flagged", late, "ONTIME"),
        row("unflagged", late, None),
        row("no limit", early, "ONTIME", deadline_at=None),
    ]
    assert compare(rows, now) == {
        "with_limit": 8,
        "no_limit": 1,
        "flagged": 7,
        "agree": 6,
        "differ": 1,
        "unflagged": 1,
        "differ_ids": ["wrongly flagged"],
        "unflagged_ids": ["unflagged"],
    }


def test_compare_flags_refuses_a_time_or_community_it_does_not_know(shell):
    for arguments in (("demo", "last spring"), ("nowhere", "2023-05-04")):
        status, words = shell.run(run_compare_flags, *arguments)
        assert (status, words.lines, len(words.errors)) == (2, [], 1)
