"""The source `http`: rows on disk before the answer, bad ones in quarantine, repeats unchanged."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions.intake.received import BodyRefused, IntakeClosed, posted_source
from actions.intake.recording import RowResult, record_community
from data.store import Store
from ingest.base import SourceContext
from ingest.http import HttpSource
from ingest.http.config import HttpConfig
from ingest.sink import StoreSink
from ingest.tally import Tally
from rules.records import CommunityRecord

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)


@pytest.fixture
def tally() -> Tally:
    return Tally("http")


@pytest.fixture
def source(store: Store, tally: Tally, tmp_path: Path) -> Iterator[HttpSource]:
    record_community(store, CommunityRecord(community_id="demo", name_zh="石榴社区")).result()
    made = HttpSource(HttpConfig(), SourceContext(store, tmp_path))
    stop = threading.Event()
    sink = StoreSink(store, tally, lambda: NOW, threading.Event())
    thread = threading.Thread(target=made.run, args=(sink, stop))
    thread.start()
    while made._sink is None:
        stop.wait(0.001)
    yield made
    stop.set()
    thread.join()


def row(source_id: str, **more: object) -> dict[str, object]:
    return {
        "source_id": source_id,
        "category": "noise",
        "title": "吵",
        "reported_at": "2026-03-12T08:00:00Z",
        **more,
    }


def post(source: HttpSource, *rows: object, sender: str = "k1") -> list[RowResult]:
    return source.receive(json.dumps(rows).encode(), "demo", sender).result(10)


def test_good_and_bad_rows_are_answered_in_the_order_of_the_batch(
    source: HttpSource, store: Store, tally: Tally
) -> None:
    results = post(source, row("1"), {"source_id": "2"}, row("3"))
    assert [(each.source_id, each.result) for each in results] == [
        ("1", "new"),
        ("2", "rejected"),
        ("3", "new"),
    ]
    assert results[1].error is not None and results[1].error.field == "category"
    (health,) = tally.health(NOW)
    assert (health.accepted, health.quarantined, health.good_at) == (2, 1, NOW)


def test_rejected_rows_are_in_quarantine_once_with_their_place_in_the_batch(
    source: HttpSource, store: Store
) -> None:
    post(source, row("1"), {"source_id": "2"})
    post(source, row("1"), {"source_id": "2"})
    cursor = store.cursor()
    kept = cursor.execute("select source, kind, row_number, code, field from quarantine").fetchall()
    cursor.close()
    assert kept == [("http:k1", "cases", 2, "field_missing", "category")]


def test_a_batch_of_bad_rows_only_is_answered_row_by_row(source: HttpSource) -> None:
    assert [each.result for each in post(source, 1, 2)] == ["rejected", "rejected"]


def test_the_same_batch_twice_changes_nothing(source: HttpSource, store: Store) -> None:
    first = post(source, row("1"), row("2"))
    again = post(source, row("1"), row("2"))
    assert [each.result for each in again] == ["unchanged", "unchanged"]
    assert [each.id for each in again] == [each.id for each in first]
    assert len(store.rows("view/ticker", community_id="demo")) == 2


def test_a_late_row_with_an_older_version_changes_nothing(source: HttpSource) -> None:
    post(source, row("1", version=5, category="noise"))
    late = post(source, row("1", version=4, category="parking"))
    newer = post(source, row("1", version=6, category="parking"))
    assert [late[0].result, newer[0].result] == ["unchanged", "changed"]


def test_the_same_id_twice_in_one_batch_is_taken_in_order(source: HttpSource) -> None:
    results = post(source, row("1"), row("1"), row("1", title="更吵"))
    assert [each.result for each in results] == ["new", "unchanged", "changed"]


def test_ids_of_two_senders_never_collide(source: HttpSource, store: Store) -> None:
    mine, theirs = post(source, row("1")), post(source, row("1"), sender="k2")
    assert (mine[0].result, theirs[0].result) == ("new", "new")
    assert mine[0].id != theirs[0].id
    sources = {
        each["source"]
        for each in store.rows(
            "view/case_page",
            community_id="demo",
            case_id=None,
            source=None,
            reach=None,
            statuses=None,
            updated_after=None,
            after="",
            row_limit=9,
        )
    }
    assert sources == {posted_source("k1"), posted_source("k2")}


def test_a_refused_body_records_nothing(source: HttpSource, store: Store) -> None:
    with pytest.raises(BodyRefused):
        source.receive(b"{", "demo", "k1")
    assert store.rows("view/ticker", community_id="demo") == []


def test_a_source_that_does_not_run_takes_nothing(store: Store, tmp_path: Path) -> None:
    idle = HttpSource(HttpConfig(), SourceContext(store, tmp_path))
    with pytest.raises(IntakeClosed):
        idle.receive(b"[]", "demo", "k1")
