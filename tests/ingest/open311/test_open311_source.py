"""The source open311: what it brings of another server, and what a bad server cannot do."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from actions.intake.recording import record_community
from data.store import Store
from ingest.base import SourceContext
from ingest.errors import SourceError, SourceMisconfigured
from ingest.open311 import Open311, windows
from ingest.open311.config import Open311Config
from ingest.runner import Runner
from rules.records import CommunityRecord
from settings import Settings
from tests.ingest.open311.nasty_server import astray, cut, drip, endless, nasty, rows
from tests.ingest.open311.rig import NOW, Rig, entry, rig, within

__all__ = ["rig"]


def test_requests_become_cases_of_their_server(rig: Rig) -> None:
    told = [
        entry(1, expected_datetime="2026-11-22T00:00:00+08:00", address="幸福路8号"),
        entry(2, status="closed", service_code="noise", service_name="噪声"),
        entry(3, lat=0, long=0, service_request_id=77),
    ]
    with nasty(lambda asked: within(asked, told)) as server:
        rig.round(server, categories={"sl": "street_light"})
        rig.round(server, categories={"sl": "street_light"})
    cases = rig.cases()
    assert set(cases) == {"r-1", "r-2", "77"}
    first, second, third = cases["r-1"], cases["r-2"], cases["77"]
    assert (first["source"], first["category"]) == ("open311:127.0.0.1", "street_light")
    assert (first["status"], first["title"]) == ("reported", "路灯")
    assert (first["description"], first["address"]) == ("不亮", "幸福路8号")
    assert first["deadline_at"] == datetime(2026, 11, 21, 16, tzinfo=UTC)
    assert (second["status"], second["category"]) == ("closed", "噪声")
    assert second["closed_at"] == NOW - timedelta(hours=2)
    assert (third["lon"], third["lat"]) == (None, None)
    assert (
        len(rig.store.rows("view/case_history", community_id="demo", case_id=first["case_id"])) == 1
    )


def test_a_change_is_taken_by_its_time_and_an_older_one_is_not(rig: Rig) -> None:
    later = (NOW + timedelta(hours=1)).isoformat()
    told = [entry(1)]
    with nasty(lambda asked: within(asked, told)) as server:
        rig.round(server)
        told[0] = entry(1, status="closed", updated_datetime=later)
        rig.round(server)
        assert rig.cases()["r-1"]["status"] == "closed"
        told[0] = entry(1)  # a cache in between serves the day before
        rig.round(server)
        assert rig.cases()["r-1"]["status"] == "closed"


def test_a_full_answer_is_halved_until_nothing_can_be_missing(rig: Rig) -> None:
    told = [entry(n) for n in range(1, 40)]

    def cut_short(asked: dict[str, str]) -> Any:
        status, body = within(asked, told)
        return status, json.dumps(json.loads(body)[:10]).encode()

    with nasty(cut_short) as server:
        rig.round(server, page_rows=10)
    assert len(rig.cases()) == 39


def test_more_requests_in_a_minute_than_one_answer_holds_is_said(rig: Rig) -> None:
    told = [entry(1, service_request_id=str(n)) for n in range(5)]
    with nasty(lambda asked: within(asked, told)) as server:
        with pytest.raises(SourceError) as failure:
            rig.round(server, page_rows=5)
        assert failure.value.code == "open311_too_dense"


def test_it_goes_on_where_it_stopped_and_asks_after_old_open_ones_by_id(rig: Rig) -> None:
    told = [entry(24 * 30), entry(24 * 20, status="closed"), entry(1)]
    with nasty(lambda asked: within(asked, told)) as server:
        rig.round(server, backfill_days=60)
        first = [asked["start_date"] for asked in server.asked if "start_date" in asked]
        assert first[0] == "2026-09-21T08:00:00Z"
        assert len(first) == 9  # 60 days in windows of 7
        server.asked.clear()
        rig.round(server, backfill_days=60)
        starts = [asked for asked in server.asked if "start_date" in asked]
        assert [asked["start_date"] for asked in starts] == ["2026-11-17T07:00:00Z"]
        assert [a["service_request_id"] for a in server.asked if a not in starts] == ["r-720"]


def test_bad_rows_are_set_aside_and_the_rest_goes_on(rig: Rig) -> None:
    told = [
        entry(1),
        entry(2, status="pending"),
        entry(3, requested_datetime="2026-11-20 03:00"),
        entry(4, lat="north"),
        entry(5, service_request_id=None),
        entry(6, description={"a": 1}),
        entry(7, lat=95),
        entry(8, requested_datetime="2199-01-01T00:00:00Z"),
        entry(9, description="\ud800x"),
        entry(10, service_request_id="r-1", status="closed", updated_datetime=NOW.isoformat()),
    ]
    with nasty(lambda _: rows(*told)) as server:
        rig.round(server, window_days=90)
        rig.round(server, window_days=90)
    cases = rig.cases()
    assert set(cases) == {"r-1", "r-9"}
    assert cases["r-1"]["status"] == "closed"  # the newest of a repeated id
    fields = {row["field"] for row in rig.aside()}
    assert fields == {
        "status",
        "reported_at",
        "requested_datetime",
        "lat",
        "source_id",
        "description",
    }


def test_xml_is_read_without_entities(rig: Rig) -> None:
    good = (
        b"<service_requests><request><service_request_id>x-1</service_request_id>"
        b"<status>open</status><service_code>sl</service_code><service_name>&lt;b&gt;</service_name>"
        b"<requested_datetime>2026-11-20T00:00:00Z</requested_datetime><notes><note/></notes>"
        b"</request></service_requests>"
    )
    bombs = (
        b'<!DOCTYPE a [<!ENTITY b "x">]><service_requests>&b;</service_requests>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><service_requests/>',
        b"<errors><error><code>400</code></error></errors>",
        b"<service_requests>",
        b'<?xml version="1.0" encoding="none"?><service_requests/>',
        b"\xff\xfe\x00",
        b"<service_requests>" + b"<a>" * 100_000,
        b"",
    )
    with nasty(lambda _: (200, good)) as server:
        rig.round(server, format="xml")
        assert rig.cases()["x-1"]["category"] == "<b>"
        for bomb in bombs:
            server.answer = lambda _, bomb=bomb: (200, bomb)
            with pytest.raises(SourceError) as failure:
                rig.round(server, format="xml")
            assert failure.value.code == "open311_malformed"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"{}", b"[1]", b'"' + b"x" * 100, b"[" * 100_000, b"\xff", b"<html>",
        b"[" + b"9" * 5_000 + b"]", b'[{"a": 1},',
    ],
    ids=range(10),
)  # fmt: skip
def test_an_unreadable_answer_is_said_and_brings_nothing(rig: Rig, body: bytes) -> None:
    with nasty(lambda _: (200, body)) as server, pytest.raises(SourceError) as failure:
        rig.round(server)
    assert failure.value.code == "open311_malformed"
    assert rig.cases() == {}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((403, b"[]"), "open311_refused"),
        ((404, b"[]"), "open311_refused"),
        ((503, b""), "source_unreachable"),
        ((429, b""), "source_unreachable"),
        (drip, "source_unreachable"),
        (cut, "source_unreachable"),
        (endless, "fetch_too_large"),
        (astray, "url_internal"),
    ],
    ids=["403", "404", "503", "429", "drip", "cut", "endless", "astray"],
)
def test_a_bad_server_is_named(rig: Rig, answer: Any, code: str) -> None:
    began = time.monotonic()
    with nasty(lambda _: answer) as server, pytest.raises(SourceError) as failure:
        rig.round(server, timeout_s=0.5 if answer is drip else 20, most_mb=1)
    assert failure.value.code == code
    assert time.monotonic() - began < 15


def test_an_address_inside_the_network_must_be_allowed(rig: Rig) -> None:
    config = Open311Config(endpoint="http://127.0.0.1:80/x", community="demo")
    source = Open311(config, SourceContext(rig.store, rig.folder), lambda: NOW)
    with pytest.raises(SourceError) as failure:
        source.round(rig.sink, threading.Event())
    assert failure.value.code == "url_internal"


def test_the_key_comes_from_a_file_of_its_owner(rig: Rig, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("yp_1_2\n")
    file.chmod(0o600)
    with nasty(lambda _: rows()) as server:
        rig.round(server, key_file=file, jurisdiction="city")
        assert server.asked[0]["api_key"] == "yp_1_2"
        assert server.asked[0]["jurisdiction_id"] == "city"
        file.chmod(0o644)
        with pytest.raises(SourceMisconfigured):
            rig.round(server, key_file=file)


def test_a_dead_server_backs_off_shows_in_health_and_comes_back(
    store: Store, tmp_path: Path
) -> None:
    record_community(store, CommunityRecord(community_id="demo", name_zh="社区")).result()
    up = threading.Event()
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    told = [entry(1, requested_datetime=an_hour_ago.isoformat())]
    with nasty(lambda asked: within(asked, told) if up.is_set() else (500, b"")) as server:
        section = {"endpoint": server.url, "community": "demo", "backfill_days": 1}
        settings = Settings(
            var=tmp_path,
            sources={"open311": section},
            outgoing_networks=("127.0.0.0/8",),
            outgoing_ports=(server.port,),
        )
        runner = Runner(store, settings, {"open311": Open311}, wait_s=lambda _: 0.05)
        runner.start()
        try:
            until(lambda: runner.health()[0].state == "backoff")
            assert runner.health()[0].error == "source_unreachable"
            up.set()
            until(lambda: runner.health()[0].state == "waiting")
            assert (runner.health()[0].accepted, runner.health()[0].error) == (1, None)
        finally:
            runner.stop()


def test_it_is_not_there_until_it_has_settings(store: Store, tmp_path: Path) -> None:
    assert Runner(store, Settings(var=tmp_path), {"open311": Open311}).health() == []


def test_windows_cover_the_time_without_a_gap() -> None:
    start = NOW - timedelta(days=20)
    found = list(windows(start, NOW, timedelta(days=9)))
    assert (found[0][0], found[-1][1], len(found)) == (start, NOW, 3)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(found))
    assert len(list(windows(NOW - timedelta(days=180), NOW, timedelta(days=365)))) == 2


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)
