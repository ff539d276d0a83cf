"""Simulated people, devices and notices: they move as they should, and the same for one seed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import hypot

from data.demo.devices import device_records
from data.demo.geometry import Point, contains, distances
from data.demo.people import home_area, worker_records
from data.demo.plan import draw_plan, to_metres
from ingest.simulator.notices import NoticeBoard
from ingest.simulator.outages import Outages
from ingest.simulator.shifts import Shifts
from tests.ingest.simulator.conftest import NOW, SEED

NIGHT = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)  # midnight in China


def _shifts(seed: int = SEED) -> Shifts:
    return Shifts(seed, {worker.source_id: worker.on_duty for worker in worker_records()})


def _where(shifts: Shifts, elapsed_s: float) -> dict[str, Point]:
    return {p.worker_id: to_metres(p.lon, p.lat) for p in shifts.positions(NOW, elapsed_s)}


def test_people_walk_at_a_walking_pace() -> None:
    shifts = _shifts()
    before = _where(shifts, 0)
    moved = 0.0
    for _ in range(60):
        after = _where(shifts, 1.0)
        strides = [hypot(a[0] - b[0], a[1] - b[1]) for a, b in zip(
            before.values(), after.values(), strict=True)]  # fmt: skip
        assert max(strides) <= 1.2 + 0.05
        moved += sum(strides)
        before = after
    assert moved / 60 / len(before) > 0.8, "most people are under way"


def test_grid_workers_stay_near_the_grids_they_answer_for() -> None:
    plan = draw_plan()
    shifts = _shifts()
    for _ in range(200):
        for key, point in _where(shifts, 10.0).items():
            if not key.startswith("grid_worker"):
                continue
            first = int(home_area("grid_worker", int(key[-2:]) - 1).removeprefix("grid-"))
            own = plan.grids[first - 1 : first + 4]
            inside = any(contains(grid.ring, point) for grid in own)
            # Between two of their lanes the way may lead a few steps outside.
            assert inside or min(_away(point, grid.ring) for grid in own) < 65, key


def _away(point: Point, ring: list[Point]) -> float:
    return distances([point], [*ring, ring[0]])[0]


def test_nobody_jumps_after_a_pause() -> None:
    shifts = _shifts()
    before = _where(shifts, 0)
    after = _where(shifts, 86_400.0)
    assert all(
        hypot(after[key][0] - x, after[key][1] - y) <= 12.1 for key, (x, y) in before.items()
    )


def test_walks_are_the_same_for_the_same_seed_only() -> None:
    assert _where(_shifts(), 5.0) == _where(_shifts(), 5.0)
    assert _where(_shifts(), 5.0) != _where(_shifts(SEED + 1), 5.0)


def test_only_those_on_duty_walk_and_whoever_comes_on_goes_on_from_there() -> None:
    shifts = _shifts()
    everybody = {worker.source_id: False for worker in worker_records()}
    shifts.follow({**everybody, "patrol-03": True})
    (alone,) = shifts.positions(NOW, 1.0)
    assert alone.worker_id == "patrol-03"
    shifts.follow(everybody)
    assert shifts.positions(NOW, 1.0) == []


def _outages(seed: int = SEED, speed: float = 1.0) -> Outages:
    devices = device_records(seed, NOW)
    return Outages(seed, speed, devices, {d.source_id: d.state for d in devices}, NOW)


def test_devices_fall_silent_and_come_back() -> None:
    outages = _outages(speed=20.0)
    states = {d.source_id: d.state for d in device_records(SEED, NOW)}
    silent = came_back = 0
    for minute in range(24 * 60):
        for device in outages.changes(NOW + timedelta(minutes=minute)):
            was = states[device.source_id]
            silent += was == "online" and device.state != "online"
            came_back += was != "online" and device.state == "online"
            states[device.source_id] = device.state
        assert sum(state != "online" for state in states.values()) <= 30
    assert silent > 100
    assert came_back > 100


def test_every_device_is_heard_of_within_six_hours_in_small_parts() -> None:
    outages = _outages()
    heard: set[str] = set()
    for minute in range(6 * 60 + 10):
        part = outages.changes(NOW + timedelta(minutes=minute))
        assert len(part) <= 40
        heard |= {device.source_id for device in part}
    assert len(heard) >= 1_150


def test_news_of_a_device_always_has_a_higher_version() -> None:
    outages = _outages(speed=50.0)
    versions: dict[str, int] = {}
    for minute in range(600):
        for device in outages.changes(NOW + timedelta(minutes=minute)):
            assert device.version is not None
            assert device.version > versions.get(device.source_id, 1)
            versions[device.source_id] = device.version


def test_outages_are_the_same_for_the_same_seed() -> None:
    later = NOW + timedelta(hours=5)
    assert _outages().changes(later) == _outages().changes(later)


def test_notices_appear_only_while_fewer_than_six_are_on_show() -> None:
    board = NoticeBoard(SEED, 1.0, NOW)
    hours = [NOW + timedelta(hours=k) for k in range(240)]
    published = [notice for at in hours for notice in board.due(at, on_show=2)]
    assert 15 <= len(published) <= 60
    assert all(n.expires_at and n.expires_at > n.published_at for n in published)
    crowded = NoticeBoard(SEED, 1.0, NOW)
    assert [notice for at in hours for notice in crowded.due(at, on_show=6)] == []
