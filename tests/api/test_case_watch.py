"""Who has a case open learns who else has, and that it changed; the rest learns nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from actions.access import current_viewer
from api.case_watch import LOOK_S, CaseWatch
from api.live import looked_at
from data.store import Store
from data.subscription import Message
from tests.case_desk import CaseDesk


class Screen:
    """What one open page was told."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    def tell(self, message: Message) -> None:
        self.heard.append(json.loads(message.text))

    @property
    def also(self) -> list[str]:
        return [each["label"] for each in self.heard[-1]["also"]]


@pytest.fixture
def desk(store: Store) -> Iterator[CaseDesk]:
    token = current_viewer.set(None)
    yield CaseDesk(store).set_up()
    current_viewer.reset(token)


def play(scenario: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await scenario()

    asyncio.run(run())


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.005)


def test_two_officers_on_one_case_see_each_other_and_its_moves(desk: CaseDesk) -> None:
    case_id, watch = desk.report(), CaseWatch(desk.store)
    one, two = Screen(), Screen()

    async def scenario() -> None:
        await watch.look("a", desk.viewers["officer"], case_id, one.tell)
        assert one.also == []
        await watch.look("b", desk.viewers["second"], case_id, two.tell)
        assert (one.also, two.also) == (["second"], ["officer"])
        moved = await asyncio.to_thread(desk.move, "officer", case_id, "accept")
        await until(lambda: two.heard[-1]["version"] == moved.case["event_id"])
        assert one.heard[-1]["version"] == moved.case["event_id"]
        watch.leave("b")
        assert one.also == []

    play(scenario)


def test_a_page_that_fell_silent_is_not_shown_any_more(desk: CaseDesk) -> None:
    case_id, at = desk.report(), [0.0]
    watch = CaseWatch(desk.store, lambda: at[0])
    one, two = Screen(), Screen()

    async def scenario() -> None:
        await watch.look("a", desk.viewers["officer"], case_id, one.tell)
        await watch.look("b", desk.viewers["second"], case_id, two.tell)
        at[0] = LOOK_S - 1
        await watch.look("a", desk.viewers["officer"], case_id, one.tell)
        at[0] = LOOK_S + 1
        await watch.look("a", desk.viewers["officer"], case_id, one.tell)
        assert one.also == []

    play(scenario)


def test_a_case_out_of_reach_is_shown_to_nobody(desk: CaseDesk) -> None:
    case_id, watch, screen, other = desk.cases["over"], CaseWatch(desk.store), Screen(), Screen()

    async def scenario() -> None:
        await watch.look("a", desk.viewers["officer"], case_id, screen.tell)
        for login in ("grid2", "crew"):
            await watch.look(login, desk.viewers[login], case_id, other.tell)
        await watch.look("b", desk.viewers["officer"], case_id, screen.tell)  # a second tab
        assert other.heard == []
        assert screen.also == []
        await watch.look("a", desk.viewers["officer"], "", screen.tell)
        await watch.look("c", desk.viewers["second"], "no-such-case", other.tell)
        assert other.heard == []

    play(scenario)


@pytest.mark.parametrize(
    ("text", "case_id"),
    [
        ('{"t": "look", "case": "1"}', "1"),
        ('{"t": "look", "case": ""}', ""),
        ('{"t": "pong", "seq": 3}', None),
        ('{"t": "look", "case": 7}', None),
        ('["look"]', None),
        ("[" * 100, None),
        ("x" * 10_000, None),
        ("", None),
    ],
)
def test_only_a_look_counts_as_one(text: str, case_id: str | None) -> None:
    assert looked_at(text) == case_id
