"""The light of a case and the words beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from components.case_light import case_light, shape, time_words
from components.wording import current_language

NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


def facts(left_min: float | None, status: str = "handling", **more: Any) -> dict[str, Any]:
    due_at = None if left_min is None else NOW + timedelta(minutes=left_min)
    return {
        "status": status,
        "reported_at": NOW - timedelta(minutes=100),
        "deadline_at": due_at,
        "closed_at": None,
        **more,
    }


@pytest.mark.parametrize(
    ("case", "light", "words"),
    [
        (facts(-6), "over", "6 min over"),
        (facts(0), "soon", "0 min left"),  # due this moment is not late yet
        (facts(20), "soon", "20 min left"),  # more than 80 % of its time is gone
        (facts(100), "fine", "1 h 40 m left"),
        (facts(None), "none", "No limit"),  # never on time, never late
        (facts(-6, "closed", closed_at=NOW), "none", "Closed late"),
        (facts(-6, "closed", closed_at=NOW - timedelta(minutes=7)), "none", "Closed on time"),
        (facts(-6, "cancelled"), "none", "Finished"),  # no closing time: no claim
    ],
)
def test_a_light_has_its_words(case: dict[str, Any], light: str, words: str) -> None:
    assert case_light(case, NOW) == light
    token = current_language.set("en")
    try:
        assert time_words(case, NOW) == words
    finally:
        current_language.reset(token)


def test_each_urgency_has_a_shape_of_its_own() -> None:
    assert [shape(urgency) for urgency in ("urgent", "hazard", "ordinary")] == ["▲", "■", "●"]
    assert shape("a source's own word") == "●"
