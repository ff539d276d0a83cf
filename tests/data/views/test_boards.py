"""The smaller views: workers, notices and sources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from actions.intake.recording import record_community
from data.store import Store
from data.views.notices import notices
from data.views.people import workers
from data.views.sources import sources
from data.views.view import Question
from ingest.base import SourceHealth
from rules.records import CommunityRecord, NoticeRecord, PositionRecord, WorkerRecord
from tests.data.views.given import NOW

Put = Callable[..., list[str]]
Ask = Callable[..., Question]


def test_nobody_is_shown_on_the_map_off_duty(put: Put, ask: Ask, town: dict[str, str]) -> None:
    put(
        "workers",
        WorkerRecord(source_id="on", kind="patrol", callsign="A on", on_duty=True),
        WorkerRecord(source_id="off", kind="patrol", callsign="B off", on_duty=False),
    )
    old = NOW - timedelta(hours=2)
    put(
        "positions",
        PositionRecord(worker_id="on", lon=116.31, lat=39.91, located_at=old),
        PositionRecord(worker_id="off", lon=116.32, lat=39.92, located_at=old),
    )
    shown = {row["callsign"]: (row["lon"], row["located_at"]) for row in workers(ask())}
    # An old position is sent with its time; the screen shows it as old.
    assert shown["A on"] == (116.31, "2026-03-11T06:00:00Z")
    assert shown["B off"] == (None, None)


def test_a_notice_is_shown_from_its_publishing_until_it_expires(
    put: Put, ask: Ask, town: dict[str, str]
) -> None:
    def notice(name: str, published_h: float, expires_h: float | None) -> NoticeRecord:
        return NoticeRecord(
            source_id=name,
            kind="outage",
            title_zh=name,
            published_at=NOW + timedelta(hours=published_h),
            expires_at=None if expires_h is None else NOW + timedelta(hours=expires_h),
        )

    put(
        "notices",
        notice("now", -1, 1),
        notice("for ever", -2, None),
        notice("over", -3, 0),
        notice("not yet", 1, 2),
    )
    assert [row["title_zh"] for row in notices(ask())] == ["now", "for ever"]


def test_a_community_sees_its_own_sources_and_those_without_rows_yet(ask: Ask) -> None:
    def health(source: str, community_id: str | None, good_at: datetime | None) -> SourceHealth:
        return SourceHealth(source, community_id, "running", good_at, 1.0, 2, 3, None, 300.0)

    reports = [health("b", "demo", NOW), health("c", "other", NOW), health("a", None, None)]
    assert sources(ask(sources=reports)) == [
        {
            "source": name,
            "state": "running",
            "good_at": good_at,
            "accepted": 2,
            "quarantined": 3,
            "error": None,
            "stale_after_s": 300.0,
        }
        for name, good_at in (("a", None), ("b", "2026-03-11T08:00:00Z"))
    ]


def test_only_a_demo_community_is_told_of_the_simulator(store: Store, ask: Ask) -> None:
    waiting = [SourceHealth("simulator", None, "waiting", None, None, 0, 0, None, 60.0)]
    for community_id, is_demo in (("toy", True), ("real", False)):
        community = CommunityRecord(community_id=community_id, name_zh="试", is_demo=is_demo)
        record_community(store, community).result()
    assert [row["source"] for row in sources(ask("toy", sources=waiting))] == ["simulator"]
    assert sources(ask("real", sources=waiting)) == []
