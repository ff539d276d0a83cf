"""What the hub counts is written every few minutes and at a stop, once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from actions.cameras.availability import keep_seen
from actions.intake.recording import record, record_community
from api import camera_availability
from api.camera_availability import AvailabilityKeeper
from cameras.tally import SeenTally
from data.errors import StoreBusy
from data.store import Store
from rules.camera_availability import Seen
from rules.records import CommunityRecord, DeviceRecord

NOON_MS = 1_773_288_000_000  # 2026-03-12 12:00 in Shanghai


@pytest.fixture
def camera_id(store: Store) -> str:
    record_community(store, CommunityRecord(community_id="demo", name_zh="社区")).result()
    row = DeviceRecord(source_id="c1", kind="camera", name_zh="东门")
    return str(record(store, "devices", "demo", "t", [row]).result()[0].id)


def live_s(store: Store) -> float:
    row = store.cursor().execute("from camera_day select coalesce(sum(live_s), 0)").fetchone()
    return float(row[0]) if row else 0.0


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.005)


def test_it_is_written_while_it_runs_and_the_rest_at_the_stop(store: Store, camera_id: str) -> None:
    async def play() -> None:
        tally = SeenTally()
        keeper = AvailabilityKeeper(store, tally, every_s=0.01)
        keeper.start()
        tally.add(camera_id, "live", 10, NOON_MS)
        await until(lambda: live_s(store) == 10)
        await keeper.stop()
        late = AvailabilityKeeper(store, tally)
        late.start()
        tally.add(camera_id, "live", 5, NOON_MS)
        await late.stop()
        assert live_s(store) == 15

    asyncio.run(play())


def test_what_a_busy_store_refused_is_written_the_next_time_and_once(
    store: Store, camera_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[Seen] = []

    def keep(to: Store, seen: Seen) -> None:
        tries.append(seen)
        if len(tries) == 1:
            raise StoreBusy()
        keep_seen(to, seen)

    monkeypatch.setattr(camera_availability, "keep_seen", keep)

    async def play() -> None:
        tally = SeenTally()
        keeper = AvailabilityKeeper(store, tally, every_s=0.01)
        tally.add(camera_id, "live", 10, NOON_MS)
        keeper.start()
        await until(lambda: len(tries) == 2)
        await keeper.stop()
        assert live_s(store) == 10 and len(tries) == 2, "nothing to say is not written"

    asyncio.run(play())
