"""The runner: every source supervised, counted and stopped; one bad source harms no other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from actions.intake.received import IntakeClosed
from actions.intake.recording import record_community
from data.store import Store
from ingest.base import Sink, Source, SourceConfig, SourceHealth
from ingest.discovery import SourceClass, discover
from ingest.errors import SourceBroken, SourceMisconfigured, SourceStopped, SourceUnreachable
from ingest.runner import Runner, backoff_s
from rules.records import CaseRecord, CommunityRecord

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)


@dataclass
class Told:
    """Settings as the runner needs them."""

    var: Path = Path("var")
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    outgoing_networks: tuple[str, ...] = ()
    outgoing_ports: tuple[int, ...] = ()


class TideConfig(SourceConfig):
    speed: float = 1.0


def source_of(body: Callable[[Source[TideConfig], Sink, threading.Event], None]) -> SourceClass:
    """Make a source class whose `run` is a function of the test."""

    class Tide(Source[TideConfig]):
        name = "tide"
        Config = TideConfig

        def run(self, sink: Sink, stop: threading.Event) -> None:
            body(self, sink, stop)

    return Tide


def case(source_id: str) -> CaseRecord:
    return CaseRecord(source_id=source_id, category="noise", title="吵", reported_at=NOW)


def until(happened: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < deadline, what
        time.sleep(0.005)


@pytest.fixture
def start(store: Store) -> Iterator[Callable[..., Runner]]:
    record_community(store, CommunityRecord(community_id="demo", name_zh="石榴社区")).result()
    runners: list[Runner] = []

    def _start(*bodies: Any, settings: Told | None = None, **named: Any) -> Runner:
        sources = {"tide": source_of(bodies[0])} if bodies else named
        runner = Runner(store, settings or Told(), sources, wait_s=lambda failures: 0.01)
        runners.append(runner)
        runner.start()
        return runner

    yield _start
    for runner in runners:
        runner.stop(timeout_s=2)


def one(runner: Runner) -> SourceHealth:
    (line,) = runner.health()
    return line


def test_the_back_off_doubles_up_to_a_minute_and_half_of_it_is_jitter() -> None:
    assert [backoff_s(n, 1.0) for n in (1, 2, 3, 6, 7, 10_000)] == [1, 2, 4, 32, 60, 60]
    assert [backoff_s(n, 0.0) for n in (1, 7)] == [0.5, 30]


def test_a_source_that_fails_is_started_again_until_it_is_well(
    start: Callable[..., Runner],
) -> None:
    runs: list[int] = []

    def body(source: object, sink: Sink, stop: threading.Event) -> None:
        runs.append(1)
        if len(runs) < 3:
            raise SourceUnreachable(host="example")
        sink.take("cases", [case("1")], "demo")
        stop.wait()

    runner = start(body)
    until(lambda: one(runner).accepted == 1, "it never came back")
    assert len(runs) == 3
    assert (one(runner).state, one(runner).error) == ("running", None)


def test_a_failing_source_says_so_with_its_code(start: Callable[..., Runner]) -> None:
    def body(source: object, sink: Sink, stop: threading.Event) -> None:
        raise SourceUnreachable

    runner = start(body)
    until(lambda: one(runner).state == "backoff", "the failure was not shown")
    assert one(runner).error == "source_unreachable"


def test_a_source_that_crashes_in_its_own_way_backs_off_and_does_not_stop_another(
    start: Callable[..., Runner],
) -> None:
    def crashes(source: object, sink: Sink, stop: threading.Event) -> None:
        raise ZeroDivisionError

    def works(source: object, sink: Sink, stop: threading.Event) -> None:
        sink.take("cases", [case("1")], "demo")
        stop.wait()

    runner = start(bad=source_of(crashes), good=source_of(works))
    until(lambda: {line.source: line.accepted for line in runner.health()}["good"] == 1, "no row")
    until(lambda: runner.health()[0].error == "source_crashed", "the crash was not shown")


def test_a_source_whose_settings_cannot_work_stays_failed(start: Callable[..., Runner]) -> None:
    runs: list[int] = []

    def body(source: object, sink: Sink, stop: threading.Event) -> None:
        runs.append(1)
        raise SourceMisconfigured

    runner = start(body)
    until(lambda: one(runner).state == "failed", "it was not failed")
    time.sleep(0.1)
    assert runs == [1]


def test_an_unknown_key_in_a_source_section_fails_that_source_only(
    start: Callable[..., Runner],
) -> None:
    def body(source: object, sink: Sink, stop: threading.Event) -> None:
        stop.wait()

    runner = start(body, settings=Told(sources={"tide": {"sped": 2}}))
    assert (one(runner).state, one(runner).error) == ("failed", "source_misconfigured")


def test_a_source_gets_its_own_section_as_its_config(start: Callable[..., Runner]) -> None:
    seen: list[float] = []

    def body(source: Source[TideConfig], sink: Sink, stop: threading.Event) -> None:
        seen.append(source.config.speed)
        stop.wait()

    runner = start(body, settings=Told(sources={"tide": {"speed": 8, "stale_after_s": 9}}))
    until(lambda: seen == [8.0], "it did not start")
    assert one(runner).stale_after_s == 9


def test_a_folder_that_does_not_load_is_shown_and_the_others_start(
    start: Callable[..., Runner],
) -> None:
    def body(source: object, sink: Sink, stop: threading.Event) -> None:
        sink.alive()
        stop.wait()

    runner = start(broken=SourceBroken(source="broken"), tide=source_of(body))
    until(lambda: runner.health()[1].state == "waiting", "the good one did not start")
    assert (runner.health()[0].state, runner.health()[0].error) == ("failed", "source_broken")


def test_a_disabled_source_is_not_started(start: Callable[..., Runner]) -> None:
    runs: list[int] = []

    def body(source: object, sink: Sink, stop: threading.Event) -> None:
        runs.append(1)

    runner = start(body, settings=Told(sources={"tide": {"enabled": False}}))
    time.sleep(0.1)
    assert (runs, one(runner).state) == ([], "stopped")


def test_a_source_that_has_read_everything_waits_and_is_not_started_again(
    start: Callable[..., Runner],
) -> None:
    runs: list[int] = []

    def body(source: object, sink: Sink, stop: threading.Event) -> None:
        runs.append(1)

    runner = start(body)
    until(lambda: one(runner).state == "waiting", "it did not wait")
    time.sleep(0.05)
    assert runs == [1]


def test_counters_and_the_age_of_the_last_good_row_survive_a_restart(
    store: Store, start: Callable[..., Runner]
) -> None:
    def body(source: object, sink: Sink, stop: threading.Event) -> None:
        late = CaseRecord(
            source_id="9", category="noise", reported_at=datetime(2190, 1, 1, tzinfo=UTC)
        )
        sink.take("cases", [case("1"), case("2"), late], "demo")
        stop.wait()

    runner = start(body)
    until(lambda: one(runner).quarantined == 1, "the rows were not counted")
    good_at = one(runner).good_at
    runner.stop()

    again = Runner(store, Told(), {"tide": source_of(lambda source, sink, stop: None)})
    assert (one(again).community_id, one(again).accepted, one(again).quarantined) == ("demo", 2, 1)
    assert one(again).good_at == good_at
    assert one(again).age_s is not None


def test_a_source_without_any_row_has_no_age_and_no_community(
    start: Callable[..., Runner],
) -> None:
    runner = start(lambda source, sink, stop: stop.wait())
    assert (one(runner).community_id, one(runner).good_at, one(runner).age_s) == (None, None, None)


def test_stopping_ends_every_source_and_a_stubborn_one_can_hand_over_nothing_more(
    store: Store, start: Callable[..., Runner]
) -> None:
    go, refused = threading.Event(), threading.Event()

    def body(source: object, sink: Sink, stop: threading.Event) -> None:
        go.wait(10)
        try:
            sink.take("cases", [case("1")], "demo")
        except SourceStopped:
            refused.set()

    runner = start(body)
    until(lambda: one(runner).state == "running", "it did not start")
    began = time.monotonic()
    runner.stop(timeout_s=0.1)
    assert time.monotonic() - began < 5
    assert one(runner).state == "stopped"
    go.set()
    assert refused.wait(5)
    assert store.rows("view/ticker", community_id="demo") == []


def test_a_paused_source_rests_until_it_is_resumed(start: Callable[..., Runner]) -> None:
    runs: list[int] = []

    def body(source: object, sink: Sink, stop: threading.Event) -> None:
        runs.append(1)
        stop.wait()

    runner = start(body)
    until(lambda: runs == [1], "it did not start")
    runner.pause("tide")
    until(lambda: one(runner).state == "paused", "it did not pause")
    assert runs == [1]
    runner.resume("tide")
    until(lambda: runs == [1, 1], "it did not go on")


def test_a_body_for_a_source_that_does_not_run_is_refused(start: Callable[..., Runner]) -> None:
    runner = start(lambda source, sink, stop: stop.wait())
    with pytest.raises(IntakeClosed):
        runner.receive(b"[]", "demo", "k1", "tide")
    with pytest.raises(IntakeClosed):
        runner.receive(b"[]", "demo", "k1", "nowhere")


def test_every_source_folder_loads_under_its_own_name() -> None:
    found = discover()
    assert "http" in found
    assert [name for name, source in found.items() if isinstance(source, SourceBroken)] == []
