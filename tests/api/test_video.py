"""Video calls: only who was sent calls, only the command centre answers, each is written down."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.vault import Vault
from actions.video.register import end_left_open
from api.video_hub import CallOver, Party, VideoHub
from data.store import Store
from rules.errors import RuleViolation
from rules.viewer import Viewer
from tests.case_desk import CaseDesk


class Screen:
    """A browser that notes what it was told."""

    def __init__(self, viewer: Viewer) -> None:
        self.told: list[dict[str, Any]] = []
        self.party = Party(viewer, self._tell)

    async def _tell(self, message: dict[str, Any]) -> None:
        self.told.append(message)

    def kinds(self) -> list[str]:
        return [message["t"] for message in self.told]


@pytest.fixture
def desk(store: Store) -> CaseDesk:
    return CaseDesk(store).set_up()


@pytest.fixture
def vault(store: Store, tmp_path: Path) -> Iterator[Vault]:
    made = Vault.open(tmp_path / "keys", store)
    yield made
    made.close()


@pytest.fixture
def task(desk: CaseDesk) -> str:
    case_id = desk.report("v1")
    desk.to("dispatched", case_id)
    return str(desk.store.rows("task/of_case", case_id=case_id)[0]["task_id"])


def hub_of(desk: CaseDesk, vault: Vault, ring_s: float = 30) -> VideoHub:
    return VideoHub(desk.store, vault.audit, [], ring_s)


def screens(desk: CaseDesk, *logins: str) -> list[Screen]:
    return [Screen(desk.viewers[login]) for login in logins]


def registered(store: Store) -> list[tuple[Any, ...]]:
    query = "select answered_by, purpose, outcome from video_call_now order by call_id"
    return store.cursor().execute(query).fetchall()


def test_a_call_rings_is_answered_once_and_written_down(
    desk: CaseDesk, vault: Vault, task: str
) -> None:
    worker, officer, second = screens(desk, "grid1", "officer", "second")

    async def play() -> None:
        hub = hub_of(desk, vault)
        for one in (worker, officer, second):
            await hub.join(one.party)
        await hub.call(worker.party, task, "show")
        call_id = worker.told[0]["call"]
        assert officer.kinds() == second.kinds() == ["ringing"]
        assert officer.told[0]["callsign"] == "网格1-甲"
        await hub.answer(officer.party, call_id)
        with pytest.raises(CallOver):
            await hub.answer(second.party, call_id)
        assert second.kinds() == ["ringing", "taken"]
        await hub.signal(worker.party, call_id, {"description": "x"})
        await hub.signal(second.party, call_id, {"description": "spy"})
        assert [m["data"] for m in officer.told if m["t"] == "signal"] == [{"description": "x"}]
        assert "signal" not in worker.kinds()
        await hub.hang_up(second.party, call_id)
        assert "ended" not in worker.kinds()
        await hub.hang_up(officer.party, call_id)
        assert worker.told[-1] == {"t": "ended", "call": call_id, "outcome": "hung_up"}

    asyncio.run(play())
    assert registered(desk.store) == [("account:a-officer", "show", "hung_up")]
    audited = desk.store.cursor().execute("select action from audit_event order by seq").fetchall()
    assert [row[0] for row in audited] == ["video.call", "video.answer", "video.end"]


def test_who_was_not_sent_cannot_call_and_who_is_not_at_the_desk_cannot_answer(
    desk: CaseDesk, vault: Vault, task: str
) -> None:
    worker, other, officer, overseer = screens(desk, "grid1", "grid2", "officer", "subdistrict")

    async def play() -> None:
        hub = hub_of(desk, vault)
        for one in (worker, other, officer, overseer):
            await hub.join(one.party)
        for party in (other.party, officer.party):
            with pytest.raises(RuleViolation):
                await hub.call(party, task, "show")
        with pytest.raises(RuleViolation):
            await hub.call(worker.party, task, "because")
        await hub.call(worker.party, task, "help")
        call_id = worker.told[0]["call"]
        assert other.told == overseer.told == []
        for party in (other.party, overseer.party):
            with pytest.raises(RuleViolation):
                await hub.answer(party, call_id)
            with pytest.raises(RuleViolation):
                await hub.decline(party, call_id)
        await hub.decline(officer.party, call_id)

    asyncio.run(play())
    assert registered(desk.store) == [(None, "help", "declined")]


def test_a_call_nobody_answers_is_missed_and_one_whose_phone_leaves_is_lost(
    desk: CaseDesk, vault: Vault, task: str
) -> None:
    worker, officer = screens(desk, "grid1", "officer")

    async def play() -> None:
        hub = hub_of(desk, vault, ring_s=0.05)
        await hub.join(worker.party)
        await hub.call(worker.party, task, "show")
        async with asyncio.timeout(10):
            while "ended" not in worker.kinds():
                await asyncio.sleep(0.01)
        await hub.close()
        slow = hub_of(desk, vault)
        await slow.join(worker.party)
        await slow.call(worker.party, task, "show")
        await slow.join(officer.party)  # came later, hears it ring
        assert officer.kinds() == ["ringing"]
        await slow.leave(worker.party)
        assert officer.kinds() == ["ringing", "ended"]

    asyncio.run(play())
    assert [row[2] for row in registered(desk.store)] == ["missed", "lost"]


def test_what_was_under_way_at_a_crash_is_written_down_as_lost(
    desk: CaseDesk, vault: Vault, task: str
) -> None:
    (worker,) = screens(desk, "grid1")

    async def play() -> None:
        hub = hub_of(desk, vault)
        await hub.join(worker.party)
        await hub.call(worker.party, task, "show")

    asyncio.run(play())
    assert registered(desk.store) == [(None, "show", None)]
    end_left_open(desk.store)
    end_left_open(desk.store)
    assert registered(desk.store) == [(None, "show", "lost")]
