"""The key figures against the rules: counted in SQL, they equal what rules/rates.py decides."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from data.store import Store
from data.views.figures import figures, profile
from data.views.view import Question
from rules.rates import on_time_rate, on_time_verdict
from rules.records import DeviceRecord, PositionRecord, WorkerRecord
from rules.vocabulary import OPEN_STATUSES
from tests.data.views.given import NOW, case

Put = Callable[..., list[str]]
Ask = Callable[..., Question]
MONDAY = datetime(2026, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_an_empty_community_has_no_rate_rather_than_a_good_one(
    ask: Ask, town: dict[str, str]
) -> None:
    shown = figures(ask())
    assert shown["on_time"] == {"rate": None, "n": 0, "late": 0, "overdue": 0}
    assert (shown["open"], shown["overdue"], shown["due_soon"], shown["undated"]) == (0, 0, 0, 0)


def test_open_cases_are_overdue_due_soon_undated_or_none_of_these(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put(
        "cases",
        case("overdue", hours_ago=3, deadline_at=NOW - timedelta(seconds=1)),
        case("at the deadline", hours_ago=3, deadline_at=NOW),  # not overdue yet
        case("80 %", hours_ago=8, deadline_at=NOW + timedelta(hours=2)),
        case("79 %", hours_ago=7.9, deadline_at=NOW + timedelta(hours=2.1)),
        case("undated", category="other people's word"),
        case("finished", status="rejected", deadline_at=NOW - timedelta(hours=9)),
    )
    shown = figures(ask())
    assert (shown["open"], shown["overdue"], shown["due_soon"], shown["undated"]) == (5, 1, 2, 1)


def test_days_are_counted_from_local_midnight(put: Put, ask: Ask, town: dict[str, str]) -> None:
    # NOW is 16:00 in Shanghai and 03:00 in New York.
    put(
        "cases",
        case("this morning", hours_ago=15.9),
        case("last night", hours_ago=16.1),
        case("closed today", hours_ago=99, closed_at=NOW - timedelta(hours=15)),
        case("closed before", hours_ago=99, closed_at=NOW - timedelta(hours=17)),
    )
    assert [figures(ask())[name] for name in ("new_today", "closed_today")] == [1, 1]
    assert figures(ask(timezone="America/New_York"))["new_today"] == 0


def test_the_on_time_rate_of_the_week_equals_the_rules(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    chance = random.Random(20260311)
    cases = []
    for number in range(300):
        reported_at = NOW - timedelta(hours=chance.uniform(0, 400))
        deadline_at = reported_at + timedelta(hours=chance.uniform(1, 300))
        closed = chance.random() < 0.7
        closed_at = min(NOW, reported_at + timedelta(hours=chance.uniform(1, 300)))
        cases.append(
            case(
                str(number),
                category="a word without a limit",
                reported_at=reported_at,
                deadline_at=deadline_at if chance.random() < 0.8 else None,
                status="closed" if closed else chance.choice(OPEN_STATUSES),
                closed_at=closed_at if closed else None,
            )
        )
    put("cases", *cases)
    this_week = [each for each in cases if each.closed_at is None or each.closed_at >= MONDAY]
    expected = on_time_rate(
        on_time_verdict(each.deadline_at, each.closed_at, NOW) for each in this_week
    )
    assert expected.n > 50
    shown = figures(ask())
    assert shown["on_time"] == {
        "rate": expected.rate,
        "n": expected.n,
        "late": expected.late,
        "overdue": expected.overdue,
    }
    assert shown["overdue"] == expected.overdue


def test_a_case_closed_exactly_at_its_deadline_is_on_time(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put("cases", case("1", deadline_at=NOW, closed_at=NOW))
    assert figures(ask())["on_time"]["rate"] == 1.0


def test_only_workers_on_duty_with_a_position_under_half_an_hour_count_as_located(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put(
        "workers",
        *(
            WorkerRecord(source_id=name, kind="patrol", callsign=name, on_duty=name != "off")
            for name in ("fresh", "old", "never", "off")
        ),
    )
    put(
        "positions",
        *(
            PositionRecord(
                worker_id=name, lon=116.3, lat=39.9, located_at=NOW - timedelta(minutes=minutes)
            )
            for name, minutes in (("fresh", 30), ("old", 31), ("off", 1))
        ),
    )
    shown = figures(ask())
    assert (shown["workers"], shown["workers_on_duty"], shown["located"]) == (5, 3, 1)


def test_an_unknown_camera_is_never_counted_as_online(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    put(
        "devices",
        *(
            DeviceRecord(source_id=f"{kind}-{state}", kind=kind, name_zh="设备", state=state)
            for kind in ("camera", "smoke")
            for state in ("online", "offline", "unknown")
        ),
    )
    shown = figures(ask())
    assert (shown["cameras"], shown["cameras_online"], shown["cameras_unknown"]) == (3, 1, 1)
    assert (shown["devices"], shown["devices_online"]) == (3, 1)


def test_the_profile_counts_registers_and_leaves_out_what_is_not_registered(
    store: Store, ask: Ask, town: dict[str, str]
) -> None:
    shown = profile(ask())
    assert shown is not None
    assert (shown["zones"], shown["grids"], shown["buildings"]) == (1, 1, 1)
    assert (shown["estates"], shown["households"]) == (None, None)
    assert profile(ask("nowhere")) is None
