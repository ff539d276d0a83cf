"""Makes new demo cases at the daily rhythm and moves open ones on, keeping their number steady."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from actions.cases.history import CaseStep
from data.demo.cases import CASE_ACCURACY_M, draw_report
from data.demo.lifecycle import next_status, outcome_of
from data.demo.plan import to_degrees
from data.demo.rhythm import reports_per_s
from rules.records import CaseRecord
from rules.vocabulary import CATEGORIES, FINISHED_STATUSES

# Share of the time limit a case usually spends in a state.
_STAY = {
    "reported": 0.03,
    "accepted": 0.03,
    "filed": 0.04,
    "dispatched": 0.14,
    "handling": 0.48,
    "feedback": 0.08,
    "verifying": 0.16,
}
_OTHER_STAY = 0.12
_NO_LIMIT = timedelta(days=3)
_LATE_SHARE = 0.045
_STEPS_AT_ONCE = 2  # so that a long absence is worked off, not dumped on the wall
_STEPS_PER_LIVED_S = 1 / 30  # several times what the rhythm needs
_FEWEST, _MOST = 0.9, 1.1  # shares of the wanted number at which the balance begins to act
_BARE, _FULL = 0.7, 1.5  # below the one none finishes, above the other none comes in


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An unfinished case of the simulator, as the store has it."""

    case_id: str
    source_id: str
    status: str
    category: str
    reported_at: datetime
    deadline_at: datetime | None
    happened_at: datetime


class CaseLoad:
    """The simulated stream of cases of one community.

    Args:
        seed: The same seed, clock and store contents give the same cases.
        wanted: About how many unfinished cases to keep.
        speed: How many times faster than life.
    """

    def __init__(self, seed: int, wanted: int, speed: float) -> None:
        self._seed = seed
        self._wanted = wanted
        self._speed = speed
        self._chance = Random(f"demo/{seed}/live")
        self._due = self._chance.expovariate(1.0)
        self._made = 0
        self._paces: dict[str, float] = {}

    def arrivals(self, now: datetime, elapsed_s: float, open_count: int) -> list[CaseRecord]:
        """Return the reports that came in during the last `elapsed_s` seconds.

        Args:
            now: Present moment, aware.
            elapsed_s: Time since the last call, seconds.
            open_count: How many of its cases are unfinished.
        """
        rate = reports_per_s(now) * self._speed * self._appetite(open_count)
        self._due -= rate * elapsed_s
        found: list[CaseRecord] = []
        while self._due <= 0 and open_count + len(found) < self._wanted * _FULL:
            found.append(self._report(now))
            self._due += self._chance.expovariate(1.0)
        self._due = max(self._due, 0.0)
        return found

    def steps(self, now: datetime, elapsed_s: float, cases: Sequence[OpenCase]) -> list[CaseStep]:
        """Return the next step of those cases that have stayed long enough, longest due first."""
        self._paces = {c.source_id: self._pace(c.source_id) for c in cases}
        at_once = _STEPS_AT_ONCE + int(elapsed_s * self._speed * _STEPS_PER_LIVED_S)
        haste = self._haste(len(cases))
        due = sorted(
            ((self._leaves_at(case, haste), case.source_id, case) for case in cases),
            key=lambda item: item[:2],
        )
        moved: list[CaseStep] = []
        may_finish = len(cases) - round(self._wanted * _BARE)
        for leaves, _, case in due:
            if leaves > now or len(moved) == at_once:
                break
            step = self._step(case, now)
            if step.status in FINISHED_STATUSES:
                may_finish -= 1
                if may_finish < 0:
                    continue
            moved.append(step)
        return moved

    def _appetite(self, open_count: int) -> float:
        share = open_count / self._wanted
        if share < _FEWEST:
            return 3.0
        return 0.4 if share > _MOST else 1.0

    def _haste(self, open_count: int) -> float:
        share = open_count / self._wanted
        if share < _FEWEST:
            return 0.25
        return 4.0 if share > _MOST else 1.0

    def _report(self, now: datetime) -> CaseRecord:
        self._made += 1
        report = draw_report(self._chance)
        lon, lat = to_degrees(report.point)
        return CaseRecord(
            source_id=f"live-{now:%Y%m%d%H%M%S}-{self._made:04d}",
            version=1,
            category=report.category,
            title=report.title,
            description=report.description,
            lon=lon,
            lat=lat,
            accuracy_m=CASE_ACCURACY_M,
            place_id=report.place_id,
            locality=report.locality,
            reported_at=now,
            channel=report.channel,
            urgency=CATEGORIES[report.category].urgency,
            status="reported",
        )

    def _leaves_at(self, case: OpenCase, haste: float) -> datetime:
        """Return when a case leaves its state: its own pace times the usual stay."""
        pace = self._paces[case.source_id]
        limit = case.deadline_at - case.reported_at if case.deadline_at else _NO_LIMIT
        stay = limit * pace * _STAY.get(case.status, _OTHER_STAY) / (self._speed * haste)
        return case.happened_at + max(stay, timedelta(seconds=20 / self._speed))

    def _pace(self, source_id: str) -> float:
        """Return the share of its time limit a case takes, drawn once; above 1 it is late."""
        if source_id in self._paces:
            return self._paces[source_id]
        chance = Random(f"demo/{self._seed}/{source_id}")
        late = chance.random() < _LATE_SHARE
        return chance.uniform(1.05, 1.6) if late else 0.1 + 0.85 * chance.betavariate(1.7, 2.6)

    def _step(self, case: OpenCase, now: datetime) -> CaseStep:
        key = f"demo/{self._seed}/{case.source_id}/{case.status}/{case.happened_at.isoformat()}"
        chance = Random(key)
        status = next_status(chance, case.status) or "closed"
        outcome = outcome_of(chance, case.category) if status == "closed" else None
        return CaseStep(case.case_id, status, now, outcome)
