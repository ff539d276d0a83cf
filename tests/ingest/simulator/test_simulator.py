"""The simulator as a source: only demos move, it pauses, and it stops at once."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from actions.intake.recording import record, record_community
from data.store import Store
from ingest.base import SourceContext
from ingest.simulator import SOURCE, Simulator, Town
from ingest.simulator.config import SimulatorConfig
from rules.records import CaseRecord, CommunityRecord, WorkerRecord
from tests.ingest.simulator.conftest import NOW, SEED, RecordingSink


def _until(true: Callable[[], bool], wait_s: float = 60.0) -> bool:
    end = time.monotonic() + wait_s
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.01)
    return False


def _start(
    store: Store, sink: RecordingSink, config: SimulatorConfig
) -> tuple[Simulator, threading.Thread, threading.Event]:
    source = Simulator(config, SourceContext(store, Path("unused")))
    stop = threading.Event()
    thread = threading.Thread(target=source.run, args=(sink, stop))
    thread.start()
    return source, thread, stop


def _stop(thread: threading.Thread, stop: threading.Event) -> float:
    began = time.monotonic()
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    return time.monotonic() - began


def _events(store: Store) -> list[tuple[str, str]]:
    rows = store.rows("simulator/open_cases", community_id="demo", source="simulator")
    return [(row["source_id"], row["status"]) for row in rows]


def _play(store: Store, start: datetime, minutes: int) -> RecordingSink:
    sink = RecordingSink(store)
    town = Town(store, "demo", SimulatorConfig(seed=SEED, speed=20), start)
    for minute in range(minutes):
        now = start + timedelta(minutes=minute)
        town.walk(sink, now)
        town.work(sink, now)
    return sink


def test_half_an_hour_of_a_fast_demo_moves_everything_and_nothing_is_refused(demo: Store) -> None:
    before = Counter(_events(demo))
    sink = _play(demo, NOW, 30)
    kinds = Counter(kind for kind, _, rows in sink.taken for _ in rows)
    assert min(kinds[kind] for kind in ("positions", "cases", "devices")) > 0
    assert sink.verdicts["rejected"] == 0
    after = Counter(_events(demo))
    assert after != before
    assert 20 <= len(after) <= 60


def test_the_same_seed_clock_and_store_give_the_same_rows(
    demo: Store, demo_twin: Callable[[str], Store]
) -> None:
    twin = demo_twin("twin.duckdb")
    try:
        first, second = _play(demo, NOW, 6), _play(twin, NOW, 6)
        assert first.taken == second.taken
        assert _events(demo) == _events(twin)
    finally:
        twin.close()


def test_a_case_that_somebody_else_reported_is_left_alone(demo: Store) -> None:
    row = CaseRecord(
        source_id="1", category="noise", title="real", reported_at=NOW - timedelta(days=5)
    )
    (result,) = record(demo, "cases", "demo", "http:key", [row]).result()
    _play(demo, NOW, 8)
    (case,) = [
        line for line in demo.rows("view/ticker", community_id="demo") if line["id"] == result.id
    ]
    assert case["status"] == "reported"


def test_a_community_that_is_no_demo_is_never_touched(store: Store) -> None:
    for community_id, is_demo in (("real", False), ("empty", True)):
        community = CommunityRecord(community_id=community_id, name_zh="社区", is_demo=is_demo)
        record_community(store, community).result()
    worker = WorkerRecord(source_id="grid_worker-01", kind="grid_worker", callsign="网格员01")
    record(store, "workers", "real", "simulator", [worker]).result()
    record(store, "workers", "empty", "http:key", [worker]).result()
    sink = RecordingSink(store)
    _, thread, stop = _start(store, sink, SimulatorConfig(positions_every_s=0.2))
    assert _until(lambda: sink.alive_count > 3)
    _stop(thread, stop)
    assert sink.taken == []


def test_it_hands_over_positions_again_and_again_and_stops_within_a_second(demo: Store) -> None:
    sink = RecordingSink(demo)
    _, thread, stop = _start(demo, sink, SimulatorConfig(positions_every_s=0.2))
    assert _until(lambda: len(sink.of("positions")) > 100)
    assert _stop(thread, stop) < 1.0
    assert {community_id for _, community_id, _ in sink.taken} == {"demo"}


def test_it_pauses_and_resumes_while_it_runs(demo: Store) -> None:
    sink = RecordingSink(demo)
    source, thread, stop = _start(demo, sink, SimulatorConfig(paused=True, positions_every_s=0.2))
    try:
        assert _until(lambda: sink.alive_count > 2)
        assert sink.taken == []
        source.resume()
        assert _until(lambda: bool(sink.of("positions")))
        source.pause()
        quiet_from = sink.alive_count
        assert _until(lambda: sink.alive_count > quiet_from + 1)
        count = len(sink.taken)
        assert _until(lambda: sink.alive_count > quiet_from + 3)
        assert len(sink.taken) == count
    finally:
        _stop(thread, stop)


@pytest.mark.parametrize(
    "setting",
    [
        {"speed": 0},
        {"speed": 1_001},
        {"positions_every_s": 0.1},
        {"open_cases": 0},
        {"seed": -1},
        {"sped": 2},
    ],
)
def test_settings_out_of_range_or_unknown_are_refused(setting: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SimulatorConfig.model_validate(setting)


def test_it_is_found_under_the_name_of_its_folder() -> None:
    assert SOURCE is Simulator
    assert Simulator.name == "simulator"
