"""Each step of a case has a limit of its own, by urgency and state."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from data.calendars import work_calendar
from rules.case_clocks import STEP_LIMITS, due, step_clock
from rules.clocks import deadline
from rules.vocabulary import OPEN_STATUSES, URGENCIES

CHINA = work_calendar("Asia/Shanghai")
LATE = datetime(2030, 1, 1, tzinfo=UTC)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_step_has_its_own_clock_by_urgency_and_state() -> None:
    entered = local("2026-03-06 17:00")
    step = step_clock("filed", "ordinary", entered)
    assert step is not None
    assert due(step, CHINA, entered).at == local("2026-03-09 11:00")
    urgent = step_clock("filed", "urgent", entered)
    assert urgent is not None
    assert due(urgent, CHINA, entered).at == local("2026-03-06 17:15")


@pytest.mark.parametrize("status", ["handling", "rework", "suspended", "closed", "cancelled"])
def test_work_itself_and_what_stands_or_is_over_has_no_step_limit(status: str) -> None:
    for urgency in URGENCIES:
        assert step_clock(status, urgency, LATE) is None


def test_every_limit_is_one_a_deadline_can_be_reckoned_from() -> None:
    for steps in STEP_LIMITS.values():
        assert set(steps) <= set(OPEN_STATUSES)
        for value, kind in steps.values():
            assert deadline(LATE, value, kind, CHINA).at > LATE


def test_an_emergency_is_dispatched_within_the_hour() -> None:
    # Beijing's standard of 2023 (DOMAIN §2.5): one hour in emergencies
    urgent = STEP_LIMITS["urgent"]
    assert sum(urgent[step][0] for step in ("reported", "accepted", "filed")) <= 1
