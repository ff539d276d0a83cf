"""Resuming: a viewer that comes back gets what it missed, or everything where that is unsure."""

from __future__ import annotations

import asyncio

import pytest

from data.channel import REPLAY_CHARS
from tests.data.feed_stage import Row, Stage, play, quiet, read


def test_a_viewer_that_comes_back_gets_only_what_is_newer() -> None:
    async def scenario(stage: Stage) -> None:
        viewer, first = await stage.connect()
        seen = max(message["seq"] for message in first)
        stage.feed.unsubscribe(viewer)
        other, _ = await stage.connect()
        stage.board.cases["9"] = 9
        stage.store.commit("case")
        await read(other)
        back = await stage.feed.subscribe("a", epoch=stage.feed.epoch, seq=seen)
        hello, view = await read(back), await read(back)
        assert hello["resumed"] is True
        assert (view["view"], view["seq"] > seen) == ("ticker", True)
        assert {"id": "9", "n": 9} in view["data"]["rows"]
        assert await quiet(back)

    play(scenario)


def test_what_changed_while_nobody_looked_is_sent_to_whoever_comes_back() -> None:
    async def scenario(stage: Stage) -> None:
        viewer, first = await stage.connect()
        stage.feed.unsubscribe(viewer)
        stage.board.cases["9"] = 9
        stage.store.commit("case")
        await asyncio.sleep(0.1)
        back = await stage.feed.subscribe(
            "a", epoch=stage.feed.epoch, seq=max(message["seq"] for message in first)
        )
        assert (await read(back))["resumed"] is True
        assert (await read(back))["set"] == [{"id": "9", "n": 9}]

    play(scenario)


@pytest.mark.parametrize(
    "resume",
    [
        {"epoch": "of another process", "seq": 1},
        {"epoch": None, "seq": 1},
        {"epoch": "this", "seq": None},
        {"epoch": "this", "seq": 10**15},  # a number this process never gave
        {"epoch": "this", "seq": -1},
    ],
)
def test_a_viewer_that_cannot_resume_gets_everything_afresh(resume: Row) -> None:
    async def scenario(stage: Stage) -> None:
        epoch = stage.feed.epoch if resume["epoch"] == "this" else resume["epoch"]
        _, messages = await stage.connect(epoch=epoch, seq=resume["seq"])
        assert messages[0]["resumed"] is False
        assert [message["t"] for message in messages] == ["hello", "view", "view"]

    play(scenario)


def test_patches_of_fetched_objects_are_replayed_after_a_gap() -> None:
    async def scenario(stage: Stage) -> None:
        state = await stage.feed.state("a", "objects")
        assert state.rows == {"x": {"id": "x", "n": 1}, "y": {"id": "y", "n": 2}}
        viewer, first = await stage.connect()
        seen = max(message["seq"] for message in first)
        stage.feed.unsubscribe(viewer)
        stage.board.objects["x"] = 5
        await stage.commit("place")
        await stage.feed.state("a", "objects")
        back = await stage.feed.subscribe("a", epoch=stage.feed.epoch, seq=seen)
        hello, patch = await read(back), await read(back)
        assert (hello["resumed"], patch["t"], patch["view"]) == (True, "patch", "objects")
        assert patch["set"] == [{"id": "x", "n": 5}]

    play(scenario)


def test_a_viewer_that_missed_more_than_is_kept_starts_afresh() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.feed.state("a", "objects")
        viewer, first = await stage.connect()
        stage.feed.unsubscribe(viewer)
        for n in (1, 2):
            stage.board.objects = {f"{n}/{key}": key for key in range(REPLAY_CHARS // 40)}
            await stage.commit("place")
            await stage.feed.state("a", "objects")
        back = await stage.feed.subscribe(
            "a", epoch=stage.feed.epoch, seq=max(message["seq"] for message in first)
        )
        assert (await read(back))["resumed"] is False

    play(scenario)
