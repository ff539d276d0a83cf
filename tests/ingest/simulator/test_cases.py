"""The stream of simulated cases: daily rhythm, states in order, a steady number of open ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from data.demo.rhythm import expected_reports
from ingest.simulator.cases import CaseLoad, OpenCase
from rules.records import CaseRecord
from rules.vocabulary import CATEGORIES, FINISHED_STATUSES
from tests.ingest.simulator.conftest import NOW, SEED

TICK_S = 120.0


def _play(load: CaseLoad, start: datetime, hours: float, opening: int) -> list[int]:
    """Run a load against a store kept in a dict; return the number of open cases per tick."""
    cases = {str(i): _case(str(i), start) for i in range(opening)}
    counts = []
    for tick in range(int(hours * 3600 / TICK_S)):
        now = start + timedelta(seconds=tick * TICK_S)
        for step in load.steps(now, TICK_S, list(cases.values())):
            if step.status in FINISHED_STATUSES:
                del cases[step.case_id]
            else:
                case = cases[step.case_id]
                cases[step.case_id] = replace(case, status=step.status, happened_at=now)
        for row in load.arrivals(now, TICK_S, len(cases)):
            cases[row.source_id] = _case(row.source_id, now, row.category)
        counts.append(len(cases))
    return counts


def _case(key: str, at: datetime, category: str = "noise") -> OpenCase:
    hours = CATEGORIES[category].limit_value * (
        10 if CATEGORIES[category].limit_kind == "work_day" else 1
    )
    return OpenCase(key, key, "reported", category, at, at + timedelta(hours=hours), at)


def _arrivals(speed: float, hours: int, start: datetime) -> list[CaseRecord]:
    load = CaseLoad(SEED, 40, speed)
    return [
        row
        for tick in range(int(hours * 3600 / TICK_S))
        for row in load.arrivals(start + timedelta(seconds=tick * TICK_S), TICK_S, 40)
    ]


def test_a_day_brings_about_as_many_reports_as_the_history_has() -> None:
    midnight = datetime(2026, 11, 17, 16, tzinfo=UTC)  # Wednesday 00:00 in China
    expected = expected_reports(midnight.date() + timedelta(days=1), rain=False)
    assert abs(len(_arrivals(1.0, 24, midnight)) - expected) < 4 * expected**0.5


def test_ten_times_the_speed_brings_about_ten_times_the_reports() -> None:
    assert 5 < len(_arrivals(10.0, 8, NOW)) / max(1, len(_arrivals(1.0, 8, NOW))) < 20


def test_the_same_seed_and_clock_give_the_same_reports() -> None:
    assert _arrivals(5.0, 3, NOW) == _arrivals(5.0, 3, NOW)
    other = CaseLoad(SEED + 1, 40, 5.0)
    assert other.arrivals(NOW, 36_000.0, 20) != CaseLoad(SEED, 40, 5.0).arrivals(NOW, 36_000.0, 20)


def test_the_open_list_neither_runs_away_nor_drains_over_a_day_and_a_half() -> None:
    for speed in (1.0, 30.0):
        counts = _play(CaseLoad(SEED, 40, speed), NOW, 36, 40)
        settled = counts[len(counts) // 4 :]
        assert min(settled) >= 20, (speed, min(settled))
        assert max(settled) <= 60, (speed, max(settled))


def test_an_empty_list_fills_and_an_overfull_one_empties() -> None:
    assert _play(CaseLoad(SEED, 40, 20.0), NOW, 24, 0)[-1] >= 20
    assert _play(CaseLoad(SEED, 40, 20.0), NOW, 24, 200)[-1] <= 60


def test_after_a_long_absence_cases_move_on_two_at_a_time() -> None:
    cases = [_case(str(i), NOW - timedelta(days=20)) for i in range(50)]
    steps = CaseLoad(SEED, 40, 1.0).steps(NOW, 2.0, cases)
    assert len(steps) == 2
    assert {step.status for step in steps} == {"accepted"}


def test_a_fresh_case_stays_in_its_state_for_a_while() -> None:
    assert CaseLoad(SEED, 40, 1.0).steps(NOW, 2.0, [_case("1", NOW)]) == []


def test_only_a_closed_case_has_an_outcome() -> None:
    old = NOW - timedelta(days=30)
    load = CaseLoad(SEED, 1, 1.0)
    other = _case("other", NOW)
    for status in ("verifying", "accepted", "dispatched", "rework", "suspended", "reopened"):
        for key in map(str, range(40)):
            case = replace(_case(key, old), status=status)
            (step,) = load.steps(NOW, 2.0, [case, other])
            assert (step.outcome is not None) == (step.status == "closed")
            assert step.status != status


def test_nothing_finishes_while_few_cases_are_open() -> None:
    old = NOW - timedelta(days=30)
    few = [replace(_case(str(i), old), status="verifying") for i in range(28)]
    steps = CaseLoad(SEED, 40, 1_000.0).steps(NOW, 2.0, few)
    assert not {step.status for step in steps} & set(FINISHED_STATUSES)
    many = [replace(_case(str(i), old), status="verifying") for i in range(60)]
    steps = CaseLoad(SEED, 40, 1_000.0).steps(NOW, 2.0, many)
    assert 20 < sum(step.status in FINISHED_STATUSES for step in steps) <= 32
