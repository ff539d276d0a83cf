"""Response, resolution and satisfaction over those who count, with n; nobody is taken for happy."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.service_rates import CallBack, Service, Share, service_rates

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("respond_by", "responded_at", "expected"),
    [
        (NOW - HOUR, NOW - 2 * HOUR, Share(1.0, 1, 1)),  # answered before it was due
        (NOW - HOUR, NOW - HOUR, Share(1.0, 1, 1)),  # at the very moment
        (NOW - HOUR, NOW - HOUR + TICK, Share(0.0, 1, 0)),  # a moment late
        (NOW - TICK, None, Share(0.0, 1, 0)),  # due and unanswered counts against
        (NOW, None, Share(None, 0, 0)),  # due this moment: not late yet
        (NOW + HOUR, None, Share(None, 0, 0)),  # not due
        (NOW + HOUR, NOW - HOUR, Share(1.0, 1, 1)),  # answered early
        (None, NOW, Share(None, 0, 0)),  # without a limit nothing is in time
    ],
)
def test_a_response_is_in_time_late_or_not_due_yet(
    respond_by: datetime | None, responded_at: datetime | None, expected: Share
) -> None:
    assert service_rates([Service(respond_by, responded_at)], NOW).response == expected


def test_rates_are_over_those_called_back_and_the_rest_is_its_own_number() -> None:
    cases = [
        Service(closed=True, call_back=CallBack(resolved=True, satisfied=True)),
        Service(closed=True, call_back=CallBack(resolved=True, satisfied=False)),
        Service(closed=True, call_back=CallBack(resolved=False, satisfied=None)),  # would not say
        Service(closed=True),  # not reached yet
        Service(closed=True),
        Service(closed=False),  # still open: nobody is due a call
        Service(closed=False, call_back=CallBack(resolved=False, satisfied=False)),  # called early
    ]
    found = service_rates(iter(cases), NOW)
    assert found.resolution == Share(0.5, 4, 2)
    assert found.satisfaction == Share(0.25, 4, 1)
    assert found.not_called_back == 2


def test_without_a_call_there_is_no_rate_and_not_a_perfect_one() -> None:
    found = service_rates([], NOW)
    assert found.response == found.resolution == found.satisfaction == Share(None, 0, 0)
    assert found.not_called_back == 0
