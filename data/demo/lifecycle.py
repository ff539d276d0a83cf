"""How a demo case moves through its states, and when; vocabulary of REFERENCE §1."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from rules.vocabulary import FINISHED_STATUSES

_MAIN = ("accepted", "filed", "dispatched", "handling", "feedback", "verifying", "closed")
# Share of the whole time that has passed when each state of the main line is reached.
_REACHED_AT = (0.03, 0.06, 0.10, 0.24, 0.74, 0.82, 1.0)
# Turns a life can take: name, share of cases.
_TURNS = (
    ("rejected", 0.03),
    ("cancelled", 0.02),
    ("returned", 0.045),
    ("rework", 0.05),
    ("suspended", 0.02),
    ("transferred", 0.02),
    ("reopened", 0.012),
)
_PATHS: dict[str, tuple[tuple[str, float], ...]] = {
    "rejected": (("accepted", 0.03), ("rejected", 0.12)),
    "cancelled": (("accepted", 0.03), ("filed", 0.06), ("cancelled", 0.2)),
    "returned": (
        ("accepted", 0.03), ("filed", 0.06), ("dispatched", 0.10), ("returned", 0.18),
        ("dispatched", 0.24), ("handling", 0.36), ("feedback", 0.78), ("verifying", 0.86),
        ("closed", 1.0),
    ),
    "rework": (
        ("accepted", 0.03), ("filed", 0.06), ("dispatched", 0.10), ("handling", 0.2),
        ("feedback", 0.5), ("verifying", 0.58), ("rework", 0.64), ("feedback", 0.86),
        ("verifying", 0.92), ("closed", 1.0),
    ),
    "suspended": (
        ("accepted", 0.03), ("filed", 0.06), ("dispatched", 0.10), ("handling", 0.2),
        ("suspended", 0.34), ("handling", 0.66), ("feedback", 0.88), ("verifying", 0.93),
        ("closed", 1.0),
    ),
    "transferred": (
        ("accepted", 0.03), ("filed", 0.06), ("transferred", 0.12), ("handling", 0.4),
        ("feedback", 0.84), ("verifying", 0.9), ("closed", 1.0),
    ),
    "reopened": (
        ("accepted", 0.03), ("filed", 0.05), ("dispatched", 0.08), ("handling", 0.18),
        ("feedback", 0.4), ("verifying", 0.46), ("closed", 0.52), ("reopened", 0.6),
        ("handling", 0.7), ("feedback", 0.88), ("verifying", 0.94), ("closed", 1.0),
    ),
}  # fmt: skip
_MAIN_PATH = tuple(zip(_MAIN, _REACHED_AT, strict=True))
_LATE_SHARE = 0.045
_UNLIMITED = timedelta(days=3)
OUTCOMES = ("solved", "explained", "helped")


@dataclass(frozen=True, slots=True)
class Step:
    """A state and the moment it is reached; `outcome` where it closes."""

    status: str
    at: datetime
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """All steps of a case, the first being its report, ascending in time."""

    steps: tuple[Step, ...]

    @property
    def ends_at(self) -> datetime:
        """Return when the last step happens."""
        return self.steps[-1].at

    def until(self, now: datetime) -> Life:
        """Return the steps that have happened by `now`."""
        return Life(tuple(step for step in self.steps if step.at <= now))

    def ending_at(self, end: datetime) -> Life:
        """Return the same life stretched or pressed so that its last step happens at `end`."""
        start = self.steps[0].at
        factor = (end - start) / (self.ends_at - start)
        return Life(
            tuple(replace(s, at=_second(start + (s.at - start) * factor)) for s in self.steps)
        )


def live(
    chance: Random, category: str, reported_at: datetime, deadline_at: datetime | None
) -> Life:
    """Draw a case's life; about 4.5 % run past their deadline.

    Args:
        chance: Source of chance.
        category: Decides the usual outcome.
        reported_at: First step, aware.
        deadline_at: When it is due, or None where it has no limit.
    """
    path = _path(chance)
    limit = deadline_at - reported_at if deadline_at else _UNLIMITED
    share = chance.uniform(1.04, 1.7) if chance.random() < _LATE_SHARE else _share(chance)
    whole = limit * share
    steps = [Step("reported", reported_at)]
    for status, reached in path:
        wobble = chance.uniform(0.9, 1.1) if reached < 1 else 1.0
        at = max(reported_at + whole * min(reached * wobble, 1.0), steps[-1].at)
        earliest = steps[-1].at + timedelta(seconds=chance.randint(20, 90))
        outcome = outcome_of(chance, category) if status == "closed" else None
        steps.append(Step(status, _second(max(at, earliest)), outcome))
    return Life(tuple(steps))


def next_status(chance: Random, status: str) -> str | None:
    """Draw the state that follows a live case's state; None where it is finished."""
    if status in FINISHED_STATUSES:
        return None
    if status == "accepted" and chance.random() < 0.03:
        return "rejected"
    if status == "dispatched" and chance.random() < 0.04:
        return "returned"
    if status == "verifying" and chance.random() < 0.05:
        return "rework"
    back = {"returned": "dispatched", "rework": "feedback", "suspended": "handling"}
    back |= {"reopened": "handling", "transferred": "handling", "reported": "accepted"}
    return back.get(status) or _MAIN[_MAIN.index(status) + 1]


def _path(chance: Random) -> tuple[tuple[str, float], ...]:
    draw = chance.random()
    for turn, share in _TURNS:
        draw -= share
        if draw < 0:
            return _PATHS[turn]
    return _MAIN_PATH


def _share(chance: Random) -> float:
    return 0.08 + 0.88 * chance.betavariate(1.7, 2.6)


def outcome_of(chance: Random, category: str) -> str:
    """Draw how a case ends: talks are explained, people are helped, the rest is solved."""
    if category in ("consultation", "dispute", "noise"):
        return chance.choices(OUTCOMES, (3, 6, 1))[0]
    if category == "elder_help":
        return chance.choices(OUTCOMES, (2, 1, 7))[0]
    return chance.choices(OUTCOMES, (90, 8, 2))[0]


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)
