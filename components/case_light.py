"""The light of a case: over, soon, fine or none, with the words that stand beside it.

rules/clocks.py decides. It is read as a continuous clock, as assets/one_map_cases.js `caseLight`
does, so that list, map and case page agree; a case without a limit has no light.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from components.wording import duration, text
from rules.clocks import light
from rules.vocabulary import FINISHED_STATUSES

Light = Literal["over", "soon", "fine", "none"]

_LIGHTS: dict[str, Light] = {"green": "fine", "yellow": "soon", "red": "over"}
SHAPES = {"urgent": "▲", "hazard": "■", "ordinary": "●"}


def case_light(case: Mapping[str, Any], now: datetime) -> Light:
    """How pressing a case is; a finished or suspended one never presses.

    Args:
        case: Has status, reported_at and deadline_at (aware UTC or None).
        now: The moment, aware UTC.
    """
    due_at = case["deadline_at"]
    if due_at is None or case["status"] in FINISHED_STATUSES or is_paused(case):
        return "none"
    return _LIGHTS[light(case["reported_at"], due_at, now)]


def time_words(case: Mapping[str, Any], now: datetime) -> str:
    """The time left or over in words, e.g. `超 6 分`; how a finished case stood to its limit."""
    due_at: datetime | None = case["deadline_at"]
    if case["status"] in FINISHED_STATUSES:
        closed_at = case["closed_at"]
        if due_at is None or closed_at is None:
            return text("desk.finished")
        return text("desk.finished_late" if closed_at > due_at else "desk.finished_on_time")
    if due_at is None:
        return text("time.no_limit")
    if is_paused(case):
        return text("case_clock.paused")
    left: timedelta = due_at - now
    age = duration(abs(left.total_seconds()))
    return text("time.over" if left < timedelta(0) else "time.left", age=age)


def is_paused(case: Mapping[str, Any]) -> bool:
    """True where a case was suspended in time: its clock stands and its deadline moves on.

    One that was overdue already stays overdue; so does one only its source calls suspended, as
    nobody here knows since when.
    """
    if case["status"] != "suspended" or case["deadline_at"] is None:
        return False
    stopped_at: datetime | None = case.get("step_started_at")
    return stopped_at is not None and stopped_at <= case["deadline_at"]


def shape(urgency: str) -> str:
    """The shape of an urgency: ▲ urgent, ■ hazard, ● ordinary."""
    return SHAPES.get(urgency, "●")
