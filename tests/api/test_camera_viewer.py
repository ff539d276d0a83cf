"""One page's mailbox of pictures: newest first, a window of two, rates, bytes, and letting go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from api import camera_viewer
from api.camera_viewer import CameraViewer
from api.camera_wire import Want, unpack
from cameras.model import Wish
from tests.api.fake_hub import FakeHub


def play(scenario: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        async with asyncio.timeout(10):
            await scenario()

    asyncio.run(run())


def wants(*ids: str, fps: float = 15.0) -> list[Want]:
    return [Want(n, each, Wish(320, fps)) for n, each in enumerate(ids)]


async def quiet(page: CameraViewer, seconds: float = 0.1) -> bool:
    """Whether nothing is ready within a time."""
    try:
        await asyncio.wait_for(page.next(), seconds)
    except TimeoutError:
        return True
    return False


def test_what_comes_within_a_tick_goes_out_as_one_message() -> None:
    async def scenario() -> None:
        hub = FakeHub("a", "b", "c")
        page = CameraViewer(hub)
        page.want(wants("a", "b", "c"))
        for each in ("a", "b", "c"):
            hub.show(each, each.encode())
        number, _, parts = unpack(await page.next())
        assert number == 1
        assert {part.tile: part.jpeg for part in parts} == {0: b"a", 1: b"b", 2: b"c"}

    play(scenario)


def test_a_page_that_does_not_acknowledge_gets_two_messages_and_then_the_newest_picture() -> None:
    async def scenario() -> None:
        hub = FakeHub("a")
        page = CameraViewer(hub)
        page.want(wants("a"))
        for n in range(2):
            hub.show("a", b"%d" % n)
            await page.next()
            await asyncio.sleep(0.1)
        for n in range(2, 50):
            hub.show("a", b"%d" % n)
        assert await quiet(page)
        page.acknowledge(99)  # never sent: counts for nothing
        assert await quiet(page, 0.05)
        page.acknowledge(1)
        number, _, parts = unpack(await page.next())
        assert (number, [part.jpeg for part in parts]) == (3, [b"49"])  # all between are skipped

    play(scenario)


def test_a_slow_page_never_holds_up_another() -> None:
    async def scenario() -> None:
        hub = FakeHub("a")
        slow, quick = CameraViewer(hub), CameraViewer(hub)
        for page in (slow, quick):
            page.want(wants("a"))
        for n in range(5):
            hub.show("a", b"%d" % n)
            number, _, parts = unpack(await quick.next())
            quick.acknowledge(number)
            assert parts[0].jpeg == b"%d" % n

    play(scenario)


def test_a_camera_that_sends_faster_than_asked_is_thinned_to_its_newest() -> None:
    async def scenario() -> None:
        now = [100.0]
        hub = FakeHub("a")
        page = CameraViewer(hub, clock=lambda: now[0])
        page.want(wants("a", fps=5.0))
        sent = 0
        for _ in range(50):  # two seconds of 25 frames each
            hub.show("a")
            if not await quiet(page, 0.001):
                sent += 1
                page.acknowledge(sent)
            now[0] += 0.04
        assert 9 <= sent <= 12

    play(scenario)


def test_more_bytes_than_allowed_are_not_sent() -> None:
    async def scenario() -> None:
        now = [100.0]
        hub = FakeHub("a")
        page = CameraViewer(hub, bytes_per_s=1_000.0, clock=lambda: now[0])
        page.want(wants("a"))
        hub.show("a", b"x" * 2_000)
        await page.next()
        page.acknowledge(1)
        hub.show("a", b"y")
        now[0] += 1.9
        assert await quiet(page, 0.02)
        now[0] += 0.2
        assert not await quiet(page, 0.5)

    play(scenario)


def test_a_message_that_would_be_too_large_is_parted() -> None:
    async def scenario() -> None:
        hub = FakeHub("a", "b")
        page = CameraViewer(hub)
        page.want(wants("a", "b"))
        for each in ("a", "b"):
            hub.show(each, b"x" * (camera_viewer.MOST_MESSAGE_BYTES // 2 + 1))
        for number in (1, 2):
            assert len(unpack(await page.next())[2]) == 1
            page.acknowledge(number)

    play(scenario)


def test_what_stays_in_sight_is_not_interrupted_and_what_goes_is_let_go() -> None:
    async def scenario() -> None:
        hub = FakeHub("a", "b", "c")
        page = CameraViewer(hub)
        page.want(wants("a", "b"))
        page.want([Want(0, "a", Wish(640, 5)), Want(2, "c", Wish(64, 1, keyframes=True))])
        assert hub.held() == {"a": Wish(640, 5), "c": Wish(64, 1, keyframes=True)}
        assert len(hub.watches) == 3  # "a" is held once and has changed its wish
        page.close()
        page.close()
        assert hub.held() == {}

    play(scenario)


def test_a_picture_that_is_there_already_comes_at_once() -> None:
    async def scenario() -> None:
        hub = FakeHub("a")
        hub.show("a", b"there")
        page = CameraViewer(hub)
        page.want(wants("a"))
        assert unpack(await page.next())[2][0].jpeg == b"there"

    play(scenario)


def test_conditions_are_told_once_and_again_when_they_change() -> None:
    async def scenario() -> None:
        hub = FakeHub("a")
        page = CameraViewer(hub)
        page.want(wants("a", "none"))
        assert [(n, c.state, c.reason) for n, c in page.conditions()] == [
            (0, "live", ""),
            (1, "unknown", "no_source"),
        ]
        assert page.conditions() == []
        hub.say("a", "covered")
        assert [(n, c.state) for n, c in page.conditions()] == [(0, "covered")]
        hub.known.add("none")  # it has been given a source meanwhile
        assert [(n, c.state) for n, c in page.conditions()] == [(1, "live")]
        assert set(hub.held()) == {"a", "none"}

    play(scenario)
